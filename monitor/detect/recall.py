"""How many of CQC's publications a source of hints named, and how soon. Pure."""

from dataclasses import dataclass

COUNTED = 50
"""How many publications the recall of a source is measured on: the newest ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """Of the last `of` publications of watched services, how many a source named."""

    named: int
    of: int

    @property
    def share(self) -> float | None:
        """The share that it named, 0 to 1; None: nothing was published, so nothing is known."""
        return self.named / self.of if self.of else None

    def is_at_least(self, share: float) -> bool:
        """Whether it is known to name this share. Without a publication it is not known."""
        return self.share is not None and self.share >= share
