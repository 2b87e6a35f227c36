"""Reads a service's page (location, summary, reports, assessment; HTML or its plain text).

The layouts from 2016 to today differ in markup, but little in visible text. Source: docs/facts/pages.md, What a person sees, and
the layouts before it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.cqc.read import (
    again,
    assessment,
    changes,
    council,
    fields,
    groups,
    identity,
    prose,
    rated,
    sentences,
    special_measures,
    spelled,
    titles,
    whose,
)
from monitor.cqc.read import framework as frameworks
from monitor.cqc.read.attributes import BY_CLASS
from monitor.cqc.read.claims import Told
from monitor.cqc.read.content import Place
from monitor.cqc.read.flow import Block, Flow
from monitor.cqc.read.others import About
from monitor.cqc.read.said import marked
from monitor.cqc.read.statements import Reader, Stating
from monitor.cqc.read.withheld import missing, withheld
from monitor.cqc.read.words import DAY_IN_WORDS, NUMERIC_DAY, Kind, Token, date_of, plain, tokenised
from monitor.cqc.read.zones import Zone, news_in_history, ratings_left_out, zones
from monitor.locations import location_id_in
from monitor.model import (
    IN_MEASURES,
    Framework,
    GroupReading,
    Link,
    MeasuresState,
    Reading,
    Registration,
    SaidKind,
    Source,
    SpecialMeasures,
)
from monitor.ratings import OVERALL, KeyQuestion, Reason, Stated, any_question

# Words that show that a page is a CQC page about one service.
_MARKS = re.compile(
    r"^(?:provided and run by|all inspections$|inspection summary|overall summary & rating|inspection areas$|report from \d"
    r"|who runs this service|background to this inspection|important: the provider of this service)"
    r"|read more about inspection ratings|\bis run by\b|see (?:old|new) profile|\bregistered on \d|^during an? .{0,40}inspection"
    r"|this means we looked for evidence that|assessment under our new approach|\(?out of 100\)? for this area|location id\b"
)
_MANY = 3  # a page with at least this many key questions, each with a rating or a score, is about a service
_CQC = re.compile(r"\bcqc\b|care quality commission")
_NOT_A_SERVICE = re.compile(
    r"(?:just a moment|checking your browser|attention required|access denied|page not found|service unavailable|"
    r"search results|find (?:a|and compare) (?:service|care).*|provider:.*|404|403|50\d|sorry,.*|.*maintenance.*|error.*|"
    r"are you (?:a )?human.*|.*security check.*|request blocked.*)\W*"
)
_CHALLENGE = re.compile(
    r"just a moment|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|enable javascript and cookies"
)
_SUMMARISED = re.compile(r"(?:inspection areas|background to this inspection):*$|overall summary (?:&|and) rating")
_SUMMARY_WORDS = ("inspection areas", "background to this", "overall summary")
# A sentence in older summaries. It shows the key question if the label above the rating is missing in an extracted text.
_FINDINGS = re.compile(rf"details are in our ({any_question()}) findings below")
# Words that show that a text outside the content may be about this service.
_THIS = re.compile(
    r"\bthis (?:[a-z]+ )?(?:service|home|location|practice|surgery|hospital|agency|hospice|clinic|provider)\b(?!s)"
)
_TAG = re.compile(r"(?:now |currently )?in special measures(?: (?:since|from) \d{1,2} \w+ 20\d\d)?")
_BEFALLS = re.compile(
    r"\bspecial measures\b|\benforcement\b|\b(?:warning|requirement) notice|\bsuspend|\bcancel|\bprosecut|\burgent action"
    r"|\b(?:rated|rating)\b.{0,200}\b(?:outstanding|good|requires improvement|inadequate)\b|\brat(?:ed )?inadequate\b"
    r"|\b(?:is|now|overall|became) (?:outstanding|good|requires improvement|inadequate)\b|\bno longer registered\b|\bwithdrawn\b"
)
_ASKS = re.compile(r"(?:what|how|why|when|find out|read|see|learn|view|if|give|tell|get|share|report)\b")
_LONGEST_LEFT_OUT = 600  # the most characters of a left-out line
# A report's plan number: AP2291, LAP-00417. Source: docs/facts/ratings.md, Ids.
_PLAN = re.compile(r"/reports/(l?ap-?\d+)\b", re.I)
# The address of a report's page, with any kind of plan number. The second pattern matches addresses of report files, which are
# not pages.
_HOST = r"^(?:[a-z]+://[^/]*+)?"
_REPORT_PAGE = re.compile(rf"{_HOST}/location/[^/]+/reports/(?P<plan>[^/]+)(?P<part>(?:/[a-z-]+)*)$", re.I)
_FILE_OF_A_REPORT = re.compile(r"\.pdf$|/(?:pdf|download)$", re.I)
_A_DAY = rf"(?:{DAY_IN_WORDS}|{NUMERIC_DAY})"
_PUBLISHED_WORDS = re.compile(
    rf"\b(?:published|publication)(?: this(?: page| report)?)?(?: on)?:? (?:the )?(?:[a-z]{{3,9}}day,? )?(?P<day>{_A_DAY})\b"
)
_OF_ANOTHER = re.compile(r"\b(?:report|one|version|assessment|inspection) before (?:it|this|that)\b|\breplac(?:es|ed|ing)\b")
_OVERVIEW_PAGE = re.compile(rf"{_HOST}/location/[^/]+(?:/overview)?$", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    flow: Flow
    lines: Sequence[str]
    text: str  # the lines joined into one text, so that one search covers all of them
    tokens_of: Sequence[tuple[Token, ...] | None]
    location_id: str | None
    name_at: int
    zone_of: Sequence[Zone]
    own: Sequence[int]


def read_page(flow: Flow, url: str | None = None) -> Reading:
    """Reads a page. If the page is not about one service, the reading has the source UNKNOWN and no content. If its subject is
    unclear (a press release, a part of a report), the reading has the source UNKNOWN and the statements in the page's text. A
    person who asks for a reading of the page sees these statements, but checks do not use them."""
    page = _page(flow)
    if _is_foreign(page):
        return Reading()
    assessed = council.read_council(flow, url)
    if assessed is not None:
        return assessed
    _refuse_endless(page)
    kind = _kind(page, url)
    own = [page.lines[at] for at in page.own], [page.tokens_of[at] for at in page.own]
    framework = frameworks.of_page(*own, plan=_PLAN.search(url or "") is not None)
    stating = _statements(page, kind, framework)
    if not _is_service(page, stating):
        if len(_services_linked(page)) > 1:
            return Reading()
        rates = sum(len(group.key_questions) + (group.overall is not None) for group in stating.groups)
        sure = rates >= _MANY or not page.flow.is_html
        labelled = replace(stating, groups=tuple(filter(_is_labelled, stating.groups)) if sure else (), unread=())
        return replace(_reading(page, Source.UNKNOWN, framework, labelled, url), name=None, links=(), report=None)
    return _reading(page, kind, framework, stating, url)


def _refuse_endless(page: _Page) -> None:
    """Raises Unreadable for a text that is so long that the module `prose` would refuse it later. The text is refused here,
    before any search, since each search would take long."""
    long = len(page.own) > sentences.MAX_PARAGRAPHS or len(page.text) > sentences.MAX_CHARACTERS
    if long and len(_services_linked(page)) <= 1:
        sentences.refuse_endless(_paragraphs(page, None).texts)


def _services_linked(page: _Page) -> set[str]:
    """The ids of the services to which the page's text has links. A page that lists services has links to several services."""
    ids = (location_id_in(anchor.href) for anchor in page.flow.anchors if anchor.block >= 0)
    return {one for one in ids if one}


