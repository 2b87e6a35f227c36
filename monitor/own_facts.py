"""A council's own facts about the services that it contracts. This module parses the facts from the rows of a file, compares old
and new facts, and puts facts into words. Pure.

A row is about one service, never about a resident. This module refuses anything that looks like a resident's name, NHS number,
date of birth or case note. The error does not repeat the refused text.
"""

import csv
import hashlib
import io
import re
from calendar import month_name
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

from monitor.errors import UsageError
from monitor.text import counted, day, listed, plain

OLD_AFTER = timedelta(days=30)
"""Own facts that are older than this are marked as old."""

EARLIEST = date(2000, 1, 1)
"""The earliest date that a file may contain. An earlier date is probably a date of birth."""

MOST_PLACED = 20_000

Row = tuple[int, str, Sequence[str]]
"""A row of a file, with its number, its location id, and its cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFacts:
    """A council's facts about a service, as of the day `as_of`. A value is None if the file does not contain it.

    suspended_since  the day since which the council has placed nobody at the service
    other_rating     a rating that somebody other than CQC gave, such as "PAMMS: Good"
    """

    location_id: str
    people_placed: int | None = None
    suspended_since: date | None = None
    contract_reference: str | None = None
    contract_officer: str | None = None
    funding_authority: str | None = None
    other_rating: str | None = None
    other_rated_on: date | None = None
    note: str | None = None
    as_of: date

    def age(self, today: date) -> int:
        """Returns the age of the facts in days."""
        return (today - self.as_of).days

    def is_old(self, today: date) -> bool:
        """Whether the facts must be marked as old."""
        return self.age(today) > OLD_AFTER.days


TITLES: Mapping[str, str] = {
    "people_placed": "People placed",
    "suspended_since": "Placements suspended since",
    "contract_reference": "Contract reference",
    "contract_officer": "Contract officer",
    "funding_authority": "Funding authority",
    "other_rating": "Other rating",
    "other_rated_on": "Date of other rating",
    "note": "Note",
    "as_of": "Own facts as of",
}
"""The name of each field in files and on pages."""

_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "people_placed": (
        *("people", "placed", "placements", "number placed", "no placed", "number of people placed", "no of people placed"),
        *("number of placements", "no of placements", "current placements", "residents placed", "clients placed"),
        *("number of residents", "no of residents", "number of clients", "funded placements", "service users placed"),
    ),
    "suspended_since": (
        *("suspended since", "placements suspended", "suspended", "suspended from", "suspended on", "suspension date"),
        *("date suspended", "date of suspension", "suspension", "placements suspended from", "suspension of placements"),
    ),
    "contract_reference": ("contract", "contract ref", "contract no", "contract number", "contract id", "ref", "reference"),
    "contract_officer": (
        *("officer", "contracts officer", "contract officer name", "contract officer email", "contract manager", "contract lead"),
        *("commissioning officer", "commissioner", "lead officer", "officer name"),
    ),
    "funding_authority": ("funder", "funded by", "funding", "funding council", "placing authority", "paying authority"),
    "other_rating": ("rating", "own rating", "council rating", "local rating", "pamms", "pamms rating", "qa rating"),
    "other_rated_on": (
        *("other rating date", "rating date", "date of rating", "own rating date", "council rating date", "pamms date"),
        *("pamms rating date", "date of pamms", "date of pamms rating", "other rated on", "qa rating date", "pamms audit date"),
    ),
    "note": ("notes", "comment", "comments", "remark", "remarks", "free text"),
    "as_of": ("as of", "as at", "date", "correct at", "facts as of", "data as of", "snapshot date"),
}
_FIELDS = {name: field for field, names in _SPELLINGS.items() for name in (TITLES[field].lower(), *names)}

_LONGEST: Mapping[str, int] = {
    "contract_reference": 60, "contract_officer": 100, "funding_authority": 100, "other_rating": 60, "note": 300,
}  # fmt: skip

_PAMMS = "PAMMS: "

_NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "not known", "unknown", "tbc"})
_NOT_SUSPENDED = frozenset({"no", "n", "none", "not suspended", "false"})
_NOBODY = frozenset({"none", "nil", "zero", "nobody"})


# ── what is refused ─────────────────────────────────────────────────────────────────────────────────────────────────────

_PEOPLE = r"(?:resident|patient|client|service user|su|person|people|individual|customer|citizen|adult)"
_STAFF = re.compile(
    r"(?:^| )(?:officer|manager|contact|commissioner|inspector|lead|owner|provider|director|nominated|registered|responsible"
    r"|accountable|contract|worker|staff|reviewer|auditor|author)s?(?: |$)"
)
"""A column with one of these words in its name is about somebody who works for the council or the provider."""
_OF_RESIDENTS = re.compile(r"(?:^| )(?:resident|patient|client|service user|su)s?(?: |$)")

_PERSONAL_COLUMNS = (
    (re.compile(r"^nhs$|(?:^| )nhs (?:no|num|number|id)$"), "NHS numbers"),
    (
        re.compile(
            r"(?:^| )(?:date of birth|dob|d o b|birth date|birthday|birthdate|year of birth|yob)s?$|^(?:born|age|ages)$"
            rf"|(?:^| ){_PEOPLE}s? ages?$|(?:^| )(?:born|age) (?:on|at) |^ages? of (?:the )?{_PEOPLE}s?$"
            r"|(?:^| )(?:when|date|year) born$"
        ),
        "dates of birth",
    ),
    (
        re.compile(
            rf"(?:^| )(?:case|care|progress) ?(?:notes?|file|history)$|^(?:(?:primary|main|{_PEOPLE}s?) )?diagnos[ie]s$"
            rf"|^(?:(?:current|{_PEOPLE}s?) )?medications?$"
        ),
        "case notes",
    ),
    (
        re.compile(
            rf"(?:^| ){_PEOPLE}s? (?:full )?(?:names?|initials|id)$|(?:^| )names? of (?:the )?{_PEOPLE}s?$"
            r"|(?:^| )(?:forename|surname|first name|last name|next of kin|initial)s?$"
        ),
        "residents’ names",
    ),
)
_BARE_PEOPLE = re.compile(rf"^{_PEOPLE}s?$")
"""The name of a column that may contain either residents' names or the number of residents. The content shows which it is."""

