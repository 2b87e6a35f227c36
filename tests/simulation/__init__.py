"""Simulates a year in minutes, with services that change like real services, a site and receivers that misbehave, and a clock
that the simulation sets.

The store, the reader, and everything that compares, routes, renders and delivers are the program's own.
"""
