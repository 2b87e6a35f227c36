"""Tests the page of the rota: changing the rota, its gaps, errors in a wrong rota, and an alert to the person on call."""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page

from tests.conftest import World
from tests.simulated.services import Service
from tests.web.conftest import Pages, assert_usable, done

PATH = "/watchlists/North%20team/rota"


def test_a_rota_is_saved_and_its_gaps_are_shown(fallen: Pages, fallen_page: Page) -> None:
    fallen.sign_in(fallen_page, "editor")
    fallen_page.goto(f"{fallen.url}/watchlists/North%20team/settings")
    fallen_page.get_by_role("link", name="Rota").click()
    assert "There is no rota" in fallen_page.locator("main").inner_text()
    assert_usable(fallen_page)
    fallen_page.get_by_label("People, in order").fill("priya@council.example, Mon-Fri, 17:00-09:00\nnobody, whenever")
    fallen_page.get_by_label("Office hours").fill("Mon-Fri, 9 to 17")
    fallen_page.get_by_role("button", name="Save").click()
    assert "“nobody, whenever”: " in fallen_page.locator("main").inner_text()
    assert_usable(fallen_page)
    fallen_page.get_by_label("People, in order").fill("priya@council.example, Mon-Fri, 17:00-09:00")
    fallen_page.get_by_role("button", name="Save").click()
    said = fallen_page.locator("main").inner_text()
    assert "Nobody is on call at these times: Saturday 9:00am to Monday 9:00am" in said
    assert_usable(fallen_page)


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"people": "slack:https://hooks.slack.com/services/a/b/c"}, "the email address or the mobile number of one person"),
        ({"people": "07700 900123"}, "text messages are not set up"),
        ({"people": "a@b.example", "office": "sometimes"}, "write hours like"),
    ],
)
def test_an_error_in_a_rota_is_shown_beside_the_typed_text(fallen: Pages, form: dict[str, str], says: str) -> None:
    with fallen.client("editor") as client:
        answer = client.post(PATH, data=form)
    assert answer.status_code == 422 and says.casefold() in answer.text.casefold() and form["people"] in answer.text
    assert fallen.app.store.rotas.of("North team").turns == ()


def test_the_person_on_call_gets_the_alert(world: World) -> None:
    from monitor.app import build
    from monitor.rota import Rota, Turn
    from monitor.settings import load

    service = Service(location_id="1-2235535718", name="Larch Grove")
    world.site.add([service])
    done(world, "watch", "add", "Leeds", "1-2235535718")
    app = build(load())
    app.store.rotas.save("Leeds", Rota(turns=(Turn(address="mailto:priya@council.example"),)), None, datetime.now(UTC))
    app.store.close()
    done(world, "check")
    service.inspect(on=date(2026, 10, 1), published=date(2026, 11, 20), overall="Inadequate", safe="Inadequate")
    done(world, "check")
    done(world, "deliver")
    (mail,) = world.mail.to("priya@council.example")
    assert mail.subject.startswith("On call: Inadequate") and "You are on call for the watchlist Leeds." in mail.text
    assert "you are on the rota of the watchlist Leeds" in mail.text
