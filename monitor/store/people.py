"""Stores the people who may sign in, their sessions, and their sign-in links.

A token has 256 random bits. The person gets the token once, and only its SHA-256 is stored.
"""

import hashlib
import secrets
from collections import Counter
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, delete, func, insert, select, update

from monitor.errors import StoreError, UsageError
from monitor.mailbox import mailbox_of
from monitor.store import case_records
from monitor.store.audit import note
from monitor.store.case_records import MAY_SIGN_IN
from monitor.store.database import reading, writing
from monitor.store.tables import ApiKeyRow, FeedKeyRow, KeptFormRow, PersonRow, SessionRow, SignInLinkRow, table

_person, _session, _link = table(PersonRow), table(SessionRow), table(SignInLinkRow)
_key, _feed, _form = table(ApiKeyRow), table(FeedKeyRow), table(KeptFormRow)

SESSION = timedelta(hours=12)
"""How long a session lasts after it was last used, unless SESSION_LENGTH sets another period."""

AT_MOST, AT_MOST_BY_PROVIDER = timedelta(days=7), timedelta(days=1)
"""How long a session can last, at most, even if the session is used all the time. If SESSION_LENGTH is longer, SESSION_LENGTH is
used instead. The second value is for sign-ins through an OpenID Connect provider. This value is shorter, since signing in again
takes only one click, and reads the person's groups again."""

RENEWALS = 24
"""A session in use is renewed at most this many times within SESSION_LENGTH, since each renewal writes to the database."""

LINK = timedelta(minutes=15)
"""How long a sign-in link is valid."""

INVITATION = timedelta(hours=24)
"""How long the link of an invitation is valid. After that, the person must ask for a link on the sign-in page."""

KEPT_FORM = timedelta(days=1)
"""How long a form is kept if it was submitted after its session had ended (see `store.kept_forms`)."""

WINDOW = timedelta(hours=1)
"""The period over which attempts to sign in are counted. The attempts are stored in the database, so the limits apply to all
processes together, and also after a restart."""

PER_ADDRESS, PER_CLIENT = 5, 1_000
"""How many attempts to sign in are allowed within WINDOW for one address, and from one client. The limit for a client is high,
because a whole council may share one internet address, and everybody may sign in at the same time each morning."""

UNKNOWN_PER_CLIENT, UNKNOWN = 30, 100
"""How many unknown addresses can get a link within WINDOW: the first limit is for one client, the second for all clients
together. These limits prevent anybody from making this program write to a whole council. The limits never apply to known
people."""


class SendsLink(StrEnum):
    """Whether a link is sent to a person who asks to sign in."""

    YES = "yes"
    NO = "no"
    FLOODED = "flooded"  # not sent, because too many unknown addresses have asked for a link lately


class Role(StrEnum):
    """A role determines what a person may do. Each role may also do everything that the role before it may do. docs/pages.md
    lists what each role may do."""

    READER = "reader"
    EDITOR = "editor"
    OPERATOR = "operator"

    def may(self, needed: "Role") -> bool:
        """Whether this role may do everything that `needed` may."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who may sign in (until `ended_at`). `invited_by` is None if the person was not invited on a page: the person was
    invited on the command line, or was accepted because of their address's domain or their groups at the provider. `subject` is
    the person's account at the OpenID Connect provider, or None if the person has only signed in by email. `refused_at` is when
    the account's groups stopped giving the person a role."""

    id: int
    email: str
    role: Role
    invited_by: int | None
    created_at: datetime
    ended_at: datetime | None
    subject: str | None = None
    refused_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A sign-in in one browser. `id` identifies the session in lists, but gives no access. `issuer` is the OpenID
    Connect provider through which the person signed in, or None if the person signed in by email."""

    id: str
    person: int
    browser: str
    created_at: datetime
    expires_at: datetime
    issuer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A person and their current session."""

    person: Person
    session: Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """The result of signing in: the token for the browser's cookie, the person, and the page that was requested."""

    token: str
    person: Person
    next: str | None


