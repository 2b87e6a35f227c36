"""Finds what a text says about enforcement: actions that CQC has taken, has proposed or has lifted.

Each clause that mentions an enforcement power is read separately. The module `bearing` decides which service and which time the
clause is about. Whether CQC used the power depends on the clause's own words. If a clause is not understood, it is listed as
unread. Source: docs/facts/special-measures.md, Enforcement.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from monitor.cqc.read import asked, bearing, bearing_words, general, sentences, subjects, worded
from monitor.cqc.read import enforcement_words as patterns
from monitor.cqc.read.bearing import Borne
from monitor.cqc.read.bearing_rules import Bearing
from monitor.cqc.read.charged import CHARGED, is_anothers, is_unknown
from monitor.cqc.read.clauses import clauses, reworded
from monitor.cqc.read.definitions import asks_for_one, is_definition
from monitor.cqc.read.met import CHECKED, CHECKED_IT, FOUND_MET, FOUND_NOT_MET, NOT_MET, THEN, WAS_MET
from monitor.cqc.read.others import NOBODY, About, of_others
from monitor.cqc.read.powers import POWERS, Power
from monitor.cqc.read.sentences import Sentence
from monitor.cqc.read.timeline import is_older, timeline
from monitor.model import Decision, Enforcement, Stage, Topic

_UNNAMED = "urgent action"
_NAMED_PATTERNS = tuple((power, re.compile(power.named), re.compile(power.used)) for power in POWERS)

_OTHERS_TOO = frozenset({"action plan", "conditions", "admissions restricted", "suspension", _UNNAMED})
"""Kinds of enforcement that other bodies may use too, that other people ask for, or that every report mentions. They are read
as CQC's action only if the clause says that CQC used them."""

ONE_ACTIVITY: Final = "one regulated activity"
THE_PROVIDER: Final = "the provider itself"
THE_MANAGERS: Final = "the manager's own registration"


@dataclass(frozen=True, slots=True)
class _Found:
    """What one clause states about one power."""

    kind: str
    stage: Stage
    sentence: Sentence
    number: int
    clause: str
    day: date | None
    anew: bool
    stands: bool = False


def decide(paragraphs: Sequence[str], about: About = NOBODY) -> tuple[tuple[Enforcement, ...], tuple[Decision, ...]]:
    """The enforcement that a text states, in text order; and every statement about enforcement, with what the program concluded
    from it."""
    if not sentences.speaks_of("\n".join(paragraphs), patterns.ABOUT):
        return (), ()
    read = sentences.read(paragraphs, patterns.ABOUT)
    reader = _Reader(read, about)
    reader.read_all()
    return tuple(_resolved(reader.found, read)), tuple(reader.decisions)


