"""Builds statements once for many executions. From one execution to the next, only the times in such a statement differ, and
building a statement takes longer than executing it.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, wraps
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam

from monitor.store.tables import Utc

Statement = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Moment:
    """A placeholder for an instant while a statement is built. `number` says which of the instants that are given at each
    execution it stands for, and `more` is what is added to that instant. Any other operation on it fails."""

    number: int
    used: dict[str, tuple[int, timedelta]]
    more: timedelta = timedelta(0)

    def __add__(self, more: timedelta) -> "_Moment":
        return _Moment(self.number, self.used, self.more + more)

    def __sub__(self, less: timedelta) -> "_Moment":
        return _Moment(self.number, self.used, self.more - less)

    def __clause_element__(self) -> BindParameter[datetime]:
        name = f"time_{self.number}_{self.more // timedelta(microseconds=1)}".replace("-", "m")
        self.used[name] = (self.number, self.more)
        return bindparam(name, type_=Utc())


def prepared(build: Callable[..., Statement]) -> Callable[..., tuple[Statement, dict[str, datetime]]]:
    """Changes a function that builds a statement into a function that returns the statement and the values of its times, for
    `execute`.

    The arguments of the function are instants first, and then other values, which must be hashable. The function may only add a
    period to an instant, subtract a period, or compare the instant with columns. The statement is built once for each set of
    the other values.
    """

    @lru_cache(maxsize=100)
    def built(instants: int, *others: Hashable) -> tuple[Statement, dict[str, tuple[int, timedelta]]]:
        used: dict[str, tuple[int, timedelta]] = {}
        return build(*(_Moment(number, used) for number in range(instants)), *others), used

    @wraps(build)
    def with_values(*arguments: Any) -> tuple[Statement, dict[str, datetime]]:
        instants = [one for one in arguments if isinstance(one, datetime)]
        statement, used = built(len(instants), *arguments[len(instants) :])
        return statement, {name: instants[number] + more for name, (number, more) in used.items()}

    return with_values
