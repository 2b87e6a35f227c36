"""Defines the tables of CQC's register, and of the rules and lists of authorities that use the register."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from monitor.store.tables.base import Row, Utc, Words


class RegisterRow(Row):
    """A service in CQC's register, watched or not, as the newest files list the service (see `monitor.register.entries.Entry`).

    name_key, provider_key, search  text in a normal form for sorting and searching (`monitor.text.folded`)
    types, specialisms  a text with a vertical bar before and after each type or specialism, for example "|Homecare
                        agencies|Supported living|", so that a search can find a single type
    groups  pairs of a service group and its rating, as a JSON list; None if the file states no service groups
    twofold  the subjects for which the ratings file states two ratings, with bars as in `types`
    first_listed_on  the date of the first file that listed the service
    """

    __tablename__ = "register"
    __table_args__ = (
        Index("ix_register_authority", "authority", "sector"),
        Index("ix_register_provider", "provider_id", "provider_key", "left_on", "listed_on", "provider_name"),
        Index("ix_register_brand", "brand", "left_on"),
    )

    location_id: str = Field(primary_key=True)
    name: str = Field(sa_type=Words)
    name_key: str = Field(sa_type=Words, index=True)
    search: str = Field(sa_type=Words)
    provider_key: str = Field(default="", sa_type=Words, sa_column_kwargs={"server_default": ""})
    also_known_as: str | None = Field(default=None, sa_type=Words)
    address: str | None = Field(default=None, sa_type=Words)
    postcode: str | None = Field(default=None, index=True)
    latitude: float | None = None
    longitude: float | None = None
    authority: str | None = Field(default=None, sa_type=Words)
    region: str | None = Field(default=None, sa_type=Words)
    types: str = Field(default="|", sa_type=Words)
    specialisms: str = Field(default="|", sa_type=Words)
    sector: str
    beds: int | None = None
    provider_id: str | None = None
    provider_name: str | None = Field(default=None, sa_type=Words)
    brand: str | None = Field(default=None, sa_type=Words)
    registered_on: date | None = None
    overall: str | None = None
    groups: str | None = Field(default=None, sa_type=Words)
    published: date | None = None
    inherited: bool = False
    primary_id: str | None = None
    twofold: str = Field(default="|", sa_type=Words, sa_column_kwargs={"server_default": "|"})
    first_listed_on: date
    listed_on: date
    left_on: date | None = None


class RegisterHistoryRow(Row):
    """The state of a service in the files of the date `as_of`. A state is stored only if it differs from the state in the
    previous files. The state on any date is therefore the newest row up to that date, so services can be counted for earlier
    dates. `listed` is False if the files no longer listed the service."""

    __tablename__ = "register_history"
    __table_args__ = (Index("ix_register_history_authority", "authority"),)

    location_id: str = Field(primary_key=True)
    as_of: date = Field(primary_key=True)
    listed: bool = True
    name: str = Field(sa_type=Words)
    authority: str | None = Field(default=None, sa_type=Words)
    region: str | None = Field(default=None, sa_type=Words)
    types: str = Field(default="|", sa_type=Words)
    sector: str
    beds: int | None = None
    provider_id: str | None = None
    provider_name: str | None = Field(default=None, sa_type=Words)
    brand: str | None = Field(default=None, sa_type=Words)
    registered_on: date | None = None
    overall: str | None = None
    published: date | None = None


class RegisterFileRow(Row):
    """A file that was loaded into the register. Rows are added but never removed.

    kind     directory | active locations | latest ratings
    as_of    the date of the file
    url, etag, last_modified  the address from which the file was fetched, and the validators with which CQC's site can tell
                              whether the file has changed. None if a person supplied the file
    digest   the file's SHA-256, to recognise the same file
    """

    __tablename__ = "register_file"

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(index=True)
    name: str = Field(sa_type=Words)
    as_of: date
    imported_at: datetime = Field(sa_type=Utc)
    locations: int
    ratings: int
    joined: int
    left: int
    url: str | None = Field(default=None, sa_type=Words)
    etag: str | None = Field(default=None, sa_type=Words)
    last_modified: str | None = None
    digest: str


class RuleRow(Row):
    """The rule of a watchlist (see `monitor.register.entries.Rule`; JSON).

    applied_at  when the rule was last applied
    file        the number of the register's newest file when the rule was last applied. If the register now has a file with a
                higher number, the rule must be applied again. This works even if clocks are wrong
    """

    __tablename__ = "rule"

    watchlist: str = Field(primary_key=True)
    body: str = Field(sa_type=Words)
    created_at: datetime = Field(sa_type=Utc)
    applied_at: datetime | None = Field(default=None, sa_type=Utc)
    file: int | None = None


class AuthorityListRow(Row):
    """A named set of local authorities (a JSON list). Reports compare one authority of the set with the other authorities of
    the set."""

    __tablename__ = "authority_list"

    name: str = Field(primary_key=True)
    authorities: str = Field(sa_type=Words)
    created_at: datetime = Field(sa_type=Utc)
