"""How often programs may ask. It is kept in memory: a restart forgives, and there is one process of the pages."""

import threading
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request

LIMIT = 120
"""Requests to the API of one key, or of one person without a key, within a minute."""

_MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Whether a request may be answered, how many more may within this minute, and the seconds until the next one."""

    allowed: bool
    remaining: int
    reset: int

    @property
    def headers(self) -> dict[str, str]:
        """As programs read it. Source: draft-ietf-httpapi-ratelimit-headers, and RFC 9110, 10.2.3."""
        stated = {"RateLimit-Limit": str(LIMIT), "RateLimit-Remaining": str(self.remaining), "RateLimit-Reset": str(self.reset)}
        return stated if self.allowed else stated | {"Retry-After": str(self.reset)}


class Pace:
    """Counts the requests of each by the minute of the clock."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._minute = 0
        self._asked: dict[str, int] = {}

    def ask(self, who: str, now: datetime) -> Turn:
        """One more request of somebody's."""
        minute, passed = divmod(int(now.timestamp()), _MINUTE)
        with self._lock:
            if minute != self._minute:
                self._minute, self._asked = minute, {}
            asked = self._asked[who] = self._asked.get(who, 0) + 1
        return Turn(allowed=asked <= LIMIT, remaining=max(0, LIMIT - asked), reset=_MINUTE - passed)


def turn_of(request: Request) -> Turn | None:
    """What was said of this request; None where it is not counted, or was not yet."""
    turn: Turn | None = getattr(request.state, "turn", None)
    return turn
