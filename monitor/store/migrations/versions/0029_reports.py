"""Adds saved reports, the people who get them each quarter, and the template for Word documents"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.create_table(
        "saved_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=True),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("contracted", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("sent_for", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_saved_report"),
        sa.UniqueConstraint("name", name="uq_saved_report_name"),
    )
    op.create_table(
        "report_reader",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_report_reader_person_person"),
        sa.ForeignKeyConstraint(
            ["report"], ["saved_report.id"], name="fk_report_reader_report_saved_report", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "person", name="pk_report_reader"),
    )
    op.create_table(
        "report_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_report_template"),
    )
