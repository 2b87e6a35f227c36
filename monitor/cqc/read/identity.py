"""Reads which service a page is about: the service's id, name, provider, kind, address and registration. The module also reads
notices about the profile, and links to the service's publications."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from monitor import ratings
from monitor.cqc.read.flow import Anchor, Flow
from monitor.cqc.read.words import Kind, Token
from monitor.locations import published_id
from monitor.model import LOCATION_ID, Link, ProfileNotice, Source

_ID_IN_PATH = re.compile(r"/location/([A-Za-z0-9-]{3,16})(?=[/?#]|$)(/[^?#\s]*)?")
_ID_IN_WORDS = re.compile(r"\blocation (?:(?:id|number|reference)\s*+)?+(?::\s*+|(?=[a-z]{0,15}[0-9]))([0-9a-z-]{3,16})\b")
_OWN_PARTS = ("/inspection-summary", "/reports", "/subscribe", "/contact", "/services", "/registration", "/share", "/overview")

# "The provider of this service changed. See old profile", "… previously registered at a different address - see old
# profile". Source: docs/facts/pages.md, What a person sees.
_NOTICE = re.compile(r"\bsee (?:the |its |our )?(old|new|previous|current|former) (?:profile|page|registration)")
_LONGEST_NOTICE = 2000  # the most characters of the paragraph around the link
_MOVE = re.compile(r"\baddress|\bmoved|\brelocat|different location|new location")
_OWNER = re.compile(r"\bprovider|\bmanaged|\brun by|\bowner")

_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b")
_PROVIDED = re.compile(r"(?:provided and run by|provided by|run by|service provider|provider name|provider)\s*[:\t]\s*(.*)", re.I)
_PROVIDED_ALONE = re.compile(r"(?:provided and run by|who runs this service|provided by|run by|provider)\s*:?", re.I)
_RUNS = re.compile(r"(.{2,120}?) runs this (?:service|location)\.?", re.I)
_RUN_BY = re.compile(r".{2,120}? is (?:provided and )?run by (?:an? )?(.{2,120}?)\.?", re.I)

_TYPES = re.compile(
    r"(?:care home|nursing home|homecare|home care|domiciliary|doctor|gp\b|hospital|clinic|dent(?:al|ist)|hospice|community|"
    r"ambulance|mental health|supported living|shared lives|extra care|residential|independent|urgent care|prison|"
    r"rehabilitation|diagnos|mobile doctor|phone|online|specialist college|substance|care service|agenc)"
)
_TYPE_LABEL = re.compile(r"(?:service type|type of service|type)\s*+:?\s*+(.*)", re.I)
_NOT_A_NAME = re.compile(
    r"(?:(?:[a-z-]+ )*(?:inspection|assessment|quality) report|"
    r"care quality commission|cqc|inspection summary|reports?|all reports|overview|home|search|menu|skip .*|you are here|"
    rf"on this page|contents|cookies.*|.*\bcookies\b.*|{ratings.any_question()}|overall.*|report from .*|"
    r"(?:tel(?:ephone)?|phone|call|fax|contact)?(?: us)?(?: (?:on|number|no))?[ .:]*+\(?\+?[\d ()-]{7,20}|"
    r"breadcrumb|ratings?|important:?.*|back to .*|accept.*|about us|services we regulate|(?:main )?navigation)\W*+"
)
_PROSE = re.compile(r"\b[a-z]{4,}[.?!] [A-Z]")
_LABELLED = re.compile(
    r"(?:(?:registered )?provider|location id|(?:type of )?service|service type|address|date of [a-z ]{3,30}|published"
    r"|inspected)\s*:"
)
_COLUMNS = re.compile(r"key questions?\b.*\b(?:this|last|rating|previous|now)\b")
_LONGEST_TABLE = 16  # in lines
_HEADS_RATINGS = re.compile(r"(?:our |the |cqc |current |latest )*ratings?(?: (?:of|for) (?:this|the) \w+)?\W*")
_PHONE = re.compile(r"(?:tel(?:ephone)?|phone)?[ .:]*\(?\+?[\d ()-]{7,20}")
_LONGEST_ADDRESS = 6  # the most lines of an address
_SECTORS = frozenset(
    ("care home", "doctor", "hospital", "community services", "mental health", "homecare", "dentist", "ambulance")
)
_ARCHIVED = re.compile(r"archived:\s*", re.I)
_ALSO = re.compile(r"(?<!\s)\s*+[-(]?\balso known as\b.*", re.I)
_RATING_AT_END = re.compile(
    r"(?P<parted>[\s:|(,–—-]++)(?P<label>overall(?: rating)?\s*:?\s*|rated\s+|(?:cqc )?rating\s*:\s*)?"
    r"(?P<rating>outstanding|good|requires improvement|inadequate)\)?$",
    re.I,
)
_LONG_RATINGS = ("requires improvement", "inadequate")
_LONGEST_RATING = 60  # the most characters of a rating with its label at the end of a heading
_REGISTERED = re.compile(r"registered (?:on|since) \d|(?:registration )?status\s*+:?\s*+registered\b|^registered$")


def location_of(href: str) -> tuple[str, str] | None:
    """The location id in upper case, and the rest of the path, from the address (URL) of a location's page. None for other
    addresses."""
    match = _ID_IN_PATH.search(href)
    if match is None:
        return None
    found = match[1].upper() if LOCATION_ID.fullmatch(match[1].upper()) else published_id(match[1])
    return None if found is None else (found, (match[2] or "").rstrip("/"))


def location_id(flow: Flow, lines: Sequence[str]) -> str | None:
    """The id of the page's service; None if it is not clear. The id may be in the page's canonical address, in a line such as
    "Location ID: 1-2235535718", in links to the service's other pages, or in most of the page's links to services."""
    canonical = location_of(flow.canonical) if flow.canonical else None
    if canonical:
        return canonical[0]
    named = {found[1].upper() for line in lines if "location" in line for found in _ID_IN_WORDS.finditer(line)}
    written = {found for found in named if LOCATION_ID.fullmatch(found)}
    if len(written) == 1:
        return written.pop()
    parts: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    for anchor in flow.anchors:
        found = location_of(anchor.href)
        if found is None or _is_notice(anchor, lines):
            continue
        (parts if found[1].startswith(_OWN_PARTS) else plain)[found[0]] += 1
    if not flow.is_html:
        plain.update(found[0] for line in lines if "/location/" in line and (found := location_of(line)))
    return _majority(parts) if parts else _majority(plain)


def _is_notice(anchor: Anchor, lines: Sequence[str]) -> bool:
    """Whether a link is part of a notice that the service has moved or has a new provider."""
    if "profile" in anchor.text.lower():
        return True
    line = lines[anchor.block] if 0 <= anchor.block < len(lines) else ""
    return len(line) <= _LONGEST_NOTICE and _NOTICE.search(line) is not None


def _majority(counted: Counter[str]) -> str | None:
    """The id that occurs more often than all other ids together; None if no id does."""
    if not counted:
        return None
    found, most = counted.most_common(1)[0]
    return found if 2 * most > counted.total() else None


def foreign(flow: Flow, lines: Sequence[str], own: str | None) -> frozenset[int]:
    """The blocks that link to another service's page. Notices that link to an older or newer profile of this service are left
    out."""
    if own is None:
        return frozenset()
    return frozenset(
        anchor.block
        for anchor in flow.anchors
        if anchor.block >= 0 and (found := location_of(anchor.href)) and found[0] != own and not _is_notice(anchor, lines)
    )  # fmt: skip


def name_block(flow: Flow, lines: Sequence[str], tokens_of: Sequence[tuple[Token, ...] | None]) -> int:
    """The block of the service's name; -1 if no block is clearly the name."""
    headings = [at for at, block in enumerate(flow.blocks) if block.level == 1]
    for at in headings:
        if not _NOT_A_NAME.fullmatch(lines[at]):
            return at
    if flow.is_html and not headings:
        headings = [at for at, block in enumerate(flow.blocks) if block.level == 2]
        anchored = _before_anchor(flow, lines, tokens_of)
        return anchored if anchored >= 0 else next((at for at in headings if not _NOT_A_NAME.fullmatch(lines[at])), -1)
    return _before_anchor(flow, lines, tokens_of)


