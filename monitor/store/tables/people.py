"""Defines the tables of watchlists, people, and people's actions."""

from datetime import date, datetime

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field

from monitor.store.tables.base import Row, Utc, Words


class WatchlistRow(Row):
    """A watchlist. (Its services are rows of `watch`.) `owner` is a person, or None if the watchlist has no owner, for example
    because it was created on the command line. `second_address` (encrypted) gets severe events that nobody acknowledges.
    `case_steps` (JSON) are the steps of its services' cases, or None for the default steps. `rota` (JSON, with encrypted
    addresses) says who is on call, or is None if the watchlist has no rota."""

    __tablename__ = "watchlist"

    name: str = Field(primary_key=True)
    owner: int | None = Field(default=None, foreign_key="person.id", index=True)
    second_address: str | None = Field(default=None, sa_type=Words)
    created_at: datetime = Field(sa_type=Utc)
    case_steps: str | None = Field(default=None, sa_type=Words)
    rota: str | None = Field(default=None, sa_type=Words)


class OwnFactRow(Row):
    """A council's own facts about a service that it contracts (see `monitor.own_facts.OwnFacts`). The service may be on no
    watchlist. `uploaded_by` is None if the facts were uploaded on the command line."""

    __tablename__ = "own_fact"

    watchlist: str = Field(primary_key=True)
    location_id: str = Field(primary_key=True, index=True)
    people_placed: int | None = None
    suspended_since: date | None = None
    contract_reference: str | None = Field(default=None, sa_type=Words)
    contract_officer: str | None = Field(default=None, sa_type=Words)
    funding_authority: str | None = Field(default=None, sa_type=Words)
    other_rating: str | None = Field(default=None, sa_type=Words)
    other_rated_on: date | None = None
    note: str | None = Field(default=None, sa_type=Words)
    as_of: date
    uploaded_at: datetime = Field(sa_type=Utc)
    uploaded_by: int | None = Field(default=None, foreign_key="person.id")


class OwnFactReaderRow(Row):
    """A named reader of a watchlist's own facts. If a watchlist has no named readers, everybody may read its own facts."""

    __tablename__ = "own_fact_reader"

    watchlist: str = Field(primary_key=True)
    person: int = Field(primary_key=True, foreign_key="person.id")
class SuspensionReviewRow(Row):
    """The day on which the suspension of placements at a service must be reviewed (see `monitor.suspensions.Suspension`).
    `set_by` is None if the day was set on the command line."""

    __tablename__ = "suspension_review"

    watchlist: str = Field(primary_key=True)
    location_id: str = Field(primary_key=True)
    review_on: date
    set_at: datetime = Field(sa_type=Utc)
    set_by: int | None = Field(default=None, foreign_key="person.id")


class LetterTemplateRow(Row):
    """A template for letters to placing authorities (DOCX), for the services of a watchlist. The template with `watchlist` ""
    is for all watchlists without a separate template."""

    __tablename__ = "letter_template"

    watchlist: str = Field(primary_key=True)
    body: bytes = Field(sa_type=LargeBinary)
    uploaded_at: datetime = Field(sa_type=Utc)
    uploaded_by: int | None = Field(default=None, foreign_key="person.id")


class PersonRow(Row):
    """A person who may sign in, identified by an email address in lower case. The row is never deleted, since entries of the
    audit refer to the person. From `ended_at` on, the person has no access.

    role        reader | editor | operator
    invited_by  the person who invited them; None if they were invited on the command line, or were accepted because of their
                address's domain or their groups at the provider
    issuer, subject  their account at an OpenID Connect provider; None if they have only signed in by email
    refused_at  when the account's groups stopped giving the person a role. Until the groups give a role again, the person can't
                sign in at all, not even by email
    """

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_account", "issuer", "subject", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    role: str
    invited_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)
    issuer: str | None = None
    subject: str | None = None
    refused_at: datetime | None = Field(default=None, sa_type=Utc)


class SessionRow(Row):
    """A session: one sign-in of a person in one browser. `browser` is the browser's name, for the person's list of sessions. Only
    the SHA-256 of the session's token is stored. `issuer` is the provider through which the person signed in, or None if they
    signed in by email."""

    __tablename__ = "session"

    token_hash: str = Field(primary_key=True)
    person: int = Field(foreign_key="person.id", index=True)
    browser: str
    created_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    revoked_at: datetime | None = Field(default=None, sa_type=Utc)
    issuer: str | None = None


