"""Statements that are built once: only the times in them differ from one execution to the next, and building a statement costs
more than executing it.
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
    """Stands for an instant while a statement is built: a number of instants given at each execution, and what is added to it.
    Anything else that somebody would do with an instant fails."""

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
    """Makes a function that builds a statement into one that returns it with the values of its times, for `execute`.

    Its arguments are instants, which it may only move and compare with columns, and after them others, which are hashable. For
    each set of the others the statement is built once.
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
