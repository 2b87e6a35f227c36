"""The version of the reader (`monitor.cqc.read`): of what is read out of a page."""

from typing import Final

VERSION: Final = 2
"""It goes up with every change of what is read: then pages that are as they were are read again (detect/reread.py). A test
knows the answers of each version. Pages that were read before there were versions bear 0."""
