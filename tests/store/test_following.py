"""Tests that a service that changes hands or moves stays watched under its new profile. Every fall during the change is reported.
A rating that the new profile only inherits is not reported. These tests cover everything from the page to the email.
"""

from datetime import date

import pytest
from markupsafe import Markup

from monitor.app import build, now
from monitor.events import Kind
from monitor.register.entries import Rule
from monitor.settings import load
from monitor.store.following import MOST_HOPS, profile_in
from tests.conftest import World
from tests.databases import each_database
from tests.simulated.services import ENTERED, Service, questions
from tests.store.listed import DECEMBER, NOVEMBER, OCTOBER, entry, listed

__all__ = ["each_database"]

pytestmark = pytest.mark.usefixtures("each_database")

OLD, NEW, THIRD = "1-100000001", "1-100000002", "1-100000003"
LEAD = "lead@council.example"


def leads_to(profile: str, why: str = "The provider of this service changed") -> Markup:
    """Returns CQC's notice on the page of an old profile, with the link to the new profile."""
    return Markup(f'{why} - <a href="/location/{profile}">see new profile</a>')


def change_hands(world: World, old: Service, new: Service) -> None:
    """Closes a service's old profile, and adds the notice that links to the new profile."""
    world.site.add([new])
    old.archived = date(2026, 11, 1)
    old.notices = [leads_to(new.location_id)]


def watched(world: World, *services: Service) -> None:
    """Adds a watchlist with these services and one subscriber, and checks the services once."""
    world.site.add(services)
    world.done("watch", "add", "North team", *(one.location_id for one in services))
    world.done("subscribe", "North team", f"mailto:{LEAD}", "--quiet")
    world.done("check")


def on_lists() -> dict[str, set[str]]:
    app = build(load())
    try:
        return {name: set(ids) for name, ids in app.store.services.watchlists().items()}
    finally:
        app.store.close()


def events() -> list[tuple[str, str, str | None, object, object]]:
    """Returns the events, except those about an archived profile, a changed provider or a new report."""
    app = build(load())
    try:
        found = app.store.services.events()
    finally:
        app.store.close()
    told = [(one.location_id, str(one.kind), one.of, one.from_, one.to) for one in found]
    return [one for one in told if one[1] not in {Kind.ARCHIVED, Kind.PROVIDER_CHANGED, Kind.REPORT}]


def test_a_service_that_changed_hands_is_watched_under_its_new_profile(world: World) -> None:
    old, new = Service(location_id=OLD), Service(location_id=NEW, provider="Meridian Care Limited")
    watched(world, old)
    world.done("watch", "add", "Second list", OLD)
    change_hands(world, old, new)
    world.done("check")
    assert on_lists() == {"North team": {OLD, NEW}, "Second list": {OLD, NEW}}
    app = build(load())
    notes = [deed.about for deed in app.store.audit.newest(5) if deed.what == "followed to its new profile"]
    assert sorted(notes) == [f"North team: {OLD} to {NEW}", f"Second list: {OLD} to {NEW}"]
    app.store.close()
    world.done("check")
    assert events() == []  # a rating that the new profile inherits is not news


