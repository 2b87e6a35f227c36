"""Views for SQL clients on PostgreSQL, in a schema of their own: what the API gives, without secrets and without people. Whoever
may read them needs no right to the tables."""

from sqlalchemy import Connection, Engine, inspect, text

from monitor.errors import UsageError
from monitor.store.database import writing

SCHEMA = "reporting"

VIEWS = {
    "services": """
        SELECT s.location_id, o.name, o.service_type, o.place, o.postcode, o.provider_name,
               o.overall, o.safe, o.effective, o.caring, o.responsive, o.well_led, o.published,
               o.measures AS special_measures, o.archived, o.changed_at, o.change AS last_change,
               s.added_at, s.looked_at, s.read_at, o.file_date AS register_file,
               r.authority AS local_authority, r.region, r.beds, r.provider_id, r.brand
        FROM service s LEFT JOIN overview o USING (location_id) LEFT JOIN register r USING (location_id)
        WHERE EXISTS (SELECT 1 FROM watch w WHERE w.location_id = s.location_id)""",
    "watchlists": "SELECT watchlist, location_id, added_at, by_rule FROM watch",
    "events": """
        SELECT position, id, location_id, item, kind, body::json ->> 'name' AS name, body::json ->> 'group' AS service_group,
               body::json ->> 'of' AS subject, body::json ->> 'from_' AS from_value, body::json ->> 'to' AS to_value,
               (body::json ->> 'published')::date AS published, observed_at, level AS severity, corrected_at
        FROM event""",
    "items": "SELECT id, location_id, plan, published, seen_at FROM item",
    "cases": """
        SELECT id, location_id, state, owner IS NOT NULL AS has_owner, due, next_due, opened_at, closed_at, outcome
        FROM service_case""",
    "case_items": "SELECT case_id, item FROM case_item",
    "ratings": """
        SELECT s.location_id, s.seq, s.seen_at, h -> 0 ->> 'aspect' AS aspect, h -> 0 ->> 'group' AS service_group,
               h -> 0 ->> 'of' AS subject, h -> 1 ->> 'value' AS value, h -> 1 ->> 'instead' AS instead,
               (h -> 1 ->> 'published')::date AS published
        FROM snapshot s CROSS JOIN LATERAL json_array_elements(s.body::json -> 'holdings') h
        WHERE h -> 0 ->> 'aspect' IN ('rating', 'score')""",
    "register": """
        SELECT location_id, name, also_known_as, address, postcode, latitude, longitude, authority AS local_authority, region,
               sector, types AS service_types, specialisms, beds, provider_id, provider_name, brand, registered_on,
               overall, safe, effective, caring, responsive, well_led,
               published, inherited, primary_id, first_listed_on, listed_on, left_on
        FROM register""",
    "register_history": """
        SELECT location_id, as_of, listed, name, authority AS local_authority, region, sector, beds, provider_id, provider_name,
               brand, registered_on, overall, safe, effective, caring, responsive, well_led, published
        FROM register_history""",
    "own_facts": """
        SELECT watchlist, location_id, people_placed, suspended_since, contract_reference, funding_authority, other_rating,
               other_rated_on, as_of
        FROM own_fact""",
}
"""The views by name, as SQL. Instants are in UTC."""


def make(engine: Engine, role: str | None = None) -> list[str]:
    """Makes the views, or replaces them, and lets a role read them, from now on also after upgrades. Returns their names.
    Raises UsageError on SQLite, and if there is no such role."""
    _only_on_postgresql(engine)
    with writing(engine) as connection:
        known = text("SELECT 1 FROM pg_roles WHERE rolname = :role")
        if role is not None and not connection.execute(known, {"role": role}).scalar():
            raise UsageError(f"the database has no role {role}: create it first (docs/views.md)")
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        remove_from(connection)
        create_in(connection)
        if role is not None:
            quoted = connection.dialect.identifier_preparer.quote(role)
            for statement in (
                f"GRANT USAGE ON SCHEMA {SCHEMA} TO {quoted}",
                f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO {quoted}",
                f"ALTER DEFAULT PRIVILEGES IN SCHEMA {SCHEMA} GRANT SELECT ON TABLES TO {quoted}",
            ):
                connection.exec_driver_sql(statement)
    return [f"{SCHEMA}.{name}" for name in VIEWS]


def remove(engine: Engine) -> bool:
    """Removes the views with their schema, and so every right to them; returns whether there were any. Raises UsageError on
    SQLite, and StoreError if something else is in the schema."""
    _only_on_postgresql(engine)
    with writing(engine) as connection:
        there = _is_there(connection)
        remove_from(connection)
        connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA}"))
    return there


def remove_from(connection: Connection) -> bool:
    """Removes the views, but not the schema with its rights, so that tables can be changed; returns whether there were any."""
    if connection.dialect.name != "postgresql" or not _is_there(connection):
        return False
    for name in inspect(connection).get_view_names(schema=SCHEMA):
        if name in VIEWS:
            connection.execute(text(f"DROP VIEW {SCHEMA}.{name}"))
    return True


def create_in(connection: Connection) -> None:
    """Creates the views in their schema."""
    for name, query in VIEWS.items():
        connection.exec_driver_sql(f"CREATE VIEW {SCHEMA}.{name} AS {query}")


def _is_there(connection: Connection) -> bool:
    return SCHEMA in inspect(connection).get_schema_names()


def _only_on_postgresql(engine: Engine) -> None:
    if engine.dialect.name != "postgresql":
        raise UsageError("views are made in PostgreSQL only: with SQLite use the API, which gives the same (docs/api.md)")