def _is_labelled(group: GroupReading) -> bool:
    """Whether the overall rating comes from a label and not from a sentence. If so, the quote of the rating contains no full
    stop between sentences."""
    return ". " not in (group.overall_quote or "")


def _page(flow: Flow) -> _Page:
    lines = [plain(block.spaced) for block in flow.blocks]
    tokens_of = tokenised(lines)
    location_id = identity.location_id(flow, lines)
    name_at = identity.name_block(flow, lines, tokens_of)
    zone_of = zones(flow, lines, identity.foreign(flow, lines, location_id), tokens_of, name_at)
    return _Page(
        flow=flow,
        lines=lines,
        text="\n".join(lines),
        tokens_of=tokens_of,
        location_id=location_id,
        name_at=name_at,
        zone_of=zone_of,
        own=[at for at, zone in enumerate(zone_of) if zone is Zone.OWN],
    )


def _is_foreign(page: _Page) -> bool:
    """Whether the page is a challenge or error page, a list, or a provider's page. Nothing on such a page is a statement about
    one service."""
    heading = page.lines[page.name_at] if page.name_at >= 0 else ""
    title = plain(page.flow.title or "")
    if (
        _is_of_a_provider(page)
        or any(map(_LISTS_SERVICES.fullmatch, page.lines[:_TOP]))
        or _NOT_A_SERVICE.fullmatch(heading)
        or _CHALLENGE.search(title)
        or not page.lines
    ):
        return True
    first = " ".join(page.lines[:6])
    return len(page.lines) < 30 and _CHALLENGE.search(first) is not None


