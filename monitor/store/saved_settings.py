"""Stores the settings that were changed on the web pages (settings.IN_PAGES), as text. None of these settings is a secret."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, inspect, select

from monitor.store.audit import note
from monitor.store.database import connected, in_turn, reading, sqlite_file, writing
from monitor.store.tables import SavedSettingRow, table

_saved = table(SavedSettingRow)


class SavedSettings:
    """The part of the store for saved settings. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> dict[str, str]:
        """Returns the saved values, by the name of the setting in lower case."""
        with reading(self._engine) as connection:
            return _all(connection)

    def save(self, values: Mapping[str, str], person: int, now: datetime) -> list[str]:
        """Saves these settings. The value "" removes a setting, and the default then applies. Returns the names of the settings
        that changed."""
        with writing(self._engine) as connection:
            in_turn(connection)
            before = _all(connection)
            changed = [name for name, value in values.items() if before.get(name, "") != value]
            for name in changed:
                connection.execute(delete(_saved).where(_saved.c.name == name))
                if values[name]:
                    new = {"name": name, "value": values[name], "changed_by": person, "changed_at": now}
                    connection.execute(_saved.insert().values(**new))
                note(connection, person, "changed the setting", f"{name.upper()}: {values[name] or 'the default'}", now)
        return changed


def saved_at(url: str) -> dict[str, str]:
    """Returns the saved values in the database at `url`, without migrating the database. Returns {} if there is no database, or
    if its schema is too old for saved settings. Raises StoreError."""
    file = sqlite_file(url)
    if file is not None and not file.exists():
        return {}
    with connected(url) as engine, reading(engine) as connection:
        return _all(connection) if inspect(connection).has_table(_saved.name) else {}


def _all(connection: Connection) -> dict[str, str]:
    return {row.name: row.value for row in connection.execute(select(_saved.c.name, _saved.c.value))}
