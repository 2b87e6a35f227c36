"""Puts the tables of a quality report into sentences. Each number comes from a table of the same report. Pure.

No sentence draws a conclusion from too few services. If something is not known, a sentence says this.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from monitor.ratings import Rating
from monitor.register.filed import ONE_MONTH
from monitor.reports.area import COMPARATORS, ENGLAND, ENOUGH, AreaReport
from monitor.reports.counts import BANDS
from monitor.reports.paper import NOTHING, Cell, Figure, Finding, Table
from monitor.reports.past import NOT_KNOWN
from monitor.reports.quality_changed import BEGINNING, COVERED, COVERED_FROM, COVERED_TO, FIRST, MOVED, NEWEST, NOW
from monitor.reports.quality_named import FILED, READ
from monitor.text import day, sentence

WELL_OF_ALL, WELL_OF_RATED = "Good or outstanding, of all services", "Good or outstanding, of rated services"
RATED = "Rated services"
TOGETHER = f"{COMPARATORS} together"

MOST_NAMED = 10
"""A sentence names at most this many services. All services are in the table."""

Said = str | Figure
Topic = tuple[str, "Callable[[AreaReport, _Tables], Iterator[list[Said]]]"]


class _Tables:
    """The tables of the report, from which figures are taken."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._by_key = {one.key: one for one in tables}

    def has(self, key: str) -> bool:
        """Whether there is a table with this key, and the table has rows."""
        return key in self._by_key and bool(self._by_key[key].rows)

    def cell(self, key: str, row: str, column: str) -> Cell:
        """Returns the cell in a row and a column. `row` is the row's label or its service."""
        table = self._by_key[key]
        at = [one.heading for one in table.columns].index(column)
        return next(one for one in table.rows if row in (one.service, one.label)).cells[at]

    def number(self, key: str, row: str, column: str) -> Figure:
        """Returns the number in a cell."""
        return Figure(shown=str(Cell(number=self.cell(key, row, column).number)), table=key, row=row, column=column)

    def value(self, key: str, row: str, column: str) -> float:
        """Returns the number in a cell, for comparisons; 0 for an empty cell."""
        return self.cell(key, row, column).number or 0

    def percent(self, key: str, row: str, column: str) -> Figure:
        """Returns the share in a cell."""
        percent = self.cell(key, row, column).percent
        return Figure(shown=NOTHING if percent is None else f"{percent}%", table=key, row=row, column=column)

    def words(self, key: str, row: str, column: str) -> Figure:
        """Returns the content of a cell, which is a day or words."""
        return Figure(shown=str(self.cell(key, row, column)), table=key, row=row, column=column)

    def label(self, key: str, row: str) -> Figure:
        """Returns the label of a row."""
        table = self._by_key[key]
        return Figure(shown=next(one.label for one in table.rows if row in (one.service, one.label)), table=key, row=row)


def findings(report: AreaReport, tables: Iterable[Table]) -> tuple[Finding, ...]:
    """Returns the findings of a report, from its tables."""
    there = _Tables(tables)
    return tuple(
        Finding(about=about, said=tuple(said))
        for about, topic in _TOPICS
        if not (report.is_before_files and topic in _OF_ALL)
        for said in topic(report, there)
        if said
    )


def _are(number: float, one: str = "service is", several: str = "services are") -> str:
    return f" {one if number == 1 else several} "


