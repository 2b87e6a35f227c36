"""Splits a sentence into its clauses. Other modules decide separately what each clause states."""

import re
from collections.abc import Sequence
from typing import Final

_MEANWHILE = (
    r"(?:in the (?:meantime|end)|meanwhile|for the time being|for now|until (?:that|this|then)(?: is [a-z]+)?(?!,? to)"
    r"|after all)\b"
)
_CLAUSES = re.compile(
    r";\s?"
    r"|:\s(?=(?:that|this|these|it) (?:is|was|are|were)\b)"
    r"|,?\sand\s(?=(?:(?:some|most|many|other|several|both) )?(?:people|residents|relatives|staff|families|patients|carers"
    r"|one (?:person|relative|resident)) (?:\w+ ){0,2}?(?:told|said|liked|felt|thought|spoke|described|praised|knew|were|have|had"
    r"|are|moved|left)\b)"
    r"|,?\s(?:(?<!all )but|whereas|although|though|while|whilst"
    r"|(?<!not )(?<!n't )(?<!as )(?<!has )(?<!have )(?<!had )(?<!is )(?<!are )(?<!was )yet|however)\b,?\s?"
    r"|((?<!considered),?\s(?:and|so|then)\s)(?=(?:(?:the|a|an|we|it|this|they|these|those|there|another|one|two|three|further"
    r"|its|their|cqc|all|everyone|everybody|nobody|people|residents|staff|\d+ people"
    r"|(?:on \d{1,2}|in) (?:january|february|march|april|may|june|july|august|september|october|november|december)(?: 20\d\d)?,? "
    r"(?:the|we|it|a|cqc)|now|also|has|have|is|are|was|were|will|must|remains?|stays?|propose|inspectors|issued|served|imposed"
    r"|reimposed|re-imposed|reinstated|cancelled|suspended|told|asked|took|varied|placed)\b))"
    rf"|,?\sand,?\s(?={_MEANWHILE}|(?:less|more|equally|very) (?:glad|happy|pleased|sorry|worried)\b"
    rf"|(?:put|replaced|substituted) (?:it with |them with )?(?:(?:an?|two|three|new|other) )?(?:[\w-]+ )?"
    rf"(?:conditions?|notices?|restrictions?)\b|replaced (?:it|them|this|that) )"
    r"|,\s(?=(?:only|just|merely|simply) (?:an?|one|two|three) )"
    r"|,\swhen\s(?=(?:we|cqc) (?:cancelled|suspended|imposed|served|issued|fined|prosecuted|restricted)\b)"
    r"|,\s(?=(?:[a-z]+ ){0,2}(?:notices?|conditions?|suspension|restrictions?) "
    r"(?:in (?:force|place|effect)|remains?|stays?|lifted|met|removed|withdrawn|ended)$)"
    r"|:\s(?=(?:we|cqc) (?:have|has) (?:now |therefore )?"
    r"(?:cancelled|suspended|imposed|served|issued|fined|prosecuted|restricted|placed|stopped)\b)"
    r"|,?\s(?:and )?for (?:that|this|which) (?=we |cqc )|,\s(?:which|who|where)\s"
    r"|,\s(?=(?:cqc|we|the (?:provider|home|service)) (?:has|have|had|did|is|are|was|will)\b)"
    r"|,\s(?=(?:cqc|we) (?:issued|served|imposed|placed|took|cancelled|suspended|prosecuted|fined)\b)"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|did|will|must|put|won|remains?|stays?|stands?|proposes?|gave|sent|took|got|went|leads?"
    r"|led|made|told|faces?|applies|apply|upheld|found|said|came|began|stood|\w{2,}(?:ed|es))\b"
)


def _has_verb(words: Sequence[str]) -> bool:
    return _VERB.search(" ".join(words)) is not None


# as in "met both the warning notice and the requirement notice"
_BOTH = re.compile(r"\bboth (?:the|our|of the) (?:[\w-]+ ){1,4}?notice$")


# "Conditions, which the provider did not contest, have been imposed": such an aside does not separate the subject from its
# verb.
_SAID_IN_PASSING = re.compile(
    r"^(?P<subject>[^,;:]{1,80}), (?P<aside>(?:which|who|whose|where|as) [^,;:]{1,160}), "
    r"(?=(?:has|have|had|is|are|was|were|will|must|may|can|remains?|ended|ends?|expired|lapsed|ran|runs|came|comes|ceased"
    r"|appl(?:y|ies)|lasts?|lasted|stands?|took|takes)\b)"
)


