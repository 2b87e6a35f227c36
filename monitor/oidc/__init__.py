"""Signing in with OpenID Connect. `setup` parses the settings, and `provider` sends requests to the provider. `tokens` checks ID
tokens, and `claims` finds the person's account and role in them. Both modules are pure."""