class SignInLinkRow(Row):
    """A sign-in link, for an attempt to sign in or for an invitation. A link can be used once. Attempts with an unknown address
    have a row too, even if no link is sent, so that all attempts are counted in the same way. A sign-in through a provider also
    adds a row, which is marked as used, so that the provider's answer can be used only once.

    client  a keyed hash of the origin of the attempt; None for an invitation
    next    the page that was requested
    """

    __tablename__ = "sign_in_link"

    token_hash: str = Field(primary_key=True)
    email: str = Field(index=True)
    client: str | None = Field(default=None, index=True)
    next: str | None = Field(default=None, sa_type=Words)
    created_at: datetime = Field(sa_type=Utc, index=True)
    expires_at: datetime = Field(sa_type=Utc)
    used_at: datetime | None = Field(default=None, sa_type=Utc)


class KeptFormRow(Row):
    """A form that was submitted after its session had ended, which is kept for the person who filled it in. `content` is the
    person's input, encrypted."""

    __tablename__ = "kept_form"

    id: str = Field(primary_key=True)
    person: int = Field(foreign_key="person.id", index=True)
    content: str = Field(sa_type=Words)
    created_at: datetime = Field(sa_type=Utc, index=True)


class SavedViewRow(Row):
    """A view of a watchlist that a person saved under a name. `query` contains the view's search, filters, order and columns, as
    a query string. `owner` is the person who may rename and delete the view, or None if that person no longer has access."""

    __tablename__ = "saved_view"
    __table_args__ = (Index("ix_saved_view_name", "watchlist", "name", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    watchlist: str
    name: str
    owner: int | None = None
    query: str = Field(sa_type=Words)
    created_at: datetime = Field(sa_type=Utc)


class ColumnChoiceRow(Row):
    """The names of the columns that a person wants to see in lists of services, separated by commas. A person without a row sees
    the default columns."""

    __tablename__ = "column_choice"

    person: int = Field(primary_key=True, foreign_key="person.id")
    columns: str = Field(sa_type=Words)


class AuditRow(Row):
    """An entry of the audit: a person's action. `position` gives the order of the actions. Entries are added but never changed.
    `person` is None if the program acted, or if somebody acted on the command line."""

    __tablename__ = "audit"

    position: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Utc, index=True)
    person: int | None = None
    what: str
    about: str = Field(default="", sa_type=Words)


class AcknowledgementRow(Row):
    """An acknowledgement of an event, with a note. An acknowledgement is valid until the event is reopened. If somebody
    acknowledged the event with the link in a message, `said_by` is the address that the message was sent to, as people see it.
    `person` is None if this address does not belong to a person."""

    __tablename__ = "acknowledgement"

    id: int | None = Field(default=None, primary_key=True)
    event_id: str = Field(index=True)
    person: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=Utc)
    note: str = Field(default="", sa_type=Words)
    said_by: str | None = Field(default=None, sa_type=Words)
    reopened_at: datetime | None = Field(default=None, sa_type=Utc)
    reopened_by: int | None = Field(default=None, foreign_key="person.id")


class FeedKeyRow(Row):
    """A person's feed of a watchlist. The feed's address contains a secret key. Only the SHA-256 of the key is stored. A renewed
    key replaces the old key."""

    __tablename__ = "feed_key"

    watchlist: str = Field(primary_key=True)
    person: int = Field(primary_key=True, foreign_key="person.id")
    key_hash: str = Field(unique=True)
    created_at: datetime = Field(sa_type=Utc)


class ApiKeyRow(Row):
    """A person's key to this program's API. Only the SHA-256 of the key is stored. Pages show the key's name and its last four
    characters."""

    __tablename__ = "api_key"

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id", index=True)
    name: str
    key_hash: str = Field(unique=True)
    last_four: str
    created_at: datetime = Field(sa_type=Utc)
    revoked_at: datetime | None = Field(default=None, sa_type=Utc)
    last_used_at: datetime | None = Field(default=None, sa_type=Utc)
