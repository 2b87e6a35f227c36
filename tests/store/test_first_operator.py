"""Tests of the first operator's code, on SQLite and PostgreSQL. The code works once, for anybody who has it, and only while there
is no operator."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from monitor.store import Store, open_store
from monitor.store.first_operator import MOST_WRONG, VALID, Refused
from monitor.store.people import WINDOW, Entered, Role
from monitor.store.vault import Vault
from tests.store.test_at_once import at_once

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LEAD, OTHER = "lead@council.example", "other@council.example"


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    store = open_store(database, Vault("a secret"))
    yield store
    store.close()


def enters(code: str, email: str = LEAD, client: str = "here", now: datetime = NOON) -> Callable[[Store], Entered | Refused]:
    given = {"client": client, "browser": "Firefox"}
    return lambda own: own.first_operator.enter(code, email, now=now, length=timedelta(hours=12), **given)


def code_of(store: Store, now: datetime = NOON) -> str:
    code = store.first_operator.new_code(now)
    assert code is not None
    return code


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(str, id="as printed"),
        pytest.param(str.lower, id="in small letters"),
        pytest.param(lambda code: f" {code}\n", id="with spaces around it"),
        pytest.param(lambda code: code.replace("-", ""), id="without hyphens"),
        pytest.param(lambda code: code.replace("-", " "), id="with spaces in it"),
    ],
)
def test_the_code_makes_an_operator_who_is_signed_in(store: Store, typed: Callable[[str], str]) -> None:
    entered = enters(typed(code_of(store)))(store)
    assert isinstance(entered, Entered) and (entered.person.email, entered.person.role) == (LEAD, Role.OPERATOR)
    here = store.people.signed_in(entered.token, NOON)
    assert here is not None and here.person == entered.person and here.session.browser == "Firefox"
    assert store.audit.newest(1)[0].email == LEAD
    assert not store.first_operator.is_wanted()


def test_the_code_works_once_and_only_while_there_is_no_operator(store: Store) -> None:
    code, unused = code_of(store), code_of(store)
    assert isinstance(enters(code)(store), Entered)
    assert enters(code, OTHER)(store) is enters(unused, OTHER)(store) is Refused.TAKEN
    assert store.first_operator.new_code(NOON) is None
    # Only the command line can end the last operator's access. Even then, used codes don't work again.
    lead = store.people.find(LEAD)
    assert lead is not None and store.people.end(lead.id, None, NOON) is not None
    assert store.first_operator.is_wanted()
    assert enters(code, OTHER)(store) is enters(unused, OTHER)(store) is Refused.WRONG
    assert isinstance(enters(code_of(store), LEAD)(store), Entered)


def test_a_reader_becomes_an_operator_with_the_code(store: Store) -> None:
    store.people.invite(LEAD, Role.READER, None, NOON)
    assert store.first_operator.is_wanted()
    entered = enters(code_of(store))(store)
    assert isinstance(entered, Entered) and entered.person.role is Role.OPERATOR
    assert len(store.people.everyone()) == 1


def test_an_old_code_is_no_longer_valid(store: Store) -> None:
    code = code_of(store)
    assert enters(code, now=NOON + VALID)(store) is Refused.WRONG
    assert isinstance(enters(code, now=NOON + VALID - timedelta(seconds=1))(store), Entered)


def test_wrong_codes_are_limited_for_each_client_and_change_nothing(store: Store) -> None:
    code = code_of(store)
    for wrong in ("", "ABCD-EFGH-JKLM", code[:-1], f"{code}2", "é" * 100) + ("2222-2222-2222",) * (MOST_WRONG - 5):
        assert enters(wrong, client="there")(store) is Refused.WRONG
    assert enters(code, client="there")(store) is Refused.TOO_MANY
    assert store.people.everyone() == [] and store.first_operator.is_wanted()
    later = NOON + WINDOW + timedelta(seconds=1)
    assert enters("2222-2222-2222", client="there", now=later)(store) is Refused.WRONG  # an hour later, this client may try again
    assert isinstance(enters(code)(store), Entered)  # other clients could always sign in


def test_only_a_few_codes_stay_valid_after_many_starts(store: Store) -> None:
    codes = [code_of(store, NOON + timedelta(seconds=n)) for n in range(30)]
    now = NOON + timedelta(minutes=1)
    assert enters(codes[0], now=now)(store) is Refused.WRONG
    assert isinstance(enters(codes[15], now=now)(store), Entered)


def test_a_code_cannot_be_used_as_a_sign_in_link(store: Store) -> None:
    code = code_of(store)
    for token in (code, code.replace("-", ""), f"first operator|{code.replace('-', '')}"):
        assert not store.people.is_good(token, NOON)
        assert store.people.use_link(token, browser="Firefox", may_join=(), now=NOON) is None
    assert isinstance(enters(code)(store), Entered)


def test_if_several_people_use_the_code_at_once_one_person_becomes_operator(store: Store, database: str) -> None:
    codes = [code_of(store) for _ in range(2)]
    jobs = [enters(codes[n % 2], f"person{n}@council.example") for n in range(4)]
    results = at_once(database, *jobs)
    assert sum(isinstance(one, Entered) for one in results) == 1
    assert [person.role for person in store.people.everyone()] == [Role.OPERATOR]
