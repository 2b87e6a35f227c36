"""Puts a question to the code that decides the result of a check."""

from monitor.cqc.api import ApiAnswer
from monitor.detect.checks import Answered, Outcome
from monitor.detect.circuit_breaker import Doubt, MassChange
from monitor.detect.decide import (
    Again,
    Answer,
    AskApi,
    AskOthers,
    AskOthersReadAgain,
    AskWhoSaysSo,
    Check,
    Need,
    Pace,
    ReadAgain,
    decide_by_api,
)
from monitor.detect.waiting import MASS_LASTS
from monitor.jobs.rounds import _as_page
from tests.detect.checked import decided
from tests.replay.worlds import CHECK_EVERY, Question


def answer(question: Question) -> Outcome:
    """Returns the result of the check that the question describes."""
    pace = Pace(check_every=CHECK_EVERY, confirm_after=question.confirm_after, quiet=CHECK_EVERY)
    if question.alone:
        return decide_by_api(question.due, question.stored, _answered(question) or Answered(at=question.now, page=None), pace)
    check = Check(
        due=question.due,
        stored=question.stored,
        gathered=question.gathered,
        pages=question.pages,
        pace=pace,
        uses_api=question.has_api,
        asks_api=question.has_api,
        now=question.now,
    )
    return decided(check, lambda need: _told(question, need))


def _told(question: Question, need: Need) -> Answer:
    match need:
        case AskApi():
            return _answered(question)
        case ReadAgain():
            return Again(question.now, question.again)
        case AskOthers():
            return MassChange(question.now - 2 * MASS_LASTS) if question.doubt is Doubt.MANY else question.doubt
        case AskOthersReadAgain():
            return question.doubt_of_reader
        case AskWhoSaysSo(events):
            return frozenset(one.id for one in events) if question.many else frozenset()


def _answered(question: Question) -> Answered | None:
    if question.word is None:
        return None
    return Answered(at=question.now, page=_as_page(question.word) if isinstance(question.word, ApiAnswer) else None)
