"""Adds comparisons of readings with CQC's own files, runs of such comparisons, and subjects with two ratings in a file"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("register", sa.Column("twofold", sa.Text(), nullable=False, server_default="|"))
    op.create_table(
        "verification",
        sa.Column("location_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("file_date", sa.Date(), nullable=False),
        sa.Column("file", sa.Integer(), nullable=False),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("location_id", name="pk_verification"),
    )
    op.create_index("ix_verification_at", "verification", ["at"])
    op.create_table(
        "verification_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("ids", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_verification_run"),
    )
