"""Tests that an alert says in CQC's words why a service fell."""

from datetime import date

from tests.conftest import World
from tests.simulated.services import Service

HOME = "1-100000001"
UNSAFE = "Medicines were not managed safely."


def test_an_alert_quotes_the_report_on_why_a_service_fell(world: World) -> None:
    home = Service(location_id=HOME)
    world.site.add([home])
    world.done("watch", "add", "North team", HOME)
    world.done("check")
    world.done("subscribe", "North team", "mailto:lead@council.example", "--quiet")
    home.assess(
        on=date(2026, 10, 1),
        published=date(2026, 11, 20),
        overall="Inadequate",
        report="AP2001",
        scores={"Safe": 30},
        text=f"Oak House is a care home. {UNSAFE} At our last inspection staff were not trained.",
        safe="Inadequate",
    )
    world.done("check")
    world.done("deliver")
    (mail,) = world.mail.to("lead@council.example")
    text = " ".join(mail.text.split())
    assert "Why, from CQC's summary" in text and f"“{UNSAFE}”" in text
    assert "At our last inspection" not in text and "is a care home" not in text
