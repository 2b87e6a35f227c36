"""Reads the ratings widget. It contains only an overall rating and its date. Source: docs/facts/pages.md, Ratings widget."""

import json
import re

from selectolax.lexbor import LexborHTMLParser

from monitor import ratings
from monitor.cqc.read.identity import location_of
from monitor.cqc.read.sentences import quote
from monitor.cqc.read.words import date_of, plain
from monitor.model import GroupReading, Reading, Source
from monitor.ratings import Stated

_CALL = re.compile(r"\s*+(?>/\*.*?\*/\s*)?([A-Za-z_$][\w$.]*+)\s*+\((.*)\)\s*+;?\s*+", re.S)
_MARK = "cqc-widget"
_NONE = ("service_not_found", "don't currently have", "don’t currently have")


def markup(text: str) -> str | None:
    """The HTML in the widget's answer, which may be JSONP, JSON or HTML. If the text is not such an answer, the result is
    None."""
    head = text[:400]
    if "<html" in head.lower() or "<!doctype" in head.lower():
        return None
    call = _CALL.fullmatch(text) if "(" in head else None
    body = call[2] if call else text
    if body.lstrip().startswith("{"):
        try:
            held = json.loads(body)
        except (ValueError, RecursionError):
            return None
        answer = held.get("response") if isinstance(held, dict) else None
        return answer if isinstance(answer, str) and (_MARK in answer or any(mark in answer for mark in _NONE)) else None
    if text.lstrip().startswith("<") and _MARK in text and "cqc-widget-overall" in text + " ".join(_NONE):
        return text
    return None


def read_widget(answer: str) -> Reading:
    """Reads the widget's HTML."""
    if any(mark in answer for mark in _NONE):
        return Reading(source=Source.WIDGET)
    tree = LexborHTMLParser(answer.encode("utf-8", "replace").decode("utf-8"))
    overall, day, name = (
        " ".join(node.text().split()) if (node := tree.css_first(selector)) is not None else ""
        for selector in (".cqc-widget-overall", ".cqc-widget-date", ".cqc-service-name")
    )
    located = {found[0] for link in tree.css("a[href]") if (found := location_of(link.attributes.get("href") or ""))}
    rating: Stated | None = ratings.parse(overall)
    published = re.search(r"\d{1,2} [a-z]+ \d{4}", plain(day))
    stated = GroupReading(
        overall=rating,
        overall_published=date_of(published[0]) if published else None,
        overall_quote=quote(overall, day),
    )
    return Reading(
        source=Source.WIDGET,
        location_id=located.pop() if len(located) == 1 else None,
        name=name or None,
        ratings=(stated,) if rating else (),
        unread=(overall,) if overall and rating is None else (),
    )
