"""The grid of a watchlist's services: its columns, the query in the page's address, headings that sort the grid, and counts that
filter it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.judgement import Services
from monitor.own_facts import OwnFacts
from monitor.ratings import KeyQuestion, Rating
from monitor.store.list_entries import PRESUMED
from monitor.store.overview import (
    IN,
    NOT_IN,
    NOT_YET,
    OWN,
    PARTLY,
    UNCLEAR,
    UNRATED,
    Order,
    Sorting,
    Standings,
    Wanted,
)
from monitor.text import counted, day

RATINGS = (*((rating.value, rating.value.capitalize()) for rating in reversed(Rating)), (UNRATED, "No rating"))
MEASURES = (
    (IN, "In special measures"),
    (PRESUMED, "Usual for its rating, not stated"),
    (UNCLEAR, "Unclear"),
    (NOT_IN, "Not in special measures"),
)
UNSEEN = "unseen"
READINGS = ((UNSEEN, "Not up to date"), (PARTLY, "Partly read"), (NOT_YET, "Not read yet"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the grid. `first` says in words how the first click on its heading sorts the grid, and `then` how the second
    click does. `up` is True if the first click sorts by ascending values."""

    title: str
    first: str
    then: str
    up: bool = False


def _text(title: str) -> Column:
    return Column(title=title, first="A to Z", then="Z to A", up=True)


def _rating(title: str) -> Column:
    return Column(title=title, first="worst first", then="best first")


def _day(title: str) -> Column:
    return Column(title=title, first="newest first", then="oldest first")


COLUMNS: Mapping[Sorting, Column] = {
    Order.NAME: _text("Service"),
    Order.TYPE: _text("Type"),
    Order.PLACE: Column(title="Place", first="by postcode, A to Z", then="by postcode, Z to A", up=True),
    Order.AUTHORITY: _text("Local authority"),
    Order.PROVIDER: _text("Provider"),
    Order.BEDS: Column(title="Beds", first="most first", then="fewest first"),
    Order.OVERALL: _rating("Overall"),
    **{question: _rating(question.capitalize()) for question in KeyQuestion},
    Order.MEASURES: _rating("Special measures"),
    Order.PUBLISHED: _day("Rated"),
    Order.AGE: Column(title="Age of rating", first="oldest first", then="newest first"),
    Order.CHANGED: _day("Last change"),
    Order.READ: Column(title="Last read", first="longest ago first", then="newest first", up=True),
    Order.PLACED: Column(title="People placed", first="most first", then="fewest first"),
    Order.SUSPENDED: _day("Placements suspended since"),
    Order.CONTRACT: _text("Contract reference"),
    Order.OFFICER: _text("Contract officer"),
    Order.FUNDER: _text("Funding authority"),
    Order.OTHER_RATING: _text("Other rating"),
}
"""The columns in their order. The first column is always shown, and people choose the others."""

_SORTED = {str(order): order for order in (Order.WORST, *COLUMNS)}
_CHOSEN = [order for order in COLUMNS if order is not Order.NAME]
_UNUSUAL = frozenset({Order.TYPE, Order.AUTHORITY, Order.PROVIDER, *OWN})

USUAL: tuple[Sorting, ...] = tuple(order for order in _CHOSEN if order not in _UNUSUAL)
"""The columns after the first column for people who have not chosen columns."""

CHOICES = tuple((str(order), COLUMNS[order].title, "") for order in _CHOSEN)


def columns_of(names: Iterable[str] | None) -> tuple[Sorting, ...]:
    """Returns the columns with these names in the usual order, without the first column. If `names` is None, returns the
    default columns. Unknown names are ignored."""
    if names is None:
        return USUAL
    wanted = set(names)
    return tuple(order for order in _CHOSEN if str(order) in wanted)


def wanted_of(given: Mapping[str, str]) -> Wanted:
    """Returns the filter and order that an address's query requests. Ignores unknown parameters, so that old bookmarks still
    work."""
    given = {name: value[:200] for name, value in given.items()}
    rating, measures, reading = (given.get(name, "") for name in ("rating", "measures", "reading"))
    return Wanted(
        search=given.get("search", "").strip(),
        rating=rating if rating in dict(RATINGS) else None,
        service_type=given.get("type") or None,
        measures=measures if measures in dict(MEASURES) else None,
        unread=reading == UNSEEN or given.get("unread") == "yes",
        reading=reading if reading in (PARTLY, NOT_YET) else None,
        order=_SORTED.get(given.get("sort", ""), Order.WORST),
        reverse=given.get("direction") == "down",
    )


def without_own(asked: Wanted) -> Wanted:
    """Returns the filter and order for somebody who may not read the own facts. An order that depends on own facts becomes
    the default order."""
    return replace(asked, order=Order.WORST, reverse=False) if asked.order in OWN else asked