def new_token() -> str:
    """Returns 256 random bits as text that is valid in a URL."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Returns the stored form of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def email_of(text: str) -> str:
    """Returns an email address in its stored form. Raises UsageError if the text is not a valid address."""
    try:
        email = mailbox_of(text).lower()
    except UsageError:
        email = ""
    if not email or len(email) > 254:
        raise UsageError("Enter an email address in the correct format, like name@council.example")
    return email


class People:
    """The part of the store for people. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # ── people ───────────────────────────────────────────────────────────────────────────────────────────────────────────

    def everyone(self) -> list[Person]:
        """Returns all people, sorted by address, including people whose access has ended."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(_person).order_by(_person.c.email)).mappings()
            return [_as_person(row) for row in rows]

    def find(self, email: str) -> Person | None:
        """Returns the person with this address, or None if there is no such person. The address must be in lower case."""
        with reading(self._engine) as connection:
            return find_in(connection, email)

    def invite(self, email: str, role: Role, by: int | None, now: datetime) -> Person:
        """Lets somebody sign in, with a role. A person who is already known gets the new role, and may sign in again if their
        access had ended or was refused. Their account at the provider is unlinked until they next sign in through the provider.

        Raises UsageError if no operator would be left.
        """
        with writing(self._engine) as connection:
            person = let_in(connection, email, role, by, now)
            note(connection, by, "invited", f"{email} as {role}", now)
            return person

    def set_role(self, person_id: int, role: Role, by: int | None, now: datetime) -> Person | None:
        """Gives a person another role, and returns the person; None if there is no such person.

        Raises UsageError if no operator would be left.
        """
        with writing(self._engine) as connection:
            person = by_id(connection, person_id)
            if person is not None:
                _change(connection, person, by, role=str(role), refused_at=None)
                if not role.may(Role.EDITOR):
                    case_records.leave(connection, person.id, by, now, case_records.ONLY_READS)
                note(connection, by, "changed the role of", f"{person.email} from {person.role} to {role}", now)
                person = by_id(connection, person_id)
            return person

    def end(self, person_id: int, by: int | None, now: datetime) -> Person | None:
        """Ends a person's access (see `end_access`). Returns the person, or None if there is no such person. The person's
        subscriptions are not changed, since `leaving` handles subscriptions."""
        with writing(self._engine) as connection:
            person = by_id(connection, person_id)
            if person is not None:
                end_access(connection, person, by, now)
            return person

    # ── links ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def new_link(self, email: str, *, now: datetime, valid_for: timedelta = INVITATION) -> str:
        """Creates a sign-in link that is an invitation: somebody else requests it for a person. Returns the link's token. The
        number of invitations is not limited."""
        with writing(self._engine) as connection:
            return _new_link(connection, email, None, None, now, valid_for)

    def ask_link(self, email: str, *, client: str, next_page: str | None, now: datetime) -> str | None:
        """Creates a link for somebody who asks to sign in, and returns the link's token. Returns None after too many attempts.
        Attempts with an unknown address are counted too. The caller decides whether to send the link.

        client  a keyed hash of the origin of the attempt
        """
        since = now - WINDOW
        with writing(self._engine) as connection:
            # Expired links are kept for a day, so that an expired link can be distinguished from a link that never existed.
            connection.execute(delete(_link).where(_link.c.expires_at < now - timedelta(days=1)))
            recent = select(func.count()).select_from(_link).where(_link.c.created_at > since, _link.c.client.is_not(None))
            counts = ((recent.where(_link.c.email == email), PER_ADDRESS), (recent.where(_link.c.client == client), PER_CLIENT))
            if any(connection.execute(query).scalar_one() >= most for query, most in counts):
                return None
            return _new_link(connection, email, client, next_page, now, LINK)

    def sends_link(self, email: str, *, client: str, allowed: Collection[str], now: datetime) -> SendsLink:
        """Decides whether to send a link to a person who asks to sign in. Known people who may sign in always get a link. Unknown
        people get a link if their address is among `allowed` (see `is_among`), and if not too many unknown addresses have
        asked for a link, either from this client or from all clients together. The result is never shown to the person who asks,
        because it would reveal which addresses are known."""
        with reading(self._engine) as connection:  # both queries always run, so that the time they take reveals nothing
            person = find_in(connection, email)
            asked = connection.execute(select(_link.c.client, _link.c.email).where(_unknown(now)).distinct()).all()
        if person is not None:
            return SendsLink.YES if may_sign_in(person) else SendsLink.NO
        if not is_among(email, allowed):
            return SendsLink.NO
        unknown = Counter(one.client for one in asked if is_among(one.email, allowed))
        # A client gets no links beyond its own limit, so its further attempts are not added to the total for all clients.
        if sum(min(number, UNKNOWN_PER_CLIENT) for number in unknown.values()) > UNKNOWN:
            return SendsLink.FLOODED
        return SendsLink.YES if unknown[client] <= UNKNOWN_PER_CLIENT else SendsLink.NO

    def is_good(self, token: str, now: datetime) -> bool:
        """Whether a link is still valid. This does not use up the link, since mail scanners open links too."""
        with reading(self._engine) as connection:
            return bool(connection.execute(select(func.count()).select_from(_link).where(_usable(token, now))).scalar_one())

    def use_link(
        self, token: str, *, browser: str, may_join: Collection[str], now: datetime, length: timedelta = SESSION
    ) -> Entered | None:
        """Signs in the person whose address the link was created for. A link works once. Returns None if the link is not valid
        (any more), or if the person may not sign in.

        may_join  whole addresses and domains. A person with an unknown address becomes a reader if the address or its domain is
                  among these
        length    how long the session lasts after it was last used
        """
        with writing(self._engine) as connection:
            link = connection.execute(select(_link).where(_usable(token, now))).mappings().first()
            used = connection.execute(update(_link).where(_usable(token, now)).values(used_at=now)).rowcount
            if link is None or not used:
                return None
            person = find_in(connection, link["email"])
            if person is None and is_among(link["email"], may_join):
                connection.execute(insert(_person).values(email=link["email"], role=str(Role.READER), created_at=now))
                person = find_in(connection, link["email"])
            if person is None or not may_sign_in(person):
                return None
            session = begin_session(connection, person, browser=browser, until=now + length, now=now)
            return Entered(token=session, person=person, next=link["next"])

    # ── sessions ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def signed_in(self, token: str, now: datetime, length: timedelta = SESSION) -> SignedIn | None:
        """Returns the person and the session for a token from a browser's cookie. Returns None if the session has expired or was
        ended, or if the person's access has ended. Renews the session from time to time, so that it lasts for about `length`
        after its last use."""
        query = (
            select(_session, *_person.c["id", "email", "role", "invited_by", "ended_at", "subject", "refused_at"])
            .add_columns(_person.c.created_at.label("since"))
            .join(_person, _person.c.id == _session.c.person)
            .where(_session.c.token_hash == token_hash(token), _open(now), _person.c.ended_at.is_(None))
        )
        with reading(self._engine) as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        session = _as_session(row)
        until = renewed_until(session, now, length)
        if until is not None:
            # If nothing can be written now, the page is shown anyway, and the next page renews the session.
            with suppress(StoreError):
                self._renew(session, until, now)
        return SignedIn(person=_as_person({**row, "created_at": row["since"]}), session=session)

    def _renew(self, session: Session, until: datetime, now: datetime) -> None:
        with writing(self._engine) as connection:
            connection.execute(update(_session).where(_session.c.token_hash == session.id, _open(now)).values(expires_at=until))

    def sessions(self, now: datetime, person_id: int | None = None) -> list[Session]:
        """Returns a person's open sessions (everybody's, if no person is given), newest first."""
        query = select(_session).where(_open(now)).order_by(_session.c.created_at.desc())
        if person_id is not None:
            query = query.where(_session.c.person == person_id)
        with reading(self._engine) as connection:
            return [_as_session(row) for row in connection.execute(query).mappings()]

    def sign_out(self, session_id: str, by: Person, now: datetime) -> bool:
        """Ends a session. A person can end their own sessions, and an operator can end anybody's sessions. Returns whether a
        session was ended."""
        chosen = _session.c.token_hash == session_id
        if by.role is not Role.OPERATOR:
            chosen &= _session.c.person == by.id
        with writing(self._engine) as connection:
            whose = connection.execute(select(_session.c.person).where(chosen, _open(now))).scalar()
            if whose is None:
                return False
            revoke(connection, now, chosen)
            person = by_id(connection, whose)
            note(connection, by.id, "signed out", person.email if person and person.id != by.id else "", now)
            return True


def end_access(connection: Connection, person: Person, by: int | None, now: datetime) -> None:
    """Stops a person from signing in, and ends the person's sessions, API keys and feeds, within the caller's transaction. The
    person's cases lose their owner.

    Raises UsageError if no operator would be left.
    """
    _change(connection, person, by, ended_at=now)
    revoke(connection, now, _session.c.person == person.id)
    keys = (_key.c.person == person.id) & _key.c.revoked_at.is_(None)
    connection.execute(update(_key).where(keys).values(revoked_at=now))
    connection.execute(delete(_form).where(_form.c.person == person.id))
    connection.execute(delete(_feed).where(_feed.c.person == person.id))
    case_records.leave(connection, person.id, by, now)
    note(connection, by, "ended the access of", person.email, now)


def let_in(connection: Connection, email: str, role: Role, by: int | None, now: datetime) -> Person:
    """Lets somebody sign in, with a role, within the caller's transaction (see `People.invite`)."""
    there = find_in(connection, email)
    if there is None:
        connection.execute(insert(_person).values(email=email, role=str(role), invited_by=by, created_at=now))
    else:
        _change(connection, there, by, role=str(role), ended_at=None, issuer=None, subject=None, refused_at=None)
        if not role.may(Role.EDITOR):
            case_records.leave(connection, there.id, by, now, case_records.ONLY_READS)
    person = find_in(connection, email)
    assert person is not None
    return person


