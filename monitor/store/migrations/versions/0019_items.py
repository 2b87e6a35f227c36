"""Adds items (all events of one service from one report) and each event's rank by severity"""

import sqlalchemy as sa
from alembic import op

from monitor.store import placing

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "item",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("location_id", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item"),
    )
    op.create_index("ix_item_location_id", "item", ["location_id"])
    op.add_column("event", sa.Column("item", sa.String(), nullable=True))
    op.add_column("event", sa.Column("rank", sa.Integer(), nullable=True))
    op.add_column("event", sa.Column("level", sa.Integer(), nullable=True))
    op.create_index("ix_event_item", "event", ["item"])
    placing.fill(op.get_bind())
