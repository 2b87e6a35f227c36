"""Creates views for SQL clients on PostgreSQL, in a separate schema. The views contain the same data as this monitor's API,
without secrets and without data about people. A database role that may read the views needs no permissions on the tables."""

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from monitor import logs
from monitor.errors import UsageError

log = logs.logger(__name__)

SCHEMA = "reporting"

_MARK = "made by cqc-monitor sql-views"
"""The comment that each view has in the database."""

_DO = "change or drop what blocks this view, then run cqc-monitor sql-views again"

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
        FROM own_fact
        WHERE NOT EXISTS (SELECT 1 FROM own_fact_reader one WHERE one.watchlist = own_fact.watchlist)""",
}
"""The SQL of each view, by name. Instants are in UTC. Own facts with named readers are not in any view, since any program that
may read the views could read these facts."""


def make(connection: Connection, role: str | None = None) -> list[str]:
    """Creates or replaces the views, and allows a database role to read the views, now and after each upgrade. Returns the names
    of the views. Raises UsageError on SQLite, or if the role does not exist, or if somebody else's view prevents a change."""
    _only_on_postgresql(connection)
    known = text("SELECT 1 FROM pg_roles WHERE rolname = :role")
    if role is not None and not connection.execute(known, {"role": role}).scalar():
        raise UsageError(f"the database has no role {role}: create it first (docs/views.md)")
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    if hindered := put_back(connection):
        raise UsageError("\n".join(f"{name} can't be made: {why}" for name, why in hindered.items()))
    if role is not None:
        quoted = connection.dialect.identifier_preparer.quote(role)
        for statement in (
            f"GRANT USAGE ON SCHEMA {SCHEMA} TO {quoted}",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO {quoted}",
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA {SCHEMA} GRANT SELECT ON TABLES TO {quoted}",
        ):
            connection.exec_driver_sql(statement)
    return [f"{SCHEMA}.{name}" for name in VIEWS]


def remove(connection: Connection) -> bool:
    """Removes the views and their schema, and thereby all permissions on them. Returns whether there were any views. Raises
    UsageError on SQLite, or if somebody else's view uses the views, or if the schema contains anything else."""
    _only_on_postgresql(connection)
    there = _ours(connection)
    drops = (f"DROP VIEW {_named(name)}" for name in sorted(there))
    if there and (why := _tried(connection, *drops, f"DROP SCHEMA {SCHEMA}")):
        do = "Change or drop what depends on this, then run cqc-monitor sql-views --remove again"
        raise UsageError(f"the views can't be removed: {why}. {do}")
    return bool(there)


def set_aside(connection: Connection) -> bool:
    """Makes the views independent of the tables, so that the tables can be changed. Returns whether there are any views. The
    views keep their columns, so that other people can keep views that use these views. Reading a view fails until `put_back` has
    run."""
    if connection.dialect.name != "postgresql":
        return False
    there = _ours(connection)
    for name in there:
        if why := _tried(connection, f"CREATE OR REPLACE VIEW {_named(name)} AS {_without_tables(connection, name)}"):
            log.warning("a view can't be set aside", view=f"{SCHEMA}.{name}", why=why, do=_DO)
    return bool(there)


def put_back(connection: Connection) -> dict[str, str]:
    """Creates or replaces the views. Returns the views that could not be created or removed, each with the reason. A view that
    other views use can be replaced only if its columns stay the same."""
    there, hindered = _ours(connection), {}
    for name in there - set(VIEWS):
        if why := _tried(connection, f"DROP VIEW {_named(name)}"):
            hindered[f"{SCHEMA}.{name}"] = why
    for name, query in VIEWS.items():
        create, mark = f"VIEW {_named(name)} AS {query}", f"COMMENT ON VIEW {_named(name)} IS '{_MARK}'"
        why = _tried(connection, f"CREATE {'OR REPLACE ' if name in there else ''}{create}", mark)
        if why and name in there:
            why = _tried(connection, f"DROP VIEW {_named(name)}", f"CREATE {create}", mark)
        if why:
            hindered[f"{SCHEMA}.{name}"] = why
    return hindered


def put_back_or_warn(connection: Connection) -> None:
    """Does what `put_back` does, after the tables have changed. Problems are only logged, because somebody else's view must not
    prevent a change of the tables."""
    for name, why in put_back(connection).items():
        log.warning("a view can't be made", view=name, why=why, do=_DO)


def _tried(connection: Connection, *statements: str) -> str | None:
    """Runs all statements, and returns None. If a statement fails, undoes all statements and returns the reason for the
    failure, in one line. PostgreSQL's hint is left out, because its advice (CASCADE) would drop other people's views."""
    try:
        with connection.begin_nested():
            for statement in statements:
                connection.exec_driver_sql(statement)
    except DBAPIError as error:
        said = getattr(error.orig, "diag", None)
        told = [said.message_primary, said.message_detail] if said else [str(error.orig)]
        return " ".join("; ".join(filter(None, told)).split())[:300]
    return None


def _ours(connection: Connection) -> set[str]:
    """Returns the names of the views that this program created. The schema may contain other views; only this program's views
    have the comment."""
    query = text(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = :schema AND c.relkind = 'v' AND obj_description(c.oid, 'pg_class') = :mark"
    )
    return set(connection.execute(query, {"schema": SCHEMA, "mark": _MARK}).scalars())


def _without_tables(connection: Connection, name: str) -> str:
    """Returns a query that has the same columns as a view but reads no table. The query always fails when it is run, since an
    empty result would look as if there were no data."""
    query = text(
        "SELECT quote_ident(attname) AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute"
        " WHERE attrelid = CAST(:view AS regclass) AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
    )
    columns = connection.execute(query, {"view": _named(name)}).all()
    nothing = ", ".join(f"NULL::{one.type} AS {one.name}" for one in columns)
    return f"SELECT {nothing} WHERE (('{_DO}'::text)::integer) = 1"


def _named(name: str) -> str:
    return f'{SCHEMA}."{name}"'


def _only_on_postgresql(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        raise UsageError("SQL views need PostgreSQL: with SQLite use the API, which gives the same data (docs/api.md)")
