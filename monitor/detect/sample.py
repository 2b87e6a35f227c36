"""Chooses a stratified sample of services from CQC's files, to test whether CQC's site is read correctly. Pure."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

# Roughly when the Single Assessment Framework began. The date need not be exact, because it only spreads the sample.
_ASSESSMENTS_FROM = date(2023, 12, 1)

UNRATED_OF = 10
"""One in ten services of a sample is unrated. If a rating is read on the page of an unrated service, the rating was read by
mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A service that may be sampled. The fields are the same as in `register.Entry`; `kind` is the first of the service's
    types."""

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
    """The ids of the sampled services in random order, with the traits represented as evenly as possible. If there are fewer
    services than asked for, all are sampled."""
    every = list(candidates)
    rated = [one for one in every if one.overall is not None]
    unrated = [one for one in every if one.overall is None]
    few = max(min(number // UNRATED_OF, len(unrated)), number - len(rated))
    chosen = [*_evenly(rated, number - few, chance), *_evenly(unrated, few, chance)]
    chance.shuffle(chosen)
    return chosen


def _evenly(candidates: Sequence[Choice], number: int, chance: random.Random) -> list[str]:
    """Chooses one service after another. Each time, it chooses a service whose traits have been chosen least often."""
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
