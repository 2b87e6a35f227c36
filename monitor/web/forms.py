"""Forms as models. If a form has errors, the page is shown again, with what was typed and with all errors at once."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from monitor.cqc.read.words import date_of
from monitor.errors import UsageError
from monitor.periods import check_begun, check_order
from monitor.text import counted, plain, sentence

LONGEST = 100_000
"""How many characters a field may have. If a text is longer, only this many characters are shown again, because showing a million
characters would take a second."""

MOST_ERRORS = 5
"""How many errors of one field are shown."""

T = TypeVar("T")


class FormModel(BaseModel):
    """A form, or the query of a page with a form. An empty field is treated as missing. A field's description is its error text,
    except if the value is too long or `checked` gives a better error. If the form has `errors`, every field contains what was
    typed, as text."""

    model_config = ConfigDict(frozen=True)

    _typed: dict[str, Any] = PrivateAttr()
    _errors: dict[str, str] = PrivateAttr(default_factory=dict)

    @property
    def typed(self) -> dict[str, Any]:
        """What was typed, by the name of the field in the page. Each value is a text or a list of texts. A missing field has the
        value ""."""
        return self._typed

    @property
    def errors(self) -> dict[str, str]:
        """One error for each field that can't be used."""
        return self._errors

    @model_validator(mode="wrap")
    @classmethod
    def _keep(cls, given: dict[str, Any], check: ModelWrapValidatorHandler[Self]) -> Self:
        fields = {field.alias or name: field for name, field in cls.model_fields.items()}
        whole = {name: _text(given.get(name)) for name in fields}
        typed: dict[str, Any] = {name: text[:LONGEST] for name, text in whole.items()}
        too_long = {name: _too_long(LONGEST) for name, text in whole.items() if len(text) > LONGEST}
        form, wrong = None, dict[str, str]()
        try:
            form = check({name: text for name, text in typed.items() if text or fields[name].is_required()})
        except ValidationError as error:
            for one in error.errors():
                name = str(one["loc"][0])
                wrong.setdefault(name, _words(one, fields[name].description, empty=not typed[name]))
        wrong = too_long | wrong
        if form is None or wrong:
            form = cls.model_construct(**typed)
        form._typed, form._errors = typed, wrong
        return form


def _text(given: object) -> str | list[str]:
    """Returns a value that a browser sent. Returns "" if the browser sent a file where text is expected."""
    if isinstance(given, list):
        return [one for one in given if isinstance(one, str)]
    return given if isinstance(given, str) else ""


def _words(error: ErrorDetails, description: str | None, *, empty: bool) -> str:
    if error["type"] in ("string_too_long", "too_long"):  # too_long: from a function of ours
        return _too_long(error["ctx"]["max_length"])
    if error["type"] == _REFUSED and not (empty and description):
        return error["msg"]
    return description or "This value can’t be used"


def _too_long(most: int) -> str:
    return f"Enter no more than {most:,} characters"


_REFUSED = "refused"


def checked(convert: Callable[[str], T], error_text: str | None = None) -> AfterValidator:
    """Converts the text of a field. If `convert` raises UsageError, the field's error is `error_text` or, without it, the text of
    the UsageError."""

    def converted(text: str) -> T:
        try:
            return convert(text)
        except UsageError as error:
            raise PydanticCustomError(_REFUSED, "{text}", {"text": error_text or sentence(str(error))}) from None

    return AfterValidator(converted)


def name_up_to(longest: int, wanted: str) -> AfterValidator:
    """Turns the text of a field into a name: one line with at most `longest` characters. `wanted` is the error text for any other
    text."""

    def name_of(text: str) -> str:
        name = one_line(text)
        if not name or len(name) > longest:
            raise UsageError(wanted)
        return name

    return checked(name_of, wanted)


def in_lines(errors: Sequence[str]) -> str:
    """Joins several errors of one field. The text contains the first MOST_ERRORS errors, each on a separate line, and how many
    others were left out."""
    more = len(errors) - MOST_ERRORS
    last = (f"{counted(more, 'other line')} can’t be used either",) if more > 0 else ()
    return "\n".join((*map(sentence, errors[:MOST_ERRORS]), *last))


def one_line(text: str) -> str:
    """Returns plain text with single spaces and no line breaks."""
    return " ".join(plain(text).split())


LATEST = date(9000, 1, 1)
"""The last day that a form accepts. Calculations may add years to a day, and Python knows no day after the year 9999."""


_BRITISH = re.compile(r"(?:[a-z]+day,? )?(\d{1,2})(?:st|nd|rd|th)?[ ./-]{1,2}([a-z]{3,9}|\d{1,2})[ ,./-]{1,2}['’]?(\d{2}|\d{4})")


def _as_read(text: str) -> str:
    """Converts a day in any British format to a format that can be parsed. A year with two digits is in this century."""
    match = _BRITISH.fullmatch(text)
    if match is None:
        return text
    day, month, year = match.groups()
    year = f"20{year}" if len(year) == 2 else year
    return f"{day}/{month}/{year}" if month.isdecimal() else f"{day} {month} {year}"


def day_of(text: str) -> date:
    """Returns the day that somebody typed, for example "21 November 2025" (as our pages write it), "21 Nov 25", "21/11/2025",
    "21.11.25" or "2025-11-21". Raises ValueError if the text is not a day, or if the day is after LATEST."""
    found = date_of(_as_read(one_line(text.casefold())))
    if found is None or found > LATEST:
        raise ValueError(text)
    return found


WANTED_DAY = "Enter a date like 31 January 2026"

Day = Annotated[date, BeforeValidator(day_of), Field(description=WANTED_DAY)]
DayIfAny = Annotated[date | None, BeforeValidator(day_of), Field(description=WANTED_DAY)]

def errors_of_days(since: datetime | None, until: datetime | None, now: datetime) -> dict[str, str]:
    """Returns the error of a period from `since` to `until`, by field. Returns an empty dictionary if the period is valid. If
    `since` or `until` is None, the period is open at that end."""
    for field, check in (("since", partial(check_begun, since, now)), ("until", partial(check_order, since, until))):
        try:
            check()
        except UsageError as error:
            return {field: sentence(str(error))}
    return {}


Ticked = Annotated[bool, BeforeValidator(bool)]
"""A single tick box. It is True if the form sends any text for the box."""
