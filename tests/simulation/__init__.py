"""A year in minutes: services that change as real ones do, a site and receivers that misbehave, a clock that is set by hand.

The store, the reader, and everything that compares, routes, renders and delivers are the program's own.
"""