# ── the shares ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _shares(report: AreaReport, tables: _Tables) -> Iterator[list[Said]]:
    name, mix = report.area.name, report.area.now[None]
    services = tables.number("Areas", name, "Services")
    if report.is_before_files:
        known: list[Said] = [services, _are(mix.of), "known to have been registered here on that day"]
        if mix.number(NOT_KNOWN):
            unknown = tables.number("Ratings", sentence(NOT_KNOWN), f"{name}: all")
            known += ["; the ratings of ", unknown, " of these services are not known"]
        yield [*known, ". The CQC files loaded here begin later, and services that had closed before are missing."]
        return
    if not mix.rated:
        rated = tables.number("Areas", name, RATED)
        yield [services, _are(mix.of).rstrip(), " registered here, and ", rated, " of these are rated."]
        return
    well = "Areas", name, WELL_OF_ALL
    yield [
        *(tables.number(*well), " of all ", services, f" services in {name} (", tables.percent(*well)),
        *(")", _are(tables.value(*well), "is", "are"), "good or outstanding. Of the ", tables.number("Areas", name, RATED)),
        " rated services, the share is ",
        *(tables.percent("Areas", name, WELL_OF_RATED), "."),
    ]
    unrated = tables.value("Ratings", "Unrated", f"{name}: all")
    if unrated:
        at = "Ratings", "Unrated", f"{name}: all"
        yield [tables.number(*at), _are(unrated, "service has", "services have"), "no rating (", tables.percent(*at), " of all)."]
    if mix.number(NOT_KNOWN):
        at = "Ratings", sentence(NOT_KNOWN), f"{name}: all"
        yield ["The ratings of ", tables.number(*at), " services on the day of the report are not known."]
    if report.rated_on < report.asked.day:
        since = ". What CQC has published since is known only for watched services."
        yield ["These ratings are from CQC’s files of ", _filed(tables, NEWEST), since]


def _compared(report: AreaReport, tables: _Tables) -> Iterator[list[Said]]:
    name, rated = report.area.name, report.area.now[None].rated
    if rated < ENOUGH:
        if rated:
            some = _are(rated, "service is", "services are")
            yield ["Only ", tables.number("Areas", name, RATED), some, "rated: too few to compare their share with other areas."]
        return
    others = [(ENGLAND, report.areas[-1]), (report.region.name, report.region), (TOGETHER, report.areas[1])]
    others = [(other, area) for other, area in others[: 3 if report.comparators else 2] if area.now[None].rated >= ENOUGH]
    mine = tables.cell("Areas", name, WELL_OF_RATED).percent or 0
    share = tables.percent("Areas", name, WELL_OF_RATED)
    said: list[Said] = ["Of rated services, ", share, f" are good or outstanding in {name}"]
    for other, _ in others:
        theirs = tables.cell("Areas", other, WELL_OF_RATED).percent or 0
        way = "a higher share than" if mine > theirs else "a lower share than" if mine < theirs else "the same share as"
        said += [f", {way} in {_in(other)} (", tables.percent("Areas", other, WELL_OF_RATED), ")"]
    yield [*said, "."]


def _in(area: str) -> str:
    return "its comparators together" if area == TOGETHER else f"the {area}" if area.endswith("(region)") else area


def _places(report: AreaReport, tables: _Tables) -> Iterator[list[Said]]:
    head = f"Authorities with {ENOUGH} or more rated services"
    for place in report.places:
        if place.higher is None or place.enough < 2:
            continue
        row = place.among
        among = {ENGLAND: "in England", COMPARATORS: "among its comparators and itself"}.get(row, f"in its region, {row}")
        yield [
            f"Ranked by the share of rated services that are good or outstanding, {report.area.name} has place ",
            *(tables.number("Place", row, "Place"), " of the ", tables.number("Place", row, head), " authorities with enough "),
            *("rated services (", Figure(shown=str(ENOUGH), table="Place", column=head), f" or more) {among}: "),
            *(tables.number("Place", row, "With a higher share"), " with a higher share, "),
            *(tables.number("Place", row, "The same"), " with the same share, "),
            *(tables.number("Place", row, "A lower share"), " with a lower share."),
        ]


def _spread(report: AreaReport, tables: _Tables) -> Iterator[list[Said]]:
    if not tables.has("Spread"):
        return
    share, who = "Share, %", "Authority"
    yield [
        "In England, the share of rated services that are good or outstanding ranges from ",
        *(tables.number("Spread", "Lowest", share), "% ("),
        *(tables.words("Spread", "Lowest", who), ") to ", tables.number("Spread", "Highest", share), "% ("),
        *(tables.words("Spread", "Highest", who), "). The middle half of authorities has shares between "),
        *(tables.number("Spread", "Lower quartile", share), "% and "),
        *(tables.number("Spread", "Upper quartile", share), "%."),
    ]