def test_the_message_says_that_the_new_profile_is_watched(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = Service(location_id=OLD), Service(location_id=NEW)
    watched(world, old)
    change_hands(world, old, new)
    old.inspect(on=date(2026, 10, 1), published=date(2026, 11, 20), overall="Requires improvement", safe="Requires improvement")
    world.done("check")
    world.done("deliver")
    (mail,) = world.mail.to(LEAD)
    assert "CQC says that the provider has changed" in mail.text
    assert f"We now watch the service's new profile, {NEW}, too." in mail.text
    world.done("watch", "remove", "North team", NEW)
    world.site.services[OLD].inspect(on=date(2026, 11, 1), published=date(2026, 11, 21), overall="Inadequate")
    world.site.services[OLD].notices.append(leads_to(THIRD, "This service has moved to another address"))
    world.run("check")
    assert on_lists()["North team"] == {OLD, THIRD}  # a person took NEW off, and the earlier notice does not undo this


@pytest.mark.parametrize(
    ("overall", "published", "told"),
    [
        pytest.param("Inadequate", date(2026, 11, 20), [("good", "inadequate")], id="a worse rating in a newer report is a fall"),
        pytest.param("Inadequate", date(2023, 4, 18), [], id="a worse rating with the old rating's date is inherited"),
        pytest.param("Inadequate", date(2021, 1, 5), [], id="a worse rating from years ago is inherited"),
        pytest.param("Good", date(2026, 11, 20), [], id="the same rating in a newer report is no event"),
        pytest.param("Outstanding", date(2026, 11, 20), [], id="a better rating is no event"),
        pytest.param(None, date(2026, 11, 20), [], id="a profile that is not rated yet has no event"),
    ],
)
def test_the_first_check_of_a_new_profile_reports_a_fall_and_nothing_else(
    overall: str | None, published: date, told: list[tuple[str, str]], world: World
) -> None:
    old, new = Service(location_id=OLD), Service(location_id=NEW)
    new.newest.overall, new.newest.published = overall, published
    new.newest.questions = questions(None) if overall is None else questions("Good")
    watched(world, old)
    change_hands(world, old, new)
    for _ in range(3):
        world.done("check")
    assert events() == [(NEW, "downgraded", "overall", *one) for one in told]
    world.done("deliver")
    assert sum(mail.subject.startswith("Inadequate: ") for mail in world.mail.to(LEAD)) == len(told)


def test_special_measures_that_began_under_the_new_profile_are_reported(world: World) -> None:
    old, new = Service(location_id=OLD), Service(location_id=NEW)
    new.inspect(
        on=date(2026, 10, 1), published=date(2026, 11, 20), overall="Inadequate", special_measures=ENTERED, safe="Inadequate"
    )
    watched(world, old)
    change_hands(world, old, new)
    for _ in range(3):
        world.done("check")
    assert {(kind, of) for _, kind, of, *_ in events()} == {
        ("downgraded", "overall"),
        ("downgraded", "safe"),
        ("entered special measures", None),
    }


def test_a_chain_of_new_profiles_is_followed_to_its_end(world: World) -> None:
    old, new, third = (Service(location_id=one) for one in (OLD, NEW, THIRD))
    watched(world, old)
    change_hands(world, old, new)
    change_hands(world, new, third)
    world.done("check")
    world.done("check")
    assert on_lists()["North team"] == {OLD, NEW, THIRD}


def test_notices_in_a_circle_or_an_endless_chain_are_not_followed(world: World) -> None:
    old = Service(location_id=OLD)
    chain = [Service(location_id=f"1-20000000{number}") for number in range(9)]
    circle = Service(location_id=THIRD)
    watched(world, old, circle)
    for one, other in zip([old, *chain], chain, strict=False):
        change_hands(world, one, other)
    circle.notices = [leads_to(THIRD), leads_to(OLD), Markup('The provider changed - <a href="/x">see new profile</a>')]
    for _ in range(len(chain) + 2):
        world.run("check")
    assert on_lists()["North team"] == {OLD, THIRD, *(one.location_id for one in chain[:MOST_HOPS])}


def test_a_new_profile_that_is_already_watched_is_not_changed(world: World) -> None:
    old, new = Service(location_id=OLD), Service(location_id=NEW)
    watched(world, old, new)
    change_hands(world, old, new)
    world.done("check")
    assert on_lists()["North team"] == {OLD, NEW}


def test_a_new_profile_belongs_to_the_same_rule_as_the_old_profile(world: World) -> None:
    app = build(load())
    first = entry(1, location_id=OLD, name="Cherrybrook Care Home")
    listed(app.store, [first], OCTOBER)
    app.store.rules.put("By rule", Rule(authorities=("Leicestershire",)), person=None, now=now(), make=True)
    old, new = Service(location_id=OLD), Service(location_id=NEW)
    world.site.add([old])
    world.done("check")
    change_hands(world, old, new)
    world.done("check")
    listed(app.store, [entry(2, location_id="1-300000001")], NOVEMBER)  # the new profile is not in a file yet
    app.store.rules.apply(now(), None)
    assert on_lists()["By rule"] == {NEW, "1-300000001"}  # the old profile is archived, and has left the watchlist
    moved = entry(3, location_id=NEW, authority="Leicester")
    listed(app.store, [entry(2, location_id="1-300000001"), moved], DECEMBER)
    app.store.rules.apply(now(), None)
    assert on_lists()["By rule"] == {"1-300000001"}
    app.store.close()


def test_a_new_profile_that_a_rule_added_is_compared_with_the_old_profile_after_cqcs_notice(world: World) -> None:
    app = build(load())
    first, second = entry(1, location_id=OLD), entry(2, location_id=NEW)
    listed(app.store, [first], OCTOBER)
    old, new = Service(location_id=OLD), Service(location_id=NEW)
    new.inspect(on=date(2026, 10, 1), published=date(2026, 11, 3), overall="Inadequate", safe="Inadequate")
    world.site.add([old, new])
    world.done("watch", "rule", "By rule", "--authority", "Leicestershire")
    world.done("check")
    listed(app.store, [first, second], NOVEMBER)
    app.store.close()
    for _ in range(2):
        world.done("check")
    assert {(one, kind) for one, kind, *_ in events()} == {(NEW, "registered")}  # as for any newly registered service
    change_hands(world, old, new)
    for _ in range(3):
        world.done("check")
    told = [(of, was, now) for one, kind, of, was, now in events() if (one, kind) == (NEW, "downgraded")]
    assert sorted(told, key=str) == [("overall", "good", "inadequate"), ("safe", "good", "inadequate")]
    world.done("check")
    assert len(events()) == 3


def test_a_fall_after_which_a_service_matches_a_rule_is_reported_from_the_page(world: World) -> None:
    app = build(load())
    fallen = Service(location_id=OLD, name="Larch Grove")
    before = entry(1, location_id=OLD, name="Larch Grove", safe="good")
    other = entry(2, location_id=NEW, overall="inadequate")
    listed(app.store, [before, other], OCTOBER)
    world.site.add([fallen, Service(location_id=NEW)])
    world.site.services[NEW].overall = "Inadequate"
    world.done("watch", "rule", "The worst", "--rating", "inadequate")
    world.done("subscribe", "The worst", f"mailto:{LEAD}", "--quiet")
    world.done("check")
    fallen.inspect(
        on=date(2026, 9, 1), published=date(2026, 10, 20), overall="Inadequate", safe="Inadequate", special_measures=ENTERED
    )
    after = entry(1, location_id=OLD, name="Larch Grove", overall="inadequate", safe="inadequate", published=date(2026, 10, 20))
    listed(app.store, [after, other], NOVEMBER)
    app.store.rules.apply(now(), None)
    app.store.close()
    world.done("check")
    world.done("deliver")
    (mail,) = world.mail.to(LEAD)
    assert mail.subject.startswith("Inadequate") and mail.subject.endswith(": Larch Grove")
    assert {(kind, of) for _, kind, of, *_ in events()} == {
        ("downgraded", "overall"),
        ("downgraded", "safe"),
        ("entered special measures", None),
    }
    world.done("check")
    assert len(events()) == 3


def test_a_fall_that_only_a_file_states_is_not_reported(world: World) -> None:
    app = build(load())
    listed(app.store, [entry(1, location_id=OLD), entry(2, location_id=NEW, overall="inadequate")], OCTOBER)
    world.site.add([Service(location_id=OLD), Service(location_id=NEW)])
    world.done("watch", "rule", "The worst", "--rating", "inadequate")
    wrong = entry(1, location_id=OLD, overall="inadequate", published=date(2026, 10, 20))
    listed(app.store, [wrong, entry(2, location_id=NEW, overall="inadequate")], NOVEMBER)
    app.store.rules.apply(now(), None)
    app.store.close()
    for _ in range(3):
        world.done("check")
    assert OLD in on_lists()["The worst"] and events() == []


@pytest.mark.parametrize(
    ("words", "profile"),
    [
        ("see new profile 1-23695436535", "1-23695436535"),
        ("provider changed: see new profile rj121", "RJ121"),
        ("see old profile 1-23695436535", None),
        ("see new profile", None),
        ("see new profile ../../etc", None),
        ("see new profile 1-2; drop", None),
        (None, None),
    ],
)
def test_only_a_notice_about_a_new_profile_gives_a_profile_id(words: str | None, profile: str | None) -> None:
    assert profile_in(words) == profile
