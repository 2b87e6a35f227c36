"""Removes the names of people from saved pages and from the API's answers, since these names are not stored."""

import re
from collections.abc import Mapping
from typing import Any

REMOVED = "[name removed]"

# On CQC's pages a person's name is before or after the person's role. Source: docs/facts/pages.md, Layout of today.
_ROLE = r"(?:registered manager|nominated individual|responsible individual|registered provider|manager)"
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sister|Rev)\b\.?"
_WORD = r"[A-Z][\w'’]*+(?:-[\w'’]++)*\.?"
_NAME = rf"(?:{_TITLE}\s+)?{_WORD}(?:\s+{_WORD}){{1,4}}"
_BETWEEN = r"(?:\s|<[^<>]*>|[:,–—-]|(?<=\s)(?:is|was)(?=\s))++"
# Where a name can begin: after a tag or a full stop, or at the start of a line.
_BEGINS = r"((?<=[>.])\s*+|(?<!\s)[^\S\n]*+\n\s*+|^\s*+)"
_TITLED = re.compile(rf"\b{_TITLE}\s+{_WORD}(?:\s+{_WORD}){{0,3}}")
_BEFORE = re.compile(rf"{_BEGINS}{_NAME}(?={_BETWEEN}(?i:(?:the|our)\s+)?(?i:{_ROLE})\b)")
_BEHIND = re.compile(rf"\b((?i:{_ROLE}){_BETWEEN}){_NAME}")


# The API's names for managers, nominated individuals and other contacts. Source: docs/facts/api.md, People.
_CONTACTS = re.compile(r"contacts|nominatedindividual|person.*|registeredmanager.*", re.IGNORECASE)


def without_people(text: str) -> str:
    """The text of a page without the names of people. Only names beside a title or a role are removed. A name without a title
    or role stays in the text, so a saved page must be read through before anybody sends it to others."""
    text = _BEFORE.sub(rf"\1{REMOVED}", text)
    text = _BEHIND.sub(rf"\1{REMOVED}", text)
    return _TITLED.sub(REMOVED, text)


def without_contacts(value: Any) -> Any:
    """A part of an API answer without names of people, and without lone surrogates (halves of characters), which cannot be
    stored."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {key: without_contacts(held) for key, held in value.items() if not _CONTACTS.fullmatch(key)}
    return [without_contacts(item) for item in value] if isinstance(value, list) else value
