"""Rules of watchlists: parses typed rules, puts rules into words, and computes distances between places. Pure."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from monitor import ratings
from monitor.errors import UsageError
from monitor.register import authorities
from monitor.register.entries import Entry, Near, Rule, Sector
from monitor.text import likeliest

EARTH = 3958.8
"""The earth's radius in miles."""

FURTHEST = 100
"""The largest distance in a rule, in miles. For a larger area, a rule with local authorities is better."""

POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(?: ?(\d[A-Z]{2}))?", re.IGNORECASE)
"""A postcode ("LE1 1AA"), or the first half of one."""

# Common names for services that CQC names differently (see COMMUNITY_BASED in monitor.register.entries).
# Source: docs/facts/files.md, Service types.
_ALSO = {
    "care at home": "Homecare agencies",
    "domiciliary care": "Homecare agencies",
    "home care": "Homecare agencies",
    "extra care": "Supported housing",
    "extra care housing": "Supported housing",
    "care homes with nursing": "Nursing homes",
    "care homes without nursing": "Residential homes",
    "gps": "Doctors/GPs",
}
_SECTORS = {
    "care home": Sector.CARE_HOME,
    "care homes": Sector.CARE_HOME,
    "community based": Sector.COMMUNITY,
    "community": Sector.COMMUNITY,
    "other": Sector.OTHER,
}
_SECTOR_WORDS = {
    Sector.CARE_HOME: "care homes",
    Sector.COMMUNITY: "community-based services",
    Sector.OTHER: "services other than adult social care",
}
_NEAREST = 3

LINES = ("authorities", "regions", "sectors", "types", "providers", "brands", "specialisms", "ratings")
"""The lines of a rule that consist of words. The remaining line is a place."""

