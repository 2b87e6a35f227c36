"""Has the words that show whether a notice or condition was checked, and whether it had been met."""

import re
from typing import Final

# as in "We checked whether the warning notice had been met. It had not.", "… and found that it had not"
_MET = (
    r"(?:met(?= (?:it|them|this|these|those|all|both|the|its|our|either)\b|$|[.,;])"
    r"(?! the (?:new |registered )?(?:managers?|people|staff|residents?|families)\b)|meet|complied|comply|satisf\w+|achieved"
    r"|addressed|compliant|in compliance)"
)
_HAD_NOT = (
    rf"(?:(?:had|has|have|did|was|were)(?: still| yet)?(?:n't| not)(?: (?:yet|fully|all|been|both|entirely|wholly|still))*"
    rf"(?=$|[.,;]| (?:{_MET}|done (?:so|enough)|improved|made (?:the|enough|all|these|those|sufficient))\b)"
    rf"|(?:had|has|have) (?:still )?failed to (?:{_MET}|make (?:the|enough|all)|improve)\b"
    rf"|(?:had|has|have) only (?:partly|partially)\b)"
)
CHECKED: Final = re.compile(
    r"\b(?:check|see|find out|establish|confirm|determine|assess|review|verify|look)(?:ed|s|ing)? (?:at )?"
    r"(?:whether|if|that|how far)\b.*\b(?:met|complied|compliant|compliance|satisfied|addressed|improvements?|improved)\b"
)
_WHO_MET = r"(?:it|they|this|these|those|neither|none|(?:the|its|both|all|some|one|two|part|parts|only|most)(?: [\w-]+){0,4}?)"
_FEW_MET = (
    rf"(?:(?:neither|none|only (?:one|two|part|some))(?: of (?:it|them|these|those|this|the [\w-]+))? (?:had|has|have|was|were)"
    rf"(?: (?:yet|fully|been))*(?:$|[.,;]| {_MET}\b))"
)
_IS_MET = (
    r"(?:it|they|this|these|those|both|all|(?:the|its|all|both)(?: [\w-]+){1,4}?) (?:had|has|have|was|were)"
    r"(?: (?:now|all|both|fully|since|been))*(?:$|[.,;]| (?:met|complied|satisfied|addressed)\b)"
)
_IS_NOT_MET = rf"(?:{_FEW_MET}|{_WHO_MET} {_HAD_NOT})"
_FOUND = r"(?:found|concluded|decided|judged|saw) (?:that )?"
NOT_MET: Final = re.compile(rf"(?:(?:we|inspectors|cqc) {_FOUND})?{_IS_NOT_MET}")
WAS_MET: Final = re.compile(rf"(?:(?:we|inspectors|cqc) {_FOUND})?{_IS_MET}")
FOUND_NOT_MET: Final = re.compile(rf"\b{_FOUND}(?:{_IS_NOT_MET}|{_HAD_NOT})")
FOUND_MET: Final = re.compile(rf"\b{_FOUND}{_IS_MET}")
# as in "We came back to check that it had been met", after a clause about a notice
CHECKED_IT: Final = re.compile(rf"(?!.*\b(?:will|would|shall|may|must|should)\b){CHECKED.pattern}")
THEN: Final = re.compile(r"\b(?:then|on that (?:occasion|visit|day)|after that (?:inspection|visit|assessment))[.;]?$")
