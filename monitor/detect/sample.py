"""Chooses a stratified sample of services from CQC's files, to test whether CQC's site is read correctly. Pure."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

# Roughly when the Single Assessment Framework began. It need not be exact: it only spreads the sample.
_ASSESSMENTS_FROM = date(2023, 12, 1)

UNRATED_OF = 10
"""One in this many services of a sample is unrated: on its page a rating can only be read by mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A service that may be sampled. Fields as in `register.Entry`; `kind` is the first of its types."""

    location_id: str
    kind: str
    overall: str | None
    published: date | None
    region: str | None

    @property
    def traits(self) -> tuple[str, ...]:
        """The traits that the sample is spread over: type of service, rating, framework (by the date), region."""
        framework = "" if self.published is None else "new" if self.published >= _ASSESSMENTS_FROM else "old"
        return (f"kind {self.kind}", f"rating {self.overall}", f"framework {framework}", f"region {self.region}")


def spread(candidates: Iterable[Choice], number: int, chance: random.Random) -> list[str]:
    """The ids of this many services (or of all if there are fewer), in random order, with the traits represented as evenly as
    possible."""
    every = list(candidates)
    rated = [one for one in every if one.overall is not None]
    unrated = [one for one in every if one.overall is None]
    few = max(min(number // UNRATED_OF, len(unrated)), number - len(rated))
    chosen = [*_evenly(rated, number - few, chance), *_evenly(unrated, few, chance)]
    chance.shuffle(chosen)
    return chosen


def _evenly(candidates: Sequence[Choice], number: int, chance: random.Random) -> list[str]:
    """Chooses one service after another, each time one whose traits have been chosen least often."""
    alike: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for one in candidates:
        alike[one.traits].append(one.location_id)
    for ids in alike.values():
        chance.shuffle(ids)
    kinds = list(alike)
    chance.shuffle(kinds)
    taken: Counter[str] = Counter()
    chosen: list[str] = []
    while kinds and len(chosen) < number:
        traits = min(kinds, key=lambda one: sum(taken[trait] for trait in one))
        taken.update(traits)
        chosen.append(alike[traits].pop())
        if not alike[traits]:
            kinds.remove(traits)
    return chosen
