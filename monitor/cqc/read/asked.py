"""Turns a question that is answered with yes or no into a statement: "Is the home in special measures? It is." states that the
home is in special measures.
"""

import re
from typing import Final

_AUXILIARY: Final = r"(?P<aux>is|are|was|were|has|have|had|did|does|do|will)"
# The first word after the subject of a question.
_PREDICATE: Final = (
    r"(?:in|under|out of|subject to|still|now|currently|yet|again|also|already|really|being|been|be|no longer|rated|required|any"
    r"|ever|a(?= breach)|breaching|left|leave|gone|come|remain|stay|met|meet|complied|comply|improved|ha[ds]|have|appeal(?:ed)?"
    r"|closed|registered|dormant|expired|over|(?:re-?)?(?:issu|serv|impos|plac|suspend|cancel|cancell|prosecut|fin|restrict|stopp"
    r"|propos|charg|caution|lift|remov|breach|chang|ask|requir|clos|apply|appli|receiv|stop)(?:e|ed)?|"
    r"take|taken|took|put|give|given|find|found|made|make|use|used|begin|begun|start|started|appl(?:y|ies))"
)
_QUESTION: Final = re.compile(
    rf"(?:(?:and|but|so|then),? )?{_AUXILIARY} (?P<who>it|they|we|cqc|there"
    rf"|(?<=did )you(?= (?:issue|serve|take|impose|find|use|cancel|suspend|prosecute|propose|fine|place|close)\b)"
    rf"|(?!you\b|your\b|i\b|my\b)(?:[\w'-]+ ){{0,9}}?[\w'-]+) (?P<what>{_PREDICATE}\b.*|(?<=there ).*)\?"
)
_MAY: Final = re.compile(
    r"(?:and |but |so )?(?P<aux>may|can) (?P<who>(?:[\w'-]+ ){0,5}?[\w'-]+) "
    r"(?P<what>(?:admit|(?:take|accept)(?: in| on)?) (?:(?:any|more|further|new) )*"
    r"(?:residents?|people|patients|anyone|anybody|admissions|placements?|clients)\b[^?]*)\?"
)
# A word before the answer that does not change it: "Sadly, it is".
_ASIDE: Final = (
    r"(?:(?:sadly|unfortunately|well|so far|for now|at present|today|currently|however|in fact"
    r"|(?:we|cqc) (?:found|concluded|decided|judged)(?: that)?|inspectors (?:found|concluded)(?: that)?"
    r"|they (?:found|concluded)(?: that)?),? )*"
)
_WHO: Final = r"(?:it|they|we|he|she|this|that|there|cqc|both|one|some|(?:the|this) (?:\w+ )?\w+)"
_DOES: Final = r"(?:is|are|was|were|has|have|had|did|does|do|will)"
_ENDS: Final = (
    r"(?=$|[,.;:!-]| (?:for now|today|since|until|from|and|but|because|again|so far|by us|unless"
    r"|at (?:present|the moment|this \w+)|on (?:\d|this))\b)"
)
_NO: Final = re.compile(
    rf"{_ASIDE}(?:no\b(?: one| body)?(?=$|[,.;:-]| it| they| we| there| (?:the|this)\b| not)"
    rf"|not\b(?! only| all\b| just)(?:(?! (?:at (?:this|present|the moment)|so far|yet|now|any ?more|any longer|as yet|today"
    rf"|on this)\b)(?=$|[,.;:]| for now| to date)| (?P<when>yet|any ?more|any longer|now)\b"
    rf"| (?:at (?:this \w+|present|the moment)|so far|as yet|today|on this \w+))"
    rf"|none\b(?: (?:was|were|has been|have been)(?: (?:found|identified|served|issued|taken|imposed))?)?|never\b|nothing\b"
    rf"|there (?:is|are|was|were) (?:none|not|no longer)\b"
    rf"|{_WHO} {_DOES}(?:n't| not)\b(?: (?P<then>yet|any ?more|any longer))?|{_WHO} {_DOES} (?P<longer>no longer)\b)"
    rf"(?:(?:,? {_WHO} {_DOES}(?:n't| not))?(?= *$|[,.;:!-]| \w))"
)
_YES: Final = re.compile(
    rf"{_ASIDE}(?:yes\b|correct\b|indeed\b|that (?:is|was) (?:right|correct|so|the case)\b|that's (?:right|correct)\b|partly\b"
    rf"|in part\b|{_WHO} (?:still |now |all |both )?{_DOES}(?: still| now| indeed| so)?(?: been)?{_ENDS})"
    rf"(?:,? {_WHO} {_DOES}(?: still| now)?{_ENDS})?"
)
_PAST: Final = {
    "take": "took", "find": "found", "give": "gave", "put": "put", "begin": "began", "make": "made", "leave": "left",
    "meet": "met", "have": "had", "stop": "stopped", "cancel": "cancelled", "apply": "applied", "comply": "complied",
}  # fmt: skip