_LISTS_SERVICES = re.compile(
    r"(?:all )?(?:services|locations|homes) (?:that are )?(?:run|provided|owned|operated) by (?:this|the) "
    r"(?:provider|company|organisation)\W*"
)
_TOP = 8  # how many lines at the top of a page are searched
_PROVIDERS_PAGE = re.compile(rf"{_HOST}/provider/[^/?#]+", re.I)


def _is_of_a_provider(page: _Page) -> bool:
    """Whether the page's own address is the address of a provider's page. A provider's page lists several services."""
    return _PROVIDERS_PAGE.search(page.flow.canonical or "") is not None


def _kind(page: _Page, url: str | None) -> Source:
    by_address = _kind_by_address(_path(url))
    if by_address is not None:
        return by_address
    reported = "report from" in page.text and any(
        line.startswith("report from") and line.endswith(("assessment", "inspection")) for line in page.lines
    )
    if reported and not _lists_inspections(page):
        return Source.ASSESSMENT_PAGE
    if _is_of_a_question(page) and not _lists_inspections(page):
        return Source.ASSESSMENT_PAGE
    if "out of 100" in page.text and any(assessment.area_score(line) is not None for line in page.lines):
        return Source.ASSESSMENT_PAGE
    if any(words in page.text for words in _SUMMARY_WORDS) and any(map(_SUMMARISED.match, page.lines)):
        return Source.SUMMARY_PAGE
    level_one = {line for line, block in zip(page.lines, page.flow.blocks, strict=True) if 0 < block.level <= 2}
    if "inspection summary" in level_one:
        return Source.SUMMARY_PAGE
    if level_one & {"reports", "all reports", "inspection reports"}:
        return Source.REPORTS_PAGE
    return Source.LOCATION_PAGE


def _lists_inspections(page: _Page) -> bool:
    """Whether the page has "All inspections" as the heading of a list, and not only as a link in a menu."""
    blocks = page.flow.blocks
    return any(line == "all inspections" and (blocks[at].level or not page.flow.is_html) for at, line in enumerate(page.lines))


def _path(url: str | None) -> str:
    return (url or "").partition("?")[0].partition("#")[0].rstrip("/")


def _kind_by_address(path: str) -> Source | None:
    """The kind of page according to its address, which is more reliable than the page's words. None if the address does not
    show the kind."""
    if "/inspection-summary" in path.lower():
        return Source.SUMMARY_PAGE
    if _PLAN.search(path) or (_REPORT_PAGE.search(path) and not _FILE_OF_A_REPORT.search(path)):
        return Source.ASSESSMENT_PAGE
    if path.lower().endswith("/reports") and "/location/" in path.lower():
        return Source.REPORTS_PAGE
    return Source.LOCATION_PAGE if _OVERVIEW_PAGE.search(path) else None