def _change(report: AreaReport, tables: _Tables) -> Iterator[list[Said]]:
    name, asked = report.area.name, report.asked
    since, now = (Figure(shown=day(one), table="Change") for one in (asked.since, report.rated_on))
    if not report.change_is_known:
        yield ["How the shares have changed since ", since, " is not known", *_why_not(report, tables), "."]
        return
    if asked.since == report.rated_on or min(report.area.then[None].rated, report.area.quarters[-1][1].rated) < ENOUGH:
        return

    def at(area: str, when: str) -> list[Said]:
        rated, well = (f"{when}: {what}" for what in ("rated services", "good or outstanding of these"))
        return [tables.percent("Change", area, well), " of ", tables.number("Change", area, rated)]

    yield [
        *("On ", since, ", ", *at(name, BEGINNING), f" rated services in {name} were good or outstanding; on "),
        *(now, ", ", *at(name, NOW), ". In England: ", *at(ENGLAND, BEGINNING), ", then ", *at(ENGLAND, NOW), "."),
    ]


def _filed(tables: _Tables, which: str) -> Figure:
    """Returns the day in the row `which` of the table of CQC's files."""
    return tables.words("Files", which, "Day")


def _why_not(report: AreaReport, tables: _Tables) -> list[Said]:
    """Returns why nothing is known about a period, for a sentence in which this reason follows "not known"."""
    if report.files.months < 2:
        return [f": {ONE_MONTH}"]
    if report.asked.since > report.files.rated:
        return [": the newest CQC file with ratings that is loaded here is of ", _filed(tables, NEWEST)]
    return [": the first CQC file with ratings that is loaded here is of ", _filed(tables, FIRST)]


# ── what moved ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_COUNTED = "Movements counted"


def _moved(report: AreaReport, tables: _Tables) -> Iterator[list[Said]]:
    key, covered = _COUNTED, report.covered
    if covered is None:
        yield ["How services moved in the period is not known", *_why_not(report, tables), "."]
    else:
        column = MOVED if report.is_covered else COVERED
        when: list[Said] = ["In the period "]
        if not report.is_covered:
            days = _filed(tables, COVERED_FROM), " to ", _filed(tables, COVERED_TO)
            when = ["From ", *days, ", the days of the period that CQC’s files cover, "]
        some = {row: tables.number(key, row, column) for row in _ROWS}
        yield [
            *(*when, some["Fell"], _are(tables.value(key, "Fell", column), "overall rating", "overall ratings"), "fell and "),
            *(some["Rose"], " rose; "),
            *(some["Fell below good"], " fell below good, ", some["Fell to inadequate"], " to inadequate, and "),
            *(some["Rose to good or outstanding"], " rose to good or outstanding."),
        ]
    if not report.is_covered:
        yield from _moved_besides(report, tables)
    if tables.value(key, "Fell below good", MOVED):
        which = "Of the services that fell below good" if report.is_covered else "Of the services known to have fallen below good"
        yield _weight(report, tables, key, "Fell below good", which)
    yield from _moved_measures(tables)


_ROWS = ("Fell", "Rose", "Fell below good", "Fell to inadequate", "Rose to good or outstanding")


