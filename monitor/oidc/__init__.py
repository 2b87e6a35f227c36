"""Signing in with OpenID Connect. `setup` parses the settings, and `provider` sends requests to the provider. `tokens` and
`claims` decide, and are pure."""