def _statements(page: _Page, kind: Source, framework: Framework | None) -> Stating:
    menus = groups.menus(page.own, page.flow.blocks, page.tokens_of)
    own = [at for at in page.own if at not in menus]
    told, scores = assessment.told(own, page.flow.blocks, page.lines, page.tokens_of, rated_apart=kind is Source.ASSESSMENT_PAGE)
    reader = Reader(
        blocks=page.flow.blocks,
        lines=page.lines,
        tokens_of=page.tokens_of,
        own=page.own,
        name_at=page.name_at,
        menus=menus,
        dated_by_update=framework not in (Framework.ASSESSMENT, Framework.SECTOR),
    )
    stating = reader.read(framework, [*told, *_findings(page)], scores, _in_heading(page))
    if kind is not Source.ASSESSMENT_PAGE:
        return stating
    rated = frozenset(one for group in stating.groups for one, held in group.key_questions.items() if held.rating)
    listed = "\n".join(stating.unread)
    missed = (one for one in assessment.unrated(own, page.flow.blocks, page.tokens_of, rated) if one not in listed)
    return replace(stating, unread=tuple(dict.fromkeys((*stating.unread, *missed))))


def _in_heading(page: _Page) -> tuple[int, Stated] | None:
    """The overall rating that follows the name in the same heading, with the block of the heading; None if there is no such
    rating."""
    if page.name_at < 0:
        return None
    value = identity.trailing_rating(page.flow.blocks[page.name_at].spaced)
    return (page.name_at, value) if value else None


def _findings(page: _Page) -> list[Told]:
    """Ratings without a label, if a sentence such as "Details are in our safe findings below" follows. The sentence shows the
    key question."""
    found: list[Told] = []
    if "\ndetails are" not in page.text:
        return found
    for at in page.own:
        match = _FINDINGS.search(page.lines[at]) if page.lines[at].startswith("details are") else None
        if match is None:
            continue
        question = KeyQuestion(match[1])
        for above in range(at - 1, max(at - 6, -1), -1):
            tokens_above = page.tokens_of[above]
            if tokens_above is None:
                continue
            kinds = {token.kind for token in tokens_above}
            if Kind.VALUE in kinds:
                value = next(token.value for token in tokens_above if token.kind is Kind.VALUE)
                quote = sentences.quote(page.flow.blocks[above].spaced.replace(BY_CLASS, ""), page.flow.blocks[at].text)
                found.append(Told(above, question, value, quote))  # type: ignore[arg-type]
                break
            if kinds & {Kind.KEY_QUESTION, Kind.OVERALL}:
                break
    return found


def _is_service(page: _Page, stating: Stating) -> bool:
    """Whether the page is about one service. Such a page has a service's id, or words that only CQC's pages about a service
    have, or ratings with labels below a name."""
    if page.location_id is not None and (page.name_at >= 0 or _is_of_a_question(page)):
        return True
    if any(_MARKS.search(line) for line in page.lines if len(line) < 240):
        return page.name_at >= 0 or page.location_id is not None
    rated = any(group.overall for group in stating.groups)
    questions = any(group.key_questions for group in stating.groups)
    if not page.flow.is_html and any(len(group.key_questions) >= _MANY for group in stating.groups):
        return True
    named = (plain(page.flow.title or ""), *page.lines)
    return page.name_at >= 0 and rated and (questions or any(_CQC.search(line) for line in named))


def _is_of_a_question(page: _Page) -> bool:
    """Whether the page's title is the name of a key question. Such a page is a part of a report on a service."""
    titles = (tokens for tokens, block in zip(page.tokens_of, page.flow.blocks, strict=True) if block.level == 1)
    return any(tokens and [token.kind for token in tokens] == [Kind.KEY_QUESTION] for tokens in titles)