def _moved_besides(report: AreaReport, tables: _Tables) -> Iterator[list[Said]]:
    """Yields the findings about days of the period that the files do not cover."""
    if report.covered is not None:
        asked, files = report.asked, report.files
        days: list[Said] = ["Before ", _filed(tables, FIRST)] if asked.since < files.first else []
        if asked.to > files.rated:
            days += [" and after " if days else "After ", _filed(tables, NEWEST)]
        yield [*days, ", only movements of watched services are known."]
    fell, rose = (tables.value(_COUNTED, row, MOVED) for row in ("Fell", "Rose"))
    if fell > tables.value(_COUNTED, "Fell", COVERED) or rose > tables.value(_COUNTED, "Rose", COVERED):
        yield [
            *("In the whole period " if report.covered else "In the period ",),
            *(tables.number(_COUNTED, "Fell", MOVED) if fell else "no", " overall "),
            *("rating is" if fell == 1 else "ratings are", " known to have fallen and "),
            *(tables.number(_COUNTED, "Rose", MOVED) if rose else "none", " to have risen."),
        ]


_ONLY_WATCHED = ". Such movements are known only for services that are watched here."


def _moved_measures(tables: _Tables) -> Iterator[list[Said]]:
    entered, left = (tables.value(_COUNTED, row, MOVED) for row in ("Entered special measures", "Left special measures"))
    if not entered and not left:
        yield ["No movement into or out of special measures is known", _ONLY_WATCHED]
        return
    said: list[Said] = []
    for number, row, way in ((entered, "Entered special measures", "into"), (left, "Left special measures", "out of")):
        if number:
            said += [" and " if said else "", tables.number(_COUNTED, row, MOVED)]
            said += [f" {'movement' if number == 1 else 'movements'} {way} special measures"]
    yield [*said, _are(entered + left, "is", "are"), "known", _ONLY_WATCHED]


def _weight(report: AreaReport, tables: _Tables, key: str, row: str, which: str) -> list[Said]:
    """Returns the sentence that says how many beds, contracts and placed people a finding affects; empty if nothing is known."""
    homes, known, contracts = "Care homes", "Homes whose beds are known", "Contracted services"
    said: list[Said] = []
    if tables.value(key, row, known):
        said = ["the care homes have ", tables.number(key, row, "Beds in care homes"), " beds"]
        if tables.value(key, row, known) < tables.value(key, row, homes):
            said += [" (known for ", tables.number(key, row, known), " of ", tables.number(key, row, homes), " homes)"]
    elif tables.value(key, row, homes):
        said = ["the beds of the care homes are not known"]
    if report.contracted is not None:
        some = _are(tables.value(key, row, contracts), "of the services is", "of the services are")
        said += [*(["; "] if said else []), tables.number(key, row, contracts), some, "contracted"]
        if tables.cell(key, row, "People placed").number is not None:
            said += [", and ", tables.number(key, row, "People placed"), " people are placed there by the council"]
    return [f"{which}, ", *said, "."] if said else []


def _grave(report: AreaReport, tables: _Tables) -> Iterator[list[Said]]:
    key, grave = "Inadequate counted", report.named.grave

    def since(one: str) -> list[Said]:
        earlier = tables.words("Inadequate", one, "Or earlier").shown == "yes"
        if tables.cell("Inadequate", one, "Inadequate since").on is None:
            return [" (since when is not known)"]
        return [" (since ", tables.words("Inadequate", one, "Inadequate since"), " or earlier)" if earlier else ")"]

    filed = [one.service.location_id for one in grave if one.run]
    if report.is_before_files:
        if filed:
            known = _counted(tables, key, FILED, "known to have been rated inadequate on that day")
            yield [*known, *_names(tables, "Inadequate", filed, since)]
        yield [f"Which {'other ' if filed else ''}services were rated inadequate on that day is not known."]
        return
    yield [
        "According to CQC’s files, ",
        *_counted(tables, key, FILED, "rated inadequate"),
        *_names(tables, "Inadequate", filed, since),
    ]
    if filed:
        yield _weight(report, tables, key, FILED, "Of the inadequate services")
    better = [one.service.location_id for one in grave if one.is_better_on_page]
    if better:
        row = "Of these, better on CQC’s page now"
        yield [*_counted(tables, key, row, "now rated better on CQC’s page"), *_names(tables, "Inadequate", better)]
    only = [one.service.location_id for one in grave if one.is_only_on_page]
    if only:
        row, said = "Inadequate on CQC’s page, not yet in the files", "inadequate on CQC’s page, and not yet in its files"
        yield [*_counted(tables, key, row, said), *_names(tables, "Inadequate", only)]


