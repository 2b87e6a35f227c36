"""The tables of CQC's register, and of the rules and lists that use it."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from monitor.store.tables.base import Row, Utc, Words


class RegisterRow(Row):
    """A service of CQC's register as the newest files list it (see `monitor.register.entries.Entry`), watched or not.

    name_key, provider_key, search  folded for sorting and searching (`monitor.text.folded`)
    types, specialisms  each between vertical bars, "|Homecare agencies|Supported living|", so that one of them can be searched
                        for
    groups  (service group, rating) as a JSON list; None: no groups
    twofold  the subjects for which the ratings file states two ratings, between bars
    first_listed_on  the date of the first file that listed it
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
    """The state of a service in the files of `as_of`, stored if it differs from the earlier files, so that counts for any earlier
    date are possible: the newest row at or before that date applies. `listed` False: the files no longer listed it."""

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
    """A file loaded into the register; only ever added to.

    kind     directory | active locations | latest ratings
    as_of    the date of the file
    url, etag, last_modified  where it was fetched, for asking whether there is a newer one; None: a person gave the file
    digest   its SHA-256, to recognise the same file
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

    applied_at  when services last joined and left
    file        the newest of the register's files at that time. Files loaded later are not applied yet, whatever the clocks say
    """

    __tablename__ = "rule"

    watchlist: str = Field(primary_key=True)
    body: str = Field(sa_type=Words)
    created_at: datetime = Field(sa_type=Utc)
    applied_at: datetime | None = Field(default=None, sa_type=Utc)
    file: int | None = None


class AuthorityListRow(Row):
    """A named set of local authorities, with which one of them is compared (a JSON list)."""

    __tablename__ = "authority_list"

    name: str = Field(primary_key=True)
    authorities: str = Field(sa_type=Words)
    created_at: datetime = Field(sa_type=Utc)
