"""Shows CQC's register, as JSON for programs and as text for people: the imported files, the register's size, and its
services."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from monitor.register.entries import OLD, Entry, FileKind
from monitor.register.merge import Taken
from monitor.store.intake import Extent, Kept
from monitor.text import counted, day, plain, stamp

Json = dict[str, Any]

_NAMED = 5


def taken_text(taken: Taken) -> str:
    """Returns the result of importing a file. Each thing that a person should look at is on a separate line."""
    file = taken.file
    head = f"{file.name} ({file.kind}, {day(file.as_of)})"
    if taken.again:
        return f"{head}: already imported, so nothing changes."
    if not taken.present:
        lines = [f"{head}: {_of(file.kind, len(file.entries))}, kept as history, because newer files give the present state."]
    else:
        parts = [f"{len(taken.joined):,} joined" if taken.joined else "", f"{len(taken.left):,} left" if taken.left else ""]
        parts += [f"{taken.changed:,} changed"]
        lines = [f"{head}: {_of(file.kind, len(file.entries))}; {', '.join(filter(None, parts))}."]
    if taken.unplaced:
        said = counted(taken.unplaced, "rated service is", "rated services are")
        lines.append(f"  {said} not in the register, and were left out.")
    if taken.left_out:
        dates = ", ".join(map(day, taken.left_out))
        lines.append(f"  the ratings of {dates} were imported before this list, and lack its new services: import them again.")
    if file.strangers:
        lines.append(f"  unknown local authorities, kept as written: {_some(file.strangers)}")
    if file.odd:
        lines.append(f"  unusable rows, left out: {_some(file.odd)}")
    if file.twofold:
        lines.append(f"  two ratings for the same thing; the worse is used (check CQC's pages): {_some(file.twofold)}")
    if file.unread:
        lines.append(f"  not understood, and left out: {_some(file.unread)}")
    return "\n".join(lines)


def _of(kind: FileKind, number: int) -> str:
    return counted(number, "service" if kind.lists_all else "rated service")


def _some(words: Sequence[str]) -> str:
    more = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    return ", ".join(words[:_NAMED]) + more


def newest(files: Iterable[Kept]) -> list[Kept]:
    """Returns the newest file of each kind."""
    by_kind = {one.kind: one for one in sorted(files, key=lambda one: (one.as_of, one.imported_at))}
    return [by_kind[kind] for kind in FileKind if kind in by_kind]


def age(files: Iterable[Kept], today: date) -> int | None:
    """Returns the age in days of the newest list of all services, or None if there is no list."""
    lists = [one.as_of for one in files if one.kind.lists_all]
    return (today - max(lists)).days if lists else None


def ratings_age(files: Iterable[Kept], today: date) -> int | None:
    """Returns the age in days of the newest file that states ratings, or None if there is no such file."""
    rated = [one.as_of for one in files if one.kind is not FileKind.DIRECTORY]
    return (today - max(rated)).days if rated else None


def register_json(extent: Extent, files: Sequence[Kept], today: date) -> Json:
    return {
        "registered": extent.registered,
        "left": extent.left,
        "since": extent.since.isoformat() if extent.since else None,
        "age_days": age(files, today),
        "ratings_age_days": ratings_age(files, today),
        "files": [_kept_json(one) for one in files],
    }


def _kept_json(one: Kept) -> Json:
    return {
        "kind": one.kind,
        "name": one.name,
        "as_of": one.as_of.isoformat(),
        "imported_at": stamp(one.imported_at),
        "locations": one.locations,
        "ratings": one.ratings,
        "joined": one.joined,
        "left": one.left,
        "url": one.source.url if one.source else None,
    }


def register_text(extent: Extent, files: Sequence[Kept], today: date) -> str:
    if not files:
        return "The register is empty: fill it with cqc-monitor register refresh, or with register import FILE."
    days = age(files, today)
    since = f", {counted(extent.left, 'has', 'have')} left since {day(extent.since)}" if extent.since else ""
    lines = [f"{counted(extent.registered, 'service is', 'services are')} registered{since}."]
    for one in newest(files):
        old = counted((today - one.as_of).days, "day")
        lines.append(f"  {one.kind}: {day(one.as_of)}, {old} old ({plain(one.name)})")
    if days is not None and days > OLD.days:
        lines.append(f"The register is {days} days old: bring it up to date with cqc-monitor register refresh.")
    rated = ratings_age(files, today)
    if rated is not None and rated > OLD.days and (days is None or days <= OLD.days):
        lines.append(f"The register's ratings are {rated} days old: bring them up to date with cqc-monitor register refresh.")
    if all(one.kind is not FileKind.RATINGS for one in files):
        lines.append("No ratings file was imported, so the ratings of key questions and service groups are not known.")
    return "\n".join(lines)


def entry_json(entry: Entry) -> Json:
    return {
        "location_id": entry.location_id,
        "name": entry.name,
        "address": entry.address,
        "postcode": entry.postcode,
        "authority": entry.authority,
        "region": entry.region,
        "types": list(entry.types),
        "specialisms": list(entry.specialisms),
        "beds": entry.beds,
        "provider_id": entry.provider_id,
        "provider_name": entry.provider_name,
        "brand": entry.brand,
        "overall": entry.overall,
        "inherited": entry.inherited,
        "groups": [{"group": group, "rating": rating} for group, rating in entry.groups],
        "published": entry.published.isoformat() if entry.published else None,
        "listed_on": entry.listed_on.isoformat(),
        "left_on": entry.left_on.isoformat() if entry.left_on else None,
        "primary_id": entry.primary_id,
    }


def entry_text(entry: Entry) -> str:
    """Returns a service on two lines. The first line has its id, name and rating, and the second its types, address and
    provider."""
    rating = (entry.overall or "not rated") + (" (inherited)" if entry.inherited else "")
    gone = f", no longer registered since {day(entry.left_on)}" if entry.left_on else ""
    where = ", ".join(filter(None, (entry.address, entry.postcode, entry.authority)))
    what = "; ".join(filter(None, (", ".join(entry.types), where, entry.provider_name)))
    gone += f", registered twice and counted as {entry.primary_id}" if entry.primary_id else ""
    head = plain(f"{entry.name}: {rating}{gone}")  # a terminal would act on control characters
    return f"{plain(entry.location_id):<16} {head}\n{'':<16} {plain(what)}"
