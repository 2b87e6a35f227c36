"""The properties of a Word document."""

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document as Word


def say_about(document: "Word", at: datetime, by: str = "") -> None:
    """Records in a document when (`at`) and by whom (`by`) it was made and last changed. Changes American English, Word's default
    language, to British English."""
    from docx.oxml.ns import qn

    about = document.core_properties
    about.created = about.modified = at
    about.last_modified_by, about.revision = by, 1
    for root in (document.styles.element, document.settings.element):
        for one in root.iter(qn("w:lang"), qn("w:themeFontLang")):
            if one.get(qn("w:val")) == "en-US":
                one.set(qn("w:val"), "en-GB")