def _before_anchor(flow: Flow, lines: Sequence[str], tokens_of: Sequence[tuple[Token, ...] | None]) -> int:
    """The block that is probably the name; -1 if there is none. It is found above the first line that can only be below a name,
    such as the overall rating, the provider or "Report from …"."""
    for at, line in enumerate(lines[:400]):
        if line.startswith("archived:"):
            return at
        if line == "you are here" and at + 1 < len(lines):
            return at + 1
        if at and _below_name(line, tokens_of[at], plain_text=not flow.is_html):
            found = _above_address(flow, lines, at - 1)
            while found > 0 and (_HEADS_RATINGS.fullmatch(lines[found]) or (lines[found] in _SECTORS and not flow.is_html)):
                found -= 1
            if not flow.is_html and found >= 0 and _is_of_a_table(lines[found], tokens_of[found]):
                return _above_table(flow, lines, found, tokens_of)
            if found >= 0 and not _NOT_A_NAME.fullmatch(lines[found]):
                return _unless_prose(flow, found)
    return -1


def _is_of_a_table(line: str, tokens: tuple[Token, ...] | None) -> bool:
    """Whether a line of a plain text is a label with its value, a row of ratings or the row of headings above them."""
    kinds = {token.kind for token in tokens or ()}
    rated = Kind.VALUE in kinds and bool(kinds & {Kind.KEY_QUESTION, Kind.OVERALL, Kind.RATING, Kind.EARLIER})
    return rated or _LABELLED.match(line) is not None or _COLUMNS.match(line) is not None


