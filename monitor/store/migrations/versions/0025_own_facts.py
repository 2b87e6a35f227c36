"""Adds a council's own facts about services, and subscriptions to only the services where people are placed"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "own_fact",
        sa.Column("watchlist", sa.String(), nullable=False),
        sa.Column("location_id", sa.String(), nullable=False),
        sa.Column("people_placed", sa.Integer(), nullable=True),
        sa.Column("suspended_since", sa.Date(), nullable=True),
        sa.Column("contract_reference", sa.Text(), nullable=True),
        sa.Column("contract_officer", sa.Text(), nullable=True),
        sa.Column("funding_authority", sa.Text(), nullable=True),
        sa.Column("other_rating", sa.Text(), nullable=True),
        sa.Column("other_rated_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["uploaded_by"], ["person.id"], name="fk_own_fact_uploaded_by_person"),
        sa.PrimaryKeyConstraint("watchlist", "location_id", name="pk_own_fact"),
    )
    op.create_index("ix_own_fact_location_id", "own_fact", ["location_id"])
    op.add_column("subscription", sa.Column("only_placed", sa.Boolean(), nullable=False, server_default=sa.false()))
