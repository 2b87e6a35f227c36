"""What a text states about special measures for the service that it is about.

No field of the page, the files or the API holds special measures: they are stated in words only. The words are decided in
four steps:

1. Only clauses that speak of special measures count (SM below), and clauses that point back to one ("taken out of them").
2. `RULES`, from the first to the last: the first one that fits a clause says what the clause says. They stand in the order
   in which a careful reader would rule things out: somebody else's special measures, how special measures work in general,
   threats, denials; then exits, stays, entries, and what simply holds.
3. A clause about the past says nothing of now: one with an earlier inspection, a date or "had been" in it.
4. What holds now outweighs what was done; where the clauses that remain contradict each other, the state is unclear.

Every rule has a name, an example of its own and what that example must be decided as; the tests take each rule away in turn
and see its example fail. Source of all: facts/special-measures.md.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from monitor.cqc.read import sentences
from monitor.cqc.read.sentences import Sentence
from monitor.model import MeasuresState, SpecialMeasures

IN, ENTERED, REMAINS, LEFT, UNCLEAR = (
    MeasuresState.IN, MeasuresState.ENTERED, MeasuresState.REMAINS, MeasuresState.LEFT, MeasuresState.UNCLEAR)  # fmt: skip
NOTHING = MeasuresState.NOT_STATED


class Tense(Enum):
    """How firmly a rule's wording speaks of now."""

    NOW = "now"  # "is", "has been", "is being", "will be": holds, whatever stands around it
    PAST = "past"  # "was placed", "came out of": holds unless the clause speaks of an earlier time


@dataclass(frozen=True, slots=True)
class Rule:
    """One formula of CQC's, or one trap: `pattern` in the language of `_MACROS`, searched in a clause (see `Clause`)."""

    name: str
    says: MeasuresState
    pattern: str
    example: str
    tense: Tense = Tense.NOW
    whole: bool = False  # searched in the whole sentence up to the end of the clause, not in the clause alone


# Words that the patterns are written with. SM stands for "special measures" however it was spelled.
_MACROS = {
    "INTO": r"(?:in ?to|in|under|on ?to|on|within|to) (?:(?:the|a|its|their|our|what (?:is|are) (?:known as|called)|so-called|cqc|cqc's|formal) )*(?:(?:status|category|regime|process|programme|framework|period|state|measure|level) (?:of|called|known as) )?SM",
    "OUTOF": r"(?:out of|out from(?: under)?|from(?: under| being in)?|off|free of) (?:(?:the|its|their|cqc's) )*(?:(?:status|category|regime|process|programme|framework|period) of )?SM",
    "PLACED": r"(?:re-?)?(?:placed|put|moved|taken|brought|sent|returned|plunged|pushed|forced|thrust|transferred|tipped|dropped|escalated|admitted|entered|downgraded)",
    "PLACING": r"(?:re-?)?(?:placing|putting|moving|taking|bringing|sending|returning|escalating|transferring|entering)",
    "PLACE": r"(?:re-?)?(?:place|put|move|take|bring|send|return|escalate|transfer|enter)",
    "PLACES": r"(?:re-?)?(?:places|puts|moves|takes|brings|sends|returns|plunges|tips|pushes)",
    "TAKEN": r"(?:taken|took|lifted|removed|released|moved|brought|pulled|come|came|got|climbed|worked (?:its|their) way|been let|stepped|emerged|exited|turned (?:itself|themselves) around and)",
    "TAKING": r"(?:taking|lifting|removing|releasing|moving|bringing|coming|emerging|exiting|stepping)",
    "TAKE": r"(?:take|lift|remove|release|move|bring|come|emerge|exit|get|pull|step|be (?:taken|lifted|removed|released|moved|brought))",
    "SERVICES": r"(?:services|providers|homes|practices|locations|hospitals|agencies|surgeries|trusts|organisations|facilities|companies)",
    "SERVICE": r"(?:service|provider|home|practice|location|hospital|agency|surgery|organisation|facility|clinic)",
    "GAP": r"(?:(?!\b(?:if|unless)\b)[^;]){0,110}?",
    "FEW": r"(?:[\w'-]+,? ){0,5}?",
}  # fmt: skip


def _compiled(pattern: str) -> re.Pattern[str]:
    for name in sorted(_MACROS, key=len, reverse=True):
        pattern = re.sub(rf"\b{name}\b", lambda _, name=name: _MACROS[name], pattern)  # type: ignore[misc]
    return re.compile(pattern)


