"""SQL for the dates of the newest of CQC's files in the register. No row, or None: there is none."""

from sqlalchemy import func, select

from monitor.register.entries import FileKind
from monitor.store.tables import RegisterFileRow, table

_file = table(RegisterFileRow)

LISTING = select(func.max(_file.c.as_of)).where(_file.c.kind != FileKind.RATINGS)
"""Of the files that list all services."""

RATED = select(func.max(_file.c.as_of)).where(_file.c.kind != FileKind.DIRECTORY)
"""Of the files that state ratings."""
