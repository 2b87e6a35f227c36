"""Reads what CQC's monthly files state about each service. The files are the directory (CSV), active locations and latest
ratings (ODS, XLSX).

A file's kind is recognised by its columns, never by its name, since councils rename the files that they keep. Source:
docs/facts/files.md, Active locations, and the sections after it. The file of active locations has a column with the names of
registered managers. This column is never read.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from monitor.cqc.days import _DATED, _EARLIEST, date_in, day_of, month_first_in
from monitor.cqc.rows import Progress, check_usable, counted, digest_of, rows_of
from monitor.cqc.spreadsheet import Row
from monitor.errors import UsageError
from monitor.locations import published_id
from monitor.ratings import OVERALL, QUESTIONS, KeyQuestion, Rating, Reason, by_question, parse, worst
from monitor.register.authorities import AUTHORITIES, SUCCESSORS, authority, region
from monitor.register.entries import Entry, FileKind, MonthlyFile, sector
from monitor.text import day as in_words

# The columns that a file of each kind must have, and the columns that identify the kind. Before columns are compared, `_plain`
# normalises their names.
_NEEDED: dict[FileKind, tuple[str, ...]] = {
    FileKind.DIRECTORY: (
        *("Name", "Address", "Postcode", "Service types", "Specialisms/services", "Provider name", "Local authority", "Region"),
        *("CQC Location ID", "CQC Provider ID"),
    ),
    FileKind.ACTIVE: (
        *("Location ID", "Location HSCA start date", "Location Name", "Care homes beds", "Location Latest Overall Rating"),
        *("Publication Date", "Location Region", "Location Local Authority", "Location Street Address", "Location City"),
        *("Location Postal Code", "Location Latitude", "Location Longitude", "Brand Name", "Provider ID", "Provider Name"),
    ),
    FileKind.RATINGS: ("Location ID", "Service / Population Group", "Domain", "Latest Rating", "Publication Date"),
}
_MARKS: dict[FileKind, tuple[str, ...]] = {
    FileKind.DIRECTORY: ("CQC Location ID", "CQC Provider ID", "Service types", "Specialisms/services"),
    FileKind.ACTIVE: (
        "Location HSCA start date",
        "Location Latest Overall Rating",
        "Care homes beds",
        "Provider HSCA start date",
    ),
    FileKind.RATINGS: ("Service / Population Group", "Domain", "Latest Rating", "Report Type"),
}
_ALSO_CALLED = {"key question": "domain", "cqc location": "cqc location id", "location post code": "location postal code"}
# Column names that may have different endings. Only their beginnings are compared.
_BEGINS = {"inherited": "inherited", "primary id": "primary id"}
_DUAL = "dual"  # a word in the name of the sheet that lists homes with two registrations
_CLOSED = "location hsca end date"  # only CQC's list of closed locations has this column
_PROVIDERS = "providers"  # the second sheet of the latest ratings, with ratings of trusts, not locations

_HEADER_WITHIN = 60
"""The row with the names of the columns must be in the first 60 rows. CQC has put lines above this row, and a README sheet
before the data."""

_ODD_OF = 200
"""At most one row in 200 may be odd, which means that it can't be used. Odd rows are left out and listed. If more rows are odd,
the file is damaged or has another layout."""

_DATES_APART = timedelta(days=31)
"""The date in a file and the date in the file's name may be at most this far apart. With a greater difference, one of the two
dates is not the date of the file."""

_SPACES = re.compile(r"\s+")
_INHERITED = re.compile(r"\(?\binherited\b\)?$", re.IGNORECASE)
_MAY_BE_ID = re.compile(r"\b1-\d{6,12}\b|(?<=/location/)[A-Z0-9]{3,8}\b")

# The names of the service types in CQC's files ("HSCA"), each with CQC's public name. Source: docs/facts/files.md, Service
# types; docs/facts/ratings.md, GAC services. A few types are not social care; CQC's public pages never show them.
_PUBLIC_TYPES = {
    "Acute services with overnight beds": "Hospital",
    "Acute services without overnight beds / listed acute services with or without overnight beds": "Clinic",
    "Ambulance service": "Ambulances",
    "Blood and Transplant service": "Blood and transplant service",
    "Care home service with nursing": "Nursing homes",
    "Care home service without nursing": "Residential homes",
    "Community based services for people who misuse substances": "Community services - Substance abuse",
    "Community based services for people with a learning disability": "Community services - Learning disabilities",
    "Community based services for people with mental health needs": "Community services - Mental Health",
    "Community health care services - Independent Midwives": "Community services - Healthcare",
    "Community health care services - Nurses Agency only": "Community services - Nursing",
    "Community healthcare service": "Community services - Healthcare",
    "Dental service": "Dentist",
    "Diagnostic and/or screening service": "Diagnosis/screening",
    "Diagnostic and/or screening service - single handed sessional providers": "Diagnosis/screening",
    "Doctors consultation service": "Doctors/GPs",
    "Doctors treatment service": "Doctors/GPs",
    "Domiciliary care service": "Homecare agencies",
    "Extra Care housing services": "Supported housing",
    "Hospice services": "Hospice",
    "Hospice services at home": "Home hospice care",
    "Hospital services for people with mental health needs, learning disabilities and problems with substance misuse": (
        "Hospitals - Mental health/capacity"
    ),
    "Hyperbaric Chamber": "Hyperbaric chamber",
    "Long term conditions services": "Long-term conditions",
    "Mobile doctors service": "Mobile doctors",
    "Prison Healthcare Services": "Prison healthcare",
    "Rehabilitation services": "Rehabilitation (illness/injury)",
    "Remote clinical advice service": "Phone/online advice",
    "Residential substance misuse treatment and/or rehabilitation service": "Rehabilitation (substance abuse)",
    "Shared Lives": "Shared lives",
    "Specialist college service": "Specialist college",
    "Supported living service": "Supported living",
    "Urgent care services": "Urgent care centres",
}
# The directory and the API spell a few types differently, and the directory also lists the kind of provider as a type.
_TYPES_ALSO = {"doctors/gps": "Doctors/GPs", "shared lives": "Shared lives"}
_NO_TYPES = frozenset({"organisation", "partnership", "individual", "nhs body"})

# The names of the groups of people that a service is for, each with the name on CQC's pages and in its API. Source:
# docs/facts/ratings.md, Specialisms.
_PUBLIC_BANDS = {
    "Children 0-18 years": "Caring for children",
    "Dementia": "Dementia",
    "Learning disabilities or autistic spectrum disorder": "Learning disabilities",
    "Mental Health": "Mental health conditions",
    "Older People": "Caring for adults over 65 yrs",
    "People detained under the Mental Health Act": "Caring for people whose rights are restricted under the Mental Health Act",
    "People who misuse drugs and alcohol": "Substance misuse problems",
    "People with an eating disorder": "Eating disorders",
    "Physical Disability": "Physical disabilities",
    "Sensory Impairment": "Sensory impairment",
    "Whole Population": "Services for everyone",
    "Younger Adults": "Caring for adults under 65 yrs",
}
_BANDS_ALSO = {"caring for children (0 - 18yrs)": "Caring for children", "sensory impairments": "Sensory impairment"}


def read_file(
    path: Path, *, today: date, as_of: date | None = None, name: str | None = None, progress: Progress = lambda _: None
) -> MonthlyFile:
    """Reads one of CQC's monthly files. Raises UsageError, with a message of one line, if the file is damaged or is not one of
    CQC's monthly files.

    as_of  the date of the file, for a file that does not give a date
    name   the file's name, if it differs from the name in the path, for example after a download
    """
    with _explained(name or path.name):
        check_usable(path)
        digest = digest_of(path)
        file = _Found(name=name or path.name, today=today, given=as_of).file(counted(rows_of(path), progress), digest)
        if digest_of(path) != digest:
            raise UsageError("it was changed while it was read: try again")
        return file


def look(path: Path, *, today: date, as_of: date | None = None) -> tuple[FileKind, date]:
    """Returns the kind and the date of a file. Only the beginning of the file is read. Raises UsageError if the file can't be
    loaded."""
    with _explained(path.name):
        check_usable(path)
        found = _Found(name=path.name, today=today, given=as_of)
        columns = found.begin(rows_of(path))
        return columns.kind, found.as_of()


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except UsageError as error:
        raise UsageError(f"{name} can't be loaded: {error}") from None


# The meaning of the rows


def _readable(text: str) -> str:
    """Returns the text without unsafe characters. Unsafe characters are control characters (which may move a terminal's
    cursor), characters that reverse the direction of text, and lone surrogates."""
    if text.isprintable():
        return text
    kept = (one if one.isprintable() else " " for one in text if unicodedata.category(one) not in {"Cf", "Cs"})
    return _SPACES.sub(" ", "".join(kept)).strip()


def _plain(name: str) -> str:
    """Returns a column's name, normalised for comparison. For example, "CQC Location (for office use only", from a file of
    2020, becomes "cqc location id"."""
    bare = _SPACES.sub(" ", name.replace("’", "'")).strip().casefold().partition(" (for office")[0]
    return next((word for begin, word in _BEGINS.items() if bare.startswith(begin)), _ALSO_CALLED.get(bare, bare))


@dataclass(slots=True)
class _Columns:
    """The position of each column of a sheet."""

    kind: FileKind
    sheet: str
    at: dict[str, int]
    width: int
    types: tuple[tuple[int, str], ...] = ()
    bands: tuple[tuple[int, str], ...] = ()

    def of(self, row: list[str], name: str) -> str:
        at = self.at.get(name)
        return _readable(row[at].strip()) if at is not None and at < len(row) else ""


@dataclass(slots=True)
class _Group:
    """What the file of latest ratings states about one service group."""

    stated: dict[str, str | None] = field(default_factory=dict)
    published: dict[str, str] = field(default_factory=dict)
    inherited: bool = False


@dataclass(slots=True)
class _Found:
    """What has been read from a file so far."""

    name: str
    today: date
    given: date | None
    own_date: date | None = None
    row: int = 0
    rows: int = 0
    odd: list[str] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)
    seen: dict[str, int] = field(default_factory=dict)  # location id -> row
    listed: list[Entry] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    groups: dict[str, dict[str, _Group]] = field(default_factory=dict)
    # in the sheet of dual registrations: the columns of the two ids of a pair, and whether the second id belongs to the primary
    # registration
    dual: tuple[int, int, bool] | None = None
    pairs: list[tuple[str, str]] = field(default_factory=list)
    primaries: dict[str, str] = field(default_factory=dict)
    strangers: set[str] = field(default_factory=set)
    twofold: dict[str, set[str]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    same: dict[str, str] = field(default_factory=dict)  # keeps equal values as one shared string
    places: dict[str, str | None] = field(default_factory=dict)

    def file(self, rows: Iterator[Row], digest: str) -> MonthlyFile:
        columns = self.begin(rows)
        for sheet, row in rows:
            self.row += 1
            if sheet == columns.sheet and any(row):
                self._take(columns, row)
            elif _DUAL in sheet.casefold():
                self._take_pair(row)
        if len(self.odd) * _ODD_OF > self.rows:
            many = f"{len(self.odd)} of {self.rows} rows are unusable"
            raise UsageError(f"{self.odd[0]}: the file is damaged or was cut short ({many})")
        if not self.listed and not self.groups:
            raise UsageError("it lists no services")
        as_of = self.as_of()
        entries = self._rated(as_of) if columns.kind is FileKind.RATINGS else self._dated(as_of)
        ratings = sum(len(group.stated) for groups in self.groups.values() for group in groups.values())
        return MonthlyFile(
            kind=columns.kind,
            name=self.name,
            as_of=as_of,
            digest=digest,
            entries=entries,
            ratings=ratings or sum(entry.overall is not None for entry in entries),
            strangers=tuple(sorted(self.strangers)),
            odd=tuple(self.odd),
            doubtful=frozenset(self.doubtful - self.seen.keys()),
            twofold=tuple(sorted(self.twofold)),
            unread=tuple(sorted(self.unread)),
        )

    def begin(self, rows: Iterator[Row]) -> _Columns:
        """Reads the file up to the row with the names of the columns, in the sheet with the data. Raises UsageError if there is
        no such row."""
        last = ""
        for sheet, row in rows:
            self.row = self.row + 1 if sheet == last else 1
            last = sheet
            if _DUAL in sheet.casefold():
                self._take_pair(row)
                continue
            if sheet.casefold() == _PROVIDERS or self.row > _HEADER_WITHIN:
                continue
            if columns := _header(sheet, row):
                return columns
            self._look_for_date(row)
        raise UsageError("it is not one of CQC's files that can be loaded (the directory, active locations, latest ratings)")

    def _look_for_date(self, row: list[str]) -> None:
        text = " ".join(row)
        if self.own_date is None and _DATED.search(text):
            self.own_date = date_in(text)

    def _take(self, columns: _Columns, row: list[str]) -> None:
        self.rows += 1
        written = columns.of(row, "cqc location id" if columns.kind is FileKind.DIRECTORY else "location id")
        location_id = published_id(written)
        if columns.kind is FileKind.DIRECTORY and len(row) != columns.width:
            self._leave_out(row, f"has {len(row)} columns instead of {columns.width}")
            return
        if location_id is None:
            self._leave_out(row, f"has {written[:20]!r} instead of a location id")
            return
        if columns.kind is FileKind.RATINGS:
            self._take_rating(location_id, columns, row)
            return
        if location_id in self.seen:
            self._leave_out(row, f"lists {location_id} again, after row {self.seen[location_id]}")
            return
        self.seen[location_id] = self.row
        taking = self._of_directory if columns.kind is FileKind.DIRECTORY else self._of_active
        self.listed.append(taking(location_id, columns, row))

    def _leave_out(self, row: list[str], why: str) -> None:
        self.odd.append(f"row {self.row} {why}")
        self.doubtful |= {found for cell in row for found in _MAY_BE_ID.findall(cell)}

    def _take_pair(self, row: list[str]) -> None:
        """Reads a row of the sheet that lists homes with two registrations. The row contains either the names of the columns,
        or the two registrations of one home."""
        if self.dual is None:
            names = [_plain(name) for name in row]
            ids = [n for n, name in enumerate(names) if re.search(r"\bid\b", name) and "provider" not in name]
            if len(ids) > 1:
                last = next((n for n in ids if "primary" in names[n]), ids[1])
                self.dual = next(n for n in ids if n != last), last, "primary" in names[last]
            return
        *places, directed = self.dual
        one, other = (published_id(_readable(row[n])) if n < len(row) else None for n in places)
        if one and other and one != other:
            self.pairs.append((one, other) if directed else (max(one, other), min(one, other)))

    # One service

    def _of_directory(self, location_id: str, columns: _Columns, row: list[str]) -> Entry:
        of = columns.of
        kinds = (one.strip() for one in of(row, "service types").split("|"))
        types = {_TYPES_ALSO.get(one.casefold(), one) for one in kinds if one and one.casefold() not in _NO_TYPES}
        bands = (one.strip() for one in of(row, "specialisms/services").split("|"))
        return self._entry(
            location_id,
            types,
            {_BANDS_ALSO.get(one.casefold(), one) for one in bands if one},
            name=of(row, "name"),
            also_known_as=of(row, "also known as") or None,
            address=_tidy_address(of(row, "address").split(",")),
            postcode=of(row, "postcode"),
            authority=of(row, "local authority"),
            region=of(row, "region"),
            provider_id=of(row, "cqc provider id"),
            provider_name=of(row, "provider name"),
        )

    def _of_active(self, location_id: str, columns: _Columns, row: list[str]) -> Entry:
        of = columns.of
        brand = of(row, "brand name")
        rating = of(row, "location latest overall rating")
        overall = self._stated(rating)
        if (primary := published_id(of(row, "primary id"))) and primary != location_id:
            self.primaries[location_id] = primary
        self.published.append(of(row, "publication date") if overall else "")
        street = (of(row, f"location {one}") for one in ("street address", "address line 2", "city"))
        return self._entry(
            location_id,
            {public for at, public in columns.types if at < len(row) and row[at].strip().upper() == "Y"},
            {public for at, public in columns.bands if at < len(row) and row[at].strip().upper() == "Y"},
            name=of(row, "location name"),
            address=_tidy_address(street),
            postcode=of(row, "location postal code"),
            latitude=_number(of(row, "location latitude")),
            longitude=_number(of(row, "location longitude")),
            authority=of(row, "location local authority"),
            region=of(row, "location region"),
            beds=int(_number(of(row, "care homes beds")) or 0) or None,
            provider_id=of(row, "provider id"),
            provider_name=of(row, "provider name"),
            brand=None if brand in ("", "-") else self._one(brand),
            registered_on=self._day(of(row, "location hsca start date"), month_first=False),
            overall=overall,
            inherited=overall is not None and _is_inherited(rating, of(row, "inherited")),
        )

    def _entry(self, location_id: str, types: set[str], bands: set[str], **fields: object) -> Entry:
        kinds = tuple(sorted(self._one(one) for one in types))
        where = str(fields.pop("authority"))
        return Entry(
            location_id=location_id,
            types=kinds,
            specialisms=tuple(sorted(self._one(one) for one in bands)),
            sector=sector(kinds),
            authority=self._authority(where),
            region=self._region(str(fields.pop("region"))),
            postcode=_SPACES.sub(" ", str(fields.pop("postcode"))).upper() or None,
            provider_id=self._one(str(fields.pop("provider_id")).upper()) or None,
            provider_name=self._one(str(fields.pop("provider_name"))) or None,
            name=_SPACES.sub(" ", str(fields.pop("name"))) or location_id,
            listed_on=self.today,
            **fields,  # type: ignore[arg-type]
        )

    def _one(self, text: str) -> str:
        return self.same.setdefault(text, text)

    def _authority(self, text: str) -> str | None:
        if text not in self.places:
            self.places[text] = authority(text) or text or None
            if text and self.places[text] not in _COUNCILS:
                self.strangers.add(text)
        return self.places[text]

    def _region(self, text: str) -> str | None:
        key = f"region {text}"
        if key not in self.places:
            self.places[key] = region(text) or text or None
        return self.places[key]

    def _stated(self, text: str) -> str | None:
        """Returns a rating, or the reason given in place of a rating. Returns None if the cell is empty, is not understood, or
        says only that there is no rating."""
        stated = parse(_INHERITED.sub("", text))
        if stated is None and text and text.casefold() not in ("not applicable", "-", "n/a"):
            self.unread.add(text[:60])
        return None if stated is None or stated is Reason.NOT_RATED else stated.value

    def _day(self, text: str, *, month_first: bool) -> date | None:
        """Returns the date in a cell; None if the cell is empty, is not understood, or contains an impossible or implausible
        date."""
        try:
            found = day_of(text, month_first=month_first)
        except ValueError:
            found = date.max
        if found is None or _EARLIEST <= found <= self.today + timedelta(days=1):
            return found
        self.unread.add(text[:60])
        return None

    # The file of ratings, in which each rating has a row

    def _take_rating(self, location_id: str, columns: _Columns, row: list[str]) -> None:
        group = self._one(columns.of(row, "service / population group"))
        domain = columns.of(row, "domain").casefold()
        what = OVERALL if domain == OVERALL else QUESTIONS.get(domain)
        if what is None:
            self.unread.add(domain[:60])
            return
        rating = columns.of(row, "latest rating")
        stated = self._stated(rating)
        groups = self.groups.setdefault(location_id, {})
        kept = groups.setdefault("" if group.casefold() in ("", OVERALL) else group, _Group())
        if what in kept.stated and kept.stated[what] != stated:
            # CQC says that "both ratings are shown in this file" if two ratings were published on one day. The worse rating is
            # used until a person has checked.
            self.twofold.setdefault(location_id, set()).add(what)
            stated = _worse(kept.stated[what], stated)
        kept.stated[what] = stated
        if what == OVERALL:
            kept.inherited = stated is not None and _is_inherited(rating, columns.of(row, "inherited"))
        kept.published[what] = self._one(columns.of(row, "publication date"))

    def _rated(self, as_of: date) -> tuple[Entry, ...]:
        if len(self.twofold) > max(50, len(self.groups) // 100):
            few = ", ".join(sorted(self.twofold)[:3])
            raise UsageError(f"for {len(self.twofold)} services ({few}, …) it gives two different ratings of one subject")
        dates = {text for groups in self.groups.values() for group in groups.values() for text in group.published.values()}
        month_first = month_first_in(dates)
        days = {text: self._day(text, month_first=month_first) for text in dates}
        rated = (_rated_entry(location_id, groups, days, as_of) for location_id, groups in self.groups.items())
        return tuple(
            replace(one, twofold=tuple(sorted(named))) if (named := self.twofold.get(one.location_id)) else one for one in rated
        )

    def _dated(self, as_of: date) -> tuple[Entry, ...]:
        if not self.published:
            self.published = [""] * len(self.listed)
        month_first = month_first_in(self.published)
        days = {text: self._day(text, month_first=month_first) for text in set(self.published)}
        dated = zip(self.listed, self.published, strict=True)
        for one, primary in self.pairs:
            if one not in self.primaries and primary not in self.primaries:
                self.primaries[one] = primary
        primaries = {one: primary for one, primary in self.primaries.items() if primary in self.seen}
        return tuple(
            replace(entry, listed_on=as_of, published=days[text], primary_id=primaries.get(entry.location_id))
            for entry, text in dated
        )

    def as_of(self) -> date:
        named, said, given = date_in(self.name), self.own_date, self.given
        if given and said and given not in (said, named):
            raise UsageError(f"it gives its date as {in_words(said)}, not {in_words(given)}")
        if not given and said and named and abs(said - named) > _DATES_APART:
            both = f"it gives its date as {in_words(said)}, but its name gives {in_words(named)}"
            raise UsageError(f"{both}. Say which date is right, with --as-of {said if named > self.today else named}")
        as_of = given or said or named
        if as_of is None:
            raise UsageError("neither the file nor its name gives a date. Add a date, for example --as-of 2026-05-05")
        if as_of > self.today + timedelta(days=1):
            raise UsageError(f"its date is {in_words(as_of)}, which is in the future")
        return as_of


_COUNCILS = frozenset({*AUTHORITIES, *SUCCESSORS})


def _header(sheet: str, row: list[str]) -> _Columns | None:
    """Returns the columns if `row` contains the column names of one of the three files; None for any other row. Raises
    UsageError if a column is missing."""
    at: dict[str, int] = {}
    for n, name in enumerate(row):
        at.setdefault(_plain(name), n)
    marks = {kind: sum(_plain(one) in at for one in names) for kind, names in _MARKS.items()}
    kind = max(marks, key=lambda one: marks[one])
    if _CLOSED in at:
        raise UsageError("it is CQC's list of closed locations, which does not list registered locations")
    if marks[kind] < 2:
        return None
    missing = [one for one in _NEEDED[kind] if _plain(one) not in at]
    if missing:
        known = {_plain(one) for one in _NEEDED[kind]}
        near = [_readable(one.strip()) for one in row if one.strip() and _plain(one) not in known]
        raise UsageError(
            f"this {kind} file has no column {missing[0]!r}; its other columns: {', '.join(near)[:200] or 'none'}"
        )
    types = _switches(row, "service type - ", _PUBLIC_TYPES) if kind is FileKind.ACTIVE else ()
    if kind is FileKind.ACTIVE and not types:
        raise UsageError("this active locations file has no columns 'Service type - …'")
    bands = _switches(row, "service user band - ", _PUBLIC_BANDS)
    return _Columns(kind, sheet, at, len(row), types, bands)


def _switches(row: list[str], prefix: str, public: dict[str, str]) -> tuple[tuple[int, str], ...]:
    """Returns the positions of the yes/no columns, each with CQC's public name for the column's service type or group of
    people. If the public name is not known, the name in the file is used."""
    folded = {name.casefold(): word for name, word in public.items()}
    named = ((n, _SPACES.sub(" ", name).strip()) for n, name in enumerate(row))
    found = ((n, name[len(prefix) :]) for n, name in named if name.casefold().startswith(prefix))
    return tuple((n, folded.get(name.casefold(), name)) for n, name in found)


def _rated_entry(location_id: str, groups: dict[str, _Group], days: dict[str, date | None], as_of: date) -> Entry:
    """Returns the register's entry for a service, with the service's own overall rating. If CQC states no overall rating for
    the whole service, the entry has the worst overall rating of the service's groups."""
    whole = groups.get("", _Group())
    overall = whole.stated.get(OVERALL)
    apart = {name: group for name, group in groups.items() if name and group.stated.get(OVERALL)}
    if overall is not None or not apart:
        named = {what: stated for what, stated in whole.stated.items() if what != OVERALL}
        published = days.get(whole.published.get(OVERALL, "")) if overall else None
        return replace(_listed(location_id, as_of, overall, named, published), inherited=whole.inherited)
    stated = {name: str(group.stated[OVERALL]) for name, group in apart.items()}
    overall = _worst(stated.values())
    questions = {str(what): _worst(_each(apart.values(), what)) for what in KeyQuestion}
    dates = [days.get(group.published[OVERALL]) for name, group in apart.items() if stated[name] == overall]
    published = max((day for day in dates if day), default=None)
    several = tuple(sorted(stated.items())) if len(stated) > 1 else ()
    inherited = any(group.inherited for name, group in apart.items() if stated[name] == overall)
    return replace(_listed(location_id, as_of, overall, questions, published), groups=several, inherited=inherited)


def _each(groups: Iterable[_Group], what: str) -> Iterator[str]:
    return (stated for group in groups if (stated := group.stated.get(what)) is not None)


def _listed(location_id: str, as_of: date, overall: str | None, questions: Mapping[str, str | None], day: date | None) -> Entry:
    listed = Entry(location_id=location_id, name=location_id, listed_on=as_of, overall=overall, published=day)
    return replace(listed, key_questions=by_question(questions))


def _worst(stated: Iterable[str]) -> str | None:
    """Returns the worst rating in `stated`. If `stated` contains only reasons why there is no rating, returns the first reason.
    Returns None if `stated` is empty."""
    words = list(stated)
    ratings = [Rating(one) for one in words if one in set(Rating)]
    return worst(ratings).value if ratings else next(iter(words), None)


def _worse(one: str | None, other: str | None) -> str | None:
    return _worst(each for each in (one, other) if each is not None)


def _is_inherited(rating: str, column: str) -> bool:
    return column.casefold() in ("y", "yes", "true") or _INHERITED.search(rating) is not None


# Cells


def _tidy_address(parts: Iterable[str]) -> str | None:
    return ", ".join(tidy for part in parts if (tidy := _SPACES.sub(" ", part).strip())) or None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < 1e6 else None


