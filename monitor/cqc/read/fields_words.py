"""The patterns with which `fields` recognises labels and their values."""

import re

# The labels of CQC's topics. The value follows the label.
TOPIC = re.compile(
    r"(?:(?:in |current |our |cqc |cqc's |any |the |latest )*(?:special measures(?: history)?|regulatory status|enforcement"
    r"|enforcement actions?|regulatory actions?|warning notices?|requirement notices?|conditions? (?:of|on) (?:the )?registration"
    r"|registration(?: status)?|status|restrictions?|admissions|breach(?:es)?(?: of (?:the )?(?:regulations?|law))?"
    r"|fixed penalty notices?|fines|cautions|prosecutions?|action plans?|(?:overall )?ratings?)"
    r"(?: status| taken| in place| in force| in progress| under way| outstanding| since)?)[ :?]*",
    re.I,
)
# Labels for things that every service has. Such a label states nothing without its value.
NEUTRAL = re.compile(
    r"(?:(?:current |our |cqc |cqc's |the |latest )*(?:regulatory status|registration(?: status)?|status|admissions"
    r"|(?:overall )?ratings?))[ :?]*",
    re.I,
)
# Labels that would be a tag if they had no value.
FACT = re.compile(
    r"\bspecial[ -]measures\b|\benforcement\b|\bregulatory action|\b(?:warning|requirement|penalty) notices?\b"
    r"|\bsuspen(?:ded|sion)\b|\bcancell?(?:ed|ation)\b|\bde-?registered\b|\bprosecut|\burgent action\b"
    r"|\bconditions?\b|\brestrict(?:ed|ions?)\b|\b(?:reports?|ratings?) (?:\w+ )?(?:removed|withdrawn|taken down|corrected"
    r"|unpublished)\b|\bdormant\b|\barchived\b|\b(?:service|home|location|practice) closed\b"
    r"|\bno longer (?:registered|rated|operating)\b"
    r"|\bbreach(?:es|ed)?\b|\bcaution(?:ed)?\b|\bfined\b|\baction plan\b|\bbeing inspected\b|\bunder inspection\b"
    r"|\binspection (?:in progress|under way)\b",
    re.I,
)
HOLDS_A_VALUE = re.compile(r"\.$|[:?] *[^ :?]|\(\d+\)$")
# Labels for the end of an action. With the value "no", the action still applies.
UNDONE = re.compile(
    r"\b(?:notices?|conditions?|measures|suspension|restrictions?|breach(?:es)?|action|plan)\b.{0,80}?"
    r"\b(?:lifted|ended|met|complied|compliance|withdrawn|removed|cancelled|closed|discharged|expired|resolved|over)\b"
    r"|\b(?:left|exited|out of|not|without)\b|\bno longer (?:in|under|subject|appl)",
    re.I,
)
_WHEN = (
    r"(?:[ ,:-]+(?:at present|currently|at this time|at the moment|now|recorded|known|found|taken|issued|served|imposed"
    r"|in (?:place|force)|for this service|here|to date|so far|yet|ever))*"
)
NO = re.compile(
    rf"(?:(?:no|n|none|nil|never|n/?a|not applicable|false|0|zero|nothing){_WHEN}"
    r"|no (?:records?|entries|notices?|conditions?|enforcement|action|enforcement action|results?|breaches|special measures)"
    r"(?: (?:found|recorded|taken|in place|in force|held))?"
    r"|not (?:currently |now )?(?:applicable|in (?:place|force)|taken|served|issued|imposed|suspended|cancelled"
    r"|in special measures|placed|removed|withdrawn|dormant|archived|prosecuted)"
    r"|[-–—−]+|[✗✘✖❌])[ .]*|\s*",
    re.I,
)
YES = re.compile(r"(?P<yes>yes|y|true|[✓✔☑✅])(?:(?=[ ,;.(])[ ,;.-]*(?P<rest>.*))?", re.I | re.S)
VALUE = re.compile(
    r"(?:£|regs?\b|regulations?\b|no|none|special measures\b|in special measures\b|n/?a|not\b|nil|in\b|since|from|until|ended"
    r"|lifted|removed|left|exited|entered|imposed|applied|active|current|still|remain|stay|continu|placed|issued|served|given|"
    r"convicted|found guilty|pleaded guilty|fined\b|acquitted|discontinued|met\b|complied|these|they|this|it\b"
    r"|the (?:home|service|practice|provider|location)\b|warning|requirement|conditions?\b|suspended|withdrawn|cancelled"
    r"|deregistered|registered|archived|\d|one\b|two\b|three\b"
    r"|(?:elm|[A-Z]\w+ ){0,3}(?:house|lodge|court|home|hall) (?:entered|left|has|is|was))",
    re.I,
)
# Values that are not clear, or that mean nothing without their label.
STATUS = re.compile(
    r"(?:(?:currently |now )?(?:under|in|for) (?:review|consideration|appeal|investigation|discussion)|(?:being )?considered"
    r"|unknown|not (?:known|stated|recorded|available|decided)(?: yet)?|t\.?b\.?[cad]\.?"
    r"|to be (?:confirmed|decided|agreed|advised)"
    r"|pending|proposed|recommended|possibl[ey]|planned|discharged|out|expired|lapsed|closed|resolved|unclear|draft|awaited"
    r"|exit pending|inactive|off|on hold|see (?:the )?(?:\w+ )?(?:report|below|above|notes?|page)|partly|partially|other"
    r"|[^\w\s]{1,9})[ .]*",
    re.I,
)
JOINED = re.compile(
    r"(?P<label>[^:?(\t]{3,80}?)(?:\s*[:?]+\s*|\s+[-–—]\s+)(?P<value>[^\t]{0,60})"
    r"|(?P<counted>[^:?(\t]{3,80}?) \((?P<count>\d{1,4})\)"
)

