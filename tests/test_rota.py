"""Tests who is on call at a given time: at weekends, at night, when the clocks change, in gaps, and if people are away."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from monitor.errors import UsageError
from monitor.mailbox import mailbox_of
from monitor.rota import Hours, Rota, Turn, hours_in, names, office_in, turns_in, written
from monitor.text import LONDON
from monitor.web.forms import day_of

PRIYA, SAM, LEE = (f"mailto:{one}@council.example" for one in ("priya", "sam", "lee"))


def address(text: str) -> str:
    return f"mailto:{mailbox_of(text)}"


def rota(text: str, office: str = "Mon-Fri, 09:00-17:00") -> Rota:
    return Rota(turns=turns_in(text, address, day_of), office=hours_in(office) if office else None)


NIGHTS = rota(
    """priya@council.example, Mon-Thu, 17:00-09:00
       sam@council.example, Fri, 17:00-09:00
       lee@council.example, Sat Sun, 09:00-09:00"""
)


def at(text: str, fold: int = 0) -> datetime:
    """Converts a time in London to UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (at("2026-11-23T12:00"), None),  # a Monday, in office hours
        (at("2026-11-23T16:59"), None),
        (at("2026-11-23T17:00"), PRIYA),
        (at("2026-11-24T00:00"), PRIYA),  # across midnight
        (at("2026-11-24T08:59"), PRIYA),
        (at("2026-11-24T09:00"), None),
        (at("2026-11-27T16:59"), None),  # a Friday
        (at("2026-11-27T17:00"), SAM),
        (at("2026-11-28T08:59"), SAM),
        (at("2026-11-28T09:00"), LEE),  # Saturday
        (at("2026-11-29T23:59"), LEE),
        (at("2026-11-30T08:59"), LEE),  # on Sundays, the person is on call until Monday at 09:00
        (at("2026-11-30T09:00"), None),
        (at("2026-11-23T08:59"), LEE),
        (at("2026-12-25T12:00"), None),  # the program doesn't know bank holidays, so office hours apply
    ],
)
def test_the_first_person_on_call_at_a_given_time_is_found(now: datetime, told: str | None) -> None:
    assert NIGHTS.first(now) == told


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), PRIYA),  # 00:59, before the clocks go forward
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), SAM),  # 02:00
        (datetime(2026, 3, 29, 1, 59, tzinfo=UTC), SAM),  # 02:59
        (datetime(2026, 3, 29, 2, 0, tzinfo=UTC), PRIYA),  # 03:00
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), LEE),  # 01:30, the first time
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), LEE),  # 01:30, the second time
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), SAM),  # 02:00
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), PRIYA),  # 00:30 in summer time
    ],
)
def test_the_hours_of_a_rota_follow_the_clocks_in_london(now: datetime, told: str) -> None:
    by_clock = rota(
        "priya@council.example, every day, 03:00-01:00\nlee@council.example, every day, 01:00-02:00\n"
        "sam@council.example, every day, 02:00-03:00",
        office="",
    )
    assert by_clock.first(now) == told


NIGHT = at("2026-11-23T20:00")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("priya@council.example, all day\nsam@council.example, all day", [PRIYA, SAM]),
        ("priya@council.example, Sat\nsam@council.example, all day", [SAM, PRIYA]),
        ("priya@council.example, Sat\nsam@council.example, Sun", [PRIYA, SAM]),  # nobody is on call, so the first is alerted
        ("priya@council.example, deputy lee@council.example, away until 23 November 2026\nsam@council.example", [LEE, SAM]),
        ("priya@council.example, deputy lee@council.example, away until 22 November 2026\nsam@council.example", [PRIYA, SAM]),
        ("priya@council.example, away until 1 December 2026\nsam@council.example, Sat", [SAM]),
        ("priya@council.example, away until 1 December 2026", []),
        ("priya@council.example, deputy sam@council.example, away until 1 December 2026\nsam@council.example", [SAM]),
        ("", []),
        (
            "priya@council.example, deputy sam@council.example, away until 1 December 2026\n"
            "sam@council.example, away until 1 December 2026\nlee@council.example",
            [LEE],
        ),
    ],
    ids=["everybody is on call", "the second person is on call", "nobody is on call", "a deputy replaces a person who is away",
         "the first person is back again", "the first person is away", "everybody is away", "a deputy is also on the rota",
         "there is no rota", "a deputy is away"],
)
def test_people_are_alerted_in_the_right_order(text: str, told: list[str]) -> None:
    one, found = rota(text), list[str]()
    while (following := one.following(NIGHT, found)) is not None:
        found.append(following)
    assert found == told and one.first(NIGHT) == (told[0] if told else None)


def test_a_person_who_has_left_is_treated_as_away() -> None:
    one = rota("priya@council.example, deputy sam@council.example\nlee@council.example, deputy priya@council.example", office="")
    without = replace(one, gone=frozenset({PRIYA, LEE}))
    assert (one.first(NIGHT), without.first(NIGHT), without.following(NIGHT, [SAM])) == (PRIYA, SAM, None)
    assert without.gaps(NIGHT) == [] and replace(one, gone=frozenset({PRIYA, SAM, LEE})).gaps(NIGHT) == ["all the time"]