class _Reader:
    """Reads the sentences one after the other, and keeps what the previous clause was about."""

    def __init__(self, read: Sequence[Sentence], about: About) -> None:
        self.read, self.about = read, about
        self.found: list[_Found] = []
        self.decisions: list[Decision] = []
        self.before: list[Power] = []  # the powers in the previous clause
        self.before_of: Bearing = Bearing.NOW
        self.rule = ""  # the name of the `bearing` rule that matched the previous clause with a power
        self.checked = False  # whether the previous clause is one such as "we checked whether the notice had been met"
        self.paragraph = -1
        self.newest, self.timeline_ends = timeline(read)

    def read_all(self) -> None:
        others = of_others(self.read, self.about)
        for number, sentence in enumerate(self.read):
            if number in others:
                self.before = []
                continue
            if self.paragraph not in (sentence.paragraph, sentence.paragraph - 1):
                self.before = []
            self.paragraph = sentence.paragraph
            if (sentence.heading and sentence.plain.endswith("?")) or patterns.LEGEND.match(sentence.plain):
                continue
            if number and patterns.NOTICES.match(self.read[number - 1].plain) and patterns.TABLE_SAYS.match(sentence.plain):
                self._add("requirement notice", Stage.TAKEN, number, sentence, sentence.plain, stands=False)
                continue
            if not self.before and not patterns.WORTH.search(sentence.plain) and "admissions" not in sentence.section:
                continue
            if is_definition(sentence.plain) or asks_for_one(sentence.plain):
                self.before = []
                continue
            self._sentence(number, worded.worded(sentence))
            if len(self.decisions) > sentences.MAX_STATEMENTS:
                self._decided(sentence, "", left_aside=False)  # a line of `unread` shows that further statements are not read
                return

    def _sentence(self, number: int, sentence: Sentence) -> None:
        if self.newest is not None and sentence.paragraph <= self.timeline_ends and is_older(sentence.section, self.newest):
            self._decided(sentence, "an older entry of a timeline", left_aside=True)
            return
        if asked.is_asked(sentence.plain):
            self._asked(number, sentence)
            return
        before = self.read[number - 1] if number else sentence
        if (
            THEN.search(sentence.plain)
            and before.paragraph == sentence.paragraph
            and bearing.is_of_the_past(before.plain, self.about)
        ):
            sentence = replace(sentence, earlier=True)
        for clause in subjects.completed(clauses(reworded(sentence.plain))):
            # in a report, these words are above a table, and mean that CQC has asked for an action plan
            if patterns.REPORT_ASKED.search(clause):
                self._add("action plan", Stage.TAKEN, number, sentence, clause, stands=False)
            else:
                self._clause(number, sentence, clause)

    def _asked(self, number: int, sentence: Sentence) -> None:
        """Reads a question without a clear answer. Such a question states nothing. If the next sentence does not mention an
        enforcement power, somebody should read the answer."""
        powers = [one for one, _ in _named(sentence.plain)]
        if powers:
            following = self.read[number + 1] if number + 1 < len(self.read) else None
            self.before, self.before_of = powers, Bearing.CONSIDERED
            told = following is not None and bool(_named(following.plain))
            general = bearing.of(sentence.plain, sentence, self.about, _NOT_HERE).bearing is not Bearing.NOW
            self._decided(sentence, "a question" if told or general else "", left_aside=told or general)

    def _clause(self, number: int, sentence: Sentence, clause: str) -> None:
        clause = worded.in_the_perfect(sentence, clause, self.about) if " had " in clause else clause
        clause = patterns.PUBLISHED_LATER.sub("", clause) if "publi" in clause or "report" in clause else clause
        powers = _named(clause)
        told = patterns.OPENS_WITH_A_TIME.sub("", clause) if self.before else ""
        if told and powers and all(one.kind == _UNNAMED for one, _ in powers) and patterns.THAT_NOTICE.match(told):
            powers = ()
        if not powers:
            self.checked = self.checked or (told != "" and CHECKED_IT.search(told) is not None)
            if (
                told
                and not patterns.OF_ELSE.search(clause)
                and (
                    patterns.REFERS_BACK.search(told) or patterns.ISSUED_ONE.match(told) or (self.checked and NOT_MET.match(told))
                )
            ):
                self._refers_back(number, sentence, clause)
            return
        if (
            sentence.heading
            and patterns.BARE_HEADING.fullmatch(sentence.plain)
            and ":" not in sentence.plain
            and not self._is_tag(number)
        ):
            self.before, self.before_of = [one for one, _ in powers], Bearing.NOW
            self._conditions_below(number, sentence)
            return
        if all(one.kind == _UNNAMED for one, _ in powers) and patterns.LABEL.fullmatch(clause.strip(" .:")):
            if patterns.LABEL_OF_A_DEED.fullmatch(clause.strip(" .")) and self._is_tag(number) and not self._is_answered(number):
                # somebody should check whether this is a tag, or a heading whose text is missing
                self._decided(sentence, "", left_aside=False)
            return
        if "proposal" in clause and general.PROPOSAL_ENDED.search(clause):
            self.before, self.before_of = [one for one, _ in powers], Bearing.PROPOSED
            self._end_proposals(sentence)
        else:
            self._named_ones(number, sentence, clause, powers)

    def _named_ones(self, number: int, sentence: Sentence, clause: str, powers: Sequence[tuple[Power, re.Pattern[str]]]) -> None:
        """Decides what a clause says about the powers in it."""
        kinds = {one.kind for one, _ in powers}
        if (
            kinds == {_UNNAMED}
            and (label := patterns.LABEL_BEFORE.match(clause))
            and patterns.FINDING.search(clause)
            and not _named(clause[label.end() :])
        ):
            return  # as in "Enforcement: We have identified a breach", where only the label mentions enforcement
        if (
            kinds == {_UNNAMED}
            and patterns.BY_MEANS_OF.match(clause)
            and any(one.kind != _UNNAMED for one, _ in _named(sentence.plain))
        ):
            return  # as in "Using our powers, we have suspended it", where the rest of the sentence shows the power
        borne = self._borne(clause, sentence, kinds)
        self.checked = (borne.rule == general.A_VISIT or CHECKED.search(clause) is not None) and FOUND_MET.search(clause) is None
        if self.checked and FOUND_NOT_MET.search(clause):
            borne = Borne(Bearing.NOW)
        self.before, self.before_of, self.rule = [one for one, _ in powers], borne.bearing, borne.rule
        stage = {Bearing.PROPOSED: Stage.PROPOSED, Bearing.LIFTED: Stage.LIFTED}.get(borne.bearing, Stage.TAKEN)
        if stage is Stage.LIFTED and patterns.SAYS_SO.search(sentence.plain):
            self._decided(sentence, "", left_aside=False)  # somebody other than CQC says that the action was lifted
            return
        some = patterns.SOME_OF_THEM.search(clause) if stage is Stage.LIFTED else None
        if some is not None and self._borne(clause[: some.start()], sentence, kinds).bearing is Bearing.NOW:
            stage = Stage.TAKEN
        if borne.bearing is Bearing.NOW and kinds == {"admissions restricted"} and patterns.AGREED.search(clause):
            # the provider agreed to the restriction, and it is not known whether CQC required this
            self._decided(sentence, "", left_aside=False)
            return
        if borne.rule == THE_PROVIDER and patterns.PART_OF_THEM.search(clause):
            self._decided(sentence, "", left_aside=False)  # CQC may have imposed the other conditions
            return
        if borne.bearing not in (Bearing.NOW, Bearing.PROPOSED, Bearing.LIFTED):
            # A service that has lost one activity or its manager has not closed, but somebody should check.
            by_cqc = (
                borne.rule == THE_MANAGERS
                and (bearing_words.DID.search(clause) or patterns.WITH_THE_PROVIDER.search(clause)) is not None
            )
            self._decided(sentence, borne.rule, left_aside=borne.rule != ONE_ACTIVITY and not by_cqc)
            return
        for one, used in powers:
            self._stated(one.kind, used, stage, number, sentence, clause)

    def _borne(self, clause: str, sentence: Sentence, kinds: Collection[str]) -> Borne:
        """Decides which service and which time a clause is about. `kinds` are the kinds of enforcement in the clause; for some
        of them, words that usually mean "lifted", "denied" or "proposed" mean something else."""
        if CHARGED.issuperset(kinds):
            clause = patterns.OF_INCIDENT.sub(r"\g<why>", clause)
        borne = bearing.of(clause, sentence, self.about)
        noticed = any(one.kind == "requirement notice" for one in self.found)  # a requirement notice already asks for the report
        if kinds == {"action plan"} and borne.rule == _ABOVE_TABLE and not noticed and patterns.IS_OWED.search(clause):
            borne = bearing.of(clause, replace(sentence, section=""), self.about)
        if borne.bearing is Bearing.DENIED and "admissions restricted" in kinds and patterns.NOT_ADMITTED.search(clause):
            borne = bearing.of(clause, sentence, self.about, _BUT_DENIED)  # "not to admit anybody" is an obligation, not a denial
        if borne.bearing is Bearing.DENIED and kinds == {"action plan"} and patterns.NOT_RECEIVED.search(clause):
            borne = bearing.of(clause, sentence, self.about, _BUT_DENIED)  # a plan that has not arrived is still owed
        if borne.bearing is Bearing.HEARSAY and kinds == {"action plan"} and patterns.CQC_ASKS.search(clause):
            borne = bearing.of(clause, sentence, self.about, _BUT_HEARSAY)
        if borne.bearing is Bearing.PROPOSED and kinds == {"action plan"} and patterns.IS_OWED.search(clause):
            # "a report of what it will do" is an obligation that applies now
            borne = bearing.of(clause, sentence, self.about, _BUT_PROPOSED)
        if borne.bearing is Bearing.LIFTED and "admissions restricted" in kinds:
            # "closed to new residents" is a restriction
            borne = bearing.of(patterns.CLOSED_TO.sub("barred to", clause), sentence, self.about)
        # in a clause about a cancellation, "cancelled" means that CQC cancelled the registration, not that an action ended
        if borne.bearing is Bearing.LIFTED and "cancellation" in kinds:
            borne = bearing.of(patterns.END_OF_REGISTRATION.sub("struck", clause), sentence, self.about)
        return borne

    def _stated(self, kind: str, used: re.Pattern[str], stage: Stage, number: int, sentence: Sentence, clause: str) -> None:
        """Decides what a clause about this service says about one power."""
        none_stands = patterns.NONE_STANDS.search(clause) is not None
        stands = bearing_words.STANDS.search(clause) is not None and not none_stands
        stage = Stage.LIFTED if none_stands and stage is Stage.TAKEN else stage
        if stage is Stage.LIFTED and kind == _UNNAMED and not patterns.ENDED.search(clause):
            self._decided(sentence, "no more than a word of it", left_aside=True)
        elif stage is not Stage.TAKEN:
            self._add(kind, stage, number, sentence, clause, stands)
        elif stands and patterns.EARLIER_ONE.search(clause):
            self._decided(sentence, "an earlier one", left_aside=True)
        elif kind == "suspension" and self._is_of_ratings(number, clause):
            self._decided(sentence, "the ratings are suspended", left_aside=True)
        elif kind == "suspension" and not patterns.IS_SUSPENDED.search(clause) and not sentence.heading and ":" not in clause:
            self._decided(sentence, "", left_aside=False)  # something other than the service may be suspended
        elif kind in CHARGED and is_anothers(clause, self.about.names):
            self._decided(sentence, "somebody else is charged or fined", left_aside=True)
        elif kind in CHARGED and is_unknown(clause, self.about.names):
            self._decided(sentence, "", left_aside=False)
        elif (
            stands
            or used.search(clause)
            or (patterns.ELIDED.match(clause) and used.search(sentence.plain))
            or _speaks_in_place(sentence, clause)
        ):
            self._add(kind, stage, number, sentence, clause, stands)
        elif kind in _OTHERS_TOO:
            self._decided(sentence, f"{kind}, as others have it too", left_aside=True)
        else:
            self._decided(sentence, "", left_aside=False)

    def _is_of_ratings(self, number: int, clause: str) -> bool:
        """Whether "they are suspended" is about ratings. If the two sentences before also contain something else that can be
        suspended, such as a registration, this is not known, and the result is false."""
        before = " ".join(one.plain for one in self.read[max(number - 2, 0) : number])
        return bool(
            patterns.THEY_ARE.match(clause) and patterns.RATINGS.search(before) and not patterns.CAN_BE_SUSPENDED.search(before)
        )

    def _conditions_below(self, number: int, heading: Sentence) -> None:
        """Reads the conditions below a heading "Conditions of registration". CQC has imposed these conditions. Conditions that
        every registration has are left out."""
        if not patterns.OF_REGISTRATION.search(heading.plain):
            return
        for below, sentence in enumerate(self.read[number + 1 :], number + 1):
            if sentence.heading or sentence.section != heading.plain:
                return
            if (
                patterns.OBLIGES.search(sentence.plain)
                and not patterns.STANDING.search(sentence.plain)
                and not _named(sentence.plain)
            ):
                self._add("conditions", Stage.TAKEN, below, sentence, sentence.plain, stands=False)

    def _is_tag(self, number: int) -> bool:
        """Whether a heading has no text below it. Such a heading is a statement by itself, like a tag."""
        following = self.read[number + 1] if number + 1 < len(self.read) else None
        return "notices" not in self.read[number].plain and (following is None or following.heading)

    def _is_answered(self, number: int) -> bool:
        """Whether the line below a label says what was done, or that nothing was done."""
        following = self.read[number + 1] if number + 1 < len(self.read) else None
        return following is not None and (bool(_named(following.plain)) or patterns.AN_ANSWER.match(following.plain) is not None)

    def _completes(self, number: int, clause: str) -> bool:
        """Whether a clause says that what the clause before mentions was done: a threat came true, a plan was asked for, or a
        number is put right."""
        threatened = self.before_of in (Bearing.CONDITION, Bearing.GENERAL, Bearing.PROPOSED)
        asks = all(one.kind == "action plan" for one in self.before) and worded.asks_for_its_own(clause)
        came_true = worded.came_true(clause, self.rule, threatened=threatened)
        return asks or came_true or (number > 0 and worded.corrects(self.read[number - 1].plain, clause))

    def _says_whether_met(self, number: int, sentence: Sentence, clause: str) -> bool:
        """Reads a clause that says whether the notice that was checked had been met. Returns False for any other clause."""
        if NOT_MET.match(clause):
            for one in self.before:
                self._add(one.kind, Stage.TAKEN, number, sentence, clause, stands=True)
            return True
        if not WAS_MET.match(clause):
            return False
        self.checked = False
        for kind in {one.kind for one in self.before} & {one.kind for one in self.found if one.stage is Stage.TAKEN}:
            self._add(kind, Stage.LIFTED, number, sentence, clause, stands=False)
        return True

    def _refers_back(self, number: int, sentence: Sentence, clause: str) -> None:
        """Decides what is stated by a clause that mentions no power but refers back to the power in the previous clause."""
        if self.checked and self._says_whether_met(number, sentence, clause):
            return
        if self._completes(number, clause):
            for one in self.before:
                self._add(one.kind, Stage.TAKEN, number, sentence, f"{self.read[number - 1].plain} {clause}", stands=False)
            self.before_of = Bearing.NOW
            return
        if patterns.OF_ITS_OWN_WILL.search(clause):
            kinds = {one.kind for one in self.before}
            self.found = [one for one in self.found if one.number < number - 1 or one.kind not in kinds]
            self._decided(sentence, "of the provider's own will", left_aside=True)
            return
        if self._is_done_or_dropped(number, sentence, clause):
            return
        stage = self._stage_of_what_was_named(sentence, clause)
        if stage is None and self.rule == THE_PROVIDER and bearing_words.STANDS.search(clause) and patterns.TO_CQC.search(clause):
            stage = Stage.TAKEN  # as in "Three were removed at its request. The fourth, to send us audits, remains."
        if stage is None and self.before_of in (Bearing.NOW, Bearing.PROPOSED) and patterns.CONTESTED.search(clause):
            # no field of the reading is for appeals, but somebody should know about an appeal
            self._decided(sentence, "", left_aside=False)
            return
        for one in self.before if stage else ():
            self._add(one.kind, stage or Stage.TAKEN, number, sentence, clause, stands=stage is Stage.TAKEN)

    def _is_done_or_dropped(self, number: int, sentence: Sentence, clause: str) -> bool:
        """Whether a clause says that CQC has done what it can do in general, or has dropped what it proposed; reads it if so."""
        if self.before_of is Bearing.GENERAL and general.DONE_SO.fullmatch(clause.rstrip(" .")):
            for one in (one for one in self.before if one.kind == "fine" or "paid" not in clause):
                self._add(one.kind, Stage.TAKEN, number, sentence, clause, stands=False)
            return True
        if self.before_of is Bearing.PROPOSED and general.PROPOSAL_ENDED.search(clause):
            self._end_proposals(sentence)
            return True
        return False

    def _end_proposals(self, sentence: Sentence) -> None:
        """Drops the proposals that the previous clauses mention, since CQC has withdrawn them."""
        kinds = {one.kind for one in self.before}
        self.found = [one for one in self.found if one.stage is not Stage.PROPOSED or one.kind not in kinds]
        self._decided(sentence, "a proposal withdrawn", left_aside=True)

    def _stage_of_what_was_named(self, sentence: Sentence, clause: str) -> Stage | None:
        said = bearing.of(clause, sentence, self.about)
        borne, stands = said.bearing, bearing_words.STANDS.search(clause) is not None
        if (
            stands
            and said.rule == bearing.AN_EARLIER
            and self.before_of is Bearing.PAST
            and not sentences.speaks_of_earlier(clause)
        ):
            # as in "We had served a notice. It had not been met", where this inspection found that the notice is still in force
            return Stage.TAKEN
        if (patterns.NEVER_SENT.search(clause) and not patterns.A_FURTHER_ONE.match(sentence.plain)) or (
            borne is Bearing.LIFTED and not stands and self._may_undo(clause)
        ):
            return Stage.LIFTED
        issued = patterns.ISSUED_ONE.match(clause)
        if (
            borne is Bearing.NOW
            and issued
            and self.before_of is not Bearing.OTHERS
            and (issued["one"] or "impos" in issued[0] or self.before_of is not Bearing.PROPOSED)
        ):
            return Stage.TAKEN  # as in "We did not serve a notice last time. We have served one now."
        if self.before_of is Bearing.PROPOSED and borne in (Bearing.NOW, Bearing.PROPOSED) and patterns.ADOPTED.search(clause):
            return Stage.TAKEN
        if (
            borne is not Bearing.NOW
            or (self.before_of in _NOT_USED and not patterns.STANDS_FIRM.search(clause))
            or self.before_of is Bearing.OTHERS
        ):
            return None
        anew = patterns.ANEW.search(clause) is not None and patterns.GIVEN_NOW.search(clause) is not None
        in_force = self.before_of in (Bearing.NOW, Bearing.LIFTED) and (anew or patterns.IN_FORCE.search(clause) is not None)
        return Stage.TAKEN if stands or in_force else None

    def _may_undo(self, clause: str) -> bool:
        """Whether, according to a clause that refers back, the earlier action has ended."""
        held = self.before_of in (Bearing.NOW, Bearing.LIFTED, Bearing.PAST)
        return held and patterns.UNDONE.search(clause) is not None and not patterns.HOME_CLOSED.search(clause)

    def _add(self, kind: str, stage: Stage, number: int, sentence: Sentence, clause: str, stands: bool) -> None:
        anew = patterns.ANEW.search(clause) is not None or (
            stage is Stage.LIFTED and patterns.EARLIER_ONE.search(clause) is not None
        )
        day = bearing.day_of(clause) or bearing.day_of(sentence.plain)
        self.found.append(_Found(kind, stage, sentence, number, clause, day, anew, stands))
        self._decided(sentence, f"{kind} {stage}", left_aside=False, fact=True)

    def _decided(self, sentence: Sentence, rule: str, *, left_aside: bool, fact: bool = False) -> None:
        self.decisions.append(Decision(Topic.ENFORCEMENT, sentence.text, rule, fact=fact, left_aside=left_aside))


