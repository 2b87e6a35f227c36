"""Stores for an immediate subscription which events it is alerted about at once, and which events wait for a weekly digest"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("subscription", sa.Column("at_once", sa.String(), nullable=False, server_default="any"))
    op.add_column("subscription", sa.Column("all_news", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("notice", sa.Column("weekly", sa.Boolean(), nullable=False, server_default=sa.false()))
