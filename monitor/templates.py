"""Finds and loads the templates. In a checkout, the templates are beside the package. Once installed, they are in the Python
environment's `share/`."""

from __future__ import annotations

import sysconfig
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from monitor.text import plain

if TYPE_CHECKING:
    from jinja2 import Environment


def environment(kind: str, filters: Mapping[str, Callable[..., Any]], **more: Any) -> Environment:
    """Returns the templates of one kind ("messages", "web"), which may use `filters`. `more` contains further arguments for
    Jinja's Environment. All values are escaped, except in text templates (.txt and .jinja). A missing value is an error. Raises
    FileNotFoundError, as `folder` does."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    made = Environment(
        loader=FileSystemLoader(folder(kind)),
        autoescape=select_autoescape(("html",), disabled_extensions=("txt", "jinja"), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        **more,
    )
    made.filters.update(filters)
    return made


def folder(kind: str) -> Path:
    """Returns the folder of one kind of template ("messages", "web").

    Raises FileNotFoundError, with the two folders that were tried, if the installation is incomplete.
    """
    places = (
        Path(__file__).resolve().parent.parent / "templates" / kind,
        Path(sysconfig.get_path("data")) / "share" / "cqc-monitor" / "templates" / kind,
    )
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the templates are missing: neither {places[0]} nor {places[1]} is a folder")


def in_page(value: object) -> object:
    """Returns a value for a page. Text is made plain. Our own markup, from macros, stays unchanged."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def in_lines(text: object) -> Markup:
    """Returns a text of several lines for a page that keeps the lines. Each line is made plain."""
    return Markup("\n").join(plain(line) for line in str(text).splitlines())
