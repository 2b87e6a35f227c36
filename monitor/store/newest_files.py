"""SQL queries for the dates of CQC's newest files in the register. The result is None if no such file was loaded."""

from sqlalchemy import func, select

from monitor.register.entries import FileKind
from monitor.store.tables import RegisterFileRow, table

_file = table(RegisterFileRow)

LISTING = select(func.max(_file.c.as_of)).where(_file.c.kind != FileKind.RATINGS)
"""The date of the newest file that lists all services."""

RATED = select(func.max(_file.c.as_of)).where(_file.c.kind != FileKind.DIRECTORY)
"""The date of the newest file that states ratings."""