def _measures(report: AreaReport, tables: _Tables) -> Iterator[list[Said]]:
    key = "Inadequate counted"
    if report.asked.at is not None:
        yield ["Which services were in special measures on that day is not known."]
        return

    def since(one: str) -> list[Said]:
        if tables.cell("Inadequate", one, "In special measures since").on is None:
            return [" (since when is not known)"]
        or_earlier = "or earlier" in tables.words("Inadequate", one, "Special measures").shown
        return [" (since ", tables.words("Inadequate", one, "In special measures since"), " or earlier)" if or_earlier else ")"]

    if not report.named.read:
        yield ["Which services are in special measures is not known: this monitor has read none of their pages lately."]
        return
    inside = [one.service.location_id for one in report.named.grave if one.is_in_measures]
    row, said = "In special measures, according to CQC’s page", "known to be in special measures"
    yield ["According to CQC’s pages, ", *_counted(tables, key, row, said), *_names(tables, "Inadequate", inside, since)]
    seen, every = tables.number(key, READ, "Services"), tables.number("Areas", report.area.name, "Services")
    yield ["Special measures are known only for services whose pages were read here lately: ", seen, " of ", every, " services."]
    row = "Inadequate, special measures not known"
    if unknown := tables.value(key, row, "Services"):
        services, them = ("service", "it") if unknown == 1 else ("services", "them")
        yield [
            *("For ", tables.number(key, row, "Services"), f" inadequate {services} it is not known whether"),
            f" special measures apply: nobody watches {them} here, or CQC’s page was not read lately, is older than the files or",
            " does not state this.",
        ]


def _long(report: AreaReport, tables: _Tables) -> Iterator[list[Said]]:
    long = [one for one in report.named.grave if one.long]
    if not long:
        return
    row = "Inadequate for over six months"
    yield [
        *(tables.number("Inadequate counted", row, "Services"), _are(len(long), "service has", "services have")),
        "been inadequate for over six months without a newer rating in CQC’s files",
        *_names(tables, "Inadequate", [one.service.location_id for one in long], _published(tables)),
    ]
    known = [one for one in long if one.newer is not None]
    if known:
        row = "Of these, with a newer publication"
        yield [
            *(tables.number("Inadequate counted", row, "Services"), " of these", _are(len(known), "has", "have")),
            "a newer publication that this monitor knows of",
            *_names(tables, "Inadequate", [one.service.location_id for one in known]),
        ]
    if len(known) < len(long):
        yield [f"Whether CQC has inspected {'the others ' if known else ''}since is not known."]


def _published(tables: _Tables) -> Callable[[str], list[Said]]:
    return lambda one: [" (published ", tables.words("Inadequate", one, "Published"), ")"]


def _repeated(report: AreaReport, tables: _Tables) -> Iterator[list[Said]]:
    if not report.named.repeated:
        return
    key = "Repeated"
    number = tables.number("Repeated counted", "All", "Services")

    def since(one: str) -> list[Said]:
        first = tables.words(key, one, "First of these ratings")
        return [" (", tables.number(key, one, "Ratings in a row"), " since ", first, ")"]

    longest = [one.location_id for one, _ in report.named.repeated[:MOST_NAMED]]
    yield [
        *(number, _are(len(report.named.repeated), "service requires", "services require")),
        "improvement for at least the second rating in a row",
        *_names(tables, key, longest, since, every=len(report.named.repeated)),
    ]


def _counted(tables: _Tables, key: str, row: str, said: str) -> list[Said]:
    return [tables.number(key, row, "Services"), _are(tables.value(key, row, "Services")), said]


