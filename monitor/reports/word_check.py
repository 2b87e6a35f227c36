"""Finds what a Word document would load or run when somebody opens the document. This module parses an untrusted file, so it may
be used only in the reader process."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from monitor.errors import Unreadable

if TYPE_CHECKING:
    from docx.document import Document as Word

_LOADING = frozenset({"DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDE", "INCLUDEPICTURE", "IMPORT", "LINK", "DATABASE", "RD"})
"""The kinds of field with which Word fetches something or runs a program."""

_FIRST_WORD = re.compile(r"\W*(\w+)")


def check_loads(document: "Word") -> None:
    """Removes the address of the template with which a document was made. Raises Unreadable if Word would fetch or run anything
    when the document is opened. Ordinary links are allowed."""
    package = document.part.package
    for one in (package, *package.iter_parts()):
        for id, relation in list(one.rels.items()):
            if not relation.is_external or relation.reltype.endswith("/hyperlink"):
                continue
            if not relation.reltype.endswith("/attachedTemplate"):
                raise Unreadable("it loads something that is stored elsewhere: put linked pictures and objects into the file")
            del one.rels[id]
    settings = document.settings.element
    for element in settings.xpath("./w:attachedTemplate"):
        settings.remove(element)
    for root in _roots(package):
        for field in _fields(root):
            word = _FIRST_WORD.match(field)
            if word and word[1].upper() in _LOADING:
                what = f"it has a field {word[1].upper()}, which loads something when the document is opened"
                raise Unreadable(f"{what}: remove this field")


def _roots(package: Any) -> Iterator[Any]:
    """Yields the XML of each part, including parts that this program does not otherwise read, such as footnotes."""
    from docx.oxml.parser import parse_xml

    for part in package.iter_parts():
        if getattr(part, "element", None) is not None:
            yield part.element
        elif part.content_type.endswith("xml"):
            try:
                yield parse_xml(part.blob)
            except SyntaxError:
                raise Unreadable("it is not a Word document, or it is damaged: save it again as .docx") from None


def _fields(root: Any) -> Iterator[str]:
    """Yields the instruction of each field, without the instructions of nested fields. Word may split an instruction between
    several elements."""
    open_: list[list[str]] = [[]]
    for one in root.iter("{*}fldSimple", "{*}fldChar", "{*}instrText"):
        said = {str(name).rpartition("}")[2]: str(value) for name, value in one.attrib.items()}
        if one.tag.endswith("}instrText"):
            open_[-1].append(one.text or "")
        elif one.tag.endswith("}fldSimple"):
            yield said.get("instr", "")
        elif said.get("fldCharType") == "begin":
            open_.append([])
        elif said.get("fldCharType") == "end" and len(open_) > 1:
            yield "".join(open_.pop())
    yield from map("".join, open_)
