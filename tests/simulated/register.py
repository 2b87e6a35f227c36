"""Makes CQC's monthly files for an invented England, in the exact formats of the real files (docs/facts/files.md).

    england = England(seed=1, services=57_000)
    files = england.write(folder, month=0)   # files.directory (CSV), files.active and files.ratings (ODS)
    england.write(folder, month=1)           # a month later; some services fell, rose, closed, opened or changed hands
    england.changes(1).fell                  # the ids of the services that fell
    england.entries(1)                       # the register's expected contents after all three files were loaded

The same seed and number of services always give the same England. Each month continues from the previous month. All names of
people are made from SURNAMES, so that a test can check that the program stores no names of people. Writing 300 services for
three months takes almost no time; writing 57,000 services takes about a minute.
"""

import csv
import io
import random
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from html import escape
from itertools import groupby
from pathlib import Path

import openpyxl

from monitor.ratings import Rating, worst
from monitor.register.authorities import AUTHORITIES, REGION_OF
from monitor.register.entries import Entry, sector
from tests.simulated.register_words import (
    ACTIVE_COLUMNS,
    ACTIVE_REGION,
    ACTIVE_SPELLING,
    ACTIVITIES,
    BANDS,
    COMMUNITY,
    DIRECTORY_COLUMNS,
    DIRECTORY_REGION,
    DIRECTORY_SPELLING,
    DOMAINS,
    FIRST_WORDS,
    GROUP,
    HOMES,
    OF_BAND,
    OF_KIND,
    PROVIDER_COLUMNS,
    PUBLIC,
    RATED,
    RATINGS_COLUMNS,
    SCALE,
    SECOND_WORDS,
    SERVICE_TYPES,
    SPECIALISM,
    STREETS,
    TOWNS,
    TYPES,
)

Cell = str | int | float | date | None
Row = Sequence[Cell]

SURNAMES = ("Quillfeather", "Oakenbottom", "Thistlewaite-Moor", "Zephyrsson", "Umberlane", "O’Fennimore")
"""The surnames of all registered managers, nominated individuals and partners. The surnames occur in no other text."""