def _above_table(flow: Flow, lines: Sequence[str], at: int, tokens_of: Sequence[tuple[Token, ...] | None]) -> int:
    """The name above a table of labels and ratings in a plain text; -1 if there is none."""
    for above in range(at - 1, max(at - _LONGEST_TABLE, 0) - 1, -1):
        line = lines[above]
        is_label = "\t" in line or _is_of_a_table(line, tokens_of[above]) or _is_contact(flow, lines, above)
        if not is_label and not _NOT_A_NAME.fullmatch(line):
            return _unless_prose(flow, above)
    return -1


def _unless_prose(flow: Flow, at: int) -> int:
    """The block, or -1 if it is no name: it has the end of a sentence, or is the line above a list ("What we have done:")."""
    text = flow.blocks[at].text
    return -1 if _PROSE.search(text) or text.endswith(":") else at


def _below_name(line: str, tokens: tuple[Token, ...] | None, *, plain_text: bool) -> bool:
    """Whether a line can only be below the service's name. In a plain text, a rating can only be below the name, since the text
    has no menu of key questions."""
    kinds = [token.kind for token in tokens or ()]
    if kinds and kinds[0] is Kind.OVERALL and (plain_text or Kind.VALUE in kinds):
        return True
    if plain_text and Kind.VALUE in kinds and kinds[0] in (Kind.KEY_QUESTION, Kind.VALUE):
        return True
    return line.startswith(("report from ", "provided and run by")) or _NOTICE.search(line) is not None


def _above_address(flow: Flow, lines: Sequence[str], at: int) -> int:
    """The line of the name, if block `at` is part of an address or a telephone number below the name; otherwise `at`."""
    if at < 0 or not _is_contact(flow, lines, at):
        return at
    first = at
    while first > 0 and at - first < _LONGEST_ADDRESS and (_is_contact(flow, lines, first) or _is_place(lines[first - 1])):
        first -= 1
    named = (here for here in range(first, at) if not _NOT_A_NAME.fullmatch(lines[here]) and not _is_contact(flow, lines, here))
    return next((here for here in named if not _TYPES.fullmatch(lines[here]) and lines[here] not in _SECTORS), -1)


