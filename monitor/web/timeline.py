"""Draws a service's ratings over time. A step is the state of one rating and its score from a day on. This module turns snapshots
into steps, and steps into lines to draw. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from monitor.model import Aspect, Holding, Snapshot
from monitor.ratings import OVERALL, SUBJECTS, Rating
from monitor.text import day_in_london

WIDTH, LEFT, RIGHT, TOP, LANE, LEVEL = 900, 250, 40, 10, 100, 22
"""The measures of the drawing, in its own units: its width; the space on the left, on the right and above the lines; the height
of a lane; and the distance between the lines of two ratings."""

_TODAY = 24
"""How far the lines continue beyond today, so that a fall this week is visible."""

_LEVELS = tuple(Rating)  # the best rating is first, so it is at the top
_LOWEST, _HIGHEST = 25, 100  # scores. Source: docs/facts/ratings.md, SAF scoring


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The state from a day on. `rating` is a rating, or the reason that CQC states in its place. Rating or score is None if CQC
    does not state it."""

    since: date
    rating: str | None
    score: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One lane of the drawing, for the overall rating or a key question. `rating` and `score` are SVG paths ("" if there is
    nothing to draw), `top` is the upper edge of the lane, and `last` is the current state (None if CQC never stated a rating or
    score)."""

    of: str
    top: int
    rating: str
    score: str
    last: Step | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The ratings and scores of one service group. `group` is "" if CQC rates the service as a whole.

    rows   the rows of a table: each day when something changed, and the state from that day on, in the order of SUBJECTS
    years  the position at which each year begins, and the year
    """

    group: str
    lanes: tuple[Lane, ...]
    rows: tuple[tuple[date, tuple[Step | None, ...]], ...]
    years: tuple[tuple[float, int], ...]
    height: int

    @property
    def has_scores(self) -> bool:
        """Whether the timeline shows any score."""
        return any(lane.score for lane in self.lanes)


def timelines(snapshots: Sequence[Snapshot], now: datetime) -> list[Timeline]:
    """Returns a timeline for each service group that is or was rated, current groups first."""
    present = _groups(snapshots[-1:])
    groups = [*sorted(present), *sorted(_groups(snapshots) - present)]
    return [_timeline(group, snapshots, day_in_london(now)) for group in groups]


def _groups(snapshots: Iterable[Snapshot]) -> set[str]:
    return {
        subject.group
        for one in snapshots
        for subject, _ in one.holdings
        if subject.aspect in (Aspect.RATING, Aspect.SCORE) and subject.of in SUBJECTS
    }


def _timeline(group: str, snapshots: Sequence[Snapshot], today: date) -> Timeline:
    steps = {of: _steps(group, of, snapshots) for of in SUBJECTS}
    days = sorted({step.since for track in steps.values() for step in track})
    first = min([*days, today])
    scale = _Scale(first, max(today, *days) if days else today)
    lanes = [
        Lane(
            of=of,
            top=TOP + at * LANE,
            rating=_path([(scale.x(step.since), _rating_y(step.rating)) for step in track], scale.end),
            score=_path([(scale.x(step.since), _score_y(step.score)) for step in track], scale.end),
            last=track[-1] if track else None,
        )
        for at, (of, track) in enumerate(steps.items())
    ]
    rows = tuple((day, tuple(_at(steps[of], day) for of in SUBJECTS)) for day in reversed(days))
    return Timeline(group=group, lanes=tuple(lanes), rows=rows, years=scale.years(), height=TOP + LANE * len(lanes) + 30)


def _steps(group: str, of: str, snapshots: Sequence[Snapshot]) -> list[Step]:
    steps: list[Step] = []
    told: list[bool] = []  # whether the step's date comes from CQC; otherwise it is the day when we saw the state
    for snapshot in snapshots:
        rated, scored = (_held(snapshot, aspect, group, of) for aspect in (Aspect.RATING, Aspect.SCORE))
        rating = str(rated.instead or rated.value) if rated else None
        score = scored.value if scored and isinstance(scored.value, int) else None
        before = (steps[-1].rating, steps[-1].score) if steps else (None, None)
        if (rating, score) == before:
            continue
        seen = day_in_london(snapshot.seen_at)
        compared = ((rated, before[0], rating), (scored, before[1], score))
        moved = [one.published for one, was, now in compared if one and was != now and one.published]
        # If a reason has replaced a rating, or CQC no longer states the rating, the new state begins when we saw the change,
        # because the stated date belongs to the old rating.
        withdrawn = bool(steps) and (rated is None or rated.instead is not None)
        last = next((step.since for step, is_told in zip(reversed(steps), reversed(told), strict=True) if is_told), None)
        published = None if withdrawn else max(moved, default=_published(snapshot, group, after=last))
        # An earlier check may have read only a part of this publication, without its date. The step from that check then begins
        # on a later day, and is removed, because this step replaces it.
        if published is not None:
            while steps and not told[-1] and steps[-1].since > published:
                steps.pop()
                told.pop()
        since = min(published or seen, seen)
        steps.append(Step(since=max(since, steps[-1].since) if steps else since, rating=rating, score=score))
        told.append(published is not None)
    return steps


def _published(snapshot: Snapshot, group: str, after: date | None) -> date | None:
    """Returns the date of the overall rating, which also applies to undated ratings of the same publication. Returns None if the
    date is missing, or is not later than `after`."""
    overall = _held(snapshot, Aspect.RATING, group, OVERALL)
    published = overall.published if overall and overall.instead is None else None
    return published if published and (after is None or published > after) else None


def _held(snapshot: Snapshot, aspect: Aspect, group: str, of: str) -> Holding | None:
    here = (aspect, group, of)
    return next((held for subject, held in snapshot.holdings if (subject.aspect, subject.group, subject.of) == here), None)


def _at(track: Sequence[Step], day: date) -> Step | None:
    return next((step for step in reversed(track) if step.since <= day), None)


class _Scale:
    """The horizontal scale, in days."""

    def __init__(self, first: date, last: date) -> None:
        self._first, self._days = first, max(1, (last - first).days)
        self._last = last
        self.end = float(WIDTH - RIGHT)

    def x(self, day: date) -> float:
        return round(LEFT + (self.end - _TODAY - LEFT) * (day - self._first).days / self._days, 1)

    def years(self) -> tuple[tuple[float, int], ...]:
        """Returns the years that the scale shows, at most eight, and their positions."""
        begun = range(self._first.year + 1, self._last.year + 1)
        return tuple((self.x(date(year, 1, 1)), year) for year in begun[:: max(1, -(-len(begun) // 8))])


def _rating_y(rating: str | None) -> int | None:
    return LEVEL // 2 + LEVEL * _LEVELS.index(Rating(rating)) if rating in set(Rating) else None


def _score_y(score: int | None) -> float | None:
    if score is None:
        return None
    share = (_HIGHEST - min(max(score, _LOWEST), _HIGHEST)) / (_HIGHEST - _LOWEST)
    return round(LEVEL // 2 + share * LEVEL * (len(_LEVELS) - 1), 1)


def _path(points: Sequence[tuple[float, float | None]], end: float) -> str:
    """Returns the SVG path of the steps. The line is level until the next step, then goes up or down. No line is drawn for a step
    without a value."""
    path: list[str] = []
    drawn = False
    for (x, y), following in zip(points, [*(x for x, _ in points[1:]), end], strict=False):
        if y is None:
            drawn = False
            continue
        path += [f"V{y:g}" if drawn else f"M{x:g} {y:g}", f"H{max(following, x + 2):g}"]
        drawn = True
    return "".join(path)
