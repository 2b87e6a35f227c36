"""A report's counts of an area: beds, ages of ratings, and key questions. Pure."""

from dataclasses import dataclass

from monitor.ratings import KeyQuestion

BANDS = ("less than 1 year", "1 to 2 years", "2 to 3 years", "3 to 4 years", "4 years or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beds:
    """The beds of care homes. All beds of a home with nursing are counted as nursing beds. `silent` is the number of homes whose
    beds no file states."""

    homes: int
    nursing: int
    residential: int
    silent: int

    @property
    def total(self) -> int:
        """All known beds."""
        return self.nursing + self.residential

    @property
    def per_home(self) -> float | None:
        """The average number of beds in homes whose beds are known; None if there are no such homes."""
        told = self.homes - self.silent
        return self.total / told if told else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages:
    """How long ago services were rated. `numbers` are the numbers of services for each of BANDS. `undated` is how many services
    have a rating without a date in the files. `median_years` is None if no rating has a date."""

    numbers: tuple[int, ...]
    undated: int
    median_years: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The counts for a key question: how many services have a rating for this question, and how many of the ratings are below
    good."""

    question: KeyQuestion
    rated: int
    requires_improvement: int
    inadequate: int

    @property
    def below_good(self) -> int:
        """How many ratings are requires improvement or inadequate."""
        return self.requires_improvement + self.inadequate
