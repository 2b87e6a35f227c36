"""Reads the breaches of regulations that a text states.

A breach is read if it is current according to the text. The module leaves out breaches that have been put right since the last
inspection, sentences that deny a breach, and quotations of the law. It also finds the breaches for which CQC has served notices
that are in force. Source: docs/facts/special-measures.md, Enforcement; docs/facts/special-measures.md, Breaches.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.cqc.read import asked, bearing, sentences, topics
from monitor.cqc.read import regulations_words as patterns
from monitor.cqc.read.clauses import clauses
from monitor.cqc.read.others import NOBODY, About, of_others
from monitor.cqc.read.sentences import Sentence
from monitor.model import Breach

# --- the regulations ---

# Health and Social Care Act 2008 (Regulated Activities) Regulations 2014. For the number of each regulation: CQC's name for its
# topic, and the words that identify it.
_REGULATIONS_2014: dict[str, tuple[str, str]] = {
    "9": ("person-centred care", r"person[- ]cent(?:re|er)d care|person[- ]cent(?:re|er)d|personalised care"),
    "9a": ("visiting and accompanying", r"visiting|accompanying"),
    "10": ("dignity and respect", r"dignity"),
    "11": ("need for consent", r"consent"),
    "12": ("safe care and treatment", r"safe care|medicines?|management of risks?|risk management|infection"),
    "13": ("safeguarding", r"safeguarding|abuse|improper treatment"),
    "14": ("nutrition and hydration", r"nutrition\w*|hydration"),
    "15": ("premises and equipment", r"premises|equipment|environment"),
    "16": ("complaints", r"complaints?"),
    "17": ("good governance", r"governance"),
    "18": ("staffing", r"staffing|staff (?:training|supervision|support|deployment)|sufficient(?:ly)? (?:\w+ )?staff"),
    "19": ("fit and proper persons employed", r"fit and proper persons? (?:being )?employed|recruitment|employment "
                                              r"checks"),
    "20": ("duty of candour", r"candour"),
    "20a": ("display of ratings", r"display(?:ing)? (?:of )?(?:\w+ )?(?:performance|ratings?)|ratings? (?:\w+ ){0,4}display"),
    "7": ("registered managers", r"registered managers?"),
    "5": ("fit and proper persons: directors", r"directors?"),
}
# Care Quality Commission (Registration) Regulations 2009.
_REGULATIONS_2009: dict[str, tuple[str, str]] = {
    "12": ("statement of purpose", r"statement of purpose"),
    "13": ("financial position", r"financial position"),
    "14": ("notice of absence", r"notices? of absence"),
    "15": ("notice of changes", r"notices? of changes?"),
    "16": ("death of a service user", r"notif\w+ of (?:the )?deaths?"),
    "17": ("death or unauthorised absence of a detained person", r"unauthorised absence"),
    "18": ("notifications", r"notif\w+|other incidents"),
    "19": ("fees", r"\bfees\b"),
    "20": ("termination of pregnancy", r"terminations? of pregnanc"),
    "22a": ("form of notifications", r"form of notif"),
}  # fmt: skip
_TOPICS = {"": _REGULATIONS_2014, "2009:": _REGULATIONS_2009}


@dataclass(frozen=True, slots=True)
class _Cited:
    regulation: str
    topic: str | None
    at: int


def _cited(plain: str) -> Iterator[_Cited]:
    """The regulations that a sentence cites by number, in order. Each has the name of its topic if words beside the number show
    it. If an old regulation corresponds to a present regulation according to the sentence, only the present regulation is
    used."""
    if today := patterns.CORRESPONDS.search(plain):
        plain = plain[today.end() :]
    plain = patterns.COUNTED_LIST.sub("regulations ", patterns.FOUND_TO_BE.sub(r"\1", plain))
    plain = patterns.UNMET_LIST.sub(
        lambda unmet: "breach of regulations" + patterns.NEXT_NUMBER.sub(", regulation ", unmet["list"]), plain
    )
    for listed in patterns.NUMBERS.finditer(plain):
        if patterns.COUNTED.search(plain[: listed.end()]):
            continue
        act = _act(plain, listed.start(), listed.end())
        for number in patterns.NUMBER.finditer(listed.group("list")):
            digits = number.group(1)
            beside = number.group(2)
            if number.end() == len(listed.group("list")):
                beside += plain[listed.end() : listed.end() + 160]
            yield _named(digits, beside, plain, act, listed.start() + number.start())


def _act(plain: str, start: int, end: int) -> str:
    """"2009:" or "2010:" if the cited regulations are from one of these years; "" if they are the regulations of 2014. This
    depends on the next act in the text after the citation or, if there is none, on the last act before the citation."""
    after = patterns.ACT.search(plain, end)
    acts = [after] if after else list(patterns.ACT.finditer(plain, 0, start))
    if not acts:
        return ""
    named = acts[-1].group()
    if "2009" in named or named.startswith("registration"):
        return "2009:"
    return "2010:" if "2010" in named else ""


def _named(digits: str, beside: str, plain: str, act: str, at: int) -> _Cited:
    number = digits.upper()
    if act == "2010:":
        return _Cited(f"2010:{number}", None, at)
    for kind in ("", "2009:"):
        name, words = _TOPICS[kind].get(digits, (None, None))
        if words and re.search(words, beside.split("regulations 20")[0]):
            return _Cited(f"{kind}{number}", name, at)
    name, words = _TOPICS[act].get(digits, (None, None))
    told = bool(words) and re.search(words or "", plain) is not None
    return _Cited(f"{act}{number}", name if told else None, at)


# --- breaches ---

_ABOUT_BREACHES = ("breach", "regulation", "legal requirement", "the law", "reg ", " regs", " reg.")
_LONGEST_TOPIC = 90  # in characters; a longer text is not the name of a topic


def breaches(paragraphs: Sequence[str], about: About = NOBODY) -> tuple[Breach, ...]:
    """The current breaches that a text states, in the order of their first mention. Each regulation is listed once."""
    if not sentences.speaks_of("\n".join(paragraphs), _ABOUT_BREACHES):
        return ()
    read = sentences.read(paragraphs, _ABOUT_BREACHES)
    found: dict[str, Breach] = {}
    others = of_others(read, about)
    listed = False  # whether the sentence is below a heading "Breaches of regulation"
    for number, (sentence, following) in enumerate(zip(read, (*read[1:], None), strict=True)):
        if number in others or _states_none(sentence, following) or _is_over(sentence, about):
            continue
        listed = _is_listed(sentence, listed=listed)
        if listed and not patterns.ONE_LISTED.match(sentence.plain) and _heads_a_list(sentence, following):
            continue
        for breach in (
            _listed_breaches(sentence)
            if listed and patterns.ONE_LISTED.match(sentence.plain)
            else _held(sentence, following, about)
        ):
            key = breach.regulation or breach.topic or ""
            held = found.setdefault(key, breach)
            if held.topic is None and breach.topic is not None:
                found[key] = replace(held, topic=breach.topic)
        if (
            following is not None
            and patterns.ONE_LISTED.match(following.plain)
            and patterns.NAMELESS_COUNT.search(sentence.plain)
        ):
            listed = True  # "We found one breach of regulation." is above the list
    if None in {breach.regulation or breach.topic for breach in found.values()} and len(found) == 1:
        for breach in _required(paragraphs):
            found.setdefault(breach.topic or "", breach)
    return _without_doubles(found)


def _states_none(sentence: Sentence, following: Sentence | None) -> bool:
    """Whether a sentence is a question, is about another law, or is about a breach that CQC took out of a draft."""
    taken_out = (
        following is not None
        and patterns.TAKEN_OUT.match(following.plain) is not None
        and patterns.DRAFTED.search(sentence.plain) is not None
    )
    return taken_out or asked.is_asked(sentence.plain) or patterns.OF_ANOTHER_LAW.search(sentence.plain) is not None


def _heads_a_list(sentence: Sentence, following: Sentence | None) -> bool:
    """Whether this line is above a list of breaches, with a regulation on each line."""
    return (
        following is not None
        and (patterns.ONE_LISTED.match(following.plain) or patterns.COLUMNS.match(following.plain)) is not None
    )


_SHORT = 6  # in words; no label is longer


def _is_listed(sentence: Sentence, *, listed: bool) -> bool:
    """Whether a sentence is in the list below a heading about breaches."""
    if listed and patterns.COLUMNS.match(sentence.plain):
        return True
    if (sentence.heading or len(sentence.plain.split()) <= _SHORT) and not patterns.ONE_LISTED.match(sentence.plain):
        return patterns.BREACH_HEADING.fullmatch(sentence.plain.rstrip(".")) is not None
    return listed and (sentence.heading or patterns.ONE_LISTED.match(sentence.plain) is not None)


# When CQC tells a provider what it must do, it repeats the words of a regulation. Each pair has the topic of a regulation, and
# these words.
_MUST: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (_REGULATIONS_2014[number][0], re.compile(words))
    for number, words in (
        (
            "12",
            r"\bcare and treatment is provided in a safe way\b"
            r"|\b(?:provide|deliver) (?:safe )?care and treatment (?:safely|in a safe way)\b",
        ),
        (
            "17",
            r"\bensure good governance\b|\b(?:effective|proper) systems and processes\b.{0,60}\bgovernance\b"
            r"|\bgood governance in accordance with\b",
        ),
        ("18", r"\breceive (?:the |such )?appropriate support\b|\bsufficient numbers of suitably qualified\b"),
        (
            "19",
            r"\bonly fit and proper persons are employed\b|\brecruitment procedures are (?:established|operated)\b"
            r"|\bspecified information is available regarding each person\b",
        ),
        ("13", r"\bprotected from abuse and improper treatment\b"),
        (
            "15",
            r"\bpremises and equipment\b.{0,60}\b(?:clean|fit|suitable|secure|maintained)\b"
            r"|\bpremises\b.{0,60}\b(?:are|is) fit for use\b",
        ),
        (
            "16",
            r"\bcomplaints? received (?:is|are) investigated\b|\bresponding to complaints\b"
            r"|\bcomplaints (?:system|process) is (?:established|operated)\b",
        ),
        ("11", r"\bonly provided with the consent of\b|\bconsent of the relevant person\b"),
        ("10", r"\btreated with dignity and respect\b"),
        ("9", r"\bappropriate, meets? (?:their|people's|patients'|service users')? ?needs and reflects?\b"),
        ("20", r"\bduty of candour\b"),
    )
)


def _required(paragraphs: Sequence[str]) -> Iterator[Breach]:
    """Breaches with the topics of the actions that the provider must take. These breaches are used if the text mentions
    breaches without their regulations or topics."""
    for sentence in sentences.read(paragraphs, ("must", "ensure", "establish")):
        if sentence.earlier or not (patterns.MUST_DO.search(sentence.lead) or patterns.MUST_DO.search(sentence.plain)):
            continue
        for topic, words in _MUST:
            if words.search(sentence.plain):
                yield Breach(regulation=None, topic=topic, quote=sentence.text)


def _without_doubles(found: dict[str, Breach]) -> tuple[Breach, ...]:
    """If a breach with a number and a breach with only a topic are about the same regulation, drops the breach without a number.
    If any breach has a number or a topic, drops the breaches that have neither."""
    numbered = {
        name for act, table in _TOPICS.items() for number, (name, _) in table.items() if f"{act}{number.upper()}" in found
    }
    kept = [breach for breach in found.values() if breach.regulation or (breach.topic and breach.topic not in numbered)]
    return tuple(kept) or tuple(found.values())


def _holds(sentence: Sentence, following: Sentence | None) -> bool:
    """Whether a sentence states a current breach."""
    flat = sentence.plain
    if patterns.TABLE.search(flat):
        return True
    if (
        not patterns.STATED.search(flat)
        or patterns.NO_BREACH.search(flat)
        or patterns.OTHER_BREACH.search(flat)
        or patterns.ASKED.search(flat)
    ):
        return False
    if patterns.MIGHT_BE.search(flat) and not patterns.FOUND.search(flat):
        return False
    if "alleg" in flat and patterns.ALLEGED.search(flat):
        return False
    if patterns.BREACH_THEN.search(flat) and not patterns.STILL.search(flat):
        return False
    if sentence.earlier and "found again" not in flat:
        return following is not None and patterns.AS_BEFORE.search(following.plain) is not None and not _cites(following.plain)
    return True


def _still_held(sentence: Sentence, about: About) -> str | None:
    """The clause that states a current breach, in a sentence with another clause about a breach that was put right. None for
    other sentences."""
    parts = [
        one for part in clauses(sentences.fold(patterns.UNLIKE.sub(" ", sentence.plain))) for one in patterns.AND_NONE.split(part)
    ]
    if len(parts) < 2 or not (sentence.earlier or patterns.NO_BREACH.search(sentence.plain)):
        return None
    held = patterns.HELD_NOW if sentence.earlier else patterns.HELD
    for part in parts:
        if patterns.HAD_BEEN.search(part) or bearing.is_of_the_past(part, about):
            continue
        if (
            ("breach" in part or patterns.ANOTHER_ONE.search(part))
            and _cites(part)
            and not patterns.NO_BREACH.search(part)
            and not patterns.MIGHT_BE.search(part)
            and held.search(part)
        ):
            return part
    return None


def _in_known_words(plain: str) -> str:
    """A sentence in the words that the rules for breaches know: "legal requirements" become "regulations"."""
    if "legal requirement" in plain and "met" in plain and not patterns.NOT_NOW.search(plain):
        plain = patterns.LEGAL.sub(
            lambda found: (
                f"{found['many']}regulations{found['on']}"
                + (f": those on {patterns.THE_OTHER.sub(' and ', found['topics'])}" if found["topics"] else "")
            ),
            plain,
        )
    if "the law on " in plain:
        plain = patterns.LAW_BROKEN.sub(r"regulations on \1 were breached", plain)
    return patterns.NOT_PUT_RIGHT.sub(r"we found \1", plain) if "breach" in plain else plain


def _is_earlier(plain: str) -> bool:
    """Whether a sentence that is marked as one about an earlier inspection is not marked so only because of a comparison."""
    rest = patterns.UNLIKE.sub(" ", plain)
    return rest == plain or sentences.speaks_of_earlier(rest)


def _held(sentence: Sentence, following: Sentence | None, about: About) -> Iterator[Breach]:
    """The current breaches that a sentence states, alone or as an item of a list."""
    lead, sentence = (
        sentence.lead,
        replace(sentence, plain=_in_known_words(sentence.plain), earlier=sentence.earlier and _is_earlier(sentence.plain)),
    )
    if (
        lead
        and not patterns.MUST_LEAD.search(lead)
        and patterns.STATED.search(lead)
        and not patterns.NO_BREACH.search(lead)
        and not patterns.ASKED.search(lead)
    ):
        yield from _listed_breaches(sentence)
    elif not sentences.speaks_of(sentence.plain, _ABOUT_BREACHES):
        return
    elif _holds(sentence, following):
        yield from _breaches_of(sentence, following)
    elif (
        following is not None
        and patterns.THEM_UNMET.search(following.plain)
        and not following.earlier
        and _cites(sentence.plain)
    ):
        yield from (replace(breach, quote=f"{breach.quote} {following.text}") for breach in _breaches_of(sentence, None))
    elif left := patterns.STILL_UNMET.search(sentence.plain):
        yield from _breaches_of(replace(sentence, plain=left[1]), None)
    elif part := _still_held(sentence, about):
        yield from _breaches_of(replace(sentence, plain=part), None)


def _is_over(sentence: Sentence, about: About) -> bool:
    """Whether all years in a sentence are before the newest report, and the sentence does not say that the breach continues."""
    return bearing.is_of_the_past(
        patterns.AS_IN.sub("", patterns.UNLIKE.sub("", sentence.plain)), about
    ) and not sentences.NOW.search(sentence.plain)


def _listed_breaches(sentence: Sentence) -> Iterator[Breach]:
    """The breaches in one item of a list. The list is below a line about breaches."""
    cited = list(_cited(sentence.plain))
    for each in cited:
        yield Breach(regulation=each.regulation, topic=each.topic, quote=sentence.text)
    if not cited:
        told = (
            [topic for topic, words in _MUST if words.search(sentence.plain)] if patterns.TELLS_TO.match(sentence.plain) else []
        )
        for topic in told or _listed(sentence.plain):
            yield Breach(regulation=None, topic=topic, quote=sentence.text)


def of_notices(quotes: Sequence[str], held: Sequence[Breach]) -> tuple[Breach, ...]:
    """The breaches for which CQC served notices that are in force, since CQC serves every notice for a breach. Notices without
    a regulation or a topic are left out, and so are breaches that are already in `held`."""
    found: dict[str, Breach] = {}
    known = {one.regulation for one in held} | {one.topic for one in held}
    for quote in quotes:
        flat = sentences.plain(quote)
        cited = list(_cited(flat))
        topics = (
            []
            if cited
            else [topic for match in patterns.ABOUT_WHAT.finditer(flat) for topic in _listed(match[1]) if topic in _NAMES]
        )
        for each in cited:
            if each.regulation not in known:
                found.setdefault(each.regulation, Breach(regulation=each.regulation, topic=each.topic, quote=quote))
        for topic in topics:
            if topic not in known:
                found.setdefault(topic, Breach(regulation=None, topic=topic, quote=quote))
    return tuple(found.values())


_NAMES = frozenset(name for table in (_REGULATIONS_2014, _REGULATIONS_2009) for name, _ in table.values())


def _cites(flat: str) -> bool:
    return next(_cited(flat), None) is not None


def _breaches_of(sentence: Sentence, following: Sentence | None) -> Iterator[Breach]:
    """The breaches that a sentence states. A breach has the regulation's number, or else the topic, which may be in the
    following sentence ("These related to …"). If there are no numbers and no topics, the result is one breach without both."""
    cited = list(_cited(sentence.plain))
    told = [] if cited else list(_topics(sentence.plain))
    named = [] if cited else [_canonical(one) for one in topics.listed(sentence.plain)]
    told = named if len(named) > len(told) else told
    quote = sentence.text
    if not cited and not told and following is not None and patterns.THESE.search(following.plain):
        told = list(_listed(patterns.THESE.sub("", following.plain)))
        quote = f"{quote} {following.text}"
    for each in cited:
        yield Breach(regulation=each.regulation, topic=each.topic, quote=quote)
    for topic in told:
        yield Breach(regulation=None, topic=topic, quote=quote)
    if not cited and not told and patterns.NAMELESS.search(patterns.FULL_NAME.sub("regulations", sentence.plain)):
        yield Breach(regulation=None, topic=None, quote=quote)


def _topics(flat: str) -> Iterator[str]:
    match = patterns.IN_TOPICS.search(patterns.FULL_NAME.sub("regulations", flat))
    if match is not None:
        yield from _listed(next((one for one in match.groups() if one and one != " of"), ""))
    else:
        yield from (topic for words in patterns.IN_BRACKETS.findall(flat) if (topic := _canonical(words)) in _NAMES)


def _listed(words: str) -> Iterator[str]:
    """The topics in a list: "consent, safe care and treatment and staffing"."""
    words = patterns.TOPIC_ENDS.sub("", patterns.NAMED_TWICE.sub("", words.rstrip(" .;:")))
    together = patterns.KEPT_TOGETHER.sub(lambda pair: f"{pair.group(1)} AND ", words)
    for piece in patterns.SPLIT_TOPICS.split(together):
        topic = patterns.LINKED.sub("", piece.replace(" AND ", " and ").strip(" .;:,"))
        if not patterns.NOT_TOPICS.search(topic) and len(topic) < _LONGEST_TOPIC:
            yield _canonical(topic)


def _canonical(topic: str) -> str:
    """CQC's name for a topic, if the words for the topic are known; otherwise the words themselves."""
    for table in (_REGULATIONS_2014, _REGULATIONS_2009):
        for name, words in table.values():
            if re.search(words, topic):
                return name
    return topic


def is_of_a_regulation(name: str) -> bool:
    """Whether a short text is the name of a regulation: its topic, its number with its topic, or "Regulation" with its number."""
    flat = sentences.plain(name)
    found = patterns.NAME.fullmatch(flat)
    if found is None:
        return flat in _NAMES
    if flat.startswith("regulation") and not found["rest"]:
        return True
    return any(
        words and re.search(words, found["rest"])
        for table in _TOPICS.values()
        for _, words in [table.get(found["number"], ("", ""))]
    )