_FIRST = date(2026, 5, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The ratings of one service group, in the order of DOMAINS. A rating is None if the files state no rating."""

    ratings: tuple[Rating | None, ...]
    published: date

    @property
    def overall(self) -> Rating:
        last = self.ratings[-1]
        assert last is not None
        return last


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One service as CQC knows it. `told` gives the ratings of each service group. For a service without groups, `told` gives
    only the ratings of "Overall". `told` is empty if the service was never rated."""

    location_id: str
    name: str
    also_known_as: str
    street: str
    city: str
    postcode: str
    latitude: float
    longitude: float
    authority: str
    types: tuple[str, ...]
    bands: tuple[str, ...]
    beds: int
    provider: "Provider"
    registered_on: date
    told: tuple[tuple[str, Told], ...]

    @property
    def region(self) -> str:
        return REGION_OF[self.authority]

    @property
    def divided(self) -> bool:
        return len(self.told) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A provider. `brand` is "-" if the provider has no brand."""

    provider_id: str
    name: str
    brand_id: str
    brand: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The ids of the services that changed in a month. `moved` gives the old and the new id of each service that a new provider
    took over."""

    fell: tuple[str, ...] = ()
    rose: tuple[str, ...] = ()
    first_rated: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The three files of a month, with file names like those that CQC uses."""

    directory: Path
    active: Path
    ratings: Path

    def __iter__(self) -> Iterator[Path]:
        return iter((self.directory, self.active, self.ratings))


@dataclass(slots=True)
class _Month:
    places: list[Place]
    changes: Changes = field(default_factory=Changes)


class England:
    """All services of an invented England, month by month from May 2026."""

    def __init__(self, seed: int = 1, services: int = 57_000) -> None:
        self._seed = seed
        self._made = 0
        chance = random.Random(f"england {seed}")
        self._weights = [
            0.02 if name in {"City of London", "Isles of Scilly"} else 1 / (3 + n) for n, name in enumerate(_shuffled(chance))
        ]
        self._authorities = _shuffled(random.Random(f"england {seed}"))
        self._centres = {
            name: (chance.uniform(50.6, 54.9), chance.uniform(-3.2, 0.4), _area(n)) for n, name in enumerate(AUTHORITIES)
        }
        self._providers = [self._provider(chance, n) for n in range(max(3, services // 2))]
        places = [self._place(chance, self._authorities[n] if n < len(AUTHORITIES) else None, _FIRST) for n in range(services)]
        self._months = [_Month(places)]

    def places(self, month: int = 0) -> list[Place]:
        """Returns all services of a month (0, 1, 2, …)."""
        return self._month(month).places

    def changes(self, month: int) -> Changes:
        """Returns the differences from the month before."""
        return self._month(month).changes

    @staticmethod
    def monthly_on(month: int) -> date:
        """Returns the date of the active locations and the ratings: the 5th of a month."""
        months = _FIRST.month - 1 + month
        return date(_FIRST.year + months // 12, months % 12 + 1, _FIRST.day)

    @staticmethod
    def directory_on(month: int) -> date:
        """Returns the date of the directory: the 13th of a month."""
        return England.monthly_on(month) + timedelta(days=8)

    def entries(self, month: int = 0) -> list[Entry]:
        """Returns the register's expected entries after the three files of a month were loaded, sorted by location id."""
        return sorted(
            (entry_of(place, self.directory_on(month)) for place in self.places(month)), key=lambda one: one.location_id
        )

    # Files

    def write(self, folder: Path, month: int = 0, *, xlsx: bool = False) -> Files:
        """Writes the three files of a month. With `xlsx` the two spreadsheets are XLSX files, which is slow for many
        services."""
        save, end = (save_xlsx, "xlsx") if xlsx else (save_ods, "ods")
        files = Files(
            directory=folder / f"{self.directory_on(month):%d_%B_%Y}_CQC_directory.csv",
            active=folder / f"{self.monthly_on(month):%d_%B_%Y}_HSCA_Active_Locations.{end}",
            ratings=folder / f"{self.monthly_on(month):%d_%B_%Y}_Latest_ratings.{end}",
        )
        files.directory.write_bytes(self.directory(month))
        save(files.active, self.active_sheets(month))
        save(files.ratings, self.ratings_sheets(month))
        return files

    def directory(self, month: int = 0, *, encoding: str = "utf-8") -> bytes:
        """The directory of a month, as CSV."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        text.write(f"CQC care directory\r\n\r\nThis file was produced on {self.directory_on(month):%d %B %Y}\r\n\r\n")
        writer.writerow(DIRECTORY_COLUMNS)
        for place in self.places(month):
            writer.writerow(_directory_row(place))
        return text.getvalue().encode(encoding, "replace")

    def active_sheets(self, month: int = 0) -> list[tuple[str, Iterable[Row]]]:
        """The sheets of the active locations. README comes first, as in CQC's file."""
        return [
            ("README", _readme(self.monthly_on(month))),
            ("HSCA_Active_Locations", self._active_rows(month)),
            (
                "Dual_Registration_Locations",
                [("Location ID", "Linked Organisation ID", "Relationship"), ("1-999", "1-998", "Dual")],
            ),
        ]

    def ratings_sheets(self, month: int = 0) -> list[tuple[str, Iterable[Row]]]:
        """The sheets of the latest ratings."""
        return [("Locations", self._ratings_rows(month)), ("Providers", [PROVIDER_COLUMNS])]

    def _active_rows(self, month: int) -> Iterator[Row]:
        yield ACTIVE_COLUMNS
        for n, place in enumerate(self.places(month)):
            yield _active_row(place, n)

    def _ratings_rows(self, month: int) -> Iterator[Row]:
        yield RATINGS_COLUMNS
        for n, place in enumerate(self.places(month)):
            yield from _ratings_of(place, n)

    # How the services are generated

    def _month(self, month: int) -> _Month:
        while len(self._months) <= month:
            self._months.append(self._next(len(self._months)))
        return self._months[month]

    def _next(self, month: int) -> _Month:
        chance = random.Random(f"england {self._seed} {month}")
        on = self.monthly_on(month) - timedelta(days=9)
        before = self._months[-1].places
        order = list(range(len(before)))
        chance.shuffle(order)
        share = max(1, len(before) // 300)
        left, moving, order = set(order[:share]), set(order[share : 2 * share]), order[2 * share :]
        rated = [n for n in order if len(before[n].told) == 1]
        fell = [n for n in rated if before[n].told[0][1].overall is not Rating.INADEQUATE][: 2 * share]
        rose = [n for n in rated if before[n].told[0][1].overall is not Rating.OUTSTANDING and n not in set(fell)][: 2 * share]
        first = [n for n in order if not before[n].told and set(before[n].types) & RATED][:share]
        steps = dict.fromkeys(fell, 1) | dict.fromkeys(rose, -1)
        places, moved = [], []
        for n, place in enumerate(before):
            if n in left:
                continue
            if n in moving:
                taken = replace(
                    place, location_id=self._id(), provider=self._any_provider(chance, place), registered_on=on, told=()
                )
                moved.append((place.location_id, taken.location_id))
                place = taken
            elif n in steps:
                place = replace(place, told=_moved_by(steps[n], place.told, on))
            elif n in set(first):
                place = replace(place, told=(("Overall", _told(chance, Rating.GOOD, on)),))
            places.append(place)
        joined = [self._place(chance, None, on) for _ in range(share)]
        joined = [replace(place, registered_on=on, told=()) for place in joined]
        changes = Changes(
            fell=tuple(before[n].location_id for n in fell),
            rose=tuple(before[n].location_id for n in rose),
            first_rated=tuple(before[n].location_id for n in first),
            joined=tuple(place.location_id for place in joined),
            left=tuple(before[n].location_id for n in sorted(left)),
            moved=tuple(moved),
        )
        return _Month(places + joined, changes)

    def _id(self) -> str:
        self._made += 1
        return f"1-{100_000_000 + self._made * 7919}" if self._made % 400 else f"RX{self._made:04}"

    def _provider(self, chance: random.Random, n: int) -> Provider:
        brand = chance.randrange(40) if chance.random() < 0.15 else None
        word = chance.choice(FIRST_WORDS)
        return Provider(
            provider_id=f"1-{10_000_000 + n * 131}",
            name=f"{word} {chance.choice(('Care', 'Health', 'Homes'))} ({n}) {chance.choice(('Limited', 'Ltd', 'LLP', 'CIC'))}",
            brand_id="-" if brand is None else f"BD{brand:03}",
            brand="-" if brand is None else f"BRAND {FIRST_WORDS[brand % len(FIRST_WORDS)]} Group {brand}",
        )

    def _any_provider(self, chance: random.Random, place: Place) -> Provider:
        found = chance.choice(self._providers)
        return found if found != place.provider else self._any_provider(chance, place)

    def _place(self, chance: random.Random, authority: str | None, on: date) -> Place:
        where = authority or chance.choices(self._authorities, self._weights)[0]
        latitude, longitude, area = self._centres[where]
        types = _types(chance)
        public = PUBLIC[types[0]]
        name = chance.choice(FIRST_WORDS) + chance.choice(SECOND_WORDS) + " " + OF_KIND.get(public, "Clinic")
        registered = on - timedelta(days=chance.randrange(30, 5_000))
        inward = f"{chance.randrange(1, 10)}{chance.choice('ABDEFGHJ')}{chance.choice('LNPQRSTU')}"
        large = chance.random() < 0.4  # a few providers run very many services
        known = self._providers
        return Place(
            location_id=self._id(),
            name=(" " if chance.random() < 0.01 else "") + name,
            also_known_as=f"{name.split()[0]}’s" if chance.random() < 0.03 else "",
            street=f"{chance.randrange(1, 200)} {chance.choice(STREETS)}",
            city=chance.choice(TOWNS),
            postcode=f"{area}{chance.randrange(1, 30)} {inward}",
            latitude=round(latitude + chance.uniform(-0.12, 0.12), 6),
            longitude=round(longitude + chance.uniform(-0.18, 0.18), 6),
            authority=where,
            types=types,
            bands=tuple(sorted(chance.sample([band for band, _ in BANDS], chance.randrange(1, 5)))),
            beds=chance.randrange(3, 90) if set(types) & set(HOMES) else 0,
            provider=known[min(int(chance.paretovariate(0.9)) - 1, len(known) - 1)] if large else chance.choice(known),
            registered_on=registered,
            told=_first_told(chance, types, registered, on),
        )


def _shuffled(chance: random.Random) -> list[str]:
    names = list(AUTHORITIES)
    chance.shuffle(names)
    return names


def _area(n: int) -> str:
    """Returns the two letters at the beginning of an authority's postcodes. No other authority has the same letters."""
    letters = "BCDEGHLMNPRSTWY"
    return letters[n // len(letters)] + letters[n % len(letters)]


def _types(chance: random.Random) -> tuple[str, ...]:
    one = chance.choices([name for name, *_ in TYPES], [share for _, _, share, *_ in TYPES])[0]
    if one in COMMUNITY and chance.random() < 0.15:
        return tuple(sorted({one, chance.choice(COMMUNITY)}))
    if one in HOMES and chance.random() < 0.06:
        return tuple(sorted({one, "Domiciliary care service"}))
    return (one,)


def _told(chance: random.Random, overall: Rating, on: date) -> Told:
    own: list[Rating | None] = [overall if chance.random() < 0.75 else Rating.GOOD for _ in range(5)]
    return Told(ratings=(*own, overall), published=on)


def _first_told(chance: random.Random, types: tuple[str, ...], registered: date, on: date) -> tuple[tuple[str, Told], ...]:
    if not set(types) & RATED or chance.random() < 0.19:
        return ()
    days = (on - registered).days

    def one() -> Told:
        overall = chance.choices(SCALE, (0.04, 0.76, 0.18, 0.02))[0]
        return _told(chance, overall, on - timedelta(days=chance.randrange(1, days)))

    if len(types) > 1 and chance.random() < 0.4:
        return tuple((GROUP[each], one()) for each in types)
    return (("Overall", one()),)


def _moved_by(steps: int, told: tuple[tuple[str, Told], ...], on: date) -> tuple[tuple[str, Told], ...]:
    (group, first), *others = told
    overall = SCALE[SCALE.index(first.overall) + steps]
    safe = overall if steps > 0 else first.ratings[0]
    return ((group, Told(ratings=(safe, *first.ratings[1:5], overall), published=on)), *others)


def entry_of(place: Place, listed_on: date) -> Entry:
    """Returns the register's expected entry for a service after a month's three files were loaded."""
    public = tuple(sorted(PUBLIC[one] for one in place.types))
    told = [one for _, one in place.told]
    overall = worst([one.overall for one in told]) if told else None

    def of(n: int) -> Rating | None:
        stated = [rating for one in told if (rating := one.ratings[n]) is not None]
        return worst(stated) if stated else None

    return Entry(
        location_id=place.location_id,
        name=place.name.strip(),
        also_known_as=place.also_known_as or None,
        address=f"{place.street}, {place.city}",
        postcode=place.postcode,
        latitude=place.latitude,
        longitude=place.longitude,
        authority=place.authority,
        region=place.region,
        types=public,
        specialisms=tuple(sorted(SPECIALISM[band] for band in place.bands)),
        sector=sector(public),
        beds=place.beds or None,
        provider_id=place.provider.provider_id,
        provider_name=place.provider.name,
        brand=None if place.provider.brand == "-" else place.provider.brand,
        registered_on=place.registered_on,
        overall=overall,
        key_questions=tuple(of(n) for n in range(5)),
        groups=tuple(sorted((group, one.overall.value) for group, one in place.told)) if place.divided else (),
        published=max((one.published for one in told if one.overall is overall), default=None),
        listed_on=listed_on,
    )


# Rows, with the same quirks as in the real files


@cache
def _spelled(rating: Rating, n: int) -> str:
    """Returns a rating in one of the two spellings that CQC's files use in one column."""
    return "Requires Improvement" if rating is Rating.REQUIRES_IMPROVEMENT and n % 3 == 0 else rating.value.capitalize()


def _manager(n: int) -> str:
    return f"{'ABCDEFGH'[n % 8]}. {SURNAMES[n % len(SURNAMES)]}"


def _american(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year} 12:00:00 AM"


def _active_row(place: Place, n: int) -> Row:
    overall = place.told[0][1] if len(place.told) == 1 else None
    # A service that was never rated has its date of registration as its publication date. Source: docs/facts/files.md, Quirks.
    published = overall.published if overall else place.registered_on
    rated = _spelled(overall.overall, n) if overall else ("Not Rated" if place.divided else "")
    home = bool(set(place.types) & set(HOMES))
    region = ACTIVE_REGION.get(place.region, f"{place.region} (ADASS Region)")
    provider = place.provider
    types, bands = set(place.types), set(place.bands)
    personal = "Personal care" if not home else "Accommodation for persons who require nursing or personal care"
    return (
        *(place.location_id, place.registered_on.isoformat(), "N", "Y" if home else "N", place.name, None, "01632960000"),
        *(_manager(n), "www.care.example", place.beds, "Social Care Org", "Adult social care", "Residential social care"),
        *(rated, _american(published), "N" if overall else None, region, place.region),
        ACTIVE_SPELLING.get(place.authority, place.authority),
        *("E38000001", "NHS Somewhere CCG", "15E", "NHS Elsewhere CCG"),
        *(place.street, None, place.city, f"{place.authority}", place.postcode, "12345678", "100012345678"),
        *(place.latitude, place.longitude, "Somewhere and Elsewhere", provider.brand_id, provider.brand),
        *("01234567  ", None, provider.provider_id, provider.name + " " * (n % 3), _american(place.registered_on)),
        *("Social Care Org", "Adult social care", "Residential social care", "Organisation", "01632960001", None),
        *("1 Head Office", None, "London", None, "EC1A 1BB", None, None, "City of London", region, "London", 51.5, -0.1),
        *("Cities of London", _manager(n + 1), None),
        *("Y" if one == personal else None for one in ACTIVITIES),
        *("Y" if one in types else None for one in SERVICE_TYPES),
        *("Y" if one in bands else None for one, _ in BANDS),
        *(None, None),
    )


def _ratings_of(place: Place, n: int) -> Iterator[Row]:
    head = (
        *(place.location_id, None, place.name, "Y" if set(place.types) & set(HOMES) else "N", "Social Care Org"),
        *("Residential social care", place.street, None, place.city, place.postcode),
        *(ACTIVE_SPELLING.get(place.authority, place.authority), place.region, place.region),
        *("E38000001", "NHS Somewhere CCG", "15E", "NHS Elsewhere CCG"),
    )
    tail = (
        *("N", f"https://www.cqc.org.uk/location/{place.location_id}", place.provider.provider_id, place.provider.name),
        *(place.provider.brand_id, place.provider.brand),
    )
    for group, told in place.told:
        for domain, rating in zip(DOMAINS, told.ratings, strict=True):
            stated = _spelled(rating, n) if rating else "No published rating"
            yield (*head, group, domain, stated, f"{told.published:%d/%m/%Y}", "Location", *tail)
    if place.divided:
        yield (*head, "Overall", "Overall", "Not Rated", None, "Location", *tail)


def _directory_row(place: Place) -> Row:
    check = max((told.published for _, told in place.told), default=None)
    return (
        *(place.name, place.also_known_as, f"{place.street}, {place.city}", place.postcode, "01632960000", "www.care.example"),
        "|".join(PUBLIC[one] for one in place.types),
        f"{check:%d/%b/%Y} - 00:00" if check else "",
        "|".join(OF_BAND[one] for one in place.bands),
        *(place.provider.name, DIRECTORY_SPELLING.get(place.authority, place.authority)),
        DIRECTORY_REGION.get(place.region, place.region),
        *(f"https://www.cqc.org.uk/location/{place.location_id}", place.location_id, place.provider.provider_id),
    )


def _readme(on: date) -> list[Row]:
    return [
        ("Active locations for providers registered under the Health and Social Care Act (HSCA)",),
        (f"Source: CQC database as at {on:%d %B %Y}",),
        (None,),
        *(
            (f"Note {n}: what a column of this file holds, in words. Changes since 1 April 2023 are shown.",)
            for n in range(1, 32)
        ),
    ]


# Spreadsheets

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
)
_REST = (
    '<table:table-row table:number-rows-repeated="900000"><table:table-cell table:number-columns-repeated="1024"/>'
    "</table:table-row></table:table>"
)
_TAIL = "</office:spreadsheet></office:body></office:document-content>"
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def save_ods(path: Path, sheets: Iterable[tuple[str, Iterable[Row]]]) -> None:
    """Writes an ODS file as a spreadsheet program does: equal neighbouring cells are written once with a number of repeats,
    and empty rows fill the rest of the sheet."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("mimetype", _MIMETYPE, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        with archive.open("content.xml", "w") as content:
            content.write(_HEAD.encode())
            for name, rows in sheets:
                content.write(f'<table:table table:name="{escape(name)}">'.encode())
                for row in rows:
                    content.write(_ods_row(row).encode())
                content.write(_REST.encode())
            content.write(_TAIL.encode())


def _ods_row(row: Row) -> str:
    return _ods_row_of(tuple(row), tuple(map(type, row)))


@lru_cache(maxsize=4096)  # the tests write the same few hundred rows again and again
def _ods_row_of(row: Row, _: tuple[type, ...]) -> str:
    """Returns a row as XML. The types of the cells are a parameter so that the cache distinguishes 1 from 1.0."""
    parts = ["<table:table-row>"]
    for cell, same in groupby(row):
        times = sum(1 for _ in same)
        parts.append(_ods_cell(cell, f' table:number-columns-repeated="{times}"' if times > 1 else ""))
    return "".join([*parts, "</table:table-row>"])


def _ods_cell(cell: Cell, times: str) -> str:
    if cell is None or cell == "":
        return f"<table:table-cell{times}/>"
    if isinstance(cell, date):
        value = f'office:value-type="date" office:date-value="{cell}"'
    elif isinstance(cell, int | float):
        value = f'office:value-type="float" office:value="{cell}"'
    else:
        value = 'office:value-type="string"'
    return f"<table:table-cell{times} {value}><text:p>{escape(str(cell), quote=False)}</text:p></table:table-cell>"


def save_xlsx(path: Path, sheets: Iterable[tuple[str, Iterable[Row]]]) -> None:
    """Writes an XLSX file."""
    workbook = openpyxl.Workbook(write_only=True)
    for name, rows in sheets:
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    workbook.save(path)
