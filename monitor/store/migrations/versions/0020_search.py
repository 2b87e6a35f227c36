"""Searches of the register also cover the provider's name, the authority and the service types"""

import sqlalchemy as sa
from alembic import op

from monitor.text import folded

revision = "0020"
down_revision = "0019"

_COLUMNS = ("location_id", "search", "provider_name", "provider_key", "authority", "types")
_register = sa.table("register", *(sa.column(name, sa.Text()) for name in _COLUMNS))


def upgrade() -> None:
    op.add_column("register", sa.Column("provider_key", sa.Text(), nullable=False, server_default=""))
    searched = _register.c.search + "\n" + _plain(_register.c.authority) + "\n" + _plain(_register.c.types)
    op.execute(sa.update(_register).values(provider_key=_plain(_register.c.provider_name), search=searched))
    _fold_the_rest(op.get_bind())
    op.drop_index("ix_register_provider_id", "register")
    op.create_index("ix_register_provider", "register", ["provider_id", "provider_key", "left_on"])
    op.create_index("ix_register_brand", "register", ["brand", "left_on"])


def _plain(column: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    """Does what `folded` does, but in the database, which can't fold accents and similar characters."""
    return sa.func.lower(sa.func.replace(sa.func.replace(sa.func.coalesce(column, ""), "'", ""), "’", ""))


def _fold_the_rest(connection: sa.Connection) -> None:
    """Folds the providers' names that the database could not fold completely. (Names of authorities and types contain no such
    characters.)"""
    rows = connection.execute(sa.select(_register.c.location_id, _register.c.provider_name, _register.c.provider_key))
    others = [{"one": one, "key": folded(name or "")} for one, name, key in rows if folded(name or "") != key]
    if others:
        mine = _register.c.location_id == sa.bindparam("one")
        connection.execute(sa.update(_register).where(mine).values(provider_key=sa.bindparam("key")), others)