def answered(question: str, answer: str) -> str | None:
    """The statement that results from a question and the sentence after it, all in plain form. None if `question` is not a
    yes-or-no question about a service, or if `answer` does not answer it."""
    asked = _QUESTION.fullmatch(question) or (_MAY.fullmatch(question) if question.startswith(("may ", "can ")) else None)
    if asked is None:
        return None
    if no := _NO.match(answer):
        longer = no["longer"] or any(word and word.startswith("any") for word in (no["when"], no["then"]))
        yet = "yet" in (no["when"], no["then"])
        return _stated(asked, "no longer" if longer else "not yet" if yet else "not", answer[no.end() :])
    yes = _YES.match(answer)
    return _stated(asked, "partly" if "part" in yes[0] else "", answer[yes.end() :]) if yes else None


_REPORTED: Final = re.compile(
    r"(?:you|people|families|relatives|some of you|many of you|readers) (?:\w+ )?(?:asked|ask|want(?:ed)? to know|wondered) "
    r"(?:us )?(?:whether|if) (?P<who>(?:(?!(?:is|are|was|were|has|have|had|will)\b)[\w'-]+ ){1,8})"
    r"(?P<aux>is|are|was|were|has|have|had|will) (?P<what>[^:;?]{3,90})[:;] (?P<answer>.+)"
)


def reported(sentence: str) -> tuple[str, str] | None:
    """The question and its answer in a sentence such as "You asked whether the home is in special measures: yes". None for any
    other sentence."""
    told = _REPORTED.fullmatch(sentence) if sentence.startswith(WHO_ASKS) else None
    return (f"{told['aux']} {told['who']}{told['what']}?", told["answer"]) if told else None


WHO_ASKS: Final = ("you ", "people ", "families ", "relatives ", "some ", "many ", "readers ")
"""Each sentence that reports a question begins with one of these words (plain form)."""


def is_asked(sentence: str) -> bool:
    """Whether a sentence in plain form is a yes-or-no question, which states nothing without an answer."""
    return sentence.endswith("?") and _QUESTION.fullmatch(sentence) is not None


def _stated(asked: re.Match[str], how: str, rest: str) -> str:
    """The statement for a question. `how` is "" for "yes"; `rest` has the words of the answer after "yes" or "no"."""
    aux, what, who = asked["aux"], asked["what"], "we" if asked["who"] == "you" else asked["who"]
    if how == "not" and what.startswith("still ") and aux in ("is", "are", "has", "have"):
        how = "no longer"  # as in "Is the home still in special measures? No."
    if how:
        what = re.sub(r"^(?:still|now|yet|already) ", "", what)
    rest = rest.strip(" ,.!")
    tail = f", {rest}" if rest else ""
    first, _, others = what.partition(" ")
    if aux in ("did", "do", "does") and (not how or how == "partly"):
        did = first if aux == "do" else f"{first}s" if aux == "does" else _PAST.get(first, f"{first.removesuffix('e')}ed")
        return f"{who} {did} {others}".rstrip() + (", partly" if how else "") + tail
    if aux in ("may", "can"):
        return f"{who} {'must' if how else aux} {how} {what}{f' because {rest}' if rest else ''}".replace("  ", " ")
    if how == "partly":
        return f"{who} {aux} {what}, partly{tail}"
    return f"{who} {aux} {how} {what}".replace("  ", " ") + tail
