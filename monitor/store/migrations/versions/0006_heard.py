"""Records when the feed of CQC's API last named any service"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("feed", sa.Column("heard_at", sa.DateTime(), nullable=True))