def _names(
    tables: _Tables,
    key: str,
    ids: Sequence[str],
    more: Callable[[str], list[Said]] = lambda _: [],
    *,
    every: int | None = None,
) -> list[Said]:
    """Returns the end of a sentence: a colon, the names of services, and a full stop. `more` returns what follows a name. `every`
    is how many services there are, if `ids` does not contain all of them."""
    said: list[Said] = []
    for n, one in enumerate(ids[:MOST_NAMED]):
        said += ["; " if n else ": ", tables.label(key, one), *more(one)]
    return [*said, ". The others are in the table." if (every or len(ids)) > MOST_NAMED else "."]


# ── contracts, ages, questions, types, beds ──────────────────────────────────────────────────────────────────────────────


def _contracted(report: AreaReport, tables: _Tables) -> Iterator[list[Said]]:
    if report.contracted is None:
        return
    key, head = "Contracted by rating", "Contracted, of all"
    poor, worst = (sentence(one) for one in (Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE))
    total = "Contracted by sector", "All", head
    every = tables.number("Contracted by sector", "All", "All")
    share: list[Said] = ["The council contracts ", tables.number(*total), " of the ", every, " services ("]
    share += [tables.percent(*total), ")."]
    if report.is_before_files:
        yield share
        return
    yield [
        *(*share, " Of the contracted services, ", tables.number(key, poor, head)),
        *(_are(tables.value(key, poor, head), "requires", "require"), "improvement and "),
        *(tables.number(key, worst, head), _are(tables.value(key, worst, head), "is", "are"), "inadequate."),
    ]
    if report.contracted.own:
        said: list[Said] = []
        for mark, row in (("inadequate", worst), ("requires improvement", poor)):
            if tables.cell(key, row, "People placed").number is not None:
                places = tables.number(key, row, "Contracted services whose number of people is known")
                said += [" and " if said else "According to the council’s own numbers, "]
                said += [tables.number(key, row, "People placed")]
                every = tables.number(key, row, head)
                said += [f" people are placed in services rated {mark} (known for ", places, " of ", every, ")"]
        yield [*said, "."] if said else []


def _ages(report: AreaReport, tables: _Tables) -> Iterator[list[Said]]:
    key, name = "Time since rated", report.area.name
    old, of = sentence(BANDS[-1]), sum(report.area.ages.numbers)
    if of < ENOUGH:
        return
    median = "Median, years"
    yield [
        *(tables.number(key, old, name), _are(tables.value(key, old, name), "rating was", "ratings were")),
        *("published four years ago or longer (", tables.percent(key, old, name), " of those with a date; in England "),
        *(tables.percent(key, old, ENGLAND), "). Half of the ratings are older than ", tables.number(key, median, name)),
        *(" years, in England older than ", tables.number(key, median, ENGLAND), "."),
    ]
    if not tables.value(key, old, name):
        return
    by, poor, worst = "Ratings by age", sentence(Rating.REQUIRES_IMPROVEMENT), sentence(Rating.INADEQUATE)
    yield [
        *("Of the ratings published four years ago or longer, ", tables.number(by, old, poor)),
        *(_are(tables.value(by, old, poor), "is", "are"), "requires improvement and "),
        *(tables.number(by, old, worst), " inadequate."),
    ]


def _questions(report: AreaReport, tables: _Tables) -> Iterator[list[Said]]:
    key, head = "Key questions", f"Below good, {report.area.name}"
    asked = [one for one in report.area.questions if one.rated >= ENOUGH]
    if not asked:
        return
    most = max(one.below_good / one.rated for one in asked)
    worst = [sentence(one.question) for one in asked if one.below_good / one.rated == most]
    if not most:
        yield ["No service is below good for any of the key questions with enough ratings."]
    else:
        first, number = worst[0], tables.value(key, worst[0], head)
        several = [" are the key questions most often below good. ", tables.label(key, first), ": "]
        yield [
            *_labels(tables, key, worst),
            *([" is the key question most often below good: "] if len(worst) == 1 else several),
            *(tables.number(key, first, head), f" {'service' if number == 1 else 'services'} ("),
            tables.percent(key, first, head),
            " of the services with a rating for this question; in England ",
            *(tables.percent(key, first, f"Below good, {ENGLAND}"), ")."),
        ]
    count = report.falls[0][1]
    if count:
        often = [sentence(one) for one, its in report.falls if its == count]
        falls = [tables.number(key, often[0], "Falls in the period"), " fall" if count == 1 else " falls"]
        known = "" if report.is_covered else ", as far as known"
        yield [
            *_labels(tables, key, often),
            *(f" fell most often of the key questions in the period{known}: ", *falls, " each." if len(often) > 1 else "."),
        ]


