"""Adds saved views, each person's choice of columns, and list entries of services whose pages were not read yet"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:  # migration 0030 fills the columns of `overview`
    op.add_column("overview", sa.Column("published", sa.Date(), nullable=True))
    op.add_column("overview", sa.Column("standing", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("overview", sa.Column("file_date", sa.Date(), nullable=True))
    op.create_index("ix_overview_service_type", "overview", ["service_type"])
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("watchlist", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=True),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_view"),
    )
    op.create_index("ix_saved_view_name", "saved_view", ["watchlist", "name"], unique=True)
    op.create_table(
        "column_choice",
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_column_choice_person_person"),
        sa.PrimaryKeyConstraint("person", name="pk_column_choice"),
    )