LOOSELY: Final = re.compile(
    r"^(?:in addition|however|also|furthermore|moreover|nevertheless|meanwhile|as a result(?: of [^,]{2,40}(?=,))?"
    r"|(?:following|after) (?:this|our|its) [^,]{2,40}(?=,)),? (?=(?:the|its|a|an|our|we|cqc)\b)"
)


# as in "Rather than serve a notice we have asked for an action plan"
_RATHER_THAN = re.compile(
    r"(?:rather than|instead of) [^,;]{3,80}?,? (?=(?:we|cqc|the commission) "
    r"(?:have|has|are|is|asked|served|issued|imposed|did)\b)"
)


# as in "While the notice of June has been met, a fresh one was served"
_CONCEDED = re.compile(
    r"(?P<conceded>(?:while|whilst|although|though) [^,;]{3,120}), "
    r"(?=(?:an?|another|others?|the|this|it|we|cqc|new|fresh|further|they|these|those|its|our|two|three|one|no)\b)"
)


def clauses(plain: str) -> list[str]:
    """The clauses of a sentence in its plain form. The words after "and" are a clause if they contain a verb. An aside between
    a subject and its verb is also a clause."""
    if "; " in plain:
        return [clause for part in plain.split("; ") for clause in clauses(part)]
    plain = LOOSELY.sub("", plain)
    if instead := _RATHER_THAN.match(plain):
        return [instead[0].strip(), *clauses(plain[instead.end() :])]
    if conceded := _CONCEDED.match(plain):
        return [conceded["conceded"], *clauses(plain[conceded.end() :])]
    if passing := _SAID_IN_PASSING.match(plain):
        return [*clauses(f"{passing['subject']} {plain[passing.end() :]}"), passing["aside"].split(" ", 1)[1]]
    found: list[str] = []
    start = 0
    for mark in _CLAUSES.finditer(plain):
        if mark[1] and _BOTH.search(plain[start : mark.start()]):
            continue
        if mark[1] and not (_has_verb(plain[mark.end() :].split(" ", 9)[:9]) and _has_verb(plain[start : mark.start()].split())):
            continue
        found.append(plain[start : mark.start()])
        start = mark.end()
    found.append(plain[start:])
    return [piece for piece in (one.strip(" ,") for one in found) if piece]


_NOTICE = r"(?:an?|the|one|two|three|these|its|\d)?(?:(?<!^) |^)?(?:[\w-]+ )?(?:requirement|warning|penalty) notices?\b"
_MEANS = r"(?:dealt with|resolved|closed|concluded|addressed|settled|ended|followed up|marked|handled)"
# as in "The breach was dealt with by a warning notice", where the notice has not ended
_BY_MEANS = re.compile(
    rf"\b(?:(?:has|have|had|was|were|is|are) (?:(?:now|also|all|both|therefore) )*(?:been |being )?"
    rf"|(?:we|cqc) (?:(?:have|has|also|now|therefore) )*){_MEANS}(?: (?:it|them|these|those|th(?:is|e) [\w ]{{3,30}}?))?"
    rf" (?:by|with|through|using|by (?:way|means) of)(?: (?:issuing|serving|giving|using)(?: \w+){{0,2}}?)? (?={_NOTICE})"
)
# as in "No power beyond requirement notices was used", which says that requirement notices were used
_NONE_BUT = re.compile(
    rf"^(?![^,;]*\b(?:will|would|may|might|can|could|should|consider\w*|propos\w*|breach\w*)\b)[^,;]{{0,60}}?"
    rf"\b(?:no|not|nothing|never|none|neither|n't)\b[^,;]{{0,60}}?"
    rf"\b(?:beyond|other than|apart from|except(?: for)?|besides|stronger than|further than) (?P<what>{_NOTICE})"
    rf"(?: (?:was|were|has been|have been) (?:used|taken|needed|necessary|required|served|issued))?"
)


def reworded(plain: str) -> str:
    """A sentence in plain form. If a notice is the means by which CQC dealt with something, or the only exception in a sentence
    that denies enforcement, the sentence says plainly that the notice was served."""
    if "notice" not in plain:
        return plain
    return _NONE_BUT.sub(r"we have served \g<what>", _BY_MEANS.sub("has led to ", plain))
