"""Tests of who may sign in with an OpenID Connect account, on SQLite and PostgreSQL. Each sign-in works once, even if several
requests use the same sign-in at the same time."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from monitor.store import Store, open_store
from monitor.store.accounts import Account, NotLet
from monitor.store.kept_forms import KeptForm
from monitor.store.people import Entered, Role
from monitor.store.vault import Vault
from tests.store.test_at_once import at_once
from tests.store.test_store import NOON

ISSUER = "https://login.council.example"


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """An empty store."""
    store = open_store(database, Vault("a secret"))
    yield store
    store.close()


def jo(subject: str = "p-1", *, issuer: str = ISSUER, role: Role | None = Role.READER) -> Account:
    """Jo's account."""
    return Account(issuer=issuer, subject=subject, email="jo@council.example", role=role)


def enters(account: Account, once: str) -> Callable[[Store], Entered | NotLet]:
    """Returns a job that signs the account in."""
    return lambda own: own.accounts.enter(account, once=once, browser="x", now=NOON)


def test_several_requests_at_once_can_use_a_sign_in_only_once(store: Store, database: str) -> None:
    results = at_once(database, *[enters(jo(), "the same")] * 4)
    assert sorted(isinstance(one, Entered) for one in results) == [False, False, False, True]
    assert {one for one in results if not isinstance(one, Entered)} == {NotLet.USED}


def test_a_new_person_who_signs_in_twice_at_once_is_stored_once(store: Store, database: str) -> None:
    results = at_once(database, *(enters(jo(), f"sign-in {number}") for number in range(4)))
    assert len({one.person.id for one in results}) == 1
    assert [person.email for person in store.people.everyone()] == ["jo@council.example"]
    assert len(store.people.sessions(NOON)) == 4


def test_an_address_belongs_to_one_account_and_can_move_to_a_new_provider(store: Store) -> None:
    first = enters(jo(), "1")(store)
    assert isinstance(first, Entered) and first.person.subject == "p-1"
    assert enters(jo("p-2"), "2")(store) is NotLet.OTHER_ACCOUNT
    moved = enters(jo("p-2", issuer="https://other.council.example"), "3")(store)  # OIDC_ISSUER now names another provider
    assert isinstance(moved, Entered) and moved.person.id == first.person.id


def test_a_person_whose_sign_in_was_refused_cannot_store_a_form_or_use_a_link(store: Store) -> None:
    entered = enters(jo(), "1")(store)
    assert isinstance(entered, Entered)
    form = KeptForm(path="/x", fields=(("a", "line\nline \U0001f3e0"),))
    id = store.kept_forms.keep(entered.token, form, NOON)
    assert id is not None and store.kept_forms.read(id, entered.person.id, NOON) == form
    assert store.kept_forms.read(id, entered.person.id + 1, NOON) is None
    assert enters(jo(role=None), "2")(store) is NotLet.NO_ROLE
    assert store.people.signed_in(entered.token, NOON) is None
    assert store.kept_forms.keep(entered.token, form, NOON) is None
    link = store.people.new_link("jo@council.example", now=NOON)
    assert store.people.use_link(link, browser="x", may_join={"council.example"}, now=NOON) is None
    deeds = [(deed.what, deed.about) for deed in store.audit.newest(5, 0)]
    assert ("was refused", "the groups of their account give no role") in deeds


def test_a_person_invited_by_email_keeps_access_although_their_groups_give_no_role(store: Store) -> None:
    """The person was invited to sign in by email, but pressed the button of the organisation's sign-in."""
    store.people.invite("jo@council.example", Role.EDITOR, None, NOON)
    assert enters(jo(role=None), "1")(store) is NotLet.NO_ROLE
    link = store.people.new_link("jo@council.example", now=NOON)
    entered = store.people.use_link(link, browser="x", may_join=(), now=NOON)
    assert entered is not None and entered.person.role is Role.EDITOR


def test_a_session_begun_through_the_provider_lasts_a_day_at_most(store: Store) -> None:
    entered = enters(jo(), "1")(store)
    assert isinstance(entered, Entered)
    open_at = [hours for hours in range(1, 50) if store.people.signed_in(entered.token, NOON + timedelta(hours=hours))]
    assert open_at == list(range(1, 24))
