"""Decides what is sent, to whom and when. This package has routes, contents, texts and links. Pure."""