_NHS_NUMBER = re.compile(r"(?<!\d)(?<!\d-)(?<!\+44 )\d{3}[ .\-–/]?\d{3}[ .\-–/]?\d{4}(?!\d)")
_REFERENCE = re.compile(r"(?<![\w-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])")
"""Finds an NHS number in a contract reference. Ten digits directly after a letter are not an NHS number."""
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_BORN = re.compile(rf"\b(?:d\.?o\.?b\b|date of birth\b|born(?: on| in| the|:|,)? *(?:\d|{_MONTH}\b))", re.IGNORECASE)
_DATE = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?([/. -])(?:of )?(\d{{1,2}}|{_MONTH})\2(\d{{4}}|\d\d)(?!\d)", re.IGNORECASE
)
_ISO_BIRTH = re.compile(r"(?<!\d)19[0-8]\d-\d\d-\d\d(?!\d)")
_BIRTHS = range(1900, 1990)
"""A date in one of these years is a date of birth, because contracts and ratings are newer."""
_TITLED = re.compile(r"\b(?:(?:Mr|Mrs|Miss|Ms|Mx|MR|MRS|MISS)\b\.? ?[A-Z]|MS\.? (?!TEAMS|WORD|EXCEL|SOCIETY)[A-Z]{2,}\b)")
_TEAMS = (
    r"(?:Account|Advisory|Affair|Association|Board|Care|Charter|Committee|Contribution|Council|Count|Dependency|Directory|Engagement"
    r"|Experience|Finance|Financial|Forum|Group|Home|House|Involvement|Level|Liaison|Manager|Meeting|Money|Number|Officer|Panel|Plan"
    r"|Property|Record|Review|Safety|Satisfaction|Service|Support|Survey|Team|Transport|Voice|Welfare)s?\b"
)
_RESIDENT = re.compile(
    rf"\b(?i:resident|service user|client|patient)s?:? (?:(?!\w+ {_TEAMS}|{_TEAMS})[A-Z][a-z]+ [A-Z][a-z]+"
    r"|(?!(?:GP|LA|QA|IT|HR|UK|ID|MP|OT|SW|DP|CQ)\b)[A-Z]\.? ?[A-Z]\b)"
)
_CASE_NOTE = re.compile(
    r"\b(?:he|she) (?:is|was|has|had|will|needs|lives|fell)\b|\b(?:diagnosed|admitted to hospital|case notes?)\b"
    r"|\b(?:has|had|under|on|subject to) (?:an? )?(?:DNACPR|DoLS)\b"
    r"|\b\d\d[- ]?(?:year[- ]old|y/?o) (?:wo)?(?:man|female|male|lady|gentleman)\b",
    re.IGNORECASE,
)


