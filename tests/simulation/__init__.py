"""Simulates a year or a week in minutes. Services change as in reality, the site and the receivers misbehave, and the simulation
sets the clock.

The store, the reader, and the code that decides, composes and delivers are the program's own.
"""
