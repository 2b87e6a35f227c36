"""The version of the reader (`monitor.cqc.read`)."""

from typing import Final

VERSION: Final = 6
"""This number is increased with every change to what the reader reads from a page. Unchanged pages are then read again
(detect/reread.py). A test records what each version reads. Pages that were stored before versions existed have version 0."""