def _is_nhs_number(text: str) -> bool:
    """Whether ten digits have the correct check digit for an NHS number (NHS Data Dictionary, NHS NUMBER)."""
    digits = [int(one) for one in text if one.isdecimal()]
    total = sum(digit * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == digits[9]


def _is_birth(found: re.Match[str]) -> bool:
    """Whether a date is a date of birth. A year with two digits, from 30 on, is a year of the last century."""
    month = int(found[3]) if found[3].isdecimal() else _MONTHS.get(found[3][:3].lower(), 0)
    year = int(found[4]) if len(found[4]) == 4 else 1900 + int(found[4]) if int(found[4]) >= 30 else 2000
    return 0 < int(found[1]) <= 31 and 0 < month <= 12 and year in _BIRTHS


def _personal(field: str, text: str) -> str | None:
    """Returns the kind of personal data that a value looks like; None if it does not look like personal data. A name is allowed
    in the column for the contract officer."""
    is_reference = field == "contract_reference"
    if any(_is_nhs_number(one[0]) for one in (_REFERENCE if is_reference else _NHS_NUMBER).finditer(text)):
        return "an NHS number" + (" (if it is a reference, put a letter before it: C4505577104)" if is_reference else "")
    dates = (found for found in _DATE.finditer(text) if field == "note" or len(found[4]) == 4)  # 12/03/45 may be a reference
    if _BORN.search(text) or _ISO_BIRTH.search(text) or any(map(_is_birth, dates)):
        return "a date of birth"
    if field != "contract_officer" and (_TITLED.search(text) or _RESIDENT.search(text)):
        return "a person’s name"
    return "a case note" if field != "contract_officer" and _CASE_NOTE.search(text) else None


# ── one value ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _text(field: str, text: str) -> str:
    if "\ufffd" in text:
        raise UsageError("has characters that can’t be read: save the file as “CSV UTF-8”")
    if re.fullmatch(r"\d(?:\.\d+)?[Ee]\+\d+", text):
        raise UsageError(f"is {text!r}: Excel has shortened a number, so format the column as text")
    if len(text.removeprefix(_PAMMS)) > _LONGEST[field]:
        more = ": case notes don’t belong here" if field == "note" else ""
        raise UsageError(f"has more than {_LONGEST[field]} characters{more}")
    return text


def _number(text: str) -> int | None:
    if text.casefold() in _NOBODY:
        return 0
    digits = text.removesuffix(".0").replace(",", "")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 6 or int(digits) > MOST_PLACED:
        raise UsageError(f"is {_quoted(text)}: write a whole number, such as 7")
    return int(digits)


_NUMERIC = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d\d)")
_WORDED = re.compile(r"(?:[A-Za-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[ \-./]([A-Za-z]{3,9})[ \-./,]{1,2}(\d{4}|\d\d)")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_MONTHS = {
    name: number for number, month in enumerate(map(str.lower, month_name)) if number for name in (month, month[:3], month[:4])
}


def day_of(text: str) -> date:
    """Parses a date in any British format, or as Excel stores it: 1/11/2026, 01.11.26, 1 Nov 2026, 2026-11-01. Raises
    UsageError."""
    if iso := _ISO.fullmatch(text):
        year, month, number = int(iso[1]), int(iso[2]), int(iso[3])
    elif found := _NUMERIC.fullmatch(text):
        year, month, number = int(found[3]), int(found[2]), int(found[1])
    elif found := _WORDED.fullmatch(text):
        year, month, number = int(found[3]), _MONTHS.get(found[2].lower(), 0), int(found[1])
    else:
        raise UsageError(f"is {_quoted(text)}, not a date: write day, month and year, such as 1/11/2026")
    try:
        return date(year + 2000 if year < 100 else year, month, number)
    except ValueError:
        raise UsageError(f"is {_quoted(text)}: there is no such day. Write day, month and year, such as 1/11/2026") from None


def _date(text: str, today: date) -> date:
    on = day_of(text)
    if on < EARLIEST:
        raise UsageError("looks like a date of birth: leave out everything about individual people")
    if on > today:
        raise UsageError(f"is {day(on)}, which is in the future")
    return on


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def _value(field: str, cell: str, today: date) -> object:
    """Returns the value of a cell; None if the cell is empty. Raises UsageError if the value can't be used."""
    text = plain(cell)
    if text.casefold() in _NOTHING or (field == "suspended_since" and text.casefold() in _NOT_SUSPENDED):
        return None
    if text.startswith("#") and text.rstrip("!?").isupper():
        raise UsageError(f"is {_quoted(text)}, an error of Excel")
    if seen := _personal(field, text):
        raise UsageError(f"looks like {seen}: leave out everything about individual people")
    if field == "people_placed":
        return _number(text)
    return _text(field, text) if field in _LONGEST else _date(text, today)


