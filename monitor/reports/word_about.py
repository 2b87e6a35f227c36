"""The properties of a Word document."""

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document as Word


def say_about(document: "Word", at: datetime, by: str = "") -> None:
    """Marks a document as new, made `at`, last changed by `by`. American English, the default if nobody chose a language, becomes
    British English."""
    from docx.oxml.ns import qn

    about = document.core_properties
    about.created = about.modified = at
    about.last_modified_by, about.revision = by, 1
    for root in (document.styles.element, document.settings.element):
        for one in root.iter(qn("w:lang"), qn("w:themeFontLang")):
            if one.get(qn("w:val")) == "en-US":
                one.set(qn("w:val"), "en-GB")
