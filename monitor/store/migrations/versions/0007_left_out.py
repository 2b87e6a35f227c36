"""A subscription stores the kinds of event that it leaves out; the kind of a notice has its own column"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

# The kinds of event that a subscription could choose from before this migration. Nobody can have left out kinds that were added
# later.
KINDS = (
    "downgraded",
    "upgraded",
    "first rated",
    "rating withdrawn",
    "score fell",
    "score rose",
    "entered special measures",
    "remains in special measures",
    "left special measures",
    "special measures unclear",
    "enforcement taken",
    "breach found",
    "report published",
    "archived",
    "provider changed",
    "moved",
    "registered",
)


def upgrade() -> None:
    _left_out()
    _notices()


def _left_out() -> None:
    # Each column is added separately. Otherwise SQLite would rebuild the table and delete the notices that refer to the old
    # table.
    op.add_column("subscription", sa.Column("left_out", sa.Text(), nullable=False, server_default="[]"))
    subscription = sa.table("subscription", sa.column("id"), sa.column("kinds"), sa.column("left_out"))
    connection = op.get_bind()
    chosen = sa.select(subscription.c.id, subscription.c.kinds).where(subscription.c.kinds.is_not(None))
    for row in connection.execute(chosen).all():
        left_out = json.dumps(sorted({*KINDS} - {*json.loads(row.kinds)}))
        connection.execute(sa.update(subscription).where(subscription.c.id == row.id).values(left_out=left_out))
    op.drop_column("subscription", "kinds")


def _notices() -> None:
    with op.batch_alter_table("notice") as batch:
        batch.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="event"))
        batch.alter_column("event_id", existing_type=sa.String(), nullable=True)
    op.execute("UPDATE notice SET kind = 'welcome', event_id = NULL WHERE event_id = 'welcome'")
    op.execute("UPDATE notice SET kind = 'silent digest', event_id = NULL WHERE event_id LIKE 'silent %'")
    op.execute("UPDATE notice SET kind = 'sign of life', event_id = NULL WHERE event_id LIKE 'still watching %'")
    for name, columns, condition in (
        ("uq_notice_welcome", ["subscription_id"], "kind = 'welcome'"),
        ("uq_notice_hour", ["subscription_id", "kind", "due_at"], "event_id IS NULL"),
    ):
        where = sa.text(condition)
        op.create_index(name, "notice", columns, unique=True, sqlite_where=where, postgresql_where=where)