# ── a file ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What was read from a file. `facts` are in the order of the file. `left_out` are the names of columns that were not used."""

    facts: tuple[OwnFacts, ...]
    left_out: tuple[str, ...]


def read(header: Sequence[str], rows: Iterable[Row], problems: Sequence[str], *, today: date, file: str = "The file") -> Sheet:
    """Returns the facts in a file's rows. Raises UsageError, with one message about all errors.

    header    the names of the columns; "" for a column that identifies the service
    problems  the errors about rows without a usable location id
    today     the date of the facts, if no column contains a date
    """
    columns, left_out, problems_of_columns = _columns(header, file)
    bare_people = [at for at, name in enumerate(header) if _BARE_PEOPLE.search(_bare(name)) and at not in columns]
    wrong: dict[str, list[int]] = {}
    found: dict[str, tuple[int, OwnFacts]] = {}
    for number, location_id, cells in rows:
        values: dict[str, object] = {}
        for at, field in columns.items():
            try:
                values[field] = _value(field, cells[at] if at < len(cells) else "", today)
            except UsageError as error:
                wrong.setdefault(f"“{plain(header[at])}” {error}", []).append(number)
        if names := next((at for at in bare_people if at < len(cells) and not _is_count(cells[at])), None):
            wrong.setdefault(f"“{plain(header[names])}” looks like residents’ names: remove the column", []).append(number)
        if location_id in found:
            wrong.setdefault(f"{location_id} is already in row {found[location_id][0]}", []).append(number)
        if values.get("other_rated_on") and not values.get("other_rating"):
            wrong.setdefault("a date of a rating, but no rating", []).append(number)
        found.setdefault(location_id, (number, _facts(location_id, values, header, columns, today)))
    said = [*problems_of_columns, *problems, *(f"{_rows(numbers)}: {why}" for why, numbers in wrong.items())]
    if said:
        raise UsageError(f"{file}: nothing was imported. {'; '.join(said)}")
    if not found:
        raise UsageError(f"{file} has no rows")
    return Sheet(facts=tuple(facts for _, facts in found.values()), left_out=left_out)


def _facts(
    location_id: str, values: Mapping[str, object], header: Sequence[str], columns: Mapping[int, str], today: date
) -> OwnFacts:
    """Returns the facts of one row. A rating in a column for PAMMS is marked as a PAMMS rating."""
    given = {name: value for name, value in values.items() if value is not None}
    at = next((at for at, field in columns.items() if field == "other_rating"), None)
    if at is not None and "pamms" in header[at].lower() and "other_rating" in given:
        given["other_rating"] = f"{_PAMMS}{given['other_rating']}"
    return OwnFacts(location_id=location_id, **{"as_of": today, **given})  # type: ignore[arg-type]


def _rows(numbers: Sequence[int]) -> str:
    return f"row {numbers[0]}" if len(numbers) == 1 else f"rows {listed([str(one) for one in numbers])}"


def _personal_column(bare: str) -> str | None:
    """Returns the kind of personal data that a column with this name (in lower case) contains; None if the name does not suggest
    personal data."""
    seen = next((of for pattern, of in _PERSONAL_COLUMNS if pattern.search(bare)), None)
    of_staff = seen == "residents’ names" and _STAFF.search(bare) and not _OF_RESIDENTS.search(bare)
    return None if of_staff else seen


def _bare(name: str) -> str:
    """Returns the name of a column in lower case and without punctuation."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub("[’']", "", plain(name).lower())).split())


def _is_count(cell: str) -> bool:
    text = plain(cell).casefold()
    return text in _NOTHING | _NOBODY or text.removesuffix(".0").isdecimal()


def _columns(header: Sequence[str], file: str) -> tuple[dict[int, str], tuple[str, ...], tuple[str, ...]]:
    """Returns the field of each column that contains facts, the names of the other columns, and the errors about columns. Raises
    UsageError if no column contains facts."""
    found: dict[int, str] = {}
    left_out, wrong = [], []
    for at, name in enumerate(header):
        bare = _bare(name)
        field, shown = _FIELDS.get(bare), plain(name)[:60]
        if field and field in found.values():
            wrong.append(f"Two columns are about “{TITLES[field]}”; one of them is “{shown}”")
        elif field:
            found[at] = field
        elif seen := _personal_column(bare):
            wrong.append(f"The column “{shown}” looks like {seen}: remove it")
        elif bare:
            left_out.append(shown)
    if not wrong and not set(found.values()) - {"as_of"}:
        titles = [title for field, title in TITLES.items() if field != "as_of"]
        raise UsageError(f"{file} needs at least one of the columns {listed(titles, 'or')}")
    return found, tuple(left_out), tuple(wrong)


def as_csv(facts: Iterable[OwnFacts]) -> str:
    """Returns the facts as the text of a CSV file that `read` can parse."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Location ID", *TITLES.values()])
    for one in facts:
        writer.writerow([one.location_id, *("" if getattr(one, field) is None else getattr(one, field) for field in TITLES)])
    return out.getvalue()