def _reading(page: _Page, kind: Source, framework: Framework | None, stating: Stating, url: str | None) -> Reading:
    flow, lines = page.flow, page.lines
    stating = replace(stating, groups=_below_titles(page, stating.groups))
    overall = frozenset(group.overall for group in stating.groups if group.overall)
    name, archived = identity.name_of(flow.blocks[page.name_at].text, overall) if page.name_at >= 0 else (None, False)
    registered = identity.says_registered([lines[at] for at in page.own])
    links = tuple(identity.links(flow, page.location_id, [zone is Zone.OWN for zone in page.zone_of]))
    paragraphs, unknown = _paragraphs(page, name)
    provider = identity.provider(flow, lines)
    published = max((group.overall_published for group in stating.groups if group.overall_published), default=None)
    published_on = None if published else _published_on(page)
    about = About(names=(name, provider), published=published or published_on or _assessed_on(page))
    said = prose.read(paragraphs, about)
    registration = Registration.REGISTERED if registered else None
    if archived or any(one.kind is SaidKind.REGISTRATION_ENDED for one in said.said):
        registration = Registration.ARCHIVED
    moved = changes.rating_changes(paragraphs, about)
    told = rated.rated(paragraphs, about)
    in_words, against = rated.agreed(told, moved)
    unrated = _unrated(page)
    states = stating.groups or unrated
    in_words = {of: one for of, one in in_words.items() if not (unrated and of == OVERALL)}
    groups_held = rated.filled(states, in_words, framework)
    groups_held = titles.dated(groups_held, published_on)
    held = withheld(marked(groups_held, said.inherited), said.said, said.decisions)
    return Reading(
        source=kind,
        location_id=page.location_id,
        name=name,
        provider_name=provider,
        service_type=identity.service_type(flow, lines, page.name_at),
        address=identity.address(flow, lines, page.name_at),
        registration=registration,
        notices=identity.notices(flow, lines),
        ratings=held,
        special_measures=_measures(page, said.special_measures, groups_held),
        rating_changes=moved,
        breaches=said.breaches,
        enforcement=said.enforcement,
        said=said.said,
        decisions=said.decisions,
        report=_report(page, links, stating, url),
        links=links,
        missing=missing(kind, held, said.said),
        unread=tuple(
            dict.fromkeys(
                (
                    *_not_said(stating.unread, said),
                    *unknown,
                    *said.unread,
                    *_left_out(page, name, stating),
                    *news_in_history(page.zone_of, flow.blocks, lines, about.published, said),
                    *_notices(page, said),
                    *_shadowed(page, groups_held),
                    *against,
                    *rated.denied(told, moved, states),
                )
            )
        ),
    )


def _measures(page: _Page, stated: SpecialMeasures, groups_held: Sequence[GroupReading]) -> SpecialMeasures:
    """The statement about special measures. Its state becomes unclear if the ratings contradict the statement, or if the page
    contains two sets of ratings and the statement may belong to the lower set."""
    if stated.state is MeasuresState.NOT_STATED and not any(group.key_questions for group in groups_held):
        return _in_parts_left_out(page, groups_held) or stated
    stated = whose.unclear_unless_inadequate(stated, groups_held)
    if stated.state not in IN_MEASURES or len(groups_held) > 1:
        return stated
    twice = again.none_inadequate_at_first(page.tokens_of, [zone is Zone.OWN for zone in page.zone_of])
    return replace(stated, state=MeasuresState.UNCLEAR) if twice else stated


def _in_parts_left_out(page: _Page, groups_held: Sequence[GroupReading]) -> SpecialMeasures | None:
    """Reads special measures on a page that gives ratings only in parts about earlier inspections. If the service is in special
    measures according to these parts, returns this statement with an unclear state, since the page may have been divided
    wrongly into parts. Otherwise returns None."""
    older = [block for block, zone in zip(page.flow.blocks, page.zone_of, strict=True) if zone is Zone.OLDER]
    if not older or not any(True for _ in _shadowed(page, groups_held)):
        return None
    held = special_measures.decide(fields.paragraphs(older, is_html=page.flow.is_html).texts)
    return replace(held, state=MeasuresState.UNCLEAR) if held.state in IN_MEASURES else None


def _paragraphs(page: _Page, name: str | None) -> fields.Paragraphs:
    """The text of the newest entry with its headings. It consists of all content, and of the lines outside the content that are
    below the service's name or mention the service."""
    blocks = page.flow.blocks
    own = [
        at
        for at in page.own
        if at >= page.name_at or blocks[at].place is not Place.PAGE or _names(page.lines[at], name) or _is_tag(blocks[at])
    ]
    return fields.paragraphs([blocks[at] for at in own if blocks[at].place is not Place.UNSEEN], is_html=page.flow.is_html)


