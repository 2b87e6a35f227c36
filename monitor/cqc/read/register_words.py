"""Finds sentences which say that this service is no longer on CQC's register: "We removed this service from our register"."""

import re
from typing import Final

from monitor.cqc.read import sentences
from monitor.cqc.read.others import About

_HOME: Final = (
    r"(?:(?:care|nursing|residential|registered|dental|gp|homecare|home care) )*"
    r"(?:service|home|location|practice|surgery|agency|hospital|clinic|branch|hospice|provider)"
)
_WHAT: Final = rf"(?P<what>(?:this|the|our) {_HOME}|it|we|(?:\b[\w'&-]{{1,30}} ){{0,4}}\b[\w'&-]{{1,30}})"
_REGISTER: Final = (
    r"(?:the|our|cqc's|its|their|the commission's|the care quality commission's) register"
    r"\b(?! of\b(?! (?:services|providers|care providers|the c)))"
)
_NOW: Final = r"(?:(?:now|since|also|therefore|then|already|formally) ){0,3}+"
_OFF: Final = rf"(?:off|from) {_REGISTER}"
_BY_CQC = re.compile(
    rf"(?:^|\b(?:and|so|that|when|because|then|,) )(?:we|cqc|the commission|the regulator|the care quality commission) "
    rf"(?:have |has )?{_NOW}(?:removed|took|taken|struck|deleted|dropped|moved) {_WHAT} {_OFF}"
)
_CAME_OFF = re.compile(
    rf"{_WHAT}(?:, [^,]{{2,40}},)? (?:(?:was|were|has been|have been|is|are) {_NOW}(?:taken|struck|removed|deleted|dropped) "
    rf"{_OFF}"
    rf"|(?:has |have )?{_NOW}(?:came|come|dropped|gone|went) {_OFF}|(?:has |have )?{_NOW}left {_REGISTER}"
    rf"|(?:is|has|does|was) (?:no longer|not|n't) (?:been |appears? |listed |shown |entered ){{0,3}}+(?:on|in) {_REGISTER}"
    rf"|no longer (?:appears|is|stands|features) (?:on|in) {_REGISTER})"
)
_ENDED = re.compile(
    rf"(?:^|\b(?:and|so|,) )(?:we|cqc|the commission|the regulator) (?:have |has )?{_NOW}ended the registration of {_WHAT}"
    rf"(?=[.,;:]| on\b| in\b| from\b| with\b| at\b|$)"
    rf"|\b(?P<whose>(?:this|the|our) {_HOME}|its|[\w'& -]{{3,40}}?)'?s? entry (?:on|in) {_REGISTER} (?:has |was )?"
    rf"(?:ended|been (?:ended|removed|deleted)|removed|deleted|closed)"
)
_AGAIN: Final = re.compile(
    r"\b(?:back on|put (?:it )?back|again|re-?registered|re-?instated|restored|re-?entered|returned to|by mistake|in error"
    r"|wrongly|should not have)\b"
)
_OF_THIS = re.compile(rf"(?:^|.*(?<! of)(?<! at)(?<! by)(?<! in)(?<! from)(?<! with) )(?:(?:this|the|our) {_HOME}|it|we|its)")


def off_the_register(plain: str, about: About) -> bool:
    """Whether a sentence in plain form says that this service has left the register."""
    if "regist" not in plain:
        return False
    return any(_is_this(match, about) for pattern in (_BY_CQC, _CAME_OFF, _ENDED) for match in pattern.finditer(plain))


def is_undone(plain: str) -> bool:
    """Whether a sentence says that the service came back to the register, or that its removal was a mistake."""
    return _AGAIN.search(plain) is not None


def _is_this(match: re.Match[str], about: About) -> bool:
    what = (match["what"] or match.groupdict().get("whose") or "").strip(" ,")
    own = [sentences.plain(name) for name in about.names if name]
    return _OF_THIS.fullmatch(what) is not None or any(what == name or what.endswith(f" {name}") for name in own)