RULES: tuple[Rule, ...] = (
    # --- somebody else's, or another thing altogether ---
    Rule("financial special measures", NOTHING,
         r"\b(?:financial|finance|quality|maternity|financial and quality) SM|SM for (?:finances?|financial|quality) ?|SM (?:regime|programme) for trusts",
         "The parent organisation is in financial special measures."),
    Rule("placed by another body", NOTHING,
         r"\b(?:nhs england|nhs improvement|nhsi|nhse|monitor|the trust development authority|tda|ofsted|the government|department for education|estyn|the council|the local authority|the commissioners?|the icb|the ccg)(?: \w+)? (?:has |have |had |is |was )?(?:PLACED|PLACING|PLACES|imposed|removed|taken|lifted)\b GAP SM|\bPLACED GAP SM (?:status )?by (?:nhs england|nhs improvement|monitor|ofsted|the government|the council|the local authority)",
         "NHS England has placed the group into special measures."),
    Rule("recovery support programme", NOTHING,
         r"\brecovery support programme\b|\bformerly (?:known as |called )?SM|\bpreviously (?:known as|called) SM",
         "It is part of the programme formerly known as special measures."),
    Rule("the trust as a whole", NOTHING,
         r"\b(?:the|this|parent|nhs|foundation|hospitals?|its|whole|entire) trust(?:'s)?(?: as a whole| itself| overall| also| now)?,? (?:is|was|are|were|has|had|have|will|to|be|being|in|under|remains?|remained|enter(?:s|ed)|exit(?:s|ed)|left|came|went|overall)\b GAP SM|\b(?:PLACED|PLACING|PLACE|PLACES|TAKEN|TAKE|TAKING) (?:the|this|its|whole|parent) (?:\w+ )?trust\b GAP SM",
         "The trust is in special measures."),
    Rule("another service", NOTHING,
         r"\b(?:another|other|sister|different|neighbouring|separate|former|second|nearby) (?:[\w'-]+ ){0,3}?(?:SERVICE|SERVICES|branch|site|company|school|one)\b GAP SM|\balso (?:run|owned|operated|managed|provided)\b GAP SM|\b(?:one|two|three|four|five|some|several|many|most|all|none|both|a number|half|\d+)(?: \w+)? of (?:the|its|their|his|her|our|this) (?:[\w'-]+ ){0,4}?(?:SERVICES|sites|branches)\b GAP SM",
         "Another service run by the same provider has been placed in special measures."),
    Rule("several services", NOTHING,
         r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+|several|some|many|most|a number of|few|a few|hundreds of|dozens of|more|fewer|no) (?:[\w'-]+ ){0,4}?(?:SERVICES)\b GAP SM",
         "Three care homes in the county are in special measures."),
    Rule("precautions, in the ordinary sense", NOTHING,
         r"\b(?:took|taken|take|taking|needs?|needed|require[ds]?|with|include[ds]?|adopt(?:ed|s)?|implement(?:ed|s)?|use[ds]?|introduced?) (?:some |any |these |several |a number of |further |additional |no |the |appropriate )*SM(?! (?:status|again|because|after|following|by|as)\b)(?: in place)? (?:to|for|such|so|like|including|when|during|at|around)\b|\b(?:put|had|have|has) (?:some |any |these )?SM in place (?:to|for|so|such|when|during)\b|\bSM (?:were|are|was|had been|have been) (?:taken|needed|required|necessary|put in place to|introduced to|in place to|in place for|adopted)\b|\bSM (?:to (?:protect|prevent|reduce|support|help|keep|ensure|control|manage|stop|safeguard|limit)|such as|like)\b",
         "Staff took special measures to prevent the spread of infection."),
    # --- how special measures work in general ---
    Rule("a question", NOTHING, r"\?$", "Is the service in special measures?", whole=True),
    Rule("the purpose and effect of special measures", NOTHING,
         r"\b(?:purpose|aim|point|effect|meaning|definition|principle)s? of (?:the |being in |being placed in |placing (?:a|the) \w+ (?:in|into) |using )?SM|^(?:the )?SM (?:framework |regime |process |status )?(?:is|are|does|do|provides?|means?|gives?|will give|ensures?|will ensure|involves?|allows?|enables?|lasts?|normally|usually|applies|apply to|was|were) (?!(?:to )?(?:been |be )?(?:still|now|imposed|lifted|removed|extended|over|ended|no longer|not|therefore|in place|remain|continu))",
         "The purpose of special measures is to ensure that providers improve."),
    Rule("being in special measures means", NOTHING,
         r"\b(?:being|time|period|stay|while|whilst|placement|placed) (?:placed |put )?(?:in|into|under) SM (?:means?|represents?|is a|is the|will usually|will normally|is usually|involves?|should|gives?|can|is intended|is designed)\b|\bmaximum (?:time|period)\b",
         "For adult social care services, the maximum time for being in special measures will usually be no more than 12 months."),
    Rule("services in general", NOTHING,
         r"(?<!the )(?<!both )(?<!these )(?<!'s )\b(?:SERVICES)\b(?! (?:ltd|limited|uk|group|has|is|was)\b)(?: (?:that|which|who))?(?: [\w'-]+){0,9}? (?:INTO|OUTOF|exit SM|leave SM|enter SM)|\b(?:all|any|those|these) (?:[\w-]+ ){0,2}SERVICES\b GAP SM",
         "Services in special measures will be kept under review and inspected again within six months."),
    Rule("a service, any service", NOTHING,
         r"\b(?:any|every|each|where|when|once|whenever|if) (?:a |an |any )?(?:[\w-]+ )?(?:SERVICE)\b(?: [\w'-]+,?){0,14}? (?:is |are |be )?(?:INTO|OUTOF|exits SM|leaves SM|enters SM)|^an? (?:[\w-]+ ){0,2}(?:SERVICE) (?:that|which|rated|is|can|will|in|placed|under)\b GAP SM",
         "When a provider is in special measures we inspect more often."),
    Rule("what CQC usually does", NOTHING,
         r"\b(?:usually|normally|ordinarily|generally|typically|always|automatically be|in most cases)\b(?: [\w'-]+){0,6}? (?:PLACE|PLACED|PLACING|TAKE|TAKEN|go|goes|enter|enters|in|into|remain|remains|stay)\b GAP SM|\b(?:powers?|ability|able|option|right|policy|criteria|threshold|guidance|framework|process|procedure|page) (?:to PLACE|to TAKE|for|on|about|of) GAP SM|\bfind out more\b|\bread (?:more|about)\b",
         "We will usually place a service in special measures when it is rated inadequate overall."),
    Rule("CQC's other powers stay", NOTHING, r"\bSM (?:does|do|did|will) not (?:replace|affect|limit|prevent|stop|change)\b|\bnot (?:a )?(?:replace|replacement)\b",
         "Special measures will not affect our other powers."),
    # --- conditions and threats ---
    Rule("if it has improved, it will no longer be in special measures", NOTHING,
         r"\bwill (?:then )?no longer (?:be|remain|need to be|stay) (?:in|under|subject to) SM$|\bno longer (?:be )?(?:rated|judged|found) (?:as |to be )?inadequate (?:for|in) any\b.*\bwill\b",
         "And it is no longer rated as inadequate for any of the five key questions it will no longer be in special measures."),
    Rule("a condition before", NOTHING, r"(?:^|[,;:] |\b(?:and|but|so|because|that|then) )(?:if|unless|in the event|should (?:the|it|they|we|this|there)|even if|where (?:we|there|insufficient|not|improvements?)|provided(?: that)?|until|in case|whether(?: or not)?|had (?:the|it|they|we)) (?!possible|necessary).*SM",
         "If there is no improvement, the service will be placed in special measures.", whole=True),
    Rule("a condition behind", NOTHING,
         r"\b(?:will|would|could|may|might|can|going to|to) (?:\w+ ){0,3}?(?:PLACED|PLACE|PLACING|TAKE|TAKEN|go|enter|leave|exit|come|move)\b GAP SM GAP\b(?:if|unless|should (?:it|the|they|we)|when|once|until|as soon as|provided)\b",
         "It will be put into special measures if it fails to improve."),
    Rule("a threat", NOTHING,
         r"\b(?:risk(?:s|ed|ing)?|threat|threatened|threatens?|danger|fear|feared|fears|brink|verge|edge|prospect|possibility|chance|likely|likelihood|face[sd]?|facing|avoid(?:s|ed|ing)?|warned|warns?|warning|prevent|heading|headed|consider(?:s|ed|ing)?|propos(?:e[ds]?|ing)|recommend(?:s|ed|ing|ation)?|escaped?(?! from)|spared?|candidates?|eligible|instead of|rather than|short of|without)\b GAP (?<!out of )(?<!from )(?<!exit )(?<!leaving )(?<!leave )SM",
         "The home is at risk of being placed in special measures."),
    Rule("may or could be placed", NOTHING,
         r"\b(?:may|might|could|can|cannot|should|ought to|must|need to be|needs to be) (?:\w+ ){0,3}?(?:PLACED|PLACE|PLACING|be (?:in|under)|go|enter|end up|find itself|fall|apply|impose|imposed)\b GAP SM|\bSM (?:may|might|could|can|should)\b",
         "The service may be placed in special measures."),
    # --- denials ---
    Rule("not placed", NOTHING,
         r"\b(?:not|never|n't|neither|nor|cannot) (?:(?:yet|been|be|being|to|currently|now|therefore|previously|ever|so far|going to|going|necessary to|think it|have to|to be|decide to|decided to|be being) )*(?:PLACED|PLACE|PLACING|enter(?:ed|ing)?|go(?:ne|ing)?|fall(?:en)?|impos(?:ed?|ing)|appl(?:y|ied|ying)|warrant(?:ed)?|mean|meant|result(?:ed)? in|lead|led|require|subject(?:ed)? to)\b GAP SM|\bno (?:need|reason|grounds|plans?|intention|decision|longer term plan)\b GAP SM",
         "The practice was not placed in special measures on this occasion."),
    Rule("not in special measures", NOTHING,
         r"\b(?:not|n't|never|neither|nor) (?:(?:currently|now|been|be|being|at present|previously|itself|ever|yet|going to be) )*(?:INTO|subject to SM|SM)(?! any ?more| any longer|\w)",
         "This service is not in special measures."),
    Rule("SM was not applied", NOTHING, r"\bSM (?:was|were|has|have|is|are) not (?:been )?(?:imposed|applied|used|needed|necessary|warranted|introduced|considered)\b",
         "Special measures were not imposed on the home."),
    # --- exits that are denied: it remains ---
    Rule("not enough improvement to come out", REMAINS,
         r"\b(?:not|n't|insufficient|too (?:early|little|soon|few)|failed|fails|unable|cannot|inability|lack of|yet|neither|no)\b GAP \b(?:to|for it to|that (?:would|will)|which would) (?:\w+ ){0,3}?(?:TAKE|leave|exit)\b GAP(?:(?:OUTOF)|SM)",
         "The improvement was not enough to bring it out of special measures.", whole=True),
    Rule("has not come out", REMAINS,
         r"\b(?:not|n't|never|cannot) (?:(?:yet|been|be|being|so far|currently|going to) )*(?:TAKEN|TAKE|TAKING|left|leave|leaving|exit|out)\b GAP(?:(?:OUTOF)|SM)|\bnot (?:yet )?(?:OUTOF)|\bSM (?:has|have|had|was|were|will|is|are) not (?:(?:yet|been|be|being|going to be) )*(?:lifted|removed|ended|over|withdrawn|taken away)\b|\byet to (?:\w+ )?(?:TAKE|leave|exit)\b GAP(?:(?:OUTOF)|SM)",
         "The service has not yet been taken out of special measures."),
    # --- exits that are not yet real ---
    Rule("hoped for, set to, recommended", NOTHING,
         r"\b(?:set|due|expected|hop(?:es?|ed|ing)|wants?|wanted|aim(?:s|ed|ing)?|working|works?|plans?|planned|needs?|needed|must|have to|has to|required|in order|ready|on (?:course|track)|likely|keen|trying|determined|fight(?:ing)?|bid|battle|steps?|journey|path|help(?:ing)?|support(?:ed|ing)?|recommend(?:s|ed|ing|ation)?|propos(?:e[ds]?|ing)|considering|focus(?:ed)?|before|until|could|may|might|should|would|can|pressing|calls?)\b(?! now) GAP \b(?:TAKE|TAKEN|TAKING|leave|left|leaving|exit|exited|end|ended|removal|exiting)\b GAP(?:(?:OUTOF)|SM)|\bSM (?:could|may|might|should|would|can) (?:be )?(?:end|ended|lifted|removed)\b",
         "The home is set to come out of special measures."),
    # --- exits ---
    Rule("no longer in", LEFT,
         r"\bno longer (?:(?:to be|be|being|considered|deemed|judged|found|classed as|need(?:s|ed|ing)?|require[sd]?|placed|held|kept|remains?|remained|warrants?|meets? the (?:criteria|threshold) for|appl(?:y|ies)) )*(?:(?:to be|being) )?(?:INTO|subject to SM|part of SM|SM)\b|\bSM (?:will |do |does )?no longer (?:apply|applies|applied|needed|necessary|in place|required)|\bSM (?:is|are) no longer\b",
         "The service is therefore no longer in special measures."),
    Rule("not in special measures any more", LEFT,
         r"\bnot (?:INTO|subject to SM) (?:any ?more|any longer)|\b(?:ceases?|ceased|stopped|stops) (?:to be|being) (?:INTO)|\bnow (?:OUTOF)",
         "The practice is not in special measures any more."),
    Rule("is out of special measures", LEFT, r"(?:\b(?:is|are|be|now|finally|officially|and|been|home|service|practice|hospital|agency|provider)\b|^)(?: \w+){0,2}? out of SM",
         "The agency is out of special measures."),
    Rule("decided or agreed to take out", LEFT,
         r"\b(?:decid\w+|decision|agree[ds]?|agreement|enabl\w+|allow\w*|able|enough(?: \w+)?|sufficient(?:ly)?(?: \w+)?|can now|pleased|happy|delighted|sufficient \w+ \w+)\b GAP \b(?:TAKE|leave|exit)\b GAP(?:(?:OUTOF)|SM)",
         "We have decided to remove the service from special measures."),
    Rule("has been taken out", LEFT,
         r"\b(?:has|have|is|are|being|been|am|we're|i'm) (?:(?:now|been|also|therefore|today|being|successfully|officially|formally|finally|subsequently|since|then|just|made enough progress to be|this week) )*(?:TAKEN|TAKING|left|leaving|exited|exiting|shed|thrown off|shaken off|moved on)\b GAP(?:(?:OUTOF)|SM)",
         "This home has now been lifted out of special measures."),
    Rule("takes it out", LEFT, r"\b(?:takes|lifts|removes|releases|moves|brings|comes|exits|leaves|emerges|steps|sheds|gets|goes from)\b GAP(?:(?:OUTOF)|SM)(?! to (?:in|into|under))|\bwill (?:now |therefore |be )*(?:TAKEN|TAKE|leave|exit)\b GAP(?:(?:OUTOF)|SM)",
         "Care home comes out of special measures."),
    Rule("special measures lifted", LEFT,
         r"\bSM (?:status |order |designation )?(?:has |have |is |are |was |were |being |been |now |therefore |will be )+(?:lifted|removed|ended|over|withdrawn|taken away|at an end|closed)\b|\b(?:lift(?:s|ed|ing)?|end(?:s|ed|ing)?|remov(?:es?|ed|ing)|withdr\w+) (?:the |its |their |cqc's |a period of |the service's |the home's |the practice's )*SM\b|\b(?:lifting|removal|end) of (?:the )?SM",
         "Special measures have been lifted."),
    Rule("its removal, its exit", LEFT, r"\b(?:removal|exit|release|departure|emergence|progress) (?:GAP )?(?:OUTOF)",
         "Inspectors praised the staff for the service's removal from special measures.", tense=Tense.PAST),
    Rule("was taken out, came out", LEFT,
         r"\b(?:TAKEN|left|exited|shed|goes|gone|went) (?:GAP )?(?:OUTOF|SM)(?! (?:to|into) SM)",
         "The service was taken out of special measures.", tense=Tense.PAST),
    Rule("taking out", LEFT, r"\b(?:TAKING|leaving) (?:GAP )?(?:OUTOF|SM)", "Because of this we are today, with pleasure, taking the home out of special measures."),
    # --- stays ---
    Rule("remains", REMAINS,
         r"\b(?:remain(?:s|ing)?|stay(?:s|ing)?|continu(?:es|e|ing)|is still|are still|still|has stayed|has remained|have remained|has continued|keep(?:s|ing)?|kept|held|retain(?:s|ed|ing)?|leaves it|left it|languish(?:es|ing))\b(?: to be| to remain| being| subject| placed| as)* (?:GAP )?(?:(?:INTO)|subject to SM|SM)",
         "The service remains in special measures."),
    Rule("remained", REMAINS, r"\b(?:remained|stayed|continued|kept|was still|were still)\b(?: to be| subject)* (?:GAP )?(?:(?:INTO)|subject to SM)",
         "It remained in special measures.", tense=Tense.PAST),
    Rule("special measures continue", REMAINS,
         r"\bSM (?:status |order |designation |period )?(?:will |should |must |has |have |is |are )*(?:been )?(?:to )?(?:continu(?:es?|ed|ing)|remain(?:s|ed|ing)?(?: in (?:place|force))?|stays?|stands|still (?:stands?|in (?:place|force)|appl(?:y|ies)|holds?)|extended|renewed|prolonged|kept)|\bexten(?:sion|d(?:s|ed|ing)?)\b (?:GAP )?SM|\b(?:further|additional|second|another) (?:[\w-]+ ){0,3}?(?:INTO)|\b(?:further|additional|second|another) (?:[\w-]+ )?(?:period|term|spell|six months|months) (?:of|in|under) SM",
         "Special measures will continue at this home."),
    # --- entries ---
    Rule("is being placed", ENTERED,
         r"\b(?:is|are|am|i'm|we're|be) (?:(?:now|also|therefore|today|again|being|to be|once|once again|consequently|hereby|straight) )*(?:PLACED|PLACING|going|entering|imposing|applying)\b (?:GAP )?(?:(?:INTO)|SM)",
         "This service is being placed in special measures."),
    Rule("has been placed", ENTERED,
         r"\b(?:has|have|been|we've|it's|'ve|having) (?:(?:now|been|also|therefore|today|again|had|no choice but to|subsequently|consequently|once|also been|again been|just|since) )*(?:PLACED|gone|entered|fallen|slipped|imposed|applied|plummeted|sunk|become|ended up|decided to (?:PLACE)|had to (?:PLACE))\b (?:GAP )?(?:(?:INTO)|SM)",
         "The home has been placed in special measures."),
    Rule("will be placed", ENTERED, r"\b(?:will|shall|going to) (?:(?:now|be|also|therefore|again|consequently|have to|being) )*(?:PLACED|PLACE|PLACING|go|enter|fall|return|move|subject to)\b (?:GAP )?(?:(?:INTO)|SM)",
         "The provider will be placed in special measures."),
    Rule("places it in", ENTERED, r"\b(?:PLACES|enters|goes|falls|slips|drops|triggers|imposes|applies|moves|returns) (?:GAP )?(?:(?:INTO)|SM)",
         "Its rating of inadequate places it in special measures."),
    Rule("the decision to place", ENTERED, r"\b(?:decision|decid\w+|forced|choice but|had|necessary|need(?:ed)?|leading|led|resulting in|resulted in|results in|means|meaning|become|becomes|became|latest|first|\w+(?:st|nd|rd|th))\b (?:GAP )?(?:to |us to |being |be )*(?:PLACE|PLACING|PLACED|enter|entering|go|going)\b (?:GAP )?(?:(?:INTO)|SM)",
         "We took the decision to place the surgery in special measures."),
    Rule("special measures imposed", ENTERED, r"\bSM (?:status )?(?:has |have |is |are |was |were |being |been |now |therefore |also )+(?:imposed|applied|instituted|put in place by|put in place at|put in place on|placed|issued|initiated)\b|\bsubject(?:ed)? to SM (?:from|because|after|following)",
         "Special measures have been imposed on the home.", ),
    Rule("was placed", ENTERED, r"\b(?:PLACED|entered|went|fell|gone|slipped|imposed|became subject to|PLACE) (?:GAP )?(?:(?:INTO)|SM)",
         "The practice was rated inadequate and placed in special measures.", tense=Tense.PAST),
    Rule("placing it in", ENTERED, r"\b(?:PLACING|entering|going|imposing)\b (?:GAP )?(?:(?:INTO)|SM)", "CQC has taken further action, placing the home in special measures.", tense=Tense.PAST),
    # --- it holds ---
    Rule("has been in since", UNCLEAR, r"\b(?:has|have) (?:also |now |already )?been (?:INTO|subject to SM)",
         "This service has been in special measures since 3 May 2022."),
    Rule("is in special measures", IN,
         r"\b(?:is|are|it's|now|therefore|currently|already|being|comes|becomes|overall|inadequate) (?:(?:now|therefore|currently|also|already|consequently|thus|presently|at present|subsequently|being|as a result|again|back|once again|which is|still|both|rated inadequate and) ?,? ?)*(?:INTO|subject to SM)",
         "The overall rating is inadequate and the service is therefore in special measures."),
    Rule("a headline", IN, r"^(?:[\w'-]+,? ){1,8}(?:INTO)(?: (?:after|following|by)\b.*)?$", "Riverside Nursing Home in special measures"),
    # --- history ---
    Rule("was in special measures", UNCLEAR, r"\b(?:was|were|while|when|whilst) (?:GAP )?(?:INTO|subject to SM)", "The service was in special measures.", tense=Tense.PAST),
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause that speaks of special measures. `text` and `so_far` (the sentence up to the clause's end) are plain, with
    SM for "special measures"; `earlier` tells that it speaks of an earlier inspection."""

    text: str
    so_far: str
    sentence: Sentence
    earlier: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """What one clause says, and how firmly."""

    says: MeasuresState
    tense: Tense
    quote: str


_SM = re.compile(r"\bspecial[ -]+measures?\b")
_MENTION = re.compile(r"special[\s-]+measure", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\b(of|from|in|into|under) (?:them|(?:these|those) measures|(?:this|that) (?:status|category|regime)|(?:the )?measures)\b")
_OUT = re.compile(r"\b(?:taken|took|lifted|come|came|moved|brought)(?: it| the \w+)?(?: back)? out$")
_BREAK = re.compile(
    r";\s*|,?\s+(?:but|whereas|although|though|however|nevertheless)\b,?\s*|,\s+(?:so|which means|which meant|meaning|after which|until)\s+"
    r"|\s+-\s+|:\s+"
    r"|,?\s+and\s+(?=(?:so|therefore|thus|consequently|as a result|it|this|the|we|i|is|are|has|have|was|were|had|will|remains?|remained|stays?|continues?|continued|if|can|could|may|now|they|that|came|come|exited|left)\b)"
)

_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_YEAR = re.compile(r"\b20[0-3]\d\b")
_DATED = re.compile(rf"\b(?:in|on|since|during|from|until|between|back in|by) (?:early |late |mid-?|the (?:spring|summer|autumn|winter) of )?(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTH},? )?(20[0-3]\d)\b")
_INSPECTED_ON = re.compile(r"\b(?:inspections?|assessments?|visits?|inspected|assessed|visited|report|published)\b")
_AGO = re.compile(
    r"\bhad (?:(?:been|previously|also|already|first|initially|then|since|subsequently|once) )*(?:been|placed|put|entered|gone|come|left|remained|exited|rated|taken|moved|spent|stayed)\b"
    r"|\b(?:after|since|before|having|despite|upon|on) (?:(?:it|they|the \w+|we|being|been|was|were|had|first|having|cqc|rated inadequate and|our|last) )*(?:being|placed|put|entered|entering|leaving|left|coming|came|moved|going|exiting|exited|spending)\b"
    r"|\bfirst (?:placed|put|entered)\b|\bonce (?:placed|in|under)\b|\bused to be\b"
)
# What a text says in passing of an earlier rating does not put the rest of the sentence into the past.
_PASSING = re.compile(
    r",? ?(?:which |that |who |and )?(?:was |were |had been |having been )?(?:previously|formerly|last|originally) (?:rated|judged|assessed as) (?:as )?(?:overall )?(?:outstanding|good|requires improvement|requiring improvement|inadequate),?"
    r"|\bfrom (?:its|the|a|their) (?:previous|last|earlier|prior) (?:overall )?ratings?(?: of [\w ]+?)?\b"
)


def decide(paragraphs: Sequence[str]) -> SpecialMeasures:
    """The state that `paragraphs` (the newest entry's or text's only, in reading order) give to the service they are about.

    The quote is the sentence that decides, whitespace folded; None where nothing is stated.
    """
    return _decide(paragraphs, _COMPILED)


def _decide(paragraphs: Sequence[str], rules: "Sequence[tuple[Rule, re.Pattern[str]]]") -> SpecialMeasures:
    if not _MENTION.search(" ".join(paragraphs)):
        return SpecialMeasures()
    read = sentences.read(paragraphs)
    newest = max((int(year) for sentence in read for year in _YEAR.findall(sentence.plain)), default=0)
    findings = [finding for clause in _clauses(read) if (finding := _judge(clause, rules, newest)) is not None]
    return _settle(findings)


def _clauses(read: Sequence[Sentence]) -> list[Clause]:
    """The clauses that speak of special measures, and those behind one that point back to it."""
    found: list[Clause] = []
    mentioned = -2
    for number, sentence in enumerate(read):
        text = _SM.sub("SM", sentence.plain)
        if "SM" not in text and mentioned != number - 1:
            continue
        so_far = 0
        for piece, end in _pieces(text):
            so_far = end
            if "SM" not in piece:
                if mentioned < number - 1:
                    continue
                piece = _pointed(piece)
                if "SM" not in piece:
                    continue
            elif sentence.heading and len(piece.split()) <= 3 and not re.search(r"\b(?:in|into|under|out)\b", piece):
                continue  # the heading of a section: "Special measures"
            else:
                mentioned = number
            found.append(_clause(piece, text[:so_far], sentence))
    return found


def _pieces(text: str) -> list[tuple[str, int]]:
    pieces: list[tuple[str, int]] = []
    start = 0
    for mark in _BREAK.finditer(text):
        pieces.append((text[start : mark.start()], mark.start()))
        start = mark.end()
    pieces.append((text[start:], len(text)))
    return [(_trim(piece), end) for piece, end in pieces if piece.strip()]


def _trim(piece: str) -> str:
    return piece.strip(" ,.;:!") if not piece.rstrip().endswith("?") else piece.strip()


def _pointed(piece: str) -> str:
    """`piece` with "SM" put where it points back to special measures."""
    return _POINTS_BACK.sub(r"\1 SM", _OUT.sub(lambda out: f"{out.group()} of SM", piece))


def _clause(piece: str, so_far: str, sentence: Sentence) -> Clause:
    own, before = _PASSING.sub(" ", piece), _PASSING.sub(" ", so_far)
    now = sentences.NOW.search(own)
    earlier = bool(sentences.EARLIER.search(own)) or (not now and (bool(sentences.EARLIER.search(before)) or (sentence.earlier and own == piece and before == so_far)))
    return Clause(text=piece, so_far=so_far, sentence=sentence, earlier=earlier)


def _judge(clause: Clause, rules: "Sequence[tuple[Rule, re.Pattern[str]]]", newest: int) -> Finding | None:
    for rule, pattern in rules:
        if not pattern.search(clause.so_far.rstrip(" .") if rule.whole else clause.text):
            continue
        if rule.says is NOTHING or (rule.tense is Tense.PAST and _is_history(clause, newest)):
            return None
        if _AGO.search(clause.text) and rule.says is not REMAINS and not re.search(r"\bnow\b|\bno longer\b", clause.text):
            return None
        return Finding(rule.says, rule.tense, clause.sentence.text)
    return Finding(UNCLEAR, Tense.NOW, clause.sentence.text)


def _is_history(clause: Clause, newest: int) -> bool:
    """Whether a clause in the past tense tells what was before, not what this text brings."""
    if clause.earlier or _AGO.search(clause.text):
        return True
    for dated in _DATED.finditer(clause.text):
        # "placed in special measures following an inspection in March 2025" is the news where no later year is named
        if not _INSPECTED_ON.search(clause.text[: dated.start()]) or int(dated.group(1)) < newest:
            return True
    return False


def _settle(findings: Sequence[Finding]) -> SpecialMeasures:
    """What the findings amount to: what holds now before what was done; contradictions are unclear."""
    definite = [finding for finding in findings if finding.says is not UNCLEAR]
    firm = [finding for finding in definite if finding.tense is Tense.NOW] or definite
    if not firm:
        return SpecialMeasures(state=UNCLEAR, quote=findings[-1].quote) if findings else SpecialMeasures()
    states = {finding.says for finding in firm}
    if LEFT in states and len(states) > 1:
        return SpecialMeasures(state=UNCLEAR, quote=firm[-1].quote)
    for state in (ENTERED, REMAINS, IN, LEFT):
        if state in states:
            if state is ENTERED and REMAINS in states and next(f.says for f in firm if f.says in (ENTERED, REMAINS)) is REMAINS:
                continue  # "remains in special measures", and only then: how it was placed there
            return SpecialMeasures(state=state, quote=next(finding.quote for finding in firm if finding.says is state))
    return SpecialMeasures()


_COMPILED: tuple[tuple[Rule, re.Pattern[str]], ...] = tuple((rule, _compiled(rule.pattern)) for rule in RULES)
