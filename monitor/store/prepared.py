"""Builds an SQL statement once for many executions, since building a statement takes longer than executing it. Only the times in
the statement may differ between two executions.
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
    """A placeholder for an instant while a statement is built. Each execution gets several instants; the placeholder stands for
    the instant with the index `number`, plus the period `more`. Operations other than adding, subtracting and comparing fail."""

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

    The first arguments of the function are instants; the remaining arguments are other values, which must be hashable. The
    function may only add a period to an instant, subtract a period from an instant, or compare an instant with columns. The
    statement is built once for each combination of the other values.
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
