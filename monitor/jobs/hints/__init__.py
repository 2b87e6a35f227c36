"""The sources of hints, one module for each. A hint says "check now" and nothing else, and only makes the next check
earlier."""