# Sentences that CQC writes in place of an overall rating.
_UNRATED = re.compile(
    r"\b(?:has|have) (?:not|never) (?:yet )?been (?:rated|inspected)\b(?! again)|\bnot (?:yet )?(?:been )?(?:rated|inspected)"
    r"(?: yet)?\b(?! (?:again|this time|on this visit))|\b(?:we|cqc) (?:have|has) not (?:yet )?(?:inspected|rated|assessed) "
    r"(?:this|the) (?:service|home|location|practice)\b|^(?:overall:? )?no (?:overall )?rating\b"
    r"|\bno longer give an? (?:overall )?rating\b|\bdo(?:es)? not (?:give|rate) (?:an? )?(?:overall )?(?:rating|this type)"
)
_RATED_WORDS = re.compile(
    rf"inspected but|(?<!last rating )(?<!last rating: )\b(?:outstanding|good|requires improvement|inadequate)\b"
    rf"|\b(?:key question|{any_question()}|area|part of|medicines|room|manager)\b"
)


def _unrated(page: _Page) -> tuple[GroupReading, ...]:
    """A group with the reason "not rated", if a sentence on the page says that the service has no rating. Otherwise empty."""
    for at in page.own:
        line = spelled.in_full(page.lines[at]) if "n't" in page.lines[at] else page.lines[at]
        if (
            at > page.name_at
            and line.count(" ") > 2
            and len(line) <= 160
            and _UNRATED.search(line)
            and not _RATED_WORDS.search(line)
        ):
            return (GroupReading(overall=Reason.NOT_RATED, overall_quote=sentences.quote(page.flow.blocks[at].text)),)
    return ()


# Words of notices that other modules read: notices about the profile, or that the service has no rating yet.
_KNOWN_NOTICE = re.compile(
    r"\bprofile\b|\bprovider of this service (?:has )?changed\b|\bpreviously registered at a different address\b"
    r"|\b(?:has|have) not (?:yet )?(?:inspected|rated|been)\b"
)
_NOTICE_MARK = "important:"


def _notices(page: _Page, said: prose.Prose) -> Iterator[str]:
    """The notices in the service's own header that no module understood. A person should see these notices, since CQC publishes
    them about this very service."""
    blocks = page.flow.blocks
    for at in page.own:
        line = page.lines[at]
        if not line.startswith(_NOTICE_MARK) or blocks[at].place is not Place.HEADER or _KNOWN_NOTICE.search(line):
            continue
        text = fields.visible(blocks[at])
        if not any(one.text in text for one in said.decisions):
            yield text


def _shadowed(page: _Page, groups_held: Sequence[GroupReading]) -> Iterator[str]:
    """The ratings in parts of the page that seem to be about the past or about other services, if no other part of the page
    contains ratings."""
    overall = any(group.overall is not None for group in groups_held)
    questions = any(group.key_questions for group in groups_held)
    for label, value in ratings_left_out(page.zone_of, page.tokens_of, page.name_at, overall=overall, questions=questions):
        yield " ".join(fields.visible(page.flow.blocks[at]) for at in range(label, value + 1))


def _names(line: str, name: str | None) -> bool:
    """Whether a line mentions this service, by name or with a phrase such as "this home"."""
    return _THIS.search(line) is not None or (name is not None and len(name) > 5 and plain(name) in line)


def _is_tag(block: Block) -> bool:
    """Whether a block says only that the service is in special measures, perhaps with a link that explains them."""
    return _TAG.fullmatch(plain(sentences.without_link(block.text))) is not None


def _not_said(unread: Sequence[str], said: prose.Prose) -> Iterator[str]:
    """The unread lines, without those that a rule for sentences understood, such as "Overall: Rating suspended"."""
    return (line for line in unread if not any(one.fact and one.text.strip(" .") in line for one in said.decisions))


