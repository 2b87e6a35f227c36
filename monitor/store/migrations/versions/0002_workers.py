"""Adds workers that share checks, messages and one rate limit; also suspended receivers and heartbeat messages"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "worker",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("alive_until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_worker"),
    )
    op.create_table(
        "site",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("free_at", sa.DateTime(), nullable=True),
        sa.Column("blind_since", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("pauses", sa.Integer(), nullable=False),
        sa.Column("leave_alone_until", sa.DateTime(), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("over_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_site"),
    )
    op.create_table(
        "switched_off",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("next_test_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name="pk_switched_off"),
    )
    op.add_column("service", sa.Column("leased_by", sa.String(), nullable=True))
    op.create_index("ix_service_leased_by", "service", ["leased_by"])
    op.add_column("service", sa.Column("blind", sa.String(), nullable=True))
    op.add_column("service", sa.Column("blind_since", sa.DateTime(), nullable=True))
    op.add_column("evidence", sa.Column("removed_at", sa.DateTime(), nullable=True))
    op.add_column("message", sa.Column("leased_by", sa.String(), nullable=True))
    op.add_column("message", sa.Column("operator_told_at", sa.DateTime(), nullable=True))
    op.add_column("subscription", sa.Column("still_watching", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("subscription", sa.Column("next_sign_at", sa.DateTime(), nullable=True))
    op.create_index("ix_subscription_next_sign_at", "subscription", ["next_sign_at"])
    op.execute("UPDATE subscription SET next_sign_at = created_at")  # the next run decides whether a message is due
