"""Adds hints that name new publications, and how far each source of hints was read"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "hint",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("location_id", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("first_seen", sa.DateTime(), nullable=False),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(), nullable=True),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("became", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["location_id"], ["service.location_id"], name="fk_hint_location_id_service", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("source", "location_id", "mark", name="pk_hint"),
    )
    op.create_index("ix_hint_location_id", "hint", ["location_id"])
    op.create_index("ix_hint_settled_at", "hint", ["settled_at"])
    op.create_table(
        "hint_source",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("next_poll_at", sa.DateTime(), nullable=True),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.Column("whole_at", sa.DateTime(), nullable=True),
        sa.Column("newest", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("failing_since", sa.DateTime(), nullable=True),
        sa.Column("pauses", sa.Integer(), nullable=False),
        sa.Column("forbidden", sa.Boolean(), nullable=False),
        sa.Column("acted_on", sa.Date(), nullable=True),
        sa.Column("acted", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_hint_source"),
    )
