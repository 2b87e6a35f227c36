"""The version of the reader (`monitor.cqc.read`): of what it reads from a page."""

from typing import Final

VERSION: Final = 5
"""Increased with every change of what is read. Unchanged pages are then read again (detect/reread.py). A test records the answers
of each version. Pages stored before versions existed have 0."""
