"""Events can be retracted; delivery reports are read; subscribers are asked whether they read their mail"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("event", sa.Column("corrected_at", sa.DateTime(), nullable=True))
    op.add_column("subscription", sa.Column("asked_if_read_at", sa.DateTime(), nullable=True))
    op.add_column("subscription", sa.Column("read_at", sa.DateTime(), nullable=True))
    op.create_table(
        "proposal",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("found_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("event_id", name="pk_proposal"),
    )
    op.create_table(
        "bounce",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("became", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_bounce"),
    )
    op.create_index("ix_bounce_message_id", "bounce", ["message_id"])
    op.create_table(
        "bounce_mailbox",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("uid_validity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("next_read_at", sa.DateTime(), nullable=True),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_bounce_mailbox"),
    )
