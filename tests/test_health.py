"""What is wrong with the monitor: seen in time, said in one line with what to do, and never said of one that works."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.health import Health, judged
from monitor.outage import Outage
from monitor.store.figures import Figures, ServiceState
from monitor.store.looks import Watched
from monitor.store.outbox import Listed
from monitor.store.switches import ALL_MAIL, SwitchedOff

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def ago(**length: float) -> datetime:
    """So long before noon."""
    return NOON - timedelta(**length)


WELL = Figures(
    services={state: 3 if state is ServiceState.READ_WELL else 0 for state in ServiceState},
    due=0,
    due_since=None,
    last_read_at=ago(minutes=5),
    oldest_read_at=ago(hours=5),
    messages={"pending": 0, "sent": 9, "dead": 0, "dropped": 0},
    waiting=2,
    owed_since=None,
    workers=1,
    dead_workers=0,
    switched_off=0,
    site_blind=False,
)
SLACK = "slack:https://hooks.slack.com/services/T0/B0/s3cr3ts3cr3tx9Qz"


def health(
    figures: Figures,
    services: tuple[Watched, ...] = (),
    unsent: tuple[Listed, ...] = (),
    off: tuple[SwitchedOff, ...] = (),
    outage: Outage | None = None,
) -> Health:
    """How a monitor of these numbers is at noon, with the default settings."""
    return judged(
        figures, services, unsent, off, outage, check_every=timedelta(hours=6), stale_after=timedelta(hours=48), now=NOON
    )


def with_services(**values: object) -> tuple[Watched, ...]:
    """One watched service, read an hour ago."""
    row: dict[str, object] = {
        "location_id": "1-2235535718",
        "watchlists": ("Leeds",),
        "added_at": ago(days=90),
        "looked_at": ago(hours=1),
        "read_at": ago(hours=1),
        "next_look_at": NOON,
        "failures": 0,
        "trouble": None,
        "suspicions": (),
        "snapshot": None,
    }
    return (Watched(**row | values),)  # type: ignore[arg-type]


def letter(**values: object) -> tuple[Listed, ...]:
    """One message of the outbox."""
    row: dict[str, object] = {
        "id": "1f0c82ab",
        "kind": "alert",
        "address": SLACK,
        "state": "pending",
        "due_at": NOON,
        "attempts": 0,
        "reply": None,
    }
    return (Listed(**row | values),)  # type: ignore[arg-type]


ALONE = replace(WELL, workers=0)
DUE = replace(WELL, due=2, due_since=ago(minutes=30), last_read_at=ago(hours=1))


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        pytest.param(DUE, "2 looks are due since", id="a daemon that reads nothing though looks are due"),
        pytest.param(replace(DUE, last_read_at=None), "never yet", id="a daemon that never read anything"),
        pytest.param(
            replace(DUE, workers=0, due_since=ago(days=3), last_read_at=ago(days=3)),
            "start cqc-monitor run",
            id="a daemon stopped days ago",
        ),
        pytest.param(replace(DUE, workers=0, dead_workers=1), "2 looks are due since", id="a daemon that died half an hour ago"),
        pytest.param(
            replace(ALONE, dead_workers=1), "the daemon ended without a word", id="a daemon that died before anything is due"
        ),
        pytest.param(
            replace(WELL, owed_since=ago(minutes=61)), "a message waits since", id="a message on its way for over an hour"
        ),
        pytest.param(
            replace(ALONE, owed_since=ago(minutes=61)), "or cqc-monitor deliver", id="a message that nobody sends at all"
        ),
    ],
)
def test_what_the_numbers_say_is_wrong(figures: Figures, said: str) -> None:
    wrong = health(figures).wrong
    assert any(said in line for line in wrong), wrong
    assert "s3cr3t" not in str(wrong)


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        pytest.param("key", "slack:hooks.slack.com/…x9Qz: 404 no_service", id="a Slack channel"),
        pytest.param(ALL_MAIL, "all email: 404 no_service", id="the mail server"),
    ],
)
def test_what_is_switched_off_is_named_without_its_secret(scope: str, said: str) -> None:
    off = SwitchedOff(scope=scope, address=SLACK, since=ago(hours=1), reason="404 no_service", next_test_at=NOON)
    (line,) = health(WELL, off=(off,)).wrong
    assert said in line and "cqc-monitor test" in line and "s3cr3t" not in line


def test_an_outage_of_cqcs_site_is_named() -> None:
    outage = Outage(since=ago(hours=2), reason="CQC answered 503", pauses=3, leave_alone_until=NOON, told=True, quiet_until=None)
    (line,) = health(WELL, outage=outage).wrong
    assert "CQC's site can't be read since" in line and "CQC answered 503" in line


@pytest.mark.parametrize(
    ("services", "unsent", "said"),
    [
        pytest.param(
            with_services(read_at=ago(hours=49)), (), "not read well for too long: 1-2235535718", id="a service not read for long"
        ),
        pytest.param(
            with_services(read_at=None, added_at=ago(hours=49)), (), "not read well for too long", id="a service never read"
        ),
        pytest.param(
            with_services(failures=2, trouble="CQC answered 503"),
            (),
            "not read well at the last look: 1-2235535718: CQC answered 503",
            id="a service not read at the last look",
        ),
        pytest.param((), letter(state="dead", reply="550 no"), "outbox retry 1f0c82ab or drop", id="a dead letter"),
        pytest.param((), letter(attempts=1, reply="451 later"), "not taken yet: alert to slack:", id="a message not taken yet"),
    ],
)
def test_what_services_and_messages_say_is_wrong(services: tuple[Watched, ...], unsent: tuple[Listed, ...], said: str) -> None:
    wrong = health(WELL, services, unsent).wrong
    assert len(wrong) == 1 and said in wrong[0]
    assert "s3cr3t" not in wrong[0]


@pytest.mark.parametrize(
    "figures",
    [
        pytest.param(WELL, id="all read, nothing due"),
        pytest.param(replace(WELL, due=900, due_since=ago(hours=3)), id="many looks due, and one read a moment ago"),
        pytest.param(replace(WELL, due=1, due_since=ago(minutes=9), last_read_at=ago(hours=6)), id="a look due for a moment"),
        pytest.param(replace(WELL, due=1, due_since=ago(minutes=9), last_read_at=None), id="a first service just added"),
        pytest.param(
            replace(ALONE, due=9, due_since=ago(hours=5), last_read_at=ago(hours=5)), id="no daemon, and check run by a timer"
        ),
        pytest.param(replace(WELL, owed_since=ago(minutes=59)), id="a message on its way"),
        pytest.param(replace(WELL, workers=3, dead_workers=1), id="one of four workers dead: the others do its work"),
    ],
)
def test_a_monitor_that_works_is_not_called_wrong(figures: Figures) -> None:
    assert health(figures, with_services(), letter()).wrong == ()


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        pytest.param(
            replace(ALONE, services=dict.fromkeys(ServiceState, 0), last_read_at=None),
            "Nothing is watched yet",
            id="nothing watched",
        ),
        pytest.param(ALONE, "No daemon is at work", id="no daemon"),
    ],
)
def test_what_may_be_meant_so_is_a_remark_only(figures: Figures, said: str) -> None:
    assert health(figures).wrong == () and said in health(figures).remarks[0]


def test_of_very_many_only_some_are_named() -> None:
    services = tuple(with_services(location_id=f"1-{number:09}", failures=1, read_at=ago(days=9))[0] for number in range(500))
    wrong = health(WELL, services).wrong
    assert len(wrong) == 22 and "480 more" in wrong[0] and "480 more" in wrong[-1]