def query_of(one: Wanted, columns: Sequence[Sorting] | None = None) -> dict[str, str]:
    """Returns the filter and order as the query of an address. If `columns` are given, everybody who opens the address sees these
    columns."""
    asked = {
        "search": one.search,
        "rating": one.rating or "",
        "type": one.service_type or "",
        "measures": one.measures or "",
        "reading": reading_of(one),
        "sort": one.order.value if one.order is not Order.WORST else "",
        "direction": "down" if one.reverse else "",
    }
    query = {name: value for name, value in asked.items() if value}
    return query if columns is None else query | {"columns": ",".join(map(str, columns))}


def reading_of(one: Wanted) -> str:
    """Returns the value of READINGS by which a list is filtered; "" if it is not filtered by how services were read."""
    return one.reading or (UNSEEN if one.unread else "")


def is_all(asked: Wanted) -> bool:
    """Whether a list contains all services of a watchlist, in any order."""
    return replace(asked, order=Order.WORST, reverse=False) == Wanted()


def order_in_words(asked: Wanted) -> str:
    """Returns the order of a list in words, for example "worst first" or "by provider, A to Z"."""
    if asked.order is Order.WORST:
        return "best first" if asked.reverse else "worst first"
    column = COLUMNS[asked.order]
    how = (column.then if asked.reverse else column.first).removeprefix("by postcode, ")
    return f"by {_BY.get(asked.order, column.title.lower())}, {how}"


_BY: Mapping[Sorting, str] = {Order.NAME: "name", Order.PLACE: "postcode", Order.PUBLISHED: "date of the rating"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The heading of a column.

    name    the name of the column
    query   leads to the list sorted by this column; if the list is already sorted by it, leads to the reversed list
    sorted  "ascending", "descending" or "none", the values of aria-sort
    next    the order that the link leads to, in words
    """

    name: str
    title: str
    query: dict[str, str]
    sorted: str
    next: str


def headings(asked: Wanted, columns: Sequence[Sorting], kept: Sequence[Sorting] | None) -> list[Heading]:
    """Returns the headings of the shown columns. `kept` lists the columns that the link of each heading contains; None if the
    links contain no columns."""
    made = []
    for order in (Order.NAME, *columns):
        column, here = COLUMNS[order], order is asked.order
        reverse = here and not asked.reverse
        up = column.up != asked.reverse
        made.append(
            Heading(
                name=str(order),
                title=column.title,
                query=query_of(replace(asked, order=order, reverse=reverse), kept),
                sorted=("ascending" if up else "descending") if here else "none",
                next=column.then if reverse else column.first,
            )
        )
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A number of services, with a link to the list of these services. `here` is True if the list already has this filter and no
    other filter."""

    count: int
    words: str
    query: dict[str, str]
    here: bool


def chips(counts: Standings, read: Services, asked: Wanted, kept: Sequence[Sorting] | None) -> list[Chip]:
    """Returns a chip for each count of a watchlist that is not zero, worst first."""
    conditions = (
        (counts.in_measures, "in special measures", Wanted(measures=IN)),
        (counts.inadequate, "inadequate", Wanted(rating=Rating.INADEQUATE)),
        (counts.poor, "requires improvement", Wanted(rating=Rating.REQUIRES_IMPROVEMENT)),
        (read.watched - read.up_to_date - read.not_checked.count, "not up to date", Wanted(unread=True)),
        (read.partly_read.count + read.report_missing.count, "partly read", Wanted(reading=PARTLY)),
        (counts.not_yet, "not read yet", Wanted(reading=NOT_YET)),
    )
    return [
        Chip(
            count=count,
            words=words,
            query=query_of(replace(only, order=asked.order, reverse=asked.reverse), kept),
            here=replace(only, order=asked.order, reverse=asked.reverse) == asked,
        )
        for count, words, only in conditions
        if count
    ]


def own_cells(facts: OwnFacts, today: date) -> dict[str, str]:
    """Returns a council's own facts about a service, by the names of columns. If the facts are old, the number of people placed
    is followed by the facts' age."""
    old = f", {counted(facts.age(today), 'day')} old" if facts.is_old(today) else ""
    known = {order: value for order, field in OWN.items() if (value := getattr(facts, field)) is not None}
    shown = {str(order): day(value) if isinstance(value, date) else str(value) for order, value in known.items()}
    return shown | ({"placed": shown["placed"] + old} if "placed" in shown else {})


def age(published: date, today: date) -> str:
    """Returns how old a rating is, in the largest whole unit: "3 years", "5 months", "12 days"."""
    months = (today.year - published.year) * 12 + today.month - published.month - (today.day < published.day)
    days = (today - published).days
    for number, unit in ((months // 12, "year"), (months, "month"), (days, "day")):
        if number > 0:
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return "0 days"
