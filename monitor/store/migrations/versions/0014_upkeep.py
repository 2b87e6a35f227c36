"""Records when the database was last copied, and whether the copy could be restored"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "upkeep",
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("tried_at", sa.DateTime(), nullable=True),
        sa.Column("good_at", sa.DateTime(), nullable=True),
        sa.Column("failed_since", sa.DateTime(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("task", name="pk_upkeep"),
    )