@pytest.mark.parametrize(
    ("one", "gaps"),
    [
        (NIGHTS, []),
        (rota("priya@council.example, Mon-Fri, 17:00-09:00"), ["Saturday 9:00am to Monday 9:00am"]),
        (rota("priya@council.example, every day, 08:00-20:00", office=""), [
            *(f"{one} 8:00pm to {following} 8:00am" for one, following in zip(
                ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
                ("Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Monday"), strict=True)),
        ]),
        (rota("priya@council.example, away until 1 December 2026", office=""), ["all the time"]),
        (rota("priya@council.example, deputy sam@council.example, away until 1 December 2026"), []),
        (Rota(), []),
        (rota("priya@council.example, Mon-Sat, all day", office=""), ["Sunday midnight to Monday midnight"]),
    ],
)  # fmt: skip
def test_the_gaps_of_a_rota_are_listed(one: Rota, gaps: list[str]) -> None:
    assert one.gaps(NIGHT) == gaps


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Mon-Fri, 17:00-09:00", Hours(frozenset(range(5)), time(17), time(9))),
        ("monday to friday, 17 to 9", Hours(frozenset(range(5)), time(17), time(9))),
        ("Fri-Mon", Hours(frozenset({4, 5, 6, 0}))),
        ("Sat and Sun, all day", Hours(frozenset({5, 6}))),
        ("every day, 18:30 – 07:15", Hours(begin=time(18, 30), end=time(7, 15))),
        ("", Hours()),
        ("Mondays, 09:00-24:00", Hours(frozenset({0}), time(9), time())),
        ("Mon-Fri 9-17", Hours(frozenset(range(5)), time(9), time(17))),
        ("Mon-Fri, 09:00-05:00", Hours(frozenset(range(5)), time(9), time(5))),
        ("Monday to Friday", Hours(frozenset(range(5)))),
        ("Mon - Fri, all day", Hours(frozenset(range(5)))),
        ("Monday – Friday", Hours(frozenset(range(5)))),
        ("Monday—Friday until 17:00", None),
        ("Mon - Fri, 17:00 until 09:00", Hours(frozenset(range(5)), time(17), time(9))),
        ("Mon Fri", Hours(frozenset({0, 4}))),
        ("Sat, 09:00-09:00", Hours(frozenset({5}), time(9), time(9))),
        ("sss", None),
        ("Mon-Fri 9-5", None),
        ("Mon-Fri 9:00-5:00", None),
        ("12-8", None),
        ("9am-5pm", None),
        ("9-5pm", None),
        ("Mon-", None),
        ("Mon-Wed-Fri", None),
        ("Mon-Fri, 17:00-09:00, all day", None),
        ("Mon-Fri, 17:00-09:00, Sat Sun, 09:00-17:00", None),
    ],
)
def test_hours_that_a_person_writes_are_read_or_refused(text: str, hours: Hours | None) -> None:
    if hours is None:
        with pytest.raises(UsageError, match="write "):
            hours_in(text)
    else:
        assert hours_in(text) == hours == hours_in(hours.words)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Mon-Fri, 09:00-17:00", True), ("Monday to Friday", True), ("every day, 12:00-24:00", True),
        ("Mon-Fri, 09:00-05:00", False), ("Mon-Fri 9-5", False), ("Mon-Fri, 17:00-09:00", False),
    ],
)  # fmt: skip
def test_office_hours_must_end_on_the_same_day(text: str, is_one: bool) -> None:
    if is_one:
        assert office_in(text) == hours_in(text)
    else:
        with pytest.raises(UsageError, match=r"office hours|in full"):
            office_in(text)


def test_the_audit_log_does_not_contain_full_telephone_numbers() -> None:
    assert names(Rota(turns=(Turn(address=PRIYA), Turn(address="sms:+447700900123")))) == "priya@council.example and sms:…0123"


def test_a_rota_is_read_and_written_in_the_same_form() -> None:
    text = "priya@council.example, Mon-Fri, 17:00-09:00, deputy sam@council.example, away until 12 December 2026"
    (turn,) = turns_in(text, address, day_of)
    assert turn == Turn(
        address=PRIYA, hours=Hours(frozenset(range(5)), time(17), time(9)), deputy=SAM, away_until=date(2026, 12, 12)
    )
    assert written(Rota(turns=(turn,))) == text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nobody", "not an email address"),
        ("priya@council.example, whenever", "write hours like Mon-Fri"),
        ("priya@council.example, 25:00-09:00", "write hours from 00:00"),
        ("priya@council.example, away until soon", "write the day like"),
        ("a@b.example\nb@b.example\nc@b.example\nd@b.example", "no more than 3 people"),
        ("a@b.example\na@b.example, Sat", "is written twice"),
    ],
)
def test_the_refusal_of_a_rota_says_what_is_unusable(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        turns_in(text, address, day_of)