def _labels(tables: _Tables, key: str, rows: Sequence[str]) -> list[Said]:
    """Returns the labels of some rows of a table, as a list in words."""
    said: list[Said] = []
    for n, row in enumerate(rows):
        said += [" and " if n == len(rows) - 1 else ", "] if n else []
        said.append(tables.label(key, row))
    return said


def _types(report: AreaReport, tables: _Tables) -> Iterator[list[Said]]:
    enough = [(kind, mix) for kind, mix in report.area.types if mix.rated >= ENOUGH]
    if len(enough) < 2:
        return
    name, key = report.area.name, "Ratings by type"
    well, rated = "good or outstanding of these", "rated services"
    least = min(mix.well / mix.rated for _, mix in enough)
    kind, *others = [kind for kind, mix in enough if mix.well / mix.rated == least]
    yield [
        "Of the types of service with enough rated services, the share that is good or outstanding is lowest for ",
        *(*_labels(tables, key, [kind, *others]), ": ", tables.percent(key, kind, f"{name}: {well}"), " of "),
        *(tables.number(key, kind, f"{name}: {rated}"), " (in England ", tables.percent(key, kind, f"{ENGLAND}: {well}"), ")."),
    ]


def _beds(report: AreaReport, tables: _Tables) -> Iterator[list[Said]]:
    name, beds = report.area.name, report.area.beds
    if beds.per_home is None:
        return
    yield [
        *("There are ", tables.number("Beds", "All", name), " beds in care homes, "),
        *(tables.number("Beds", "Average per home", name), " a home on average (in England "),
        *(tables.number("Beds", "Average per home", ENGLAND), ")."),
    ]
    if report.is_before_files:
        return
    key, poor, worst = "Beds by rating", sentence(Rating.REQUIRES_IMPROVEMENT), sentence(Rating.INADEQUATE)
    yield [
        *(tables.number(key, poor, name), " beds (", tables.percent(key, poor, name)),
        *(") are in homes that require improvement, and ", tables.number(key, worst, name)),
        *(" (", tables.percent(key, worst, name), ") in inadequate homes."),
    ]


def _twice(report: AreaReport, tables: _Tables) -> Iterator[list[Said]]:
    if report.named.twice:
        key, head = "Registered twice counted", "Homes registered twice"
        some = _are(len(report.named.twice), "home is", "homes are")
        yield [tables.number(key, report.area.name, head), some, "registered twice, by two providers, and counted once."]


_TOPICS: tuple[Topic, ...] = (
    ("Ratings", _shares),
    ("Compared", _compared),
    ("Place", _places),
    ("Place", _spread),
    ("Change", _change),
    ("Movements", _moved),
    ("Inadequate", _grave),
    ("Special measures", _measures),
    ("Over six months", _long),
    ("Repeated", _repeated),
    ("Contracted", _contracted),
    ("Age of ratings", _ages),
    ("Key questions", _questions),
    ("Types of service", _types),
    ("Beds", _beds),
    ("Registered twice", _twice),
)

_OF_ALL = frozenset({_compared, _places, _spread, _ages, _questions, _types})
"""The topics that need the ratings of all services. These topics are left out if the report's day is before the first files,
because only some services are known on such a day."""