# ── comparing ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What an upload changes, as location ids. For the services in `same`, only the date of the facts may differ."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    same: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """Returns for example "2 new, 3 changed, 1 removed, 206 as before"."""
        counts = {"new": self.new, "changed": self.changed, "removed": self.gone, "as before": self.same}
        return ", ".join(f"{len(ids):,} {what}" for what, ids in counts.items())


def changes(before: Iterable[OwnFacts], after: Iterable[OwnFacts]) -> Changes:
    """Returns the differences between old and new facts. A service that is missing from the new facts is removed, because the new
    facts replace all old facts."""
    old, new = ({one.location_id: _apart_from_day(one) for one in some} for some in (before, after))
    both = [one for one in new if one in old]
    return Changes(
        new=tuple(one for one in new if one not in old),
        changed=tuple(one for one in both if new[one] != old[one]),
        gone=tuple(one for one in old if one not in new),
        same=tuple(one for one in both if new[one] == old[one]),
    )


def _apart_from_day(facts: OwnFacts) -> tuple[object, ...]:
    return tuple(getattr(facts, one.name) for one in fields(facts) if one.name != "as_of")


def mark(facts: Iterable[OwnFacts]) -> str:
    """Returns a digest of the facts, which differs if any fact differs. The order of the facts does not matter."""
    lines = sorted(repr(one) for one in facts)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def is_placed(facts: OwnFacts | None, today: date) -> bool:
    """Whether a council may have people at a service. True if there are no facts or no number, or if the facts are old, so that
    nobody misses a fall only because a file wasn't uploaded."""
    return facts is None or facts.people_placed != 0 or facts.is_old(today)


# ── in words ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def as_of(facts: OwnFacts, today: date) -> str:
    """Returns the date of the facts, such as "as of 1 September 2026, 91 days old"."""
    old = f", {counted(facts.age(today), 'day')} old" if facts.is_old(today) else ""
    return f"as of {day(facts.as_of)}{old}"


def placed(known: Iterable[OwnFacts], today: date) -> str:
    """Returns how many people are placed at a service and the date of this number, such as "7, as of 1 November 2026". If the
    facts of several watchlists contain a number, returns the largest number; "" if there is no number."""
    most = max((one for one in known if one.people_placed is not None), key=lambda one: one.people_placed or 0, default=None)
    return f"{most.people_placed:,}, {as_of(most, today)}" if most else ""


_SAID: Mapping[str, Callable[[OwnFacts], str | None]] = {
    "people_placed": lambda one: None if one.people_placed is None else f"{one.people_placed:,}",
    "suspended_since": lambda one: day(one.suspended_since) if one.suspended_since else None,
    "contract_reference": lambda one: one.contract_reference,
    "contract_officer": lambda one: one.contract_officer,
    "funding_authority": lambda one: one.funding_authority,
    "other_rating": lambda one: (
        f"{one.other_rating}, {day(one.other_rated_on)}" if one.other_rating and one.other_rated_on else one.other_rating
    ),
    "note": lambda one: one.note,
}


def said(facts: OwnFacts, today: date) -> tuple[tuple[str, str], ...]:
    """Returns the facts as pairs of a label and a value. The first value is followed by the date of the facts."""
    known = [(TITLES[field], value) for field, say in _SAID.items() if (value := say(facts)) is not None]
    (label, value), *others = known or [("Contracted", "yes")]
    return ((label, f"{value}, {as_of(facts, today)}"), *others)


def as_json(facts: OwnFacts, today: date) -> dict[str, object]:
    """Returns the facts for programs, with dates in ISO format. A missing value is None."""
    values = {field: getattr(facts, field) for field in TITLES}
    dated = {field: value.isoformat() if isinstance(value, date) else value for field, value in values.items()}
    return {**dated, "old": facts.is_old(today)}
