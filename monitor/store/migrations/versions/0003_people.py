"""Adds people, their roles and the audit; watchlists without services; keys; and more fields of a subscription"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["invited_by"], ["person.id"], name="fk_person_invited_by_person"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("email", name="uq_person_email"),
    )
    _sign_in()
    _watchlists()
    _keys()
    # Each column is added separately, and without a foreign key. To add a foreign key, SQLite would have to rebuild the table,
    # which would delete the notices that refer to the old table.
    for column in (
        sa.Column("owner", sa.Integer(), nullable=True),
        sa.Column("kinds", sa.Text(), nullable=True),
        sa.Column("paused_until", sa.DateTime(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
    ):
        op.add_column("subscription", column)
    op.create_index("ix_subscription_owner", "subscription", ["owner"])
    # The existing subscriptions need no confirmation, because somebody with access to the machine made them on the command line.
    op.execute("UPDATE subscription SET confirmed_at = created_at")
    _events()
    _overview()


def _overview() -> None:
    op.create_table(
        "overview",
        sa.Column("location_id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("service_type", "place", "postcode", "provider_name")),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("overall", "safe", "effective", "caring", "responsive")),
        sa.Column("well_led", sa.String(), nullable=True),
        sa.Column("groups", sa.Integer(), nullable=False),
        sa.Column("measures", sa.String(), nullable=True),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("change", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["location_id"], ["service.location_id"], name="fk_overview_location_id_service", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("location_id", name="pk_overview"),
    )


def _sign_in() -> None:
    op.create_table(
        "session",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_session_person_person"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_session"),
    )
    op.create_index("ix_session_person", "session", ["person"])
    op.create_table(
        "sign_in_link",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=True),
        sa.Column("next", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sign_in_link"),
    )
    for column in ("email", "client", "created_at"):
        op.create_index(f"ix_sign_in_link_{column}", "sign_in_link", [column])
    op.create_table(
        "audit",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])


def _watchlists() -> None:
    op.create_table(
        "watchlist",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=True),
        sa.Column("second_address", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["person.id"], name="fk_watchlist_owner_person"),
        sa.PrimaryKeyConstraint("name", name="pk_watchlist"),
    )
    op.create_index("ix_watchlist_owner", "watchlist", ["owner"])
    op.execute("INSERT INTO watchlist (name, created_at) SELECT watchlist, min(added_at) FROM watch GROUP BY watchlist")
    op.create_table(
        "acknowledgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reopened_at", sa.DateTime(), nullable=True),
        sa.Column("reopened_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_acknowledgement_person_person"),
        sa.ForeignKeyConstraint(["reopened_by"], ["person.id"], name="fk_acknowledgement_reopened_by_person"),
        sa.PrimaryKeyConstraint("id", name="pk_acknowledgement"),
    )
    op.create_index("ix_acknowledgement_event_id", "acknowledgement", ["event_id"])


def _events() -> None:
    op.add_column("message", sa.Column("said", sa.Text(), nullable=True))
    op.add_column("event", sa.Column("kind", sa.String(), nullable=True))
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    kind = "json_extract(body, '$.kind')" if is_sqlite else "body::json ->> 'kind'"
    op.execute(f"UPDATE event SET kind = {kind}")  # noqa: S608 (no value from outside)
    op.create_index("ix_event_kind", "event", ["kind"])
    op.create_table(
        "escalation",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("watchlist", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("event_id", "watchlist", "reason", name="pk_escalation"),
    )
    op.create_index("ix_escalation_settled_at", "escalation", ["settled_at"])


def _keys() -> None:
    op.create_table(
        "feed_key",
        sa.Column("watchlist", sa.String(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_feed_key_person_person"),
        sa.PrimaryKeyConstraint("watchlist", "person", name="pk_feed_key"),
        sa.UniqueConstraint("key_hash", name="uq_feed_key_key_hash"),
    )
    op.create_table(
        "api_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("last_four", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("last_used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_api_key_person_person"),
        sa.PrimaryKeyConstraint("id", name="pk_api_key"),
        sa.UniqueConstraint("key_hash", name="uq_api_key_key_hash"),
    )
    op.create_index("ix_api_key_person", "api_key", ["person"])
