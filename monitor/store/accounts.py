"""Signs people in with their accounts at the OpenID Connect provider. The account's groups decide the person's role."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Engine, select, update

from monitor.store import case_records
from monitor.store.audit import note
from monitor.store.database import add_once, writing
from monitor.store.people import (
    SESSION,
    Entered,
    Person,
    Role,
    begin_session,
    find_in,
    operators,
    revoke,
    token_hash,
)
from monitor.store.tables import PersonRow, SessionRow, SignInLinkRow, table

_person, _session, _link = table(PersonRow), table(SessionRow), table(SignInLinkRow)

KEPT = timedelta(days=1)
"""How long a used sign-in is remembered, so that it can't be used a second time. (The provider's answer itself is valid only
for minutes.)"""


class NotLet(StrEnum):
    """Why somebody is not signed in although the provider's answer is valid."""

    USED = "used"  # this sign-in was already used
    ENDED = "ended"  # an operator ended the person's access
    NO_ROLE = "no role"
    NO_EMAIL = "no email"  # the provider states no email address, or does not confirm it
    OTHER_ACCOUNT = "other account"  # the email address belongs to another account at the same provider


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account at a provider.

    issuer, subject  together identify the account permanently
    email            the email address that the provider confirms (lower case); None if the provider confirms no address
    role             the role that the account's groups give; None if the groups give no role
    """

    issuer: str
    subject: str
    email: str | None
    role: Role | None


class Accounts:
    """The part of the store for accounts. Its methods raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def enter(self, account: Account, *, once: str, browser: str, now: datetime, length: timedelta = SESSION) -> Entered | NotLet:
        """Signs in the person with this account. The person is found by the account or, at the first sign-in with the account, by
        the account's confirmed email address. If nobody is found and the groups give a role, a new person is added. At each
        sign-in the groups decide the person's role.

        once    identifies this sign-in, so that it can't be used a second time
        length  how long the session lasts while it is not used
        """
        with writing(self._engine) as connection:
            used = {"email": account.email or "", "created_at": now, "expires_at": now + KEPT, "used_at": now}
            if not add_once(connection, _link, token_hash=token_hash(once), **used):
                return NotLet.USED
            person = _known(connection, account)
            if isinstance(person, NotLet):
                return person
            if account.role is None:
                if person is not None:
                    _refuse(connection, person, account, now)
                return NotLet.NO_ROLE
            person = _with_role(connection, person, account, account.role, now)
            until = now + length
            token = begin_session(connection, person, browser=browser, until=until, now=now, issuer=account.issuer)
            return Entered(token=token, person=person, next=None)


def _known(connection: Connection, account: Account) -> Person | NotLet | None:
    """Returns the person with an account, who is found by the account itself or by its email address. Returns NotLet if the
    person may not sign in, and None if the person is new."""
    by_account = select(_person.c.email).where(_person.c.issuer == account.issuer, _person.c.subject == account.subject)
    known_as = connection.execute(by_account).scalar()
    if known_as is None and account.email is None:
        return NotLet.NO_EMAIL
    person = find_in(connection, known_as or account.email or "")
    if person is None:
        return None
    if person.ended_at is not None:
        return NotLet.ENDED
    # the issuer is read again, since another sign-in may have just linked the account
    theirs = _issuer(connection, person), person.subject
    if known_as is None and theirs[0] == account.issuer and theirs[1] != account.subject:
        return NotLet.OTHER_ACCOUNT
    return person


def _issuer(connection: Connection, person: Person) -> str | None:
    issuer: str | None = connection.execute(select(_person.c.issuer).where(_person.c.id == person.id)).scalar_one()
    return issuer


def _refuse(connection: Connection, person: Person, account: Account, now: datetime) -> None:
    """Signs somebody out everywhere because their groups no longer give a role. The last operator stays signed in, because
    somebody must be able to correct OIDC_ROLES. Nothing changes for a person who has never signed in with this account, since
    that person's role does not come from the account's groups."""
    is_theirs = (_issuer(connection, person), person.subject) == (account.issuer, account.subject)
    if not is_theirs or _is_last_operator(connection, person):
        return
    connection.execute(update(_person).where(_person.c.id == person.id).values(refused_at=now))
    revoke(connection, now, _session.c.person == person.id)
    case_records.leave(connection, person.id, None, now)
    note(connection, person.id, "was refused", "the groups of their account give no role", now)


def _is_last_operator(connection: Connection, person: Person) -> bool:
    return person.role is Role.OPERATOR and person.refused_at is None and operators(connection) == 1


def _with_role(connection: Connection, person: Person | None, account: Account, role: Role, now: datetime) -> Person:
    """Stores a person's account and role, and returns the person; a new person is added. The last operator keeps the role of
    operator."""
    theirs = {"issuer": account.issuer, "subject": account.subject, "refused_at": None}
    if person is None:
        assert account.email is not None
        is_new = add_once(connection, _person, email=account.email, role=str(role), created_at=now, **theirs)
        person = find_in(connection, account.email)
        assert person is not None
        if is_new:
            note(connection, person.id, "was let in", f"as {role}, according to the groups of their account", now)
            return person
    given = Role.OPERATOR if _is_last_operator(connection, person) else role
    connection.execute(update(_person).where(_person.c.id == person.id).values(role=str(given), **theirs))
    if not given.may(Role.EDITOR):
        case_records.leave(connection, person.id, None, now, case_records.ONLY_READS)
    if given is not person.role:
        change = f"from {person.role} to {given}, according to the groups of their account"
        note(connection, person.id, "changed role", change, now)
    changed = find_in(connection, person.email)
    assert changed is not None
    return changed
