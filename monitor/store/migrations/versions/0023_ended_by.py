"""Records who ended a subscription and may therefore restore it"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("ended_subscription", sa.Column("ended_by", sa.Integer(), nullable=True))
