"""Measures what the program costs."""