def _is_contact(flow: Flow, lines: Sequence[str], at: int) -> bool:
    return bool(_POSTCODE.search(flow.blocks[at].text.upper())) or _PHONE.fullmatch(lines[at]) is not None


def name_of(text: str, overall: frozenset[ratings.Stated]) -> tuple[str | None, bool]:
    """The name in a heading, and whether the heading marks the service as archived. A rating at the end of the heading is left
    out if it is the page's overall rating."""
    archived = _ARCHIVED.match(text)
    if archived:
        text = text[archived.end() :]
    text = _ALSO.sub("", text)
    rated = _rated_at_end(text)
    if rated and rated[1] in overall:
        text = text[: rated[0]]
    return text.strip(" -–:") or None, archived is not None


def _rated_at_end(text: str) -> tuple[int, ratings.Stated | None, bool] | None:
    """For a rating at the end of a heading: the position where it begins, its value, and whether it is clearly not part of the
    name. None if there is no such rating."""
    start = max(len(text) - _LONGEST_RATING, 0)
    found = _RATING_AT_END.search(text, start)
    if found is None or not text[: found.start()].strip():
        return None
    is_plain = bool(found["label"]) or found["parted"].strip() != "" or found["rating"].lower() in _LONG_RATINGS
    return found.start(), ratings.parse(found["rating"]), is_plain


def trailing_rating(text: str) -> ratings.Stated | None:
    """The rating at the end of a heading, if it is clearly not part of the name: either no name contains such words ("Precious
    Homes Requires improvement"), or a label or a mark separates the rating from the name ("Oak House – Overall: Good")."""
    rated = _rated_at_end(text)
    return rated[1] if rated and rated[2] else None


def provider(flow: Flow, lines: Sequence[str]) -> str | None:
    """The name of the service's provider, as written on the page."""
    for at, line in enumerate(lines):
        if "provide" not in line and "run" not in line:
            continue
        text = flow.blocks[at].spaced.strip()
        if (match := _PROVIDED.fullmatch(text)) and match[1].strip():
            return _clean(match[1])
        if _PROVIDED_ALONE.fullmatch(text) and at + 1 < len(lines):
            following = flow.blocks[at + 1].text
            run = _RUN_BY.fullmatch(following) or _RUNS.fullmatch(following)
            return _clean(run[1] if run else following)
        if len(text) < 260 and (match := _RUN_BY.fullmatch(text) or _RUNS.fullmatch(text)):
            return _clean(match[1])
    named = {anchor.text for anchor in flow.anchors if "/provider/" in anchor.href and anchor.text}
    return _clean(named.pop()) if len(named) == 1 else None


def _clean(text: str) -> str | None:
    return text.replace("\t", " ").strip(" .:") or None


def service_type(flow: Flow, lines: Sequence[str], name_at: int) -> str | None:
    """The kind of service, from a line just above the name or from a label."""
    for at in range(name_at - 1, max(name_at - 4, -1), -1):
        line = lines[at]
        if len(line.split()) > 7:
            continue
        if _TYPES.search(line) and not _NOT_A_NAME.fullmatch(line):
            sector, _, kind = _halves(flow.blocks[at].spaced)
            return kind if kind.casefold() == sector.casefold() else flow.blocks[at].text
    for at, line in enumerate(lines):
        if line.startswith(("service type", "type of service", "type:", "type\t")):
            match = _TYPE_LABEL.fullmatch(flow.blocks[at].text)
            if match and match[1].strip():
                return match[1].strip()
            if at + 1 < len(lines) and len(lines[at + 1]) < 80:
                return flow.blocks[at + 1].text
    return None


def _halves(text: str) -> tuple[str, str, str]:
    """"Care Home Care home" -> the two halves of the line: the sector and the type."""
    words = text.split()
    half = len(words) // 2
    return " ".join(words[:half]), " ", " ".join(words[half:])


