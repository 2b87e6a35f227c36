"""Adds CQC's register with its history, watchlists that follow a rule, and lists of authorities to compare with"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _register()
    _history()
    op.create_table(
        "register_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("locations", "ratings", "joined", "left")),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_register_file"),
    )
    op.create_index("ix_register_file_kind", "register_file", ["kind"])
    op.create_table(
        "rule",
        sa.Column("watchlist", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("applied_at", sa.DateTime(), nullable=True),
        sa.Column("file", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("watchlist", name="pk_rule"),
    )
    op.create_table(
        "authority_list",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("authorities", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_authority_list"),
    )
    op.add_column("watch", sa.Column("by_rule", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("watch", sa.Column("followed_from", sa.String(), nullable=True))


def _ratings() -> list[sa.Column[str]]:
    names = ("overall", "safe", "effective", "caring", "responsive", "well_led")
    return [sa.Column(name, sa.String(), nullable=True) for name in names]


def _register() -> None:
    op.create_table(
        "register",
        sa.Column("location_id", sa.String(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "name_key", "search")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("also_known_as", "address")),
        sa.Column("postcode", sa.String(), nullable=True),
        *(sa.Column(name, sa.Float(), nullable=True) for name in ("latitude", "longitude")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("authority", "region")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("types", "specialisms")),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("beds", sa.Integer(), nullable=True),
        sa.Column("provider_id", sa.String(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("provider_name", "brand")),
        sa.Column("registered_on", sa.Date(), nullable=True),
        *_ratings(),
        sa.Column("groups", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("first_listed_on", "listed_on")),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("location_id", name="pk_register"),
    )
    op.create_index("ix_register_authority", "register", ["authority", "sector"])
    for column in ("name_key", "postcode", "provider_id"):
        op.create_index(f"ix_register_{column}", "register", [column])


def _history() -> None:
    op.create_table(
        "register_history",
        sa.Column("location_id", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("authority", "region")),
        sa.Column("types", sa.Text(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("beds", sa.Integer(), nullable=True),
        sa.Column("provider_id", sa.String(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("provider_name", "brand")),
        sa.Column("registered_on", sa.Date(), nullable=True),
        *_ratings(),
        sa.Column("published", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("location_id", "as_of", name="pk_register_history"),
    )
    op.create_index("ix_register_history_authority", "register_history", ["authority"])