def renewed_until(session: Session, now: datetime, length: timedelta) -> datetime | None:
    """Returns the new end of a session that is being used now. Returns None if the stored end differs only a little and need not
    be changed."""
    most = max(length, AT_MOST_BY_PROVIDER if session.issuer else AT_MOST)
    until = min(now + length, session.created_at + most)
    return until if abs(until - session.expires_at) >= length / RENEWALS else None


def may_sign_in(person: Person) -> bool:
    """Whether a known person may sign in by email."""
    return person.ended_at is None and person.refused_at is None


def begin_session(
    connection: Connection, person: Person, *, browser: str, until: datetime, now: datetime, issuer: str | None = None
) -> str:
    """Begins a session and returns its token. Also deletes forms that have been kept for longer than KEPT_FORM."""
    connection.execute(delete(_form).where(_form.c.created_at < now - KEPT_FORM))
    token = new_token()
    values = {"browser": browser, "created_at": now, "expires_at": until, "issuer": issuer}
    connection.execute(insert(_session).values(token_hash=token_hash(token), person=person.id, **values))
    note(connection, person.id, "signed in with", browser, now)
    return token


def _unknown(now: datetime) -> ColumnElement[bool]:
    """Returns an SQL condition that is true for a link that an unknown address asked for within WINDOW."""
    asked = (_link.c.created_at > now - WINDOW) & _link.c.client.is_not(None)
    return asked & _link.c.email.not_in(select(_person.c.email))