MAY_JOIN = re.compile(r"[:?(–—-]")  # a fast first test, since most lines contain none of these characters

REGULATION = re.compile(r"(?:legal )?(?:regulations?|requirements?)(?: (?:number|no\.?|name))?", re.I)
MET = re.compile(r"(?:(?:is|was|were|are|is it|was it|being|been) )*(?:met|compliant|complied with|meeting)\??", re.I)
BREACHED = re.compile(r"(?:(?:is|was|were|are|is it|was it) )*(?:breach(?:ed|es)?|in breach|not met)\??(?: found)?", re.I)
WHETHER_MET = re.compile(
    rf"(?P<what>(?:regulations? )?\d{{1,2}}a?\b[^\t]{{0,100}}?) (?P<met>{MET.pattern}|{BREACHED.pattern})", re.I
)

COUNT = re.compile(r"\d{1,3}|yes|no|y|n|none|nil|zero|[-–—]|", re.I)
YES_NO = re.compile(r"yes|no|y|n|none|[-–—]", re.I)
YEARS = re.compile(r"years?|dates?|when|inspections?|assessments?|reports?", re.I)
A_YEAR = re.compile(r"\b20\d\d\b")
HOMES = re.compile(
    r"(?:(?:name|care|nursing) )?(?:of (?:the )?)?(?:homes?|services?|locations?|practices?|branch(?:es)?|name)", re.I
)

START = re.compile(r"from|since|start(?:ed)?(?: date)?|date (?:started|from|placed|entered)|entered|placed(?: on)?|began", re.I)
END = re.compile(
    r"to|until|end(?:ed)?(?: date)?|date (?:ended|to|left|lifted|removed)|left|exited|lifted(?: on)?|removed(?: on)?", re.I
)
# Headings that add nothing to the meaning of their values.
PLAIN_HEADING = re.compile(
    r"(?:number|no\.?|count|total|how many|dates?|when|status|details?|description|reasons?|regulations?|outcome|type|result|year"
    r"|value|answer|current(?: status)?|position|state|in place\??|taken\??|yes/no)?",
    re.I,
)
COLUMN = re.compile(
    r"(?:(?:is it |was it )?(?:met|compliant|in breach|breach(?:ed)?)\??|number|no\.|count|total|how many"
    r"|dates?(?: (?:served|issued|from|to|met|lifted|placed|imposed|taken))?|when|status|details?|description|reasons?"
    r"|regulations?|outcome|type|result|from|to|since|until|start(?: date)?|end(?: date)?|imposed by|issued by|taken by|year"
    r"|action|notes?|location|compl(?:y|iance) (?:by|date)|deadline)",
    re.I,
)
ENDS_OR_BEGINS = re.compile(
    r"(?:served|issued|met|lifted|ended|imposed|placed|left|removed|withdrawn|published|closed|started)(?: on)?", re.I
)

OVER = re.compile(r"(?:met|complied|lifted|ended|removed|withdrawn|closed|discharged|left)\b", re.I)
