"""A step of a case can have its own owner; the own facts of a watchlist can be limited to some readers"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.add_column("case_step", sa.Column("owner", sa.Integer(), nullable=True))
    op.create_table(
        "own_fact_reader",
        sa.Column("watchlist", sa.String(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_own_fact_reader_person_person"),
        sa.PrimaryKeyConstraint("watchlist", "person", name="pk_own_fact_reader"),
    )
