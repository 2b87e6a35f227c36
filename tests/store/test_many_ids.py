"""Tests of queries about more services than a statement may have parameters."""

from collections.abc import Callable

import pytest

from monitor.store import Store, open_store
from monitor.store.register import Register
from monitor.store.vault import Vault
from tests.store.listed import NOVEMBER, entry, listed

IDS = [f"1-4{number:08}" for number in range(70_000)]
"""These are more ids than the 65,535 parameters that PostgreSQL accepts."""


@pytest.fixture
def store(database: str) -> Store:
    found = open_store(database, Vault("a secret"))
    listed(found, [entry(1, location_id=IDS[-1], name="Larch Grove")], NOVEMBER)
    return found


@pytest.mark.parametrize(
    ("asked", "of_one"),
    [
        pytest.param(lambda register: register.names(IDS), "Larch Grove", id="names"),
        pytest.param(lambda register: register.authorities(IDS), "Leicestershire", id="authorities"),
        pytest.param(lambda register: {key: one.name for key, one in register.named(IDS).items()}, "Larch Grove", id="entries"),
    ],
)
def test_the_register_answers_about_any_number_of_services(
    asked: Callable[[Register], dict[str, str]], of_one: str, store: Store
) -> None:
    try:
        assert asked(store.register) == {IDS[-1]: of_one}
        assert store.register.not_of_care(IDS) == tuple(IDS[:-1])
    finally:
        store.close()
