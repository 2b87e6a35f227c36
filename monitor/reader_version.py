"""The version of the reader (`monitor.cqc.read`)."""

from typing import Final

VERSION: Final = 9
"""This number must be increased with every change in what the reader reads from a page. All pages are then read again, even
if they are unchanged (detect/reread.py). A test records what each version reads. Pages that were stored before there were
versions have version 0."""
