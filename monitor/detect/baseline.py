"""Makes the baseline of a service whose rating may have fallen before the service was added to a watchlist. So a fall before the
first check is reported, but only if the rating really fell. Pure.

A first check only sets the baseline and makes no events. But a service can join a watchlist *because* its rating fell: through
a rule about ratings, or when an old page links to a new profile. For such a service, a baseline from the first check would hide
the fall. So the earlier state of the service is used as its baseline. The next checks show the difference and confirm it like
any other difference, with the page as evidence.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time

from monitor import ratings
from monitor.model import IN_MEASURES, Aspect, Card, Holding, MeasuresState, Snapshot, Subject
from monitor.ratings import OVERALL, KeyQuestion, Rating
from monitor.register.entries import Entry

_MEASURES = Subject(aspect=Aspect.MEASURES)


def of_register(entry: Entry, former: Entry) -> Snapshot | None:
    """Returns the baseline of a service whose rating moved between two of CQC's monthly files. `former` is the service's entry
    in the earlier file, `entry` in the later file. The baseline contains only the ratings that moved, as the earlier file
    stated them. A difference between page and file in any other rating is not news. Returns None if no rating moved.

    If a service is rated by service group, the files state only the worst rating. If a group's present rating is worse than the
    former worst rating, the group's baseline is the former worst rating. Otherwise, the group's baseline is its present rating.
    """
    held = dict(_by_group(entry, former) if len(entry.groups) > 1 else _moved(entry, former))
    if not held:
        return None
    before, after = ratings.parse(former.overall or ""), ratings.parse(entry.overall or "")
    entered_since = isinstance(before, Rating) and before is not Rating.INADEQUATE and before is not after
    if entered_since:  # if the report that brought the fall also mentions special measures, that is news too
        held[_MEASURES] = Holding(value=MeasuresState.NOT_STATED, published=former.published)
    return Snapshot(
        location_id=entry.location_id,
        seq=1,
        seen_at=datetime.combine(former.listed_on, time(), UTC),
        card=Card(name=entry.name, address=entry.address, provider_name=entry.provider_name),
        holdings=tuple(sorted(held.items())),
    )


def _moved(entry: Entry, former: Entry) -> Iterator[tuple[Subject, Holding]]:
    for question in (None, *KeyQuestion):
        before, after = (ratings.parse(one.rating(question) or "") for one in (former, entry))
        if isinstance(before, Rating) and after is not None and after is not before:
            subject = Subject(aspect=Aspect.RATING, of=question or OVERALL)
            yield subject, Holding(value=before, published=former.published)


def _by_group(entry: Entry, former: Entry) -> Iterator[tuple[Subject, Holding]]:
    before = ratings.parse(former.overall or "")
    now = {group: stated for group, text in entry.groups if (stated := ratings.parse(text)) is not None}
    if before is None or not any(_fell(before, stated) for stated in now.values()):
        return
    for group, stated in now.items():
        held = Holding(value=before, published=former.published) if _fell(before, stated) else Holding(value=stated)
        yield Subject(aspect=Aspect.RATING, group=group, of=OVERALL), held


def _fell(before: object, after: object) -> bool:
    return isinstance(before, Rating) and isinstance(after, Rating) and ratings.fell(before, after)


def of_profile(first: Snapshot, former: Snapshot) -> Snapshot:
    """Returns the baseline of a new profile. `first` is what the first check found, `former` is the last state under the former
    profile. For each subject, the baseline is what the first check found. But if this is worse than the last state and was
    published later, the baseline is the last state. A rating that was only inherited is not news.

    The former profile's state can be the baseline only for ratings, special measures and enforcement.
    """
    before = dict(former.holdings)
    last = _newest(former)
    own = _newest(first)

    def start(subject: Subject, seen: Holding) -> Holding:
        was = _was(before, subject)
        published, known = seen.published or own, (was.published if was else None) or last
        inherited = published is not None and known is not None and published <= known
        return was if was is not None and not inherited and _is_worse(subject, seen, was) else seen

    return replace(first, holdings=tuple((subject, start(subject, seen)) for subject, seen in first.holdings))


def _was(before: dict[Subject, Holding], subject: Subject) -> Holding | None:
    """The earlier state of a subject. If a rating's service group has another name under the new profile, the worst earlier
    rating is used."""
    if subject in before or subject.aspect is not Aspect.RATING:
        return before.get(subject)
    alike = [held for one, held in before.items() if one.aspect is Aspect.RATING and one.of == subject.of]
    rated = [held for held in alike if held.value in set(Rating)]
    return min(rated, key=lambda held: ratings.severity(Rating(str(held.value))), default=None)


def _is_worse(subject: Subject, seen: Holding, was: Holding) -> bool:
    if subject.aspect is Aspect.RATING:
        return _fell(ratings.parse(str(was.value)), ratings.parse(str(seen.value)))
    if subject.aspect is Aspect.MEASURES:
        return seen.value in IN_MEASURES and was.value not in IN_MEASURES
    if subject.aspect is Aspect.ENFORCEMENT and isinstance(seen.value, tuple) and isinstance(was.value, tuple):
        return not set(seen.value) <= set(was.value)
    return False


def _newest(snapshot: Snapshot) -> date | None:
    dated = [held.published for subject, held in snapshot.holdings if subject.aspect is Aspect.RATING and held.published]
    return max(dated, default=None)
