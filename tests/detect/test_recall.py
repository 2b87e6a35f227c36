"""How many publications a source of hints named, and how soon."""

import pytest

from monitor.detect.recall import Recall


@pytest.mark.parametrize(
    ("named", "of", "share", "enough"),
    [(0, 0, None, False), (0, 4, 0.0, False), (19, 20, 0.95, True), (47, 50, 0.94, False), (50, 50, 1.0, True)],
)
def test_a_share_is_known_only_after_a_publication(named: int, of: int, share: float | None, enough: bool) -> None:
    recall = Recall(named=named, of=of)
    assert (recall.share, recall.is_at_least(0.95)) == (share, enough)
