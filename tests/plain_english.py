"""Finds phrases that this project has retired, which means that nobody should write them any more.

    python -m tests.plain_english                 the whole project
    python -m tests.plain_english monitor/store   these files and folders

The command prints a line for each occurrence: file, line, the phrase, and what to write instead. The command searches the texts
that people read: documents, templates, docstrings, comments, and string literals that contain a space. Code, the names of log
events, and the values in `FIXED` are left out.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]

RETIRED: Sequence[tuple[str, str]] = (
    # ── terms: one word for one thing ──
    (r"(?:first|second|last|next|later|earlier|other) looks?\b", "check"),
    (r"looks? (?:is|are|was|were) (?:taken|due|repeated|made)", "the check is made, is due"),
    (r"(?:is|are|was|were|be|been|not|being) looked at", "is checked"),
    (r"rounds? of looks|one look\b|each look\b|a look at (?:a|the) (?:page|service)", "check"),
    (r"suspicions?", "candidate change"),
    (r"witness(?:es)?", "corroboration"),
    (r"gravity", "severity"),
    (r"(?:is|are|was|were|be|been) told of", "is alerted about"),
    (r"(?:is|are|was|were|be|been) (?:still |now )?told (?:no more|any more|anything|at once|when)", "is alerted"),
    (r"who (?:is|are|was|were) told\b", "who is alerted, who was alerted"),
    (r"to be told\b", "to be alerted, to be sent"),
    (r"(?:hears?|heard) of\b", "is alerted about"),
    (r"tells? (?:an address|it no more)|stop telling", "alert an address, stop alerting"),
    (r"(?:read|readings?) well\b", "up to date, fully read, partly read, not read"),
    (r"the house\b|over a house|rooms? of (?:the|`)", "the app; package"),
    (r"(?:address|mail|email|receiver|what) is switched off|switched off as a whole|what was switched off", "suspended"),
    (r"what is (?:still )?owed\b|is owed to it\b", "its messages, waiting messages"),
    (r"log of what was told|what was told\b", "delivery log; what was sent"),
    (r"the rights (?:let|say|table)|needs? the right\b", "permissions"),
    (r"(?:of )?the worst kind", "severe, a severe event"),
    (r"(?:is|was|were|be|been) taken back|tak(?:e|es|ing) (?:it|this|that|an event|one) back|takes? back", "retract"),
    (r"(?:opened|open it|opens it) again", "reopen"),
    (r"keepers? of|keeps? the watchlist|who keeps it", "owner, owns"),
    (r"fate\b", "outcome"),
    (r"deeds?\b", "action"),
    (r"ceiling on requests", "limit on requests"),
    (r"(?<!')signs? of life", "heartbeat, heartbeat message"),
    (r"(?:un)?seal(?:s|ed|ing)?\b", "encrypt, encrypted, decrypt"),
    (r"(?<!urgent\s)given up\b|giv(?:e|es|ing|en) (?:it |them |messages )?up for good", "failed for good; drop; stop trying"),
    (r"whoever (?:has|takes|deals with|acknowledges|manages|runs|knows|opens|enters|asks)\b", "the owner, the person who"),
    (r"nobody has (?:it|the case|them)\b|cases? (?:that )?nobody has\b|is nobody[’']s\b", "has no owner, without an owner"),
    # ── words that read like a translation ──
    (r"says? yes\b|said yes\b|saying yes\b|waits? for a yes", "confirms, accepts"),
    (r"that there (?:is|are)(?: not| already)?(?=[.,;:)]|$)", "name the thing: a format that is not available"),
    (r"(?<!\w)of (?:which|whom)\b", "two sentences, or: whose, with"),
    (
        r"(?<!there\s)(?:is|was) no (?:file|event|alarm|service|day|instant|publication|host|fall|rise|setting|csv|text|token|"
        r"signed token|time|step|fault|error|mailbox|person|change|url|news|rating|workbook|such list)\b",
        "is not a ...",
    ),
    (r"(?<=[,;]\s)also (?:if|when|where|by|of|those|from|in|after|for|without)\b", "even if, including"),
    (r"(?<=,\s)but for\b(?! what was not assessed)", "except for, apart from"),
    (r"imitations?", "simulator, simulated"),
    (r"(?:is|are|was|were|been|be|last) read (?:as a whole|in whole)", "read in full"),
    (r"stands? (?:beside|first)\b|stands? on a sheet", "is shown beside, comes first"),
    (r"whoever keeps\b", "the person who manages, the owner"),
    (r"(?:says?|said|stated|understood|known) of (?:an?|the|it|them|each|all|some|this|these|services?)\b", "says about"),
    (r"the right (?:Send As|FullAccess)", "the permission"),
    (r"limits? of (?:a|the) (?:day|minute|hour)\b", "daily limit, limit per minute"),
    (r"can[’']t be told from|cannot be told from", "can't be distinguished from"),
    (r"hinders?\b", "prevents"),
    (r"goes on (?:being|as)\b", "continues"),
    (r"worth a word\b", "that need a note"),
    (r"(?:comes|came|would come) to (?:nothing|this)", "fails; the result is"),
    (r"what (?:it|a rule|that) (?:would come|comes|came) to", "the result, what it would do"),
    (r"by other means", "in another way"),
    (r"(?:daemon|program|nobody|anybody|who|one|process) (?:is|was|may be|be) at work", "is running"),
    (r"without a word\b", "without notice"),
    (r"with a word to\b", "and ... is alerted"),
    (r"as ever\b", "as usual, as before"),
    (r"(?<!-)anew\b", "again, from the start, a new one"),
    (r"more seldom|ever rarer", "less and less often"),
    (r"tried again by itself", "the monitor keeps trying"),
    (r"what(?:ever)? fits\b|what does not fit", "everything that matches"),
    (r"what (?:holds|held)\b", "the current state, the state"),
    (r"(?:stands?|stood) (?:in|on|under|below|behind) (?:the|its|their|no|this|each|every|all|our)\b", "is in, appears on"),
    (r"bears? (?:a|an|the|its|no|our)\b", "has"),
    (r"as it came\b|as they came\b", "as received"),
    (r"all the same(?=[.,;:)]|$)", "anyway"),
    (r"(?:can't|can’t|cannot|not) (?:to )?be had\b|where it can be had", "is not available"),
    (r"read (?:rightly|right(?=[.,;:]))|(?:is|was|were|been|being) read wrongly", "read correctly; misread"),
    (r"as far as (?:was|is) seen", "as far as we have seen"),
    (r"(?:told|good|counts?|registered|watched|so|is) no more(?=[.,;:)]|$)|follows? the register no more", "no longer"),
    (r"(?:or|but) not any more", "no longer, has been removed"),
    (r"it is proposed (?:to|by)|is proposed by itself", "propose, say who"),
    (r"somebody else than|nobody else than", "somebody other than"),
    (r"also not (?:when|where|if)", "not even when"),
    (r"told but not gone by|gone by\b|goes by the (?:pages|files)|going by the", "uses, honoured"),
    (r"burn attempts", "waste attempts"),
    (r"be woken\b", "page somebody"),
    (r"(?:is|was|are) not whole|isn[’']t whole|again, whole|write it whole", "incomplete; copy the whole ... again"),
    (r"in the same breath", "in the same sentence"),
    (r"in trouble\b|hears? of trouble", "has a problem"),
    (r"to whoever\b|for whoever\b|whoever (?:is here|has it already)", "to everybody who; the person"),
    (r"tak(?:en|es|ing|e) (?:it |them |this )?apart", "parse"),
    (r"nothing (?:is|was|has been) taken\b", "nothing is imported, nothing is added"),
    (r"(?:was|were|is|are|been) not taken\b", "was not accepted"),
    (r"rings? (?:\w+ )?up\b", "telephone"),
    (r"goes on (?:where|later|by itself)", "continues"),
    (r"lets? (?:you|us|yourself|them) in\b", "accept the sign-in, sign in, invite yourself"),
    (r"for ever tried|tried for ever", "keeps trying"),
    (r"what stands (?:here|there|around)|that stand (?:here|there)", "this page, the text; the middleware"),
    (r"as if it were not there", "does not seem to exist"),
    (r"the (?:pages|words|numbers) of others\b|others’? ?too\b(?=\.)", "other people's"),
    (r"on account of which", "for which"),
    (r"a (?:page|program|process|connection|message|section|line) of (?:its|their|one's) own", "its own ..., a separate ..."),
    (r"authority of one's own", "private authority"),
    (r"at most .{0,30} are to be looked at|to be looked at\b", "need a look"),
    (r"in a bad way\b", "in a grave state"),
    (r"otherwise than\b|(?:say|says|called|named) it otherwise", "differently from, in another way"),
    (r"(?:must|has to|have to|no longer) stands?\b", "must last, no longer applies"),
    (r"API[’']s word\b|(?:on its|on the API[’']s) word alone", "the API's answer; because the API alone stated it"),
    (r"went well\b", "succeeded"),
    (r"(?:is|are|was|were|been|being|CQC) rate[sd]? apart|rate[sd] apart", "rated separately"),
    (r"some hundred\b", "several hundred"),
    (r"(?:lets?|let) go of\b", "release, delete, close"),
    (r"as far as that comes|comes by itself", "if nothing else happens"),
    (r"since .{1,40} at the latest", "since ... or earlier"),
    (r"what becomes of\b", "what happens to"),
    (r"(?:that|which) (?:is|are) shipped|the shipped\b", "the default"),
    (r"puts? (?:it|that|this|them) right\b", "correct it, do something about it"),
    (r"rests? (?:up)?on\b", "is based on, relies on"),
    (r"by itself\b|by themselves\b", "automatically, alone"),
    (r"every right to (?:it|them)\b", "all permissions on it"),
    (r"(?:by|as) that one\b|that one[’']s\b", "name the thing again"),
    (r"(?:environment|setting|settings|`?\.env`?) wins?\b", "takes precedence"),
    (r"(?:files|files that are) held here\b", "the loaded files"),
    (r"once more (?:what|the messages)", "again"),
)
"""Regular expressions, each with what to write instead. Word boundaries are added to each expression, and case is ignored."""

FIXED = frozenset(
    {
        "not read well",
        "read well",
        "read wrongly",
        "not taken",
        "sign of life",
        "given up",
        "Given up",
        "sent back, given up",
        "urgent given up",
    }
)
"""Values in JSON and metrics, and values of kinds and codes. Programs rely on these values, so they are not changed although they
contain retired phrases."""


@dataclass(frozen=True, slots=True)
class Found:
    """A retired phrase in a file. `line` counts from 1."""

    path: str
    line: int
    phrase: str
    instead: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: “{self.phrase}”: write {self.instead}"


@cache
def _patterns() -> Sequence[tuple[re.Pattern[str], str]]:
    return tuple((re.compile(rf"\b(?:{text})(?!\w)".replace(" ", r"\s+"), re.IGNORECASE), instead) for text, instead in RETIRED)


def retired_in(text: str) -> Iterator[tuple[int, str, str]]:
    """Yields for each retired phrase in a text its position, the phrase, and what to write instead."""
    for pattern, instead in _patterns():
        for match in pattern.finditer(text):
            yield match.start(), " ".join(match[0].split()), instead


# ── the texts in a file that people read, each with the number of its first line ──

Pieces = Iterator[tuple[int, str]]


def _of_document(text: str) -> Pieces:
    """Yields the paragraphs of a Markdown document, without code blocks and inline code."""
    text = re.sub(r"^```.*?^```", lambda found: "\n" * found[0].count("\n"), text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"^ {4,}\S.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"`[^`\n]*`", "`", text)
    start = 0
    for paragraph in re.split(r"\n\s*\n|\n(?=\||\s*[-*#] )", text):
        at = text.index(paragraph, start)
        yield text.count("\n", 0, at) + 1, paragraph
        start = at + len(paragraph)


_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_QUOTED = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")


def _of_template(text: str) -> Pieces:
    """Yields the text and comments of a template, and the string literals in its expressions."""
    for match in _CODE.finditer(text):
        for literal in _QUOTED.finditer(match[0]):
            yield text.count("\n", 0, match.start() + literal.start()) + 1, literal[1] or literal[2] or ""
    bare = _CODE.sub(lambda found: "\n" * found[0].count("\n") + "{}", text)
    yield 1, re.sub(r"<[^>]+>", lambda found: "\n" * found[0].count("\n"), bare)


def _of_program(text: str) -> Pieces:
    """Yields the comments of a Python module, and its docstrings and other string literals that contain a space."""
    yield from _comments(text)
    tree = ast.parse(text)
    events = {id(call.args[0]) for call in ast.walk(tree) if isinstance(call, ast.Call) and _logs(call) and call.args}
    inner: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inner |= {id(part) for part in ast.walk(node) if isinstance(part, ast.Constant)}
            parts = (str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
            words = "".join(parts)
            if id(node) not in events and " " in words:
                yield node.lineno, words
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner | events:
            yield from [(node.lineno, node.value)] if " " in node.value and node.value not in FIXED else []


def _logs(call: ast.Call) -> bool:
    of = call.func
    return isinstance(of, ast.Attribute) and isinstance(of.value, ast.Name) and of.value.id == "log"


def _comments(text: str) -> Pieces:
    """Yields the comments of a Python module. Comments on consecutive lines are joined."""
    first, last, words = 0, 0, ""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT:
            continue
        line, more = token.start[0], token.string.lstrip("#").strip()
        if line != last + 1:
            yield first, words
            first, words = line, ""
        words += f"\n{more}" if words else more
        last = line
    yield first, words


_READERS = {".md": _of_document, ".jinja": _of_template, ".html": _of_template, ".txt": _of_template, ".py": _of_program}


def found_in(path: Path, root: Path = ROOT) -> list[Found]:
    """Returns the retired phrases in a file below `root`, in the order of the lines."""
    text, name = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
    found = [
        Found(name, first + piece.count("\n", 0, at), phrase, instead)
        for first, piece in _READERS[path.suffix](text)
        for at, phrase, instead in retired_in(piece)
    ]
    return sorted(set(found), key=lambda one: (one.line, one.phrase))


def files(*places: Path) -> list[Path]:
    """Returns the files that people read, from the given files and folders (by default README.md, docs/, templates/ and
    monitor/)."""
    wanted = places or (ROOT / "README.md", ROOT / "docs", ROOT / "templates", ROOT / "monitor")
    below = (found for place in wanted for found in ([place] if place.is_file() else place.rglob("*")))
    return sorted(one for one in below if one.suffix in _READERS)


if __name__ == "__main__":
    for one in files(*(Path(name).resolve() for name in sys.argv[1:])):
        for each in found_in(one):
            print(each)
