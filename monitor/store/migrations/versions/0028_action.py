"""Adds reviews of suspended placements, templates of letters, answers through links in messages, rotas and drills"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "suspension_review",
        sa.Column("watchlist", sa.String(), nullable=False),
        sa.Column("location_id", sa.String(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name="fk_suspension_review_set_by_person"),
        sa.PrimaryKeyConstraint("watchlist", "location_id", name="pk_suspension_review"),
    )
    op.create_table(
        "letter_template",
        sa.Column("watchlist", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["uploaded_by"], ["person.id"], name="fk_letter_template_uploaded_by_person"),
        sa.PrimaryKeyConstraint("watchlist", name="pk_letter_template"),
    )
    with op.batch_alter_table("acknowledgement") as acknowledgement:
        acknowledgement.add_column(sa.Column("said_by", sa.Text(), nullable=True))
        acknowledgement.alter_column("person", existing_type=sa.Integer(), nullable=True)
    op.add_column("watchlist", sa.Column("rota", sa.Text(), nullable=True))
    op.create_table(
        "drill_receiver",
        sa.Column("drill", sa.String(), nullable=False),
        sa.Column("address_key", sa.String(), nullable=False),
        sa.Column("watchlist", sa.String(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["started_by"], ["person.id"], name="fk_drill_receiver_started_by_person"),
        sa.PrimaryKeyConstraint("drill", "address_key", name="pk_drill_receiver"),
    )
    op.create_index("ix_drill_receiver_watchlist", "drill_receiver", ["watchlist"])
