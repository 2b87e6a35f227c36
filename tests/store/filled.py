"""Fills a database with rows in every table, like the database of a monitor that was stopped in the middle of its work."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, RowMapping, Table, TypeDecorator, insert, select

from monitor.detect.checks import Outcome, ReadPage
from monitor.events import Event, Kind
from monitor.judgement import Setup, Some
from monitor.model import Aspect, Candidate, Card, Holding, Reading, Snapshot, Source, Subject, When
from monitor.store import Store
from monitor.store.database import reading, writing
from monitor.store.readers import Unanswered, unanswered_in
from monitor.store.subscriptions import Wishes
from monitor.store.tables import HintRow, metadata, table

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=6)
HOME, OTHER = "1-2235535718", "RJ121"
LEAD, SLACK = "mailto:lead@council.example", "slack:https://hooks.slack.com/services/T0/B0/secret"

Rows = dict[str, list[dict[str, object]]]


def fill(store: Store) -> None:
    """Adds two watched services, three subscriptions and a fall that waits to be sent, and then a row to every empty table."""
    store.services.watch("Leeds", [HOME, OTHER], NOON)
    for address, when in ((LEAD, When.IMMEDIATE), (SLACK, When.IMMEDIATE), ("mailto:head@council.example", When.DAILY)):
        store.subscriptions.subscribe("Leeds", address, Wishes(when=when, at=time(7, 30), day="mon"), quiet=True, now=NOON)
    assert store.services.record(look(0))
    assert store.services.record(look(1, "inadequate"))
    store.outbox.compose(NOON, NOON - timedelta(days=9))
    store.outbox.trouble("key", LEAD, "A subject", ["a line"], NOON)
    (first, *_) = [one for one in store.outbox.claim(NOON, 10) if not one.events]
    store.outbox.sent(first.id, "250 queued", NOON)
    with writing(store.engine) as connection:
        for table in metadata().sorted_tables:
            if not connection.execute(select(table).limit(1)).first():
                connection.execute(insert(table).values(_anything(connection, table)))


def open_hints(store: Store, location_id: str | None = None) -> list[RowMapping]:
    """Returns the open hints of a service (of all services, if none is given), the earliest first."""
    hint = table(HintRow)
    query = select(hint).where(hint.c.settled_at.is_(None)).order_by(hint.c.first_seen, hint.c.source, hint.c.mark)
    with reading(store.engine) as connection:
        rows = connection.execute(query).mappings().all()
    return [row for row in rows if location_id in (None, row["location_id"])]


def unanswered(store: Store, now: datetime) -> list[Unanswered]:
    """Returns the addresses that were asked whether somebody reads the messages, and from which no answer came in time."""
    with reading(store.engine) as connection:
        return unanswered_in(connection, store.vault, now)


def not_shown(store: Store, now: datetime) -> Some:
    """Returns the publications that a source named and that no check has found, in the form that the judgement uses."""
    setup = Setup(check_every=timedelta(hours=6), stale_after=timedelta(hours=48), mail=True)
    return store.judging.facts(setup, now, None).named_not_shown


def look(base: int, rating: str = "good") -> Outcome:
    """Returns a check of HOME. The first check is a baseline. A later check finds a fall, and the check's page is stored."""
    subject = Subject(aspect=Aspect.RATING, of="overall")
    card = Card(name="Cherry ‘brook’ 🏠", service_type="Care home", address="1 High Street", provider_name="All Saints")
    snapshot = Snapshot(location_id=HOME, seq=base + 1, seen_at=NOON, card=card, holdings=((subject, Holding(value=rating)),))
    page = ReadPage(
        url=f"https://cqc.example/location/{HOME}",
        etag='"1"',
        last_modified=None,
        fingerprint="fingerprint",
        digest=f"digest{base}",
        reading=Reading(source=Source.LOCATION_PAGE, name="Cherrybrook"),
        fetched_at=NOON,
        content_type="text/html",
        body=bytes(range(256)) * 10,
    )
    fall = Event(
        id=f"event{base}",
        location_id=HOME,
        name="Cherrybrook",
        kind=Kind.DOWNGRADED,
        of="overall",
        from_="good",
        to=rating,
        observed_at=NOON,
        evidence=page.digest,
    )
    return Outcome(
        location_id=HOME,
        base_seq=base,
        looked_at=NOON,
        next_look_at=LATER,
        read_well=True,
        snapshot=snapshot,
        events=(fall,) if base else (),
        candidates=(Candidate(mark="m", since=NOON, due=LATER),) if base else (),
        pages=(page,),
    )


def rows_of(connection: Connection, tables: Iterable[Table] | None = None) -> Rows:
    """Returns all rows of a database, by table."""
    chosen = metadata().sorted_tables if tables is None else tables
    return {
        table.name: [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
        for table in chosen
    }


def all_rows(store: Store) -> Rows:
    """Returns all rows of a store's database, by table."""
    with reading(store.engine) as connection:
        return rows_of(connection)


def _anything(connection: Connection, table: Table) -> dict[str, object]:
    """Returns a row that the table accepts."""
    some: dict[type, object] = {
        int: 7,
        float: 0.5,
        bool: True,
        bytes: b"\0\xff",
        datetime: NOON - timedelta(days=1),
        date: NOON.date(),
    }
    values: dict[str, object] = {}
    for column in table.columns:
        if column.foreign_keys:
            (key,) = column.foreign_keys
            values[column.name] = connection.execute(select(key.column).limit(1)).scalar()
        else:
            kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
            values[column.name] = some.get(kind.python_type, f"a {column.name}")
    return values
