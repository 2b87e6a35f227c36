"""Simulates a year with many faults in minutes. Tests that every real fall and every real entry into special measures is reported
exactly once, and that no event is invented.

    YEAR_SERVICES=2000 YEAR_DAYS=365 python -m pytest tests/test_a_year.py -s

YEAR_SEED is the seed of the random numbers. With YEAR_HURRY=40, reports appear 40 times as often as in reality.
"""

import os
import time
import uuid
from pathlib import Path
from random import Random

import pytest

from tests.simulation.judgement import State, explains, figures, wrong
from tests.simulation.truth import mass_changes, truth
from tests.simulation.year import live

SERVICES, DAYS = int(os.environ.get("YEAR_SERVICES", "25")), int(os.environ.get("YEAR_DAYS", "40"))
HURRY = float(os.environ.get("YEAR_HURRY", "1" if SERVICES >= 1000 else "40"))
SEEDS = [int(os.environ["YEAR_SEED"])] if "YEAR_SEED" in os.environ else [1]


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_in_a_year_full_of_faults_no_fall_is_lost_or_invented(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = Random(seed)  # messages of equal rank are sent in the order of their ids, so the ids must be the same in each run
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=drawn.getrandbits(128), version=4))
    began = time.monotonic()
    year = live(truth(seed=seed, services=SERVICES, days=DAYS, hurry=HURRY), seed=seed, folder=tmp_path)
    print(f"\n{figures(year)}; simulated in {time.monotonic() - began:.0f} s")
    problems = wrong(year)
    assert not problems, f"{len(problems)} problems with seed {seed}:\n\n" + "\n\n".join(problems[:5])
    assert year.kills and year.events, "the year had no kills or no events, so it tested nothing"


@pytest.mark.slow
def test_no_fall_is_invented_if_the_program_is_killed_again_and_again_during_mass_changes(tmp_path: Path) -> None:
    seed = SEEDS[0]
    year = live(mass_changes(truth(seed=seed, services=50, days=30, hurry=4), seed), seed=seed, folder=tmp_path, kill_share=0.4)
    problems = wrong(year)
    assert not problems, f"{len(problems)} problems with seed {seed}:\n\n" + "\n\n".join(problems[:5])
    assert year.kills and year.events, "there were no kills or no events, so nothing was tested"


@pytest.mark.parametrize(
    ("true", "told", "holds"),
    [
        pytest.param("G R G", ["GR", "RG"], True, id="every change is reported"),
        pytest.param("G R G", [], False, id="a fall and a rise are not reported"),
        pytest.param("G r G", [], True, id="a rating that no check could see is not reported"),
        pytest.param("G r I", ["GI"], True, id="a short intermediate rating is not reported"),
        pytest.param("G R I", ["GI"], False, id="a long intermediate rating is not reported"),
        pytest.param("G R", ["GR", "RG", "GR"], False, id="a fall is reported twice, with a rise that never happened"),
        pytest.param("G G", ["GR"], False, id="a fall is invented"),
        pytest.param("G R", [], False, id="a fall is lost"),
        pytest.param("G I G*", ["GI"], True, id="an optional change is not reported"),
        pytest.param("G I G* R", ["GI", "GR"], True, id="the change after an optional change is reported"),
        pytest.param("G I G* R", ["GI", "IR"], False, id="the change after an optional change is reported from a wrong value"),
        pytest.param("G I G* R", ["GI"], False, id="the change after an optional change is not reported"),
        pytest.param("G I G*", [], False, id="the change before an optional change is not reported"),
    ],
)
def test_the_judge_of_the_simulation_accepts_only_correct_reports(true: str, told: list[str], holds: bool) -> None:
    """In `true`, a small letter is a rating that did not last. * marks an optional change: the program need not report the
    change to this rating."""
    states = [State(one[0].upper(), one[0].isupper(), one.endswith("*")) for one in true.split()]
    assert explains(states, [(one[0], one[1]) for one in told]) is holds