def _left_out(page: _Page, name: str | None, stating: Stating) -> Iterator[str]:
    """Text outside the content (in a menu, a footer, a dialog or a hidden part) that is about this very service. A person
    should see this text."""
    read = {plain(quote) for group in stating.groups for quote in (group.overall_quote, *_quotes(group)) if quote}
    unseen = [fields.visible(page.flow.blocks[at]) for at in page.own if page.flow.blocks[at].place is Place.UNSEEN]
    stated = [one.text for one in prose.read(unseen).decisions if one.fact] if unseen else []
    for text in (*page.flow.left_out, *unseen):
        line = plain(text)
        if len(line) > _LONGEST_LEFT_OUT or line.endswith("?") or line in read or _ASKS.match(line):
            continue
        about_this = _BEFALLS.search(line) and (_names(line, name) or _TAG.fullmatch(line))
        if about_this or any(one in text for one in stated):
            yield text


def _quotes(group: GroupReading) -> Iterator[str | None]:
    return (held.quote for held in group.key_questions.values())


def _report(page: _Page, links: Sequence[Link], stating: Stating, url: str | None) -> str | None:
    """The identifier of the newest report: the plan number in the page's own address, if the page is a report. Otherwise, the
    first of these that exists: a plan number in a link, a date on the page, the address of a file."""
    if own := _PLAN.search(_path(url)):
        return own[1].upper()
    if (own := _REPORT_PAGE.search(_path(url))) and _kind_by_address(_path(url)) is Source.ASSESSMENT_PAGE:
        return own["plan"]
    for link in links:
        if link.kind is Source.ASSESSMENT_PAGE and (match := _PLAN.search(link.url)):
            return match[1].upper()
    named = assessment.report_date(page.lines) or _newest_date(page) or _published(stating)
    if named:
        return named
    return next((link.url for link in links if link.kind is Source.INSPECTION_REPORT), None)


def _published(stating: Stating) -> str | None:
    return next((group.overall_published.isoformat() for group in stating.groups if group.overall_published), None)


_REPORT_FROM = re.compile(
    rf"report from (?:(?:an?|our|the) )?(?:{_A_DAY} (?:to|and) )?(?P<day>{_A_DAY}) (?:assessment|inspection)"
)


def _assessed_on(page: _Page) -> date | None:
    """The day in "Report from 6 October 2026 assessment"."""
    found = (_REPORT_FROM.fullmatch(page.lines[at]) for at in page.own if page.lines[at].startswith("report from"))
    return max((day for match in found if match and (day := date_of(match["day"]))), default=None)


def _below_titles(page: _Page, groups: tuple[GroupReading, ...]) -> tuple[GroupReading, ...]:
    title = next((line for line, block in zip(page.lines, page.flow.blocks, strict=True) if block.level == 1), "")
    return titles.of_question(titles.without_type(groups, (page.tokens_of[at] for at in page.own)), title)


def _published_on(page: _Page) -> date | None:
    """The day on which this report was published, if the page gives only one such day in words, or above a link to the report."""
    said = (plain(one) for at in page.own if "publi" in page.lines[at] for one in sentences.split(page.flow.blocks[at].text))
    own = [line for line in said if not sentences.speaks_of_earlier(line) and not _OF_ANOTHER.search(line)]
    days = {day for line in own for match in _PUBLISHED_WORDS.finditer(line) if (day := date_of(match["day"]))}
    if not days and page.name_at < 0 and not page.flow.is_html:
        return titles.day_of_release(page.lines)
    return days.pop() if len(days) == 1 else titles.day_of_report((page.flow.blocks[at].level, page.lines[at]) for at in page.own)


def _newest_date(page: _Page) -> str | None:
    """The date of the newest entry: the first date below the name that is not given as the date of a publication or update."""
    for at in page.own:
        held = page.tokens_of[at]
        if not held or at <= page.name_at:
            continue
        kinds = [token.kind for token in held]
        if Kind.DATE in kinds and not {Kind.PUBLISHED, Kind.UPDATED} & set(kinds):
            day = next(token.value for token in held if token.kind is Kind.DATE)
            return day.isoformat()  # type: ignore[attr-defined,no-any-return]
    return None
