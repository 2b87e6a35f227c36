"""Records when a worker claimed a check, and which level of the judgement was last reported to the operator"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("service", sa.Column("leased_at", sa.DateTime(), nullable=True))
    op.create_table(
        "judged",
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("reader", name="pk_judged"),
    )
