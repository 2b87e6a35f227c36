"""Records whether a service's rating is inherited and, if the service is registered twice, which registration is counted"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("register", sa.Column("inherited", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("register", sa.Column("primary_id", sa.String(), nullable=True))
