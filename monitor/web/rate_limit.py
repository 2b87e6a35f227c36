"""The rate limit for programs. Requests are counted in memory, so a restart clears the counts. Memory is enough, because all
pages run in one process."""

import threading
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request

LIMIT = 120
"""How many requests to the API one person may send in a minute. Requests with different keys of a person are counted together."""

_MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Whether a request is allowed, how many more requests are allowed in this minute, and the seconds until the next minute."""

    allowed: bool
    remaining: int
    reset: int

    @property
    def headers(self) -> dict[str, str]:
        """The headers that state the limit. Sources: draft-ietf-httpapi-ratelimit-headers; RFC 9110, section 10.2.3."""
        stated = {"RateLimit-Limit": str(LIMIT), "RateLimit-Remaining": str(self.remaining), "RateLimit-Reset": str(self.reset)}
        return stated if self.allowed else stated | {"Retry-After": str(self.reset)}


class Pace:
    """Counts each person's requests by clock minute."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._minute = 0
        self._asked: dict[int, int] = {}

    def ask(self, person: int, now: datetime) -> Turn:
        """Counts another request of a person, and returns whether the request is allowed."""
        minute, passed = divmod(int(now.timestamp()), _MINUTE)
        with self._lock:
            if minute != self._minute:
                self._minute, self._asked = minute, {}
            asked = self._asked[person] = self._asked.get(person, 0) + 1
        return Turn(allowed=asked <= LIMIT, remaining=max(0, LIMIT - asked), reset=_MINUTE - passed)


def turn_of(request: Request) -> Turn | None:
    """Returns the result of the rate limit for this request; None if the request has not been counted."""
    turn: Turn | None = getattr(request.state, "turn", None)
    return turn
