"""Reads CQC's assessment of a local authority under the Care Act. The assessment has an overall rating and nine statements, on
separate pages. A council is not a care service, so only the council's name is read. Source: docs/facts/ratings.md, Other things
that look like ratings.
"""

import re

from monitor.cqc.read.flow import Flow
from monitor.cqc.read.identity import location_of
from monitor.model import Reading, Source
from monitor.register.authorities import authority

_ADDRESS = re.compile(r"/local-authority-(?:assessment|report)", re.IGNORECASE)
_TITLE = re.compile(r"\blocal authority assessments?(?: reports?)?\b", re.IGNORECASE)
_CARE_ACT = re.compile(r"\b(?:council|local authority)\b.{0,40}\bassessment\b|\bcare act assessment\b", re.IGNORECASE)
_AROUND = " \t:|–—-,"
_PARTS = re.compile(r"(?<!\s)\s++[|–—-]\s++|:\s++")
_SERVICE = re.compile(r"provided and run by|is run by|registered manager", re.IGNORECASE)
_LONGEST = 200  # the most characters of a heading that names a council
_FIRST = 12  # in a text without headings, only this many lines at the start may be the title


def read_council(flow: Flow, url: str | None) -> Reading | None:
    """Returns a reading with the name of the assessed council. None if the page is not an assessment of a council."""
    if any(location_of(one) for one in (flow.canonical, url) if one) or any(_SERVICE.search(one.text) for one in flow.blocks):
        return None
    headings = [block.text for block in flow.blocks if block.level == 1]
    first = (block.text for block in flow.blocks[:_FIRST])
    texts = headings or [one for one in first if _council(one) or _CARE_ACT.search(one)]
    titled = any(_TITLE.search(one) or _CARE_ACT.search(one) for one in texts)
    if not titled and not any(_ADDRESS.search(one) for one in (flow.canonical, url) if one):
        return None
    more = [flow.title or "", *(block.text for block in flow.blocks if 0 < block.level <= 2)]
    names = [name for text in (*texts, *more) if (name := _without_title(text))]
    return Reading(source=Source.COUNCIL_PAGE, name=next(filter(None, map(_council, names)), names[0] if names else None))


def _without_title(text: str) -> str:
    """A heading without words such as "local authority assessment report"."""
    return " ".join(_TITLE.sub("", text).split()).strip(_AROUND)


def _council(text: str) -> str | None:
    """The name of the council in a heading; None if the heading contains no known name of a council."""
    if len(text) > _LONGEST:
        return None
    parts = (_without_title(part) for part in (text, *_PARTS.split(text)))
    return next((part for part in parts if part and authority(part)), None)
