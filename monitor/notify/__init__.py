"""Decides what is sent, to whom and when. This package has the routes, contents, texts and links of messages. Pure."""