def is_among(email: str, allowed: Collection[str]) -> bool:
    """Whether an address, or its domain, is among the `allowed` addresses and domains."""
    return not {email, email.partition("@")[2]}.isdisjoint(allowed)


def find_in(connection: Connection, email: str) -> Person | None:
    row = connection.execute(select(_person).where(_person.c.email == email)).mappings().first()
    return _as_person(row) if row else None


def by_id(connection: Connection, person_id: int) -> Person | None:
    """Returns the person with this number, or None."""
    row = connection.execute(select(_person).where(_person.c.id == person_id)).mappings().first()
    return _as_person(row) if row else None


def _change(connection: Connection, person: Person, by: int | None, **values: object) -> None:
    """Changes a person. Raises UsageError if no operator would be left, because nobody could invite people any more. On the
    command line (`by` is None) even the last operator can be changed."""
    connection.execute(update(_person).where(_person.c.id == person.id).values(**values))
    was_one = person.role is Role.OPERATOR and person.ended_at is None
    if by is not None and was_one and not operators(connection):
        raise UsageError("There must be an operator: make somebody else an operator first")


def operators(connection: Connection) -> int:
    """How many operators may sign in."""
    those = MAY_SIGN_IN & (_person.c.role == str(Role.OPERATOR))
    return int(connection.execute(select(func.count()).select_from(_person).where(those)).scalar_one())


def _new_link(
    connection: Connection, email: str, client: str | None, next_page: str | None, now: datetime, valid_for: timedelta
) -> str:
    token = new_token()
    values = {"email": email, "client": client, "next": next_page, "created_at": now, "expires_at": now + valid_for}
    connection.execute(insert(_link).values(token_hash=token_hash(token), **values))
    return token


def _usable(token: str, now: datetime) -> ColumnElement[bool]:
    return (_link.c.token_hash == token_hash(token)) & _link.c.used_at.is_(None) & (_link.c.expires_at > now)


def _open(now: datetime) -> ColumnElement[bool]:
    return _session.c.revoked_at.is_(None) & (_session.c.expires_at > now)


def revoke(connection: Connection, now: datetime, chosen: ColumnElement[bool]) -> None:
    """Ends the chosen sessions."""
    connection.execute(update(_session).where(chosen, _session.c.revoked_at.is_(None)).values(revoked_at=now))


def _as_person(row: Mapping[str, Any] | RowMapping) -> Person:
    return Person(**({name: row[name] for name in _PERSON} | {"role": Role(row["role"])}))


_PERSON = tuple(one.name for one in fields(Person))


def _as_session(row: RowMapping) -> Session:
    return Session(
        id=row["token_hash"],
        person=row["person"],
        browser=row["browser"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        issuer=row["issuer"],
    )
