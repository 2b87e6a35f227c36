"""Stores the day of the report with which CQC's time limit for the next inspection begins, so that lists can be sorted by it"""

import sqlalchemy as sa
from alembic import op

from monitor.store import from_register, list_entries

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.add_column("overview", sa.Column("report_day", sa.Date(), nullable=True))
    list_entries.fill(op.get_bind())  # this also fills the columns that migration 0021 added
    from_register.fill(op.get_bind())
