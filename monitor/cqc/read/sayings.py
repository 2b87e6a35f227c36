"""The kinds of CQC's other statements about a service, with the words for each kind."""

from typing import Final, NamedTuple

from monitor.cqc.read import moves
from monitor.model import SaidKind

HOME = r"(?:service|home|location|practice|hospital|agency|surgery|clinic|company|provider|branch|centre)"


class Saying(NamedTuple):
    """One kind of statement. `pattern` is searched in the plain form of a sentence. If `unless` is found too, the sentence does
    not make the statement."""

    kind: SaidKind
    name: str
    pattern: str
    unless: str
    example: str


_GONE_WORDS = (
    r"\b(?:this|our) (?:[\w-]+ )?(?:location|service|home|practice|agency|surgery|hospital|clinic) "
    r"(?:was|has been|is|has now been|is now) (?:\w+ )?(?:removed|deleted|taken off) (?:from )?(?:the|its|their|this) "
    r"(?:(?:provider|company|owner)'s )?(?:cqc )?registration\b"
    r"|\b(?:provider|company|owners?|trust|council) (?:has |have )?(?:now )?(?:removed|deleted|taken|took) (?:this|the) "
    r"(?:location|service|home|practice) (?:off|from) (?:its|their|the) regist\w+\b"
    r"|\bno longer (?:\w+ )?registered\b|\bde-?registered\b"
    r"|\bregistration (?:status )?(?:of (?:this|the) \w+ )?(?:has |had |was |is |with (?:us|cqc) )*(?:been |now )?"
    r"(?:ended|ceased|lapsed|expired|came to an end|removed from the register)\b"
    r"|\bregistration(?: status)?: (?:\w+ )?(?:cancelled|ended|removed|ceased|deregistered|archived|inactive|closed|none)\b"
    r"|\b(?:gave|given|giving) up (?:its|their|the) registration\b|\bsurrendered (?:its|their) registration\b"
    rf"|\b(?:{HOME}|it|house|lodge|court|hall|manor|grange|view) (?:has |had )?(?:now )?(?:stopped|ceased) "
    rf"(?:being registered|to be registered)\b"
    rf"|^archived\b(?! (?:reports?|ratings?|inspections?|pages?|records?|files?|documents?|versions?|copies|material|content"
    rf"|notes|care plans?|assessments?|news)\b)(?=:| |$)"
    rf"|\bremoved from (?:the|our|cqc's) register\b"
    r"|\bthis (?:page|profile|entry) is (?:about|for|of) an? (?:[\w-]+ )?(?:service|home|location|practice|agency|hospital"
    r"|surgery|clinic) (?:that|which) (?:has (?:now )?(?:closed|shut)|is (?:now )?(?:closed|shut)|no longer exists)\b"
    r"|\bthis is an archived\b"
    r"|\b(?:registration )?status:? (?:archived|deregistered|inactive)\b"
    r"|\bthis (?:service|location|page|profile|service's profile) (?:is|was|has been) (?:now )?archived\b"
    r"|\b(?:archived|deregistered) on \d"
    r"|\bregistration (?:to \w+ \w+ )?(?:has been |was )?cancelled by cqc\b|\bis (?:now )?(?:archived|closed and no longer)\b"
    r"|\bregistration of (?:this|the) (?:location|service|home|practice|agency) (?:has been |was )(?:\w+ )?cancelled\b"
    r"|\b(?:location|service|home|practice|agency|surgery|hospital|clinic)'s registration (?:has been |was |is )(?:now )?"
    r"(?:cancelled|ended|removed)\b|\b(?:cqc|we) (?:have |has )?cancelled the registration of (?:this|the) "
    r"(?:location|service|home|practice|agency)\b|^registration cancelled\b|\bregistration\b.{0,80}\bmay no longer operate\b"
)
SAYINGS: Final[tuple[Saying, ...]] = (
    Saying(SaidKind.RATINGS_SUSPENDED, "ratings suspended",
           r"\brat(?:ings?|ed)\b.{0,90}\bsuspen(?:ded|sion)\b|\bsuspen(?:ded|ding|sion of)\b.{0,50}\bratings?\b"
           r"|\b(?:decided|decision|chosen|agreed|had) to suspend\b.{0,50}\bratings?\b|\bratings? (?:is|are|has been|have been) "
           r"(?:\w+ )?(?:on hold|paused|under review)\b|\bput (?:the|its|their|these|this) (?:\w+ ){0,2}?ratings? on hold\b"
           r"|\b(?:paused|frozen|froze) (?:the|its|these|this) (?:\w+ )?ratings?\b"
           r"|\bratings? (?:\w+ ){0,3}?under (?:appeal|challenge)\b",
           r"\bfor (?:some|several|other|many|a number of) (?:\w+ )?(?:services|homes|providers|locations)\b"
           r"|\bnot (?:for|of|at) this (?:one|service|home|location)\b|\bsuspension (?:of \w+ )?(?:of the \w+ )?(?:has )?"
           r"(?:ended|was lifted|is over)|\bregistration\b|\bstar[- ]rat|\brating (?:scheme|system|survey|form)s?\b|\bhygiene\b"
           r"|\brat(?:ed|ing) by (?:people|staff|residents)",
           "We have suspended the ratings of this service."),
    Saying(SaidKind.RATINGS_WITHDRAWN, "ratings withdrawn",
           r"\bratings?\b.{0,110}\b(?:withdrawn|removed|taken (?:down|away|off)|set aside|deleted|quashed"
           r"|no longer (?:stands?|valid|applies|apply|shown|published|current))\b"
           r"|\b(?:withdr[ae]w\w*|remov(?:ed|ing)|taken down|set aside|quashed|deleted"
           r"|no longer (?:show|publish|give|display))\b.{0,50}\bratings?\b"
           r"|\bdo(?:es)? not (?:currently |now )?have a (?:published )?rating\b"
           r"|\b(?:service|home|practice|location|hospital|agency|[\w']+ (?:house|lodge|court|hall|manor|grange|view|home)|it) "
           r"(?:is|are) (?:(?:currently|now|at present|therefore) )*"
           r"(?:no longer rated(?! (?:as )?(?:inadequate|good|requires|outstanding))|without a (?:published )?rating"
           r"|not rated (?:at present|at the moment|currently|now|any more))",
           r"\bregistration\b|\bspecial measures\b|\bwarning notice\b|\blegend\b|\bdisplay\b",
           "The rating of this service has been withdrawn."),
    Saying(SaidKind.REPORT_REMOVED, "report removed",
           r"\breports?\b.{0,90}\b(?:removed|withdrawn|taken (?:down|off)|unpublished|no longer (?:available|published|here|on)"
           r"|not (?:currently |now )?available|retracted|deleted)\b"
           r"|\b(?:remov(?:ed|ing)|withdr[ae]w\w*|taken down|took down|unpublished|retracted|deleted)\b.{0,70}\breports?\b",
           r"\b(?:older|previous|earlier|old|20[01]\d|202[0-4]) (?:\w+ )?report|\breport (?:from|of) 20[01]\d|\bdamaged\b"
           r"|\breports? (?:from|to|of) (?:the )?(?:staff|council|falls|police)|\bconditions?\b|\bnotice",
           "We have removed our inspection report."),
    Saying(SaidKind.REPORT_CORRECTED, "report corrected",
           r"\bpublished (?:it|this|this (?:\w+ )?report|the report|this page) again\b.{0,60}"
           r"\b(?:correct|put right|error|mistake|amend|with)|\b(?:earlier|first|previous|original) version of (?:this|the|our) "
           r"(?:\w+ )?(?:report|page)\b|\b(?:changed|revised|updated) (?:this|the|our) report\b.{0,40}"
           r"\b(?:correct|error|mistake|put right|wrong)|^(?:amended|corrected|revised) (?:on )?\d"
           r"|\b(?:republished|re-published|reissued|re-issued|amended|corrected) (?:this|the|our) (?:\w+ ){0,3}?report\b"
           r"|\bcorrected version\b|\b(?:it|this|which) (?:was|has been|is) (?:re-?published|re-?issued|published again"
           r"|issued again|amended)\b.{0,60}\b(?:correct|error|mistake|amend)|\b(?:published|issued) (?:again|anew) in "
           r"(?:a )?corrected\b|\bin a corrected form\b|\b(?:report|rating|page)s?\b.{0,110}"
           r"\b(?:correct(?:ed|ion)|re-?issued|re-?published|amended|shown wrongly|republished|replac(?:ed|es)"
           r"|updated to correct)\b|\bcorrect(?:ed|ion)\b.{0,110}\b(?:report|rating|version)s?\b"
           r"|\breplaces (?:the|an) (?:earlier|original|previous) (?:version|report)\b",
           r"\b(?:careplan|care plan|medicines?|records?|error by staff|staff)\b",
           "This report was re-issued in a corrected form."),
    Saying(SaidKind.BEING_INSPECTED, "being inspected",
           rf"\b(?:we|cqc) (?:are|is) (?:currently |now )?carrying out (?:an? )?checks? (?:at|on|of)\b"
           rf"|\b(?:we|cqc|inspectors?|the commission|our team) (?:are|is|am|have begun|has begun|have started|has started|began"
           rf"|started) (?:currently |now |presently |today |in the process of |also )*"
           rf"(?:carrying out|conducting|undertaking|completing|doing|inspecting|assessing|reviewing|visiting|an?|our|at) ?"
           rf"(?:an? |the |our |this |new |unannounced |further )*(?:\w+ ){{0,3}}?"
           rf"(?:inspection|assessment|review|service|home|location|visit|practice|{HOME})\b"
           r"|\b(?:we|cqc|inspectors) (?:are|is) (?:currently |now )?(?:inspecting|assessing) "
           r"(?!how|whether|risks?|all|services|homes|the (?:risk|impact|need))\w"
           r"|\b(?:inspection|assessment)s? (?:of [\w' ]{2,50} )?(?:is|are|was|has|remains) (?:currently |now |still )*"
           r"(?:under ?way|in progress|ongoing|going on|being carried out|taking place|being (?:written|finalised)|started|begun"
           r"|continu\w+|not yet (?:complete|finished))\b"
           r"|\b(?:inspection|assessment) (?:under ?way|in progress|ongoing)\b|\b(?:is|are) (?:currently |now )?being "
           r"(?:inspected|assessed|reviewed by (?:us|cqc|inspectors))\b"
           r"|\b(?:currently|now) (?:inspecting|assessing|under inspection)\b|\bunder inspection\b"
           r"|\b(?:inspectors?|we|cqc) (?:\w+ )?(?:visited|inspected|assessed|went to|carried out (?:an?|our) (?:\w+ ){0,2}?"
           r"(?:inspection|assessment|visit))\b.{0,140}\b(?:still (?:going on|being)"
           r"|not yet (?:known|been published|published|ready|complete|finished)|will (?:be )?publish\w*"
           r"|report (?:will|is being|is to|to) (?:follow|be|come|written|published)|has not (?:yet )?been published"
           r"|being written)\b"
           r"|\b(?:inspectors?|we|cqc|team) (?:\w+ ){0,3}?(?:finished|completed) (?:their|our|the|an?|its) (?:\w+ )?"
           r"(?:visit|inspection|assessment)\b|\bwe have (?:visited|inspected|assessed) (?:this|the) \w+(?: on [\w ]+)? and "
           r"(?:will publish|are writing|our report)\b",
           r"\bwill inspect\b|\blast inspected\b",
           "We are carrying out an inspection of this service."),
    Saying(SaidKind.CLOSING, "a closure announced or applied for",
           rf"\b(?:{HOME}|it|[\w']+ (?:house|lodge|court|view|hall|manor|grange|home)) (?:will|is to|is due to|is set to"
           rf"|is going to) be (?:\w+ )?(?:de-?registered|closed(?: down)?(?! to\b)|removed from (?:the|our|cqc's) register)\b"
           rf"|\b(?:{HOME}|it|[\w']+ (?:house|lodge|court|view|hall|manor|grange|home)) (?:\w+ ){{0,3}}?"
           rf"(?:will|is to|is due to|is going to|plans? to|intends? to|has decided to|is set to|is|are) (?:\w+ )?"
           rf"(?:clos(?:e|ing)|shut|cease (?:to operate|trading|operating|providing)|stop (?:operating|trading|providing))\b"
           rf"|\b(?:{HOME}|it|[\w']+ (?:house|lodge|court|view|hall|manor|grange|home)) "
           rf"(?:(?:closes|shuts)(?: its doors| for good| down| on| at the end| permanently)"
           rf"|(?:has |have )?(?:now )?(?:closed|shut)(?: its doors| for good| down| on \d| permanently))"
           rf"|\b(?:decision|decided|chosen|plans?|planning|forced|had|having) to (?:close|shut)"
           rf"\b(?! (?:down )?(?:off|in|up|one|two|some|part)\b)"
           rf"|\bwhen (?:the|this) (?:home|service|agency|practice|hospital) (?:closes|shuts)\b"
           rf"|\b(?:home|service|agency|practice|hospital) (?:has|is) (?:now )?(?:shut|closed)(?=$|[.!])"
           rf"|\bto close\b(?= (?:its|the|this|on|in|by|for good|permanently)|$)"
           rf"|\b(?:clos(?:ing|e|es) (?:down|permanently|for good|its doors))\b"
           r"|\bclosure of (?:the|this|its)? ?(?:\w+ ){0,3}?(?:house|lodge|court|hall|manor|grange|home|service|location|practice"
           r"|hospital|agency)\b|\b(?:announced|confirmed|planned|proposed|notice of|decided on|date for) "
           r"(?:the |its |a |their )*closure\b|\b(?:home|service) closure\b|^(?:closure date|date of closure):? (?:\w+ )?\d"
           r"|\b(?:applied|application|asked us|request\w*) (?:\w+ ){0,4}?to "
           r"(?:cancel (?:its|their|the|this|[\w' ]{2,40}?'s registration)|remove (?:the|this|its) (?:location|service|home)"
           r"|close|deregister|end its registration|be removed|de-?register)\b"
           r"|\bapplication (?:\w+ )?(?:for|of) (?:the )?(?:voluntary )?(?:cancellation|closure|deregistration)\b"
           r"|\b(?:wind(?:ing)? (?:down|up)|gave notice that|given notice (?:that|to)|handing back"
           r"|handed in (?:its |their )?notice|handed back)\b.{0,60}\b(?:clos\w+|registration|contract|home)\b"
           r"|\bclos(?:es?|ing) (?:on|at the end of|in|from) (?:\d|the|" + "|".join(moves.MONTHS) + r")",
           r"\b(?:room|kitchen|lounge|wing|floor|garden|shop|cinema|office|unit's|door|windows?|gap|loop|case|complaint"
           r"|safeguarding|found (?:the )?money to keep|keep it open|stay(?:ing)? open|remain open|no plans to|to close friends"
           r"|called off|reversed|will not close|not (?:now )?clos\w+|close to|closed for repairs|incident)\b|\bmanager\b",
           "The provider has announced the closure of the home."),
    Saying(SaidKind.DORMANT, "dormant",
           r"\bdorman(?:t|cy)\b"
           r"|\bnot (?:currently |at present |now )?(?:providing|carrying on|delivering) (?:\w+ )?(?:a |any |the )?"
           r"(?:regulated activit|care|service)\w*"
           r"|\bno (?:one|people|regulated activit\w+) (?:\w+ )?(?:is|are) (?:currently |now )?"
           r"(?:using|receiving|being (?:provided|carried))\b.{0,30}\b(?:service|care|activit|location|here\b)",
           r"\bno longer dormant|\bdormant (?:account|infection|volcano|virus|company account)|\bended? (?:its )?dormancy"
           r"|\bdormancy (?:is over|ended|has ended)|\bresumed\b|\bwas dormant\b|\bhad been dormant\b",
           "The service is dormant."),
    Saying(SaidKind.REGISTRATION_ENDED, "the registration has ended", _GONE_WORDS,
           r"\b(?:that|old|former|previous|other|first|earlier) (?:location|address|site|home|premises|branch|profile|office)"
           r"(?:,? (?:of|in|at|for) [\w' ]{2,40}?){0,3},? (?:was|has been|had been|is) (?:\w+ )?"
           r"(?:de-?registered|no longer registered|closed|removed|cancelled|archived)\b"
           r"|\b(?:manager|nurse|nominated individual|doctor|staff|person|pharmacist|gp|dentist)s?\b(?! home)"
           r"|\bregulated activit"
           r"|\bwith the (?:nmc|gmc|nursing)",
           "This location is no longer registered with CQC."),
)  # fmt: skip
