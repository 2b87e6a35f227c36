"""Adds secrets for signing messages to webhooks; a subscription that was ended through a link can be restored"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    secret = op.create_table(
        "webhook_secret",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address_key", sa.String(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("shown_at", sa.DateTime(), nullable=True),
        sa.Column("ends_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_secret"),
    )
    op.create_index("ix_webhook_secret_address_key", "webhook_secret", ["address_key"])
    where = sa.text("ends_at IS NULL")
    op.create_index(
        "uq_webhook_secret_current", "webhook_secret", ["address_key"], unique=True, sqlite_where=where, postgresql_where=where
    )
    # Receivers know the secrets that were derived from SECRET_KEY, so the addresses in use keep these secrets. All addresses
    # other than email addresses get a row, because they are encrypted: this migration can't see which of them are webhooks.
    used = sa.text(
        "SELECT address_key FROM subscription WHERE address NOT LIKE 'mailto:%'"
        " UNION SELECT address_key FROM message WHERE address NOT LIKE 'mailto:%'"
    )
    now = datetime.now(UTC).replace(tzinfo=None)
    rows = [{"address_key": key, "made_at": now, "shown_at": now} for key in op.get_bind().execute(used).scalars()]
    if rows:
        op.bulk_insert(secret, rows)
    op.create_table(
        "ended_subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_ended_subscription"),
    )
    op.create_index("ix_ended_subscription_batch", "ended_subscription", ["batch"])
