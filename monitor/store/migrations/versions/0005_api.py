"""Adds tables for CQC's API: how far its feed was read, which services the feed named, and which ratings the pages contradict"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "feed",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("read_until", sa.DateTime(), nullable=True),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.Column("read_back_at", sa.DateTime(), nullable=True),
        sa.Column("next_poll_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_feed"),
    )
    op.create_table(
        "feed_named",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("location_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", "location_id", name="pk_feed_named"),
    )
    op.create_table(
        "disagreement",
        sa.Column("location_id", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("location_id", name="pk_disagreement"),
        sa.ForeignKeyConstraint(
            ["location_id"], ["service.location_id"], name="fk_disagreement_location_id_service", ondelete="CASCADE"
        ),
    )
    for name in ("named_at", "witnessed_at", "vouched_at"):
        op.add_column("service", sa.Column(name, sa.DateTime(), nullable=True))
    op.create_index("ix_service_named_at", "service", ["named_at"])
