"""Decides what is sent, to whom and when, and writes the messages. Pure."""
