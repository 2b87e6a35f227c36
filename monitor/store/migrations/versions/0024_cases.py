"""Adds cases (a council's work on a service). Past events open no cases"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "service_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("next_due", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("escalated_for", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["owner"], ["person.id"], name="fk_service_case_owner_person"),
        sa.PrimaryKeyConstraint("id", name="pk_service_case"),
    )
    op.create_index("ix_service_case_location_id", "service_case", ["location_id"])
    is_open = sa.text("closed_at IS NULL")
    op.create_index(
        "uq_service_case_open", "service_case", ["location_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )
    op.create_table(
        "case_item",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["service_case.id"], name="fk_case_item_case_id_service_case"),
        sa.PrimaryKeyConstraint("case_id", "item", name="pk_case_item"),
    )
    op.create_index("ix_case_item_item", "case_item", ["item"])
    op.create_table(
        "case_log",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.Column("did", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["service_case.id"], name="fk_case_log_case_id_service_case"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_case_log_person_person"),
        sa.PrimaryKeyConstraint("case_id", "number", name="pk_case_log"),
    )
    op.create_table(
        "case_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("became", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["service_case.id"], name="fk_case_step_case_id_service_case"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_case_step_person_person"),
        sa.PrimaryKeyConstraint("id", name="pk_case_step"),
    )
    op.create_index("ix_case_step_case_id", "case_step", ["case_id"])
    op.add_column("watchlist", sa.Column("case_steps", sa.Text(), nullable=True))
