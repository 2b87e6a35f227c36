"""The tables of watchlists, of people, and of what people did."""

from datetime import date, datetime

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field

from monitor.store.tables.base import Row, Utc, Words


class WatchlistRow(Row):
    """A watchlist, even an empty one; its services are the rows of `watch`. `owner` is a person (None: created on
    the command line); `second_address` (encrypted) gets severe events that nobody acknowledges; `case_steps` (JSON) are the steps
    of its services' cases (None: the default steps); `rota` (JSON, its addresses encrypted) says who is on call."""

    __tablename__ = "watchlist"

    name: str = Field(primary_key=True)
    owner: int | None = Field(default=None, foreign_key="person.id", index=True)
    second_address: str | None = Field(default=None, sa_type=Words)
    created_at: datetime = Field(sa_type=Utc)
    case_steps: str | None = Field(default=None, sa_type=Words)
    rota: str | None = Field(default=None, sa_type=Words)


class OwnFactRow(Row):
    """A council's own facts about a service that it contracts, even if it is on no watchlist (see `monitor.own_facts.OwnFacts`).
    `uploaded_by` None: the command line."""

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
    """A person who may read a watchlist's own facts. If a watchlist has no such row, everybody may read them."""

    __tablename__ = "own_fact_reader"

    watchlist: str = Field(primary_key=True)
    person: int = Field(primary_key=True, foreign_key="person.id")
class SuspensionReviewRow(Row):
    """When the suspension of placements at a service must be reviewed (see `monitor.suspensions.Suspension`). `set_by` None: the
    command line."""

    __tablename__ = "suspension_review"

    watchlist: str = Field(primary_key=True)
    location_id: str = Field(primary_key=True)
    review_on: date
    set_at: datetime = Field(sa_type=Utc)
    set_by: int | None = Field(default=None, foreign_key="person.id")


class LetterTemplateRow(Row):
    """A template for letters to placing authorities (DOCX), for the services of a watchlist; "": for all others."""

    __tablename__ = "letter_template"

    watchlist: str = Field(primary_key=True)
    body: bytes = Field(sa_type=LargeBinary)
    uploaded_at: datetime = Field(sa_type=Utc)
    uploaded_by: int | None = Field(default=None, foreign_key="person.id")


class PersonRow(Row):
    """Somebody who may sign in, by email address (lower case). Never deleted, since the audit names them; `ended_at` ends their
    access.

    role        reader | editor | operator
    invited_by  the person who invited them; None: the command line, the domain of the address, or the organisation's groups
    issuer, subject  their account at a provider of OpenID Connect; None: they have signed in by email only
    refused_at  when the groups of that account gave no role; until they give one again, the person can't sign in by email either
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
    """One sign-in of a person in one browser (`browser`: its name, for the person's own list). Only the SHA-256 of its token is
    stored. `issuer`: the provider by which they signed in; None: by email."""

    __tablename__ = "session"

    token_hash: str = Field(primary_key=True)
    person: int = Field(foreign_key="person.id", index=True)
    browser: str
    created_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    revoked_at: datetime | None = Field(default=None, sa_type=Utc)
    issuer: str | None = None


class SignInLinkRow(Row):
    """An attempt to sign in, or an invitation: a link for one use. An unknown address gets a row too, so that attempts are
    counted in the same way; its link was sent to nobody. A sign-in with a provider leaves a used row, so that it can be used only
    once.

    client  a keyed hash of the origin of the attempt (None: the command line)
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
    """A form that arrived after its session had ended, kept for its person. `content`: what was typed, encrypted."""

    __tablename__ = "kept_form"

    id: str = Field(primary_key=True)
    person: int = Field(foreign_key="person.id", index=True)
    content: str = Field(sa_type=Words)
    created_at: datetime = Field(sa_type=Utc, index=True)


class SavedViewRow(Row):
    """A view of a watchlist that a person saved by name: its search, filters, order and columns, as a query string. `owner`: the
    person who may rename and delete it; None: they no longer have access."""

    __tablename__ = "saved_view"
    __table_args__ = (Index("ix_saved_view_name", "watchlist", "name", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    watchlist: str
    name: str
    owner: int | None = None
    query: str = Field(sa_type=Words)
    created_at: datetime = Field(sa_type=Utc)


class ColumnChoiceRow(Row):
    """The columns that a person wants to see of a watchlist, by name, with commas between them. No row: the default columns."""

    __tablename__ = "column_choice"

    person: int = Field(primary_key=True, foreign_key="person.id")
    columns: str = Field(sa_type=Words)


class AuditRow(Row):
    """Who did what, in the order in which it was done; only ever added to. `person` None: the command line."""

    __tablename__ = "audit"

    position: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Utc, index=True)
    person: int | None = None
    what: str
    about: str = Field(default="", sa_type=Words)


class AcknowledgementRow(Row):
    """An acknowledgement of an event, with a note; it is valid until reopened. `said_by`: if somebody answered from a message,
    its address as people see it; `person` None: it does not belong to a person."""

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
    """The key in the address of a person's feed of a watchlist, stored as its SHA-256; a renewed key replaces it."""

    __tablename__ = "feed_key"

    watchlist: str = Field(primary_key=True)
    person: int = Field(primary_key=True, foreign_key="person.id")
    key_hash: str = Field(unique=True)
    created_at: datetime = Field(sa_type=Utc)


class ApiKeyRow(Row):
    """A person's key to the API, stored as its SHA-256 and shown to people by its name and last four characters."""

    __tablename__ = "api_key"

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id", index=True)
    name: str
    key_hash: str = Field(unique=True)
    last_four: str
    created_at: datetime = Field(sa_type=Utc)
    revoked_at: datetime | None = Field(default=None, sa_type=Utc)
    last_used_at: datetime | None = Field(default=None, sa_type=Utc)
