"""Records the answer "I have it". With the link in a message, a person can say that they are dealing with an item, without
signing in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Engine, select

from monitor import codec
from monitor.addresses import shown
from monitor.cases import Did
from monitor.errors import StoreError
from monitor.events import Event
from monitor.lines import headline_or_kind
from monitor.notify.links import HaveIt
from monitor.severity import by_severity
from monitor.store import audit, case_records
from monitor.store.acknowledgements import Acknowledgement, acknowledge, of
from monitor.store.database import in_turn, reading, writing
from monitor.store.people import Role, find_in, may_sign_in
from monitor.store.tables import EventRow, MessageRow, table
from monitor.store.vault import Vault

_event, _message = table(EventRow), table(MessageRow)


class Gone(StrEnum):
    """Why the link for the answer no longer works."""

    RETRACTED = "retracted"  # all events of the item that were sent have been retracted
    UNKNOWN = "unknown"  # no message to the address is stored any more, or the address can't be decrypted


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The item that a link for the answer is about, and the item's present state.

    name, headline  the service's name, and the headline of the item
    by              the address that the message with the link was sent to, as people see it
    taken           the valid acknowledgements of the item's events
    is_open         whether any event of the item is not acknowledged yet
    counts          whether an answer from the address acknowledges the events. False if the address belongs
                    to a person who may not edit, or whose access has ended
    """

    name: str
    location_id: str
    headline: str
    by: str
    taken: tuple[Acknowledgement, ...] = ()
    is_open: bool = True
    counts: bool = True


class Answers:
    """The part of the store for answers. Each method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def standing(self, link: HaveIt) -> Standing | Gone:
        """Returns the present state of an item, or why the link no longer works."""
        with reading(self._engine) as connection:
            return self._standing(connection, link)

    def say(self, link: HaveIt, now: datetime) -> tuple[Standing | Gone, bool]:
        """Acknowledges the events of an item that were sent to the address. If the address belongs to a person who may edit, and
        the case has no owner, that person becomes the owner of the case. If an answer from the address can't acknowledge the
        events, the answer is only noted in the case, once. Returns two values: the item's state before the answer (or why the
        link no longer works), and whether any event was not acknowledged before the answer."""
        with writing(self._engine) as connection:
            in_turn(connection)
            found = self._standing(connection, link)
            if isinstance(found, Gone):
                return found, False
            events = _events(connection, link)
            ids = [one.id for one in events]
            if not found.counts:
                since = max(one.observed_at for one in events)
                if found.is_open and not case_records.has_answered(connection, ids, found.by, since):
                    case_records.answered(connection, ids, found.by, now)
                return found, found.is_open
            person = find_in(connection, found.by.lower())
            words = f"through the link in the message to {found.by}"
            wanted = acknowledge(connection, ids, person.id if person else None, words, now, said_by=found.by)
            if wanted and person:
                for case_id in case_records.take_along(connection, wanted, person.id, words, now):
                    audit.note(connection, person.id, f"case: {Did.TOOK}", f"case {case_id}", now)
            elif wanted:
                case_records.answered(connection, wanted, found.by, now)
            return found, bool(wanted)

    def _standing(self, connection: Connection, link: HaveIt) -> Standing | Gone:
        events, by = _events(connection, link), self._address(connection, link.address_key)
        if not events or by is None:
            return Gone.UNKNOWN if by is None else Gone.RETRACTED
        person = find_in(connection, by.lower())  # this also finds a person whose access has ended
        known = of(connection, [one.id for one in events])
        stand = [one for each in known.values() for one in each if one.reopened_at is None]
        return Standing(
            name=events[0].name,
            location_id=events[0].location_id,
            headline=headline_or_kind(events),
            by=by,
            taken=tuple(dict.fromkeys(stand)),
            is_open=len({one.event_id for one in stand}) < len(events),
            counts=person is None or (may_sign_in(person) and person.role.may(Role.EDITOR)),
        )

    def _address(self, connection: Connection, key: str) -> str | None:
        """Returns the address whose key begins with these characters, as people see the address. Returns None if no message to
        the address is stored, or if the address can't be decrypted."""
        encrypted = connection.execute(select(_message.c.address).where(_message.c.address_key.startswith(key)).limit(1)).scalar()
        try:
            return shown(self._vault.decrypt(encrypted)).removeprefix("mailto:") if encrypted else None
        except StoreError:
            return None


def _events(connection: Connection, link: HaveIt) -> Sequence[Event]:
    """Returns the events of an item that were observed before the message was made, worst first. Later events are left out,
    because the message did not contain them."""
    query = select(_event.c.body).where(_event.c.item == link.item, _event.c.corrected_at.is_(None))
    found = [codec.load_event(body) for body in connection.execute(query).scalars()]
    return sorted((one for one in found if one.observed_at <= link.made_at), key=by_severity)