_NOT_HERE = tuple(rule for rule in bearing.RULES if rule.bearing in (Bearing.GENERAL, Bearing.CONDITION, Bearing.OTHERS))

_ABOVE_TABLE = "the line above a report's table, in the heading above"

_NOT_USED = frozenset({Bearing.GENERAL, Bearing.CONSIDERED, Bearing.CONDITION})
_BUT_DENIED = tuple(rule for rule in bearing.RULES if rule.bearing is not Bearing.DENIED)
_BUT_HEARSAY = tuple(rule for rule in bearing.RULES if rule.bearing is not Bearing.HEARSAY)
_BUT_PROPOSED = tuple(rule for rule in bearing.RULES if rule.bearing is not Bearing.PROPOSED)


def _speaks_in_place(sentence: Sentence, clause: str) -> bool:
    """Whether a line contains little more than the name of a power: a tag, a table cell, or an item in a list of actions
    taken."""
    return len(clause.split()) <= 6 and (sentence.heading or bool(sentence.lead) or len(sentence.plain.split()) <= 4)


@lru_cache(maxsize=1024)  # several rules ask about the same sentence, and CQC writes the same sentences on many pages
def _named(clause: str) -> tuple[tuple[Power, re.Pattern[str]], ...]:
    """The powers in a clause. Unspecified action is included only if the clause contains no specific power."""
    found = [(power, used) for power, named, used in _NAMED_PATTERNS if named.search(clause)]
    if any(power.kind == "suspension" for power, _ in found) and patterns.RATING.search(clause) and "regist" not in clause:
        found = [pair for pair in found if pair[0].kind != "suspension"]
    kinds = {power.kind for power, _ in found}
    if kinds - {_UNNAMED}:
        found = [pair for pair in found if pair[0].kind != _UNNAMED]
    if {"conditions", "cancellation"} <= kinds and not re.search(r"\bcancel|deregist|struck|section 30|revok|terminat", clause):
        found = [pair for pair in found if pair[0].kind != "cancellation"]
    if {"admissions restricted", "conditions"} <= kinds:
        found = [pair for pair in found if pair[0].kind != "admissions restricted"]
    return tuple(found)