RATINGS_WARNING = (
    "A rule with ratings finds out about a fall only from CQC's next monthly file. For a service that is not yet on the list, "
    "the alert comes weeks late. To be alerted at once, leave the ratings out."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words that occur in the register now. The words that a person types are matched against them."""

    authorities: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    specialisms: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    provider_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A rule as a person types it. Each line may be in any spelling, and `miles` is text."""

    authorities: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    specialisms: tuple[str, ...] = ()
    ratings: tuple[str, ...] = ()
    near: str = ""
    miles: str = ""


def rule_of(typed: Typed, words: Vocabulary) -> tuple[Rule, dict[str, str]]:
    """The rule that a person meant, and the errors by field of `Typed`. The rule is valid only if there are no errors."""
    wrong: dict[str, str] = {}

    def line(field: str, means: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
        found: list[str] = []
        for text in getattr(typed, field):
            # only the first error is reported, since the search for each unknown word is slow
            if not text.strip() or field in wrong:
                continue
            try:
                found += means(text.strip())
            except UsageError as error:
                wrong[field] = str(error)
        return tuple(dict.fromkeys(found))

    providers = _by_folded(words.providers) if typed.providers else {}  # made once, since it takes long for 30,000 words
    rule = Rule(
        authorities=line("authorities", lambda text: _authority(text, words)),
        regions=line("regions", _region),
        sectors=tuple(Sector(one) for one in line("sectors", _sector)),
        types=line("types", lambda text: [matched(_ALSO.get(_folded(text), text), words.types, "type of service")]),
        providers=line("providers", lambda text: [_provider(text, words, providers)]),
        brands=line("brands", lambda text: [matched(text, words.brands, "brand")]),
        specialisms=line("specialisms", lambda text: [matched(text, words.specialisms, "specialism")]),
        ratings=line("ratings", lambda text: [_rating(text)]),
        near=_near(typed, wrong),
    )
    return rule, wrong


def matched(text: str, among: Iterable[str], what: str) -> str:
    """Returns the word of a vocabulary that `text` means. Words that are equal to the text apart from capitals and punctuation
    come first, then words that begin with the text, then words that contain it. Only the first kind that occurs is used. Raises
    UsageError if several words of this kind occur, or if no kind occurs. The error lists words that may be meant."""
    return _matched(text, _by_folded(among), what)


def _by_folded(words: Iterable[str]) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for one in words:
        named.setdefault(_folded(one), []).append(one)
    return named


def _matched(text: str, known: Mapping[str, list[str]], what: str) -> str:
    folded = _folded(text)
    same = known.get(folded, [])
    if text in same or len(same) == 1:
        return text if text in same else same[0]
    for alike in (lambda one: one == folded, lambda one: one.startswith(folded), lambda one: folded in one):
        found = sorted(name for one, names in known.items() if folded and alike(one) for name in names)
        if len(found) == 1:
            return found[0]
        if found:
            several = ", ".join(found[:_NEAREST]) + (f" and {len(found) - _NEAREST} more" if len(found) > _NEAREST else "")
            raise UsageError(f"{text[:80]!r} is the beginning or part of several: {several}. Write one in full")
    near = [known[one][0] for one in likeliest(folded, known, _NEAREST, 0.6)]
    hint = f": do you mean {' or '.join(near)}?" if near else ""
    raise UsageError(f"the register has no {what} {text[:80]!r}{hint}")


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^\w ]+", " ", text.casefold().replace("&", " and ")).split())


def _authority(text: str, words: Vocabulary) -> Iterable[str]:
    known = authorities.authority(text)
    if known:
        return authorities.now_called(known)
    if region := authorities.region(text):
        raise UsageError(f"{region} is a region, not a local authority: enter it as a region")
    return [matched(text, {*authorities.AUTHORITIES, *words.authorities}, "local authority")]


def _region(text: str) -> Iterable[str]:
    return [authorities.region(text) or matched(text, authorities.REGIONS, "region")]


def _sector(text: str) -> Iterable[str]:
    found = _SECTORS.get(_folded(text))
    if found is None:
        raise UsageError(f"{text[:80]!r} is not one of: {', '.join(Sector)}")
    return [found]


def _provider(text: str, words: Vocabulary, named: Mapping[str, list[str]]) -> str:
    return text.upper() if text.upper() in words.provider_ids else _matched(text, named, "provider")


def _rating(text: str) -> str:
    found = ratings.parse(text)
    if found is None:
        raise UsageError(f"{text[:80]!r} is not a rating: write one of {', '.join((*ratings.Rating, ratings.Reason.NOT_RATED))}")
    return str(found)


def _near(typed: Typed, wrong: dict[str, str]) -> Near | None:
    postcode, miles = typed.near.strip(), typed.miles.strip()
    if not postcode and not miles:
        return None
    match = POSTCODE.fullmatch(" ".join(postcode.split()))
    if match is None:
        wrong["near"] = f"{postcode[:20]!r} is not a postcode: write for example LE1 1AA" if postcode else "enter a postcode too"
    try:
        far = float(miles)
    except ValueError:
        far = math.nan
    if not 0 < far <= FURTHEST:
        wrong["miles"] = f"enter how many miles around the postcode, up to {FURTHEST}"
    return Near(postcode=" ".join(part for part in match.groups() if part).upper() if match else "", miles=far)


def is_empty(rule: Rule) -> bool:
    """Whether a rule has no lines, so that all services in England match it."""
    return rule == Rule()


def is_silent(rule: Rule, entry: Entry) -> bool:
    """Whether the register lacks data about a service that a rule needs. If so, a mismatch proves nothing."""
    asked = (
        (rule.authorities, entry.authority),
        (rule.regions, entry.region),
        (rule.types or rule.sectors, entry.types),
        (rule.specialisms, entry.specialisms),
        (rule.providers, entry.provider_id),
        (rule.brands, entry.brand),
        (rule.near, entry.latitude),
    )
    return any(line and known in (None, ()) for line, known in asked)


def following(kind: str, key: str) -> Rule:
    """The rule for all services of a holder: a "provider" by its id, or a "brand" by its name."""
    return Rule(providers=(key,)) if kind == "provider" else Rule(brands=(key,))


def in_words(rule: Rule, names: Mapping[str, str] | None = None) -> str:
    """A rule in words, for example "All homecare agencies in Leicestershire". `names` contains the names of providers, by
    id."""
    kinds = [_type_words(one) for one in rule.types] + [_SECTOR_WORDS[one] for one in rule.sectors if not rule.types]
    words = f"All {_listed(kinds, 'and') or 'services'}"
    if rule.types and rule.sectors:
        words += f" that are {_listed([_SECTOR_WORDS[one] for one in rule.sectors], 'or')}"
    words += f" in {_listed(rule.authorities, 'and')}" if rule.authorities else ""
    if rule.regions:
        words += f" in {'the region' if len(rule.regions) == 1 else 'the regions'} {_listed(rule.regions, 'and')}"
    words += " in England" if not (rule.authorities or rule.regions or rule.near) else ""
    words += f" within {rule.near.miles:g} miles of {rule.near.postcode}" if rule.near else ""
    providers = [(names or {}).get(one, one) for one in rule.providers]
    words += f" of the provider {_listed(providers, 'or')}" if providers else ""
    words += f" of the brand {_listed(rule.brands, 'or')}" if rule.brands else ""
    words += f" with the specialism {_listed(rule.specialisms, 'or')}" if rule.specialisms else ""
    words += f" rated {_listed(rule.ratings, 'or')}" if rule.ratings else ""
    return words


def _type_words(name: str) -> str:
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _listed(names: Iterable[str], word: str) -> str:
    *others, last = [*names] or [""]
    return f"{', '.join(others)} {word} {last}" if others else last


def as_data(rule: Rule) -> Mapping[str, object]:
    """A rule for JSON, with only the lines that are not empty."""
    lines = {name: list(getattr(rule, name)) for name in LINES if getattr(rule, name)}
    near = {"near": {"postcode": rule.near.postcode, "miles": rule.near.miles}} if rule.near else {}
    return {**lines, **near}


def typed_as(rule: Rule) -> Typed:
    """The form of a rule in which a person can edit it."""
    near, miles = (rule.near.postcode, f"{rule.near.miles:g}") if rule.near else ("", "")
    return Typed(**{name: tuple(getattr(rule, name)) for name in LINES}, near=near, miles=miles)


def miles_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance between two places (latitude and longitude in degrees) as the crow flies, in miles, by the haversine
    formula."""
    (south, west), (north, east) = ([math.radians(degrees) for degrees in place] for place in (one, other))
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(min(1.0, half)))


def box_around(place: tuple[float, float], miles: float) -> tuple[float, float, float, float]:
    """Returns the least and greatest latitude, and the least and greatest longitude, of a box that contains everything within
    this many miles of a place."""
    high = math.degrees(miles / EARTH) * 1.01
    wide = high / max(0.01, math.cos(math.radians(place[0])))
    return place[0] - high, place[0] + high, place[1] - wide, place[1] + wide