def address(flow: Flow, lines: Sequence[str], name_at: int) -> str | None:
    """The first address with a postcode below the name, without its telephone number."""
    for at in range(max(name_at, 0), min(len(lines), name_at + 40)):
        text = flow.blocks[at].text.replace("\t", " ")
        if len(text) > 200:
            continue
        found = _POSTCODE.search(text)
        if found is None:
            continue
        parts = [text[: found.end()]]
        while "," not in parts[0] and len(parts) < 6 and at - len(parts) > name_at and _is_place(lines[at - len(parts)]):
            parts.insert(0, flow.blocks[at - len(parts)].text)
        joined = ", ".join(part.strip(" ,") for part in parts)
        return re.sub(r"^address\s*+:?\s*+", "", joined, flags=re.I) or None
    return None


_NO_PLACE = re.compile(r"rating|overall|good|inadequate|improvement|see old|see new|provider|address")


def _is_place(line: str) -> bool:
    return len(line) < 60 and not line.endswith((".", ":")) and not _NO_PLACE.search(line)


def notices(flow: Flow, lines: Sequence[str]) -> tuple[ProfileNotice, ...]:
    """The notices that the service has a new provider or has moved."""
    found: list[ProfileNotice] = []
    for at, line in enumerate(lines):
        if "profile" not in line and "see " not in line:
            continue
        start = 0
        id_of = {see: _notice_id(flow.anchors_of.get(at, ()), see) for see in ("new", "old")}
        for match in _NOTICE.finditer(line):
            words = line[start : match.start()]
            start = match.end()
            kind = _notice_kind(words) or (found[-1].kind if found else None)
            if kind is None:
                continue
            see = "new" if match[1] in ("new", "current") else "old"
            found.append(ProfileNotice(kind=kind, see=see, location_id=id_of[see]))
    return tuple(dict.fromkeys(found))


def _notice_kind(words: str) -> str | None:
    if _MOVE.search(words):
        return "moved"
    return "provider changed" if _OWNER.search(words) else None


def _notice_id(anchors: Sequence[Anchor], see: str) -> str | None:
    located = [(anchor, found[0]) for anchor in anchors if (found := location_of(anchor.href))]
    named = [found for anchor, found in located if see in anchor.text.lower()]
    if len(set(named)) == 1:
        return named[0]
    return located[0][1] if len(located) == 1 else None


def says_registered(lines: Sequence[str]) -> bool:
    """Whether the page says that the service is registered."""
    return any(_REGISTERED.search(line) for line in lines if "regist" in line)


def links(flow: Flow, own: str | None, is_own: Sequence[bool]) -> Iterator[Link]:
    """Links to this service's newest publications, in page order. Each link appears once."""
    seen = set()
    for anchor in flow.anchors:
        kind = _publication(anchor.href, own)
        path = anchor.href.partition("#")[0]
        inside = not 0 <= anchor.block < len(is_own) or is_own[anchor.block]
        if kind is None or path in seen or not (inside or kind in (Source.SUMMARY_PAGE, Source.REPORTS_PAGE)):
            continue
        seen.add(path)
        yield Link(kind=kind, url=path, text=anchor.text)


def _publication(href: str, own: str | None) -> Source | None:
    located = location_of(href)
    path = href.partition("?")[0].partition("#")[0].rstrip("/")
    if located and own and located[0] != own:
        return None
    # Source: docs/facts/pages.md, Other pages of a service.
    if path.lower().endswith(".pdf") or re.search(r"^(?:https?://[^/]+)?(?:/public/v1)?/reports/[0-9a-f-]{36}$", path):
        return Source.INSPECTION_REPORT
    if path.endswith("/inspection-summary"):
        return Source.SUMMARY_PAGE
    if re.search(r"/reports/[^/]+", path):
        return Source.INSPECTION_REPORT if path.endswith(("/pdf", "/download")) else Source.ASSESSMENT_PAGE
    if located and path.endswith("/reports"):
        return Source.REPORTS_PAGE
    return None
