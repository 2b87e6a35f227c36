"""The words of messages, from the templates in `templates/messages`."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from monitor import templates
from monitor.text import clock, day, listed, moment, sentence

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> "Environment":
    filters: dict[str, Callable[..., str]] = {"day": day, "moment": moment, "clock": clock, "sentence": sentence, "names": listed}
    return templates.environment("messages", filters)


@cache
def words(name: str) -> Any:
    """Returns the macros in `name.jinja`. Each macro is called like a function and returns a phrase."""
    return environment().get_template(f"{name}.jinja").module
