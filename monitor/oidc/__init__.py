"""Signing in with OpenID Connect. `setup` reads the settings, `provider` asks the provider, `tokens` and `claims` decide
(pure)."""
