"""A question put to the decision that this program makes of a check."""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

from monitor.check import Checker, _Word
from monitor.cqc.api import ApiAnswer, Nothing
from monitor.detect.checks import Due, Outcome, ReadPage
from monitor.detect.corroborate import stated
from monitor.detect.observe import believable
from monitor.events import Event
from monitor.jobs.fetch import Gathered
from monitor.model import Snapshot
from monitor.text import LONDON
from tests.replay.worlds import CHECK_EVERY, Question


def answer(question: Question) -> Outcome:
    """What the check comes to."""
    return _loop.run(_answer(question))


_loop = asyncio.Runner()


async def _answer(question: Question) -> Outcome:
    async def ask(location_id: str) -> ApiAnswer | Nothing | None:
        return question.word

    async def again(due: Due, gathered: Gathered) -> Gathered | None:
        return question.again

    def remembered(location_id: str) -> tuple[Snapshot | None, tuple[ReadPage, ...]]:
        return question.stored, question.pages

    def of_many(events: Iterable[Event], now: datetime, operator: str | None) -> frozenset[str]:
        return frozenset(one.id for one in events) if question.many else frozenset()

    checker = Checker(
        cast(Any, SimpleNamespace(again=again)),
        cast(Any, SimpleNamespace(remembered=remembered)),
        cast(
            Any,
            SimpleNamespace(
                doubt=lambda *_: question.doubt, doubt_of_reader=lambda *_: question.doubt_of_reader, of_many=of_many
            ),
        ),
        check_every=CHECK_EVERY,
        confirm_after=question.confirm_after,
        operator=None,
        clock=lambda: question.now,
        feed=cast(Any, SimpleNamespace(ask=ask)) if question.has_api else None,
    )
    if question.alone:
        return await checker._by_word(question.due, _word(question))
    return await checker._compared(question.due, question.stored, question.gathered, question.pages)


def _word(question: Question) -> _Word:
    if not isinstance(question.word, ApiAnswer):
        return _Word(at=question.now, answer=None, observation=None)
    reading = believable(question.word.reading, question.now.astimezone(LONDON).date())
    return _Word(at=question.now, answer=question.word, observation=stated(reading, question.word.digest))
