"""Records which reader version read a page, and when a service's pages must be read again or were last requested in full"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("page", sa.Column("reader", sa.Integer(), nullable=False, server_default="0"))
    for name in ("reread_at", "asked_whole_at"):
        op.add_column("service", sa.Column(name, sa.DateTime(), nullable=True))
    op.create_table(
        "correction",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.String(), nullable=False),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_correction"),
        sa.ForeignKeyConstraint(
            ["location_id"], ["service.location_id"], name="fk_correction_location_id_service", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_correction_location_id", "correction", ["location_id"])
