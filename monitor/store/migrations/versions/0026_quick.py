"""Adds indexes that quickly find the worst services, services with problems, and services read by another reader version"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

_AMISS = "read_at IS NULL OR looked_at IS NULL OR read_at > looked_at OR failures <> 0 OR trouble IS NOT NULL"


def upgrade() -> None:
    where = sa.text(_AMISS)
    op.create_index("ix_service_amiss", "service", ["location_id"], sqlite_where=where, postgresql_where=where)
    op.create_index("ix_service_looked_at", "service", ["looked_at"])
    op.create_index("ix_service_read_at", "service", ["read_at"])
    op.create_index("ix_overview_standing", "overview", ["standing", "name_key", "location_id"])
    op.create_index("ix_page_reader", "page", ["reader", "location_id"])
    op.drop_index("ix_register_provider", "register")
    op.create_index("ix_register_provider", "register", ["provider_id", "provider_key", "left_on", "listed_on", "provider_name"])
    if op.get_context().dialect.name == "postgresql":  # on SQLite the index of the names sorts by bytes already
        op.create_index("ix_register_name_binary", "register", [sa.text('name_key COLLATE "C"')])
