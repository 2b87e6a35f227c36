"""Repeats three drills that other, well-known programs fail (docs/facts/peers.md, Drills). In each drill, five of thirty pages
change.
"""

import json
from datetime import date, timedelta

from tests.conftest import World
from tests.simulated.regulator import CHALLENGE
from tests.simulated.services import Service

LEAD = "lead@council.example"
TODAY = date(2026, 11, 20)


def thirty(world: World) -> list[Service]:
    """Returns thirty watched homes, all rated good."""
    homes = [Service(location_id=f"1-{1_000_000_000 + number}", name=f"Home {number:02d}") for number in range(30)]
    world.site.add(homes)
    world.done("watch", "add", "Leeds", *(home.location_id for home in homes))
    world.done("subscribe", "Leeds", f"mailto:{LEAD}", "--quiet")
    world.done("check")
    return homes


def five_change(homes: list[Service], rating: str, published: date) -> None:
    for home in homes[::6]:
        home.inspect(on=published - timedelta(weeks=6), published=published, overall=rating)


def subjects(world: World) -> list[str]:
    return sorted(mail.subject for mail in world.mail.to(LEAD))


FALLS = [f"Requires improvement: Home {number:02d}" for number in (0, 6, 12, 18, 24)]


def test_drill_a_falls_are_reported_later_if_the_receiver_refuses_the_first_messages(world: World) -> None:
    homes = thirty(world)
    five_change(homes, "Requires improvement", TODAY)
    world.mail.refuse(451, at="DATA")
    world.done("check")
    assert world.run("deliver")[0] == 1 and subjects(world) == []
    world.mail.accept()
    listed = json.loads(world.done("outbox", "list", "--json"))
    world.done("outbox", "retry", *(one["id"] for one in listed))
    world.done("check")
    world.done("deliver")
    assert subjects(world) == FALLS


def test_drill_b_neither_a_challenge_page_with_status_200_nor_its_end_is_reported(world: World) -> None:
    homes = thirty(world)
    world.site.fail(CHALLENGE)
    assert world.run("check")[0] == 1
    world.done("deliver")
    world.site.heal()
    world.done("check")
    world.done("deliver")
    assert subjects(world) == []
    five_change(homes, "Requires improvement", TODAY)
    world.site.fail(CHALLENGE)
    assert world.run("check")[0] == 1
    world.site.heal()
    world.done("check")
    world.done("deliver")
    assert subjects(world) == FALLS


def test_drill_e_a_fall_a_rise_and_a_second_fall_are_each_reported(world: World) -> None:
    homes = thirty(world)
    for number, rating in enumerate(("Requires improvement", "Good", "Requires improvement")):
        five_change(homes, rating, TODAY + timedelta(days=number))
        world.done("check")
        world.done("deliver")
    assert subjects(world) == sorted(FALLS * 2)
    told = world.done("events")
    assert told.count("overall") >= 15
