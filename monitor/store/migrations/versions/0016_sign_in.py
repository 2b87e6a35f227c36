"""People can have an account at a provider of OpenID Connect"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("person", sa.Column("issuer", sa.String(), nullable=True))
    op.add_column("person", sa.Column("subject", sa.String(), nullable=True))
    op.add_column("person", sa.Column("refused_at", sa.DateTime(), nullable=True))
    op.create_index("ix_person_account", "person", ["issuer", "subject"], unique=True)
    op.add_column("session", sa.Column("issuer", sa.String(), nullable=True))