def _resolved(found: Sequence[_Found], read: Sequence[Sentence]) -> Iterator[Enforcement]:
    """The enforcement that results from all clauses together. For example, a notice that was lifted after it was served is not
    in force."""
    seen: dict[tuple[str, Stage, str], Enforcement] = {}
    for one in found:
        if one.stage is Stage.TAKEN and any(_lifts(other, one) for other in found):
            continue
        quote = _with_regulation(read, one.number)
        seen.setdefault((one.kind, one.stage, quote), Enforcement(kind=one.kind, quote=quote, stage=one.stage))
    yield from seen.values()


def _lifts(lifted: _Found, taken: _Found) -> bool:
    if lifted.stage is not Stage.LIFTED or lifted.kind != taken.kind or lifted is taken:
        return False
    if lifted.day and taken.day and lifted.day != taken.day:
        return lifted.day > taken.day
    if taken.stands or taken.anew or lifted.anew:
        return False
    return lifted.number >= taken.number


def _with_regulation(read: Sequence[Sentence], number: int) -> str:
    """The sentence to quote. In a report's table, the line "The enforcement action we took:" may be above this sentence. If so,
    the sentence above that line is quoted too, since it contains the regulation, and two notices would look the same without
    the regulation."""
    quote = read[number].text
    if number < 2 or not patterns.TOOK.search(read[number - 1].plain) or "regulation" not in read[number - 2].plain:
        return quote
    return f"{read[number - 2].text} {read[number - 1].text} {quote}"
