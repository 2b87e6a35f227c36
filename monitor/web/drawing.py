"""Draws services on a map. Returns the marks, a grid, a scale and the names of towns. Pure.

The map shows only services, at the register's coordinates, without an outline of the area. The map uses one scale for east and
north, which is accurate enough for an area as small as a council's. Services whose marks would overlap share one mark, which
shows the number of services.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.register.movements import UNRATED
from monitor.reports.provider import MARKS
from monitor.store.places import Box, Place

WIDTH, TALLEST, SHORTEST, EDGE = 720, 900, 240, 28
"""The width of the drawing, its greatest and smallest height, and the space around the outermost services. The units are pixels
if the window is wide enough."""

CELL = 24
"""Services in the same square share one mark. The squares are not drawn. Their sides have this length, so that a person can tap
each mark with a finger."""

SMALLEST = 1.0
"""The smallest width and height of a map, in miles."""

MILE = 1 / 69.0
"""The length of a mile, in degrees of latitude."""

_MARGIN = 0.001
"""The space that is left around the services of a mark on the mark's own map, in degrees."""

STEPS = (0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200)
"""The possible sides of the squares of the grid that is drawn, in miles."""

MOST_TOWNS, FEWEST, LETTER = 12, 2, 7.5
"""How many town names a map shows, at most; how many services a town needs for its name to be shown; the width of a letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark for one or several services. `worst`: the worst rating, which is one of MARKS; `title`: the text of the mark;
    `places`: the services, worst first."""

    x: float
    y: float
    worst: str
    title: str
    places: tuple[Place, ...]

    @property
    def box(self) -> Box | None:
        """The area (south, north, west, east) whose map shows the mark's services separately. None if the mark has one service,
        or if the services are too close together for any map."""
        souths, wests = ([getattr(one, name) for one in self.places] for name in ("latitude", "longitude"))
        south, north, west, east = min(souths), max(souths), min(wests), max(wests)
        if len(self.places) == 1 or max(north - south, east - west) < 0.05 * MILE:
            return None
        return round(south - _MARGIN, 5), round(north + _MARGIN, 5), round(west - _MARGIN, 5), round(east + _MARGIN, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A map to draw. `down`, `across`: the positions of the lines of the grid that is drawn; `scale`: the length of a square's
    side on the drawing, and the same length in miles, as text; `towns`: the position (x, y) and the name of each town."""

    height: int
    marks: tuple[Mark, ...]
    down: tuple[float, ...]
    across: tuple[float, ...]
    scale: tuple[float, str]
    towns: tuple[tuple[float, float, str], ...]


def drawing(places: Sequence[Place]) -> Drawing | None:
    """Draws the map of some services. The worst mark is last, so that no other mark covers it. Returns None if no services are
    given."""
    if not places:
        return None
    frame = _Frame(places)
    cells: defaultdict[tuple[int, int], list[tuple[float, float, Place]]] = defaultdict(list)
    for one in places:
        x, y = frame.at(one)
        cells[int(x // CELL), int(y // CELL)].append((x, y, one))
    marks = sorted((_mark(some) for some in cells.values()), key=lambda one: (-MARKS.index(one.worst), one.y, one.x))
    step = next((one for one in STEPS if one * frame.mile >= WIDTH / 8), STEPS[-1])
    side = step * frame.mile
    return Drawing(
        height=frame.height,
        marks=tuple(marks),
        down=tuple(_every(side, WIDTH)),
        across=tuple(_every(side, frame.height)),
        scale=(round(side, 1), f"{step:g} {'mile' if step == 1 else 'miles'}"),
        towns=tuple(_towns(places, frame)),
    )


def mark_of(place: Place) -> str:
    """Returns the mark of a service, which is one of MARKS."""
    return place.overall if place.overall in MARKS and place.overall else UNRATED


class _Frame:
    """Converts coordinates into positions on the drawing. `mile`: the length of a mile on the drawing."""

    def __init__(self, places: Sequence[Place]) -> None:
        north, south = (best(one.latitude for one in places) for best in (max, min))
        east, west = (best(one.longitude for one in places) for best in (max, min))
        self._middle = ((north + south) / 2, (east + west) / 2)
        self._narrow = math.cos(math.radians(self._middle[0]))  # the length of a degree of longitude, in degrees of latitude
        wide = max((east - west) * self._narrow, SMALLEST * MILE)
        high = max(north - south, SMALLEST * MILE)
        room = WIDTH - 2 * EDGE
        self._degree = min(room / wide, (TALLEST - 2 * EDGE) / high)
        self.height = max(SHORTEST, round(high * self._degree) + 2 * EDGE)
        self.mile = self._degree * MILE

    def at(self, place: Place) -> tuple[float, float]:
        """Returns a service's distances from the left edge and from the top edge of the drawing."""
        x = WIDTH / 2 + (place.longitude - self._middle[1]) * self._narrow * self._degree
        return x, self.height / 2 - (place.latitude - self._middle[0]) * self._degree


def _mark(some: Sequence[tuple[float, float, Place]]) -> Mark:
    places = sorted((one for _, _, one in some), key=lambda one: (MARKS.index(mark_of(one)), one.name))
    counts = Counter(map(mark_of, places))
    if len(places) == 1:
        title = f"{places[0].name}: {mark_of(places[0])}"
    else:
        title = f"{len(places)} services close together: {', '.join(f'{counts[one]} {one}' for one in MARKS if counts[one])}"
    x, y = sum(one[0] for one in some) / len(some), sum(one[1] for one in some) / len(some)
    return Mark(x=round(x, 1), y=round(y, 1), worst=mark_of(places[0]), title=title, places=tuple(places))


def _every(side: float, length: float) -> Iterator[float]:
    return (round(n * side, 1) for n in range(1, math.ceil(length / side)))


def _towns(places: Sequence[Place], frame: _Frame) -> Iterator[tuple[float, float, str]]:
    """Yields the positions and names of the towns with the most services. Each name is in the middle of the town's services. A
    name that would overlap another name is left out."""
    there: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for one in places:
        if name := town_of(one):
            there[name].append(frame.at(one))
    taken: list[tuple[float, float, float]] = []
    for name, spots in sorted(there.items(), key=lambda one: (-len(one[1]), one[0])):
        half = len(name) * LETTER / 2
        x, y = (sorted(spot[n] for spot in spots)[len(spots) // 2] for n in (0, 1))
        x, y = min(max(x, half), WIDTH - half), max(y - 16, 14)
        free = all(abs(x - other) > half + wide or abs(y - high) > 18 for other, high, wide in taken)
        if len(spots) >= min(FEWEST, len(places)) and free and half * 2 < WIDTH and len(taken) < MOST_TOWNS:
            taken.append((x, y, half))
            yield round(x, 1), round(y, 1), name


def town_of(place: Place) -> str | None:
    """Returns the town in a service's address: the last part that is not the local authority and has no digits (as a postcode
    has). Returns None if the address has no such part."""
    parts = [part.strip() for part in (place.address or "").split(",")][1:]
    named = [one for one in parts if one and one != place.authority and not any(letter.isdigit() for letter in one)]
    return named[-1] if named else None
