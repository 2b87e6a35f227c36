"""What a sentence can be about, and the rules of `bearing` for sentences that do not state what is true now."""

from enum import StrEnum
from typing import Final, NamedTuple

from monitor.cqc.read import moves


class Bearing(StrEnum):
    """What a sentence is about, or the reason why it is not a statement about this service now."""

    NOW = "this service, now"
    OTHERS = "somebody else"
    PAST = "the past"
    CONDITION = "a condition"
    GENERAL = "a rule in general"
    HEARSAY = "what others say or ask for"
    DENIED = "it was not done"
    CONSIDERED = "it was only considered"
    PROPOSED = "it is proposed"
    LIFTED = "it no longer holds"


class Rule(NamedTuple):
    """Words that show what a sentence is about. `pattern` is searched in the sentence's plain form."""

    name: str
    bearing: Bearing
    pattern: str
    example: str


_BARRED = (
    r"(?:restrict(?:ed)?|stop(?:ped)?|ban(?:ned)?|limit(?:ed)?|halt(?:ed)?|block(?:ed)?|prevent(?:ed)?|freeze|frozen|pause[d]?)"
)
_NOTICE = (
    r"(?:(?:warning|requirement|penalty|fixed penalty|enforcement) notices?|notices?|conditions?|restrictions?|suspension|"
    r"special measures|enforcement(?: action)?|cancellation|sanctions?|penalt(?:y|ies)|fine|caution|breach(?:es)?|restriction)"
)
_BY_A_NOTICE = (
    r"(?! (?:(?:this|these|that|those|it|them|both|all|the \w+)"
    r"(?: (?:matters?|breach(?:es)?|failings?|issues?|concerns?|shortfalls?))? )?(?:by (?:way|means) of|through|with|in|using"
    r"|by (?:issuing|serving|imposing|placing|adding)) (?:an?|one|two|three|our|\d+) (?:[\w-]+ )?(?:[\w-]+ )?"
    r"(?:notices?|conditions?|action plan)| (?:[\w']+ ){0,3}?by (?:imposing|placing|adding|issuing|serving) (?:\w+ )?"
    r"(?:conditions|notices|restrictions))"
)
_MET = (
    r"(?:(?:fully |now |since |all |both |already |subsequently |later |been |duly |then |formally |successfully )*"
    r"(?:(?<!being )met|(?<!being )complied with|lifted|removed|withdrawn|cancelled|quashed|overturned|rescinded|revoked"
    r"|discharged|set aside|closed|signed off|taken (?:off|away)|struck out|dropped|dismissed|annulled|reversed"
    r"|ended(?! (?:in|with) |[^;]{0,30} with an? (?:\w+ )?(?:fine|conviction|penalty|sentence))|expired|lapsed|satisfied"
    r"|fulfilled|resolved|"
    rf"put right|(?:addressed|dealt with){_BY_A_NOTICE}|ceased to have effect))"
)

_HABIT = r"(?:usually|normally|generally|often|mostly|typically|sometimes|commonly|as a rule|in most cases)"

# Subjects of the conditions that every registration has: the number of people, the kind of care, the place, the manager.
_ROUTINE = (
    r"\d+ (?:\w+ )?(?:beds?|places|people|persons|residents|patients|service users|bedrooms)"
    r"|(?:no|without|with) nursing(?: care)?|(?:registered )?manager|maximum|up to \d+|at or from|statement of purpose"
    r"|regulated activit(?:y|ies)"
)
_IMPOSED = (
    r"impos\w+|urgent\w*|must|may not|shall|restrict\w*|suspen\w+|admi\w+"
    r"|new (?:people|residents|patients|service users|packages|placements)|(?:without|unless|until|prior|written) (?:\w+ ){0,4}?"
    r"(?:agree\w*|consent|permission|approval)|section 31|we|us|our|cqc|commission|notice|var(?:y|ied)|added|placed|breach\w*"
    r"|in force|appeal\w*|from \d|since|20\d\d"
)

NOT_NOW: Final[tuple[Rule, ...]] = (
    # --- about rules in general ---
    Rule("what CQC may do", Bearing.GENERAL,
         r"\b(?:when|where|whenever) (?:the|a|an|its|any) (?:overall )?(?:rating|service|home|provider|location"
         r"|practice)\b.{0,70}?\b(?:we|cqc) (?:then |also |usually )?"
         r"(?:issue|serve|impose|take|place|use|cancel|suspend|prosecute)\b"
         r"|\b(?:cqc|we|the commission|inspectors|a regulator|they) (?:also )?"
         r"(?:(?:can|may)(?! (?:now |also |only |today )*(?:say|confirm|report|announce|reveal|tell you) (?:that )?"
         r"(?:we|it|the|cqc)\b| not (?:now )?(?:admit|(?:take|accept)(?: in| on)? (?:(?:any|more|further|new|other) )*"
         r"(?:one|anyone|anybody|residents?|people|patients|placements?|referrals?|admissions|clients?)\b))|could|might|would"
         r"|will (?:usually|normally|often|always|then|consider)|has the power|have the powers?|is able|"
         r"are able|sometimes|usually|normally|generally|often|typically)\b"
         r"|\b(?:we|cqc|commission) will (?:\w+ )?(?:act|take action|respond),? (?:for example|for instance|such as)\b"
         r"|\b(?:powers?|able|authority|option|range of (?:\w+ )?(?:powers|actions?|options)"
         r"|(?:enforcement|regulatory|legal|our) tools?|sanctions?|options?) (?:\w+ ){0,6}?"
         r"(?:to|include[sd]?|including|such as|available|under|open|range|at (?:our|its))\b"
         r"|\b(?:we|cqc|the commission|the regulator|inspectors) (?:(?:also|still|always|now|both) )*"
         r"(?:reserves?|retains?|has|have|had|holds?|keeps?) (?:(?:the|a|our|its|full|legal|statutory|every|all) )*"
         r"(?:rights?|option|power|discretion|freedom) to\b"
         r"|(?<!exercised )(?<!exercising )(?<!used )(?<!using )\b(?:our|cqc's) (?:(?:legal|statutory) )?rights? to "
         r"(?:cancel|suspend|prosecute|impose|serve|issue|take|vary|place|restrict|refuse|remove|close)\b"
         r"|\b(?:we|cqc) (?:is|are) (?:also |always |legally )?(?:entitled|free|empowered) to\b"
         r"|\b(?:civil|criminal|legal|other) (?:powers|ones|sanctions|options) include\b"
         r"|\b(?:is|are) (?:an? |our |all |both |among (?:our|the) )*(?:civil|criminal|legal|enforcement|regulatory|statutory) "
         r"(?:powers?|sanctions?|tools?|options?|ones|measures)\b"
         r"|\bpowers? (?:of|include)\b"
         r"|\benforcement (?:polic\w+|powers?|options?|toolkit|decision tree|handbook|model|framework|team|guidance)\b"
         r"|\b(?:when|where|whenever|once|if|every time|each time|in cases where|in instances where) "
         r"(?:we|cqc|the (?:care quality )?commission) (?:have |has )?"
         r"(?:tak\w+|find|finds|found|issues?|serves?|imposes?|cancel\w*|decid\w+|place[sd]?|put|rate[sd]?|prosecut\w+)\b"
         r"|\bafter (?:we|cqc|the commission) (?:(?:have |has )?(?:taken|decided)|takes?|finds?|issues?|serves?|imposes?|cancels?"
         r"|decides?|places?|rates?|prosecutes?)\b",
         "We can cancel a provider's registration."),
    Rule("the conditions of every registration", Bearing.GENERAL,
         r"\b(?:standard|routine|usual|ordinary|normal|mandatory) conditions?\b"
         r"|\b(?:required|needed|expected) (?:by|under|in) (?:a|the|one of the|its) conditions? (?:of|on)\b"
         rf"|^it is (?:also |still )?an? (?:\w+ )?condition of (?:[\w']+ ){{1,3}}registration that "
         rf"(?=.{{0,200}}\b(?:{_ROUTINE})\b)(?!.{{0,400}}\b(?:{_IMPOSED})\b)"
         r"|^is (?:also |itself )?an? (?:\w+ )?condition of (?:[\w']+ ){1,3}registration\W*$"
         rf"|^(?:(?:current|the) )*(?:conditions? (?:of|on) (?:(?:its|the|this|their) )?registration|registration conditions?): "
         rf"(?=.{{0,400}}\b(?:{_ROUTINE})\b)(?!.{{0,2000}}\b(?:{_IMPOSED})\b)"
         r"|\b(?:registered manager|manager registered)\b.{0,80}\bconditions? of\b"
         r"|\bconditions? of\b.{0,60}\b(?:registered manager|manager registered)\b"
         r"|^conditions? (?:of|on) (?:its |the |this )?registration(?: (?:that|which) (?:\w+ ){1,5}?\w+)?: "
         r"(?:standard|ordinary|usual|an? maximum|(?:the )?regulated activit"
         r"|(?:the |a )?(?:registered )?(?:provider|person|service|home) must (?:have|ensure|only|not accommodate)"
         r"|(?:a )?registered manager|(?:a )?maximum|no more than)\b"
         r"|\b(?:knew|know|aware of|underst\w+|in line with|in breach of|breach\w*(?: of)?|contrary to|compl(?:y|ied|ying) with"
         r"|outside|explain) (?:[\w']+ ){0,6}?conditions? (?:of|on) (?:[\w']+ ){0,3}registration"
         r"\b(?!.{0,60}\b(?:imposed|(?:send|tell|report to) (?:us|cqc))\b)"
         r"|\bconditions? (?:of|on) (?:[\w']+ ){0,3}registration\b(?: with cqc)? (?:had|have|were|was|are|is) (?:not )?(?:been )?"
         r"(?:kept|complied|followed|known|understood|displayed|met)\b",
         "The manager knew the conditions of the registration."),
    Rule("the line above a report's table", Bearing.GENERAL,
         r"^(?!.*\bregulations? \d)(?:.*?\btables? below (?:shows?|lists?|sets?)\b"
         r"|action we have told the provider to take\b(?!.*notice))",
         "Action we have told the provider to take."),
    Rule("what will usually follow", Bearing.GENERAL,
         rf"\bwill (?:usually|normally|often|generally|always|typically|sometimes)\b"
         rf"|\b{_HABIT} (?:ends?|leads?|results?|means?|brings?|follows?|attracts?|prompts?|gets?|takes?|comes?|is|are)\b"
         rf"|\b(?:is|are|ends?|leads?|results?|means?|follows?) {_HABIT}\b|^as a rule,? (?:we|cqc|the|an?|such|no)\b(?!.*\bbut\b)"
         r"|\b(?:may|might|could|can|(?:is|are) (?:usually|normally|often|generally|always|typically|sometimes)) "
         r"(?:also |then |be )*(?:dealt with|resolved|closed|addressed|handled|followed up|settled|marked) "
         r"(?:by|with|through|using)\b",
         "It will usually lead to a warning notice."),
    Rule("any service", Bearing.GENERAL,
         r"\b(?:any|every|each|whichever) (?:[\w-]+ )?(?:service(?! users?)|provider|home|practice|location|hospital|agency"
         r"|person|organisation)\b"
         r"|\b(?:services|providers|homes|practices|organisations|persons|people who (?:run|provide))(?! (?:ltd|limited)\b) "
         r"(?:\w+ ){0,3}?(?:that|which|who|rated|in special measures|must|should|can|may|will|are|have|do|with|placed|put|found"
         r"|subject)\b"
         r"|^(?!.*\bnow\b)an? (?:[\w-]+ ){0,3}(?:service|provider|home|practice|location|hospital|agency|notice|condition|breach"
         r"|fine|caution|prosecution|suspension) (?:\w+ ){0,3}?(?:is|are|can|may|must|should|will|that|which|who|rated|sets?"
         r"|means?|tells?|gives?|lasts?|requires?)\b(?! (?:now |being |currently )*(?:under ?way|pending|listed|due|before"
         r"|in place|in force|been|against|on|issued|served|imposed|made|given|we|cqc|was))",
         "Services that do not improve are told to close."),
    Rule("a form of it", Bearing.GENERAL,
         r"\b(?:notice|plan|penalty|fine|prosecution|condition)s? (?:templates?|forms?|procedures?|polic(?:y|ies)|guidance"
         r"|guides?|leaflets?|factsheets?|training|examples?|samples?|wording|schemes?|(?:web ?)?pages?|toolkits?|flowcharts?)\b",
         "The warning notice template is on our website."),
    Rule("an example", Bearing.GENERAL, r"^(?:for (?:example|instance)|e\.?g\.?|an example (?:is|was|would be)|one example)\b",
         "For example, a company was fined."),
    Rule("what a notice is", Bearing.GENERAL,
         r"\b(?:notices?|enforcement|suspension|conditions|special measures|cancellation|ratings?) "
         r"(?:is|are|means?|sets? out (?:what|when)|tells?|gives?|lasts?|allows?)"
         r"(?!.{0,120}\b\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|december)\b)"
         r"(?! (?:the|this|its) \w+ (?:until|till) (?:midnight|the end of)) "
         r"(?:an?|the|one of|our|used|how|where|when|what|intended|meant|designed|a formal|providers?|people|legal)\b"
         r"|\b(?:find out|read|learn|see|know|information|guidance|details?|guide|advice|page|leaflet|booklet|explain\w*|about) "
         r"(?:more )?(?:about|on|how|what|of|to) (?:how |what |when |our |the |cqc's )*(?:we )?(?:\w+ )?"
         r"(?:enforce\w*|special measures|warning notices?|ratings?|suspen\w+|cancel\w*)\b"
         r"|\b(?:we|cqc) (?:only |always |will |do )*publish\b|\bfull information about\b|\brepresentations and(?:/or)? appeals\b"
         r"|\bafter any (?:representations|appeals)\b|\bregulatory response to\b"
         r"|^(?:what|how|when|where|who|whether) to [a-z]+\b|\bwhat (?:(?:an?|the|these|such|our|its) )?(?:[\w'-]+ ){1,5}"
         r"(?:is|are|was|were|means?|meant)(?=$|[,.;]| for (?:an?|the|them)\b)"
         r"|\bwhat (?:we do|happens(?! (?:next|now)$)|could happen|might happen|can happen|it means|this means)\b"
         r"|\bdifference between\b"
         r"|\bhow we (?:\w+ )?(?:enforce|rate|inspect|regulate|use)\b"
         r"|\b(?:polic(?:y|ies)|procedures?|training|law|(?<!to )act|guidance|regulations) "
         r"(?:say|states?|requires?|cover\w*|on|about|for|explain\w*|sets?|tells?|describes?)\b",
         "Enforcement is one of our powers."),
    # --- conditions and threats ---
    Rule("if", Bearing.CONDITION,
         r"(?:^|[,;:(] |\b(?:and|but|so|because|that|then|or) )"
         r"(?:if(?! you\b| your\b)|unless(?! (?:we|cqc|(?:the )?(?:commission|regulator)|it(?! agrees? to\b)) "
         r"(?:have |has |first )?(?:agree|consent|approv|permit|allow|give)| (?:the |it |they )?(?:provider |owner |company )?"
         r"(?:appeal|make))|in the event|in case|were (?:it|the|we|this|there)"
         r"|should (?:the|it|they|we|this|there|any|cqc|conditions|matters|no)|had (?:it|the \w+|we) not"
         r"|where (?:insufficient|no|improvements?|there)|provided that|whether|when and if)\b"
         r"|\b(?:if(?! you\b| your\b| any\b)|unless(?! (?:we|cqc|(?:the )?(?:commission|regulator)|it(?! agrees? to\b)) "
         r"(?:have |has |first )?(?:agree|consent|approv|permit|allow|give)| (?:the |it |they )?(?:provider |owner |company )?"
         r"(?:appeal|make))|in the absence of|failing which|or else|otherwise)\b"
         r"|\bfailure to (?:\w+ ){1,8}?(?:will|may|could|can|would|might)\b|\bone more (?:inadequate|rating|failure)\b"
         r"|\bif not\b",
         "If nothing improves, we will cancel its registration."),
    Rule("must, or else", Bearing.CONDITION,
         r"\b(?:must|has to|have to|needs to|has until|have until|is required to|within)\b.{3,120}?\bor "
         r"(?:it|they|we|the|face|risk|be|lose|its|have|enforcement|further|see|else)\b"
         r"|\bchoice\b.{0,80}\bor (?:[\w-]+ ){0,3}?(?:conditions?|notices?|enforcement|suspension|cancellation|closure"
         r"|special measures|prosecution)\b",
         "The provider must improve by May or we will cancel its registration."),
    Rule("may, could, at risk of", Bearing.CONDITION,
         r"\b(?:enforcement|prosecution|cancellation|suspension|(?:warning )?notices?|conditions?|action) (?:\w+ )?would have "
         r"(?:been|followed|come)\b"
         r"|\b(?!(?<=\bwe )may not (?:now )?(?:admit|(?:take|accept)(?: in| on)? (?:(?:any|more|further|new|other) )*"
         r"(?:one|anyone|anybody|residents?|people|patients|placements?|referrals?|admissions|clients?)\b))"
         r"(?:(?<!in )(?<!since )(?<!from )(?<!until )(?<!\d )may|might|could|can|would|should|ought to)(?! now\b)"
         r"(?: (?:also|now|then|still|yet|potentially|even|well|eventually|later|again|not|have|be|been|instead|only|choose to"
         r"|decide to|need to|want to))* (?:served?|issued?|imposed?|placed?|put|cancel(?:led)?|suspend(?:ed)?|prosecuted?|fined?"
         r"|fine|taken?|given?|lead|led|resulted|triggered|prompted|result|face|lose|enforced?|enter|go into|fall into"
         r"|become subject|use|asked?|ask|require|restrict(?:ed)?|stop(?:ped)?|deregister(?:ed)?|clos(?:e|ed)|begin|start"
         r"|remov(?:e|ed)|withdr(?:aw|awn)|follow|mean|include|happen|seek|apply|be subject)\b"
         rf"|\b(?:risk(?:s|ed|ing)?|threat\w*|danger|brink|verge|prospect|possib\w+|likel\w+|fear\w*|avoid\w*|prevent(?:ed|s)?"
         rf"|close to|came close|narrowly|heading (?:for|towards)|on course for|near to|spared?|escap\w+)"
         rf"(?: (?:[\w'-]+ ){{0,5}}?)(?:{_NOTICE}|enforcement|prosecut\w+|clos\w+|cancel\w*|suspen\w*|being|fine|losing)\b"
         r"|\b(?:was|were|is|are|had been|been) (?:\w+ )?(?:on the cards|in the offing|looming|in prospect)\b"
         r"|\bwarn(?:s|ed|ing)? (?:that|of|the \w+ (?:that|of)|it|them)\b",
         "The home could face enforcement action."),
    # --- statements of others ---
    Rule("calls and quotations", Bearing.HEARSAY,
         r"\b(?:manager|staff|nurses?|director|relatives?|people|provider|owner)s? (?:\w+ )?(?:told|said|explained)(?: to)?"
         r"(?: us| inspectors)?(?: that)? (?:admissions|placements|new admissions) (?:were|are|had been|was) "
         r"(?:limited|restricted)\b(?! (?:by|under) (?:cqc|us|the commission|conditions?)\b)"
         r"|\b(?:call(?:s|ed|ing)? (?:for|on)|urg(?:e|es|ed|ing)|demand(?:s|ed|ing)?(?! for (?:an? )?(?:\w+ )?action plan)"
         r"|petition\w*|campaign\w*|press(?:ed|ing)? for|lobb\w+|want(?:s|ed)? (?:us|cqc|it|the)"
         r"|asked (?:us|cqc|the cqc|the commission|whether|for the|that)|(?:has|have|had) asked (?:us|cqc)"
         r"|recommend(?:s|ed|ing|ation\w*)?|suggest(?:s|ed|ing)?|believ(?:e|es|ed)|rumou?r\w*|alleg(?:ed?|es|edly)"
         r"|allegations? (?:that|against)|claim(?:s|ed|ing)?|complain(?:s|ed)|argu(?:e|es|ed)|speculat\w+|social media"
         r"|newspapers?|press reports?|reportedly|wrongly|mistakenly|in error|by mistake|incorrectly|inaccurate\w*|untrue"
         r"|false(?:ly)?)\b"
         r"|\b(?:said|told us|commented|wrote|added|thought|felt|feared|worried|heard|remarked) "
         r"(?:(?:one |a |the |another |several |two )?(?:\w+ )?(?:relatives?|residents?|councillors?|mps?|persons?|members?"
         r"|neighbours?|workers?|carers?|visitors?|nurses?)\b"
         r"|that (?:the|it|this) (?:home|service|\w+) (?:should|ought|must|needed))"
         r"|\b(?:relatives?|residents?|councillors?|mps?|neighbours?|family members?|people|a person|staff"
         r"|one (?:person|relative|staff member)) (?:\w+ ){0,3}?(?<!were )(?<!was )"
         r"(?:said|says|told|commented|wrote|thinks?|thought|believes?|feels|felt|fears|feared|asked|worried|joked|hopes"
         r"|hoped)\b",
         "Councillors called for the home to be placed in special measures."),
    # --- not done ---
    Rule("not done", Bearing.DENIED,
         rf"\b(?:no|without|nor|neither|never|not any|zero|nil|none of the) (?:any )?(?:further |new |other |such |current "
         rf"|active |outstanding |formal |live |open |more |civil |criminal |additional |urgent |legal |regulatory |cqc )*"
         rf"(?:{_NOTICE}|enforcement|cautions?|prosecutions?|fines?|penalt\w+|action plans?|special measures)"
         rf"\b(?! (?:was|were|has|have|had) (?:\w+ )?(?:met|complied))"
         rf"|\b(?:not(?! only)|n't|never|nor|neither) (?:\w+ ){{0,3}}?(?:ask(?:ed)?|request(?:ed)?|seek|sought|begin|begun"
         rf"|start(?:ed)?|bring|brought|lay|laid|filed?|charged?|find|issue|issued|served?|serving|serve|imposed?|impose|taken?"
         rf"|take|taking|given|placed?|cancel\w*|suspend\w*|prosecut\w*|fined?|need|needed|necessary|subject|under|proposed?"
         rf"|propose|required?|require|warrant\w*|justif\w*|proportionate|pursue|pursued|use|used|in special measures|result\w*"
         rf"|lead|led|receive[d]?|the subject|apply|found)\b(?! enough| sufficient| to show| to comply)"
         rf"|\b(?:we|cqc|commission|regulator) (?:(?:have|has|had|did|do|does) )?(?:not|never) (?:\w+ ){{0,2}}?{_BARRED}\b"
         rf"|\b(?:admissions?|placements?|referrals?|home|service) (?:(?:have|has|had|is|are|was|were) )(?:not|never) "
         rf"(?:\w+ ){{0,2}}?{_BARRED}\b(?! to have)"
         rf"|\bno (?:grounds?|reason|need|basis|justification|cause|case|call) (?:for|to) (?:\w+ ){{0,3}}?"
         rf"(?:(?:serv|issu|impos|tak|us|plac)(?:e|ing)|(?:cancel|suspend|prosecut)\w*)\b"
         rf"|\b(?:instead of|rather than|stopp(?:ed|ing) short of|short of|ruled out|decided against|chose not|refrain\w*"
         rf"|declin(?:ed|ing) to|refus(?:ed|ing) to|fell short of|did not go as far|in place of|opted not)\b"
         rf"|\bnone\b(?! (?:may|can|without|is to|are to)\b)"
         rf"|\b(?:took|take|takes|taken|taking|needed|need|with|for) no (?:\w+ ){{0,3}}?(?:action|steps|measures)\b"
         rf"|\bno (?:further|formal|urgent|legal|regulatory|civil|criminal) (?:\w+ )?(?:action|steps|measures)\b"
         rf"|\b(?:no one|nobody|no[- ]body|none|neither(?: of \w+)?|not one)(?: [\w']+){{0,4}}? (?:has|have|was|were|is|are) "
         rf"(?:\w+ )?(?:been )?(?:fined|prosecuted|charged|cautioned|convicted|suspended|served|issued)\b"
         rf"|\b(?:no|none of the|neither of the) (?:[\w-]+ ){{0,2}}?(?:placements?|admissions?|packages?|referrals?"
         rf"|registrations?|services?|activit(?:y|ies)|contracts?) "
         rf"(?:(?:is|are|was|were|has|have|had|been|being|currently|now) )+(?:suspended|restricted|stopped|halted|paused"
         rf"|cancelled|limited|banned)\b|: (?:no|none|nil|0|zero|n/a|not applicable)(?:$|[.,;]| \()"
         rf"|\b(?:we|cqc) (?:have |has |did |had )?not (?:yet )?(?:done|do|taken|take|used|use)\b|\bnot do so\b"
         rf"|\b(?:not|n't|never) come to (?:an? |any |that)(?:\w+ )?(?:notices?|fine|conditions?|prosecution|suspension"
         rf"|cancellation)?|\b(?:actions?|what|things) (?:\w+ )?not (?:done|taken)\b",
         "We did not take enforcement action."),
    Rule("an application that was refused", Bearing.DENIED,
         r"\b(?:refus(?:ed|es|al)|reject(?:ed|s)|dismiss(?:ed|es)|threw out|turned down|declined) (?:of )?"
         r"(?:our|cqc's|the (?:commission|cqc|regulator)'s) (?:\w+ )?(?:applications?|requests?|case|bid)\b"
         r"|\b(?:refus|reject|dismiss)(?:ed|es|al) (?:of )?(?:its|the|an) application (?:under section \d+ )?for an? "
         r"(?:[\w-]+ ){0,2}order\b",
         "The court refused our application for an order."),
    Rule("what was to be checked", Bearing.CONSIDERED,
         r"\bcheck(?:ed|ing|s)? (?:whether|if|that)\b|\bto (?:see|check|find out|establish|confirm) (?:whether|if|that)\b"
         r"|\bfollow(?:ed|ing)?[- ]up (?:on )?(?:the|a|our|on)\b",
         "We checked whether the warning notice had been met."),
    Rule("considered", Bearing.CONSIDERED,
         r"\bletters? of intent\b(?!.*\b(?:notices?|conditions|suspend\w*|cancel\w*)\b)"
         r"|\bthinking about (?:what|which|whether|our|using)\b|\bweigh(?:s|ed|ing) up\b"
         r"|\b(?:gave|given|giving) (?:\w+ )?(?:thought|consideration) to\b"
         r"|\b(?:debated|contemplat(?:ed|ing)|held (?:back|off))\b|\b(?:had )?(?:meant|was going|were going|had been going) to "
         r"(?:impose|serve|issue|cancel|suspend|prosecute|take|use|place|vary|restrict)\b"
         r"|\bconsider(?:s|ed|ing|ation)?\b(?! and (?:then |duly |therefore )?(?:served|issued|imposed))"
         r"(?!.{0,40}\b(?:representations|evidence|appeal|response|what the provider|findings)\b)"
         r"|\bthought (?:\w+ )?(?:about|of)\b|\bwhether to (?:issue|serve|impose|take|use|cancel|suspend|prosecute|restrict)\b"
         r"|\bdiscuss(?:ed|ing)\b|\b(?:weigh(?:ed|ing)|looking at|looked at|review(?:ed|ing)) "
         r"(?:whether|our|the use|using|what|all|its)\b|\bunder consideration\b|\bdeciding (?:whether|what|on)\b|\bundecided\b"
         r"|\b(?:(?:we|cqc|inspectors|the commission) (?:(?:have|has|had|also|then|now|already) )*|(?:was|were|been|being) )"
         r"(?:drafted|drawn up|drew up|drafting|prepar(?:ed|ing))"
         r"(?: (?!and\b)(?:an?|the|our|its|two|three|draft|first|\d) (?:[\w-]+ ){0,3}?"
         r"(?:notices?|conditions?|cautions?|charges?|summons)\b|(?=[.,;]|$))(?!.{0,200}\b(?:served|issued|sent|imposed)\b)"
         r"|\bdraft (?:(?:warning|requirement|penalty|fixed penalty|urgent) )*(?:notices?|conditions?)\b"
         r"|\bno decision\b|\bnot yet (?:decided|been decided|made)\b|\bwill (?:decide|determine|consider|review)\b",
         "We considered using our enforcement powers."),
    # --- not yet, no longer ---
    Rule("proposed", Bearing.PROPOSED,
         r"\bpropos(?:e|es|ed|ing|als?)\b|\bnops?\b|\bintend(?:s|ed|ing)?\b|\bintention to\b|\bminded to\b"
         r"|\b(?:we|cqc|the commission) (?:now |also |therefore )?(?:want|wish)(?:es|s)? to "
         r"(?:cancel|suspend|impose|prosecute|serve|remove|restrict|vary)\b|\bseek(?:s|ing)? to\b"
         r"|\bapplied to (?:a |the )?(?:court|magistrat\w+|tribunal|justice)|(?<!action )\bplan(?:s|ned|ning)? to\b"
         r"|\b(?:is|are|remains?) (?:still )?pending\b(?! (?:appeal|representations))"
         r"|\bpending\b(?! (?:(?:an?|the|our|its|any|further|new) )*(?:\w+ )?(?:appeal|representations|review|inquiry"
         r"|investigation|hearing|outcome|result|(?:re-?)?inspection|(?:re-?)?assessment)s?\b)"
         r"|\b(?:is|are|am|we're) (?:now |also )?(?:starting|beginning|begun|taking steps|looking|preparing|moving|working|set"
         r"|due|about|hoping|expected) to\b"
         r"|\b(?:started|begun|began) (?:the |a )?(?:legal |formal )?(?:process|proceedings|steps|action) (?:of|to|for|that)\b"
         r"|\b(?:is|are) expected to\b"
         r"|\bwill (?:now |also |then |shortly |soon )*(?:cancel|suspend|impose|prosecute|serve|issue|remove|request|ask|take"
         r"|begin|start|move|lead|seek|pursue|enforce|restrict|use"
         r"|be (?:taking|issuing|serving|cancelled|suspended|removed|imposed|served|issued|prosecuted|ended))\b"
         r"|\bfrom (?:1|the) \w+ (?:20\d\d )?(?:it|the \w+) will\b",
         "We propose to cancel the provider's registration."),
    Rule("lifted, met, overturned", Bearing.LIFTED,
         rf"\b(?:has|have|is|are) (?:now |therefore )?(?:of )?no (?:legal )?(?:effect|force)"
         rf"\b(?! (?:on|upon|until|unless|pending|while|before)\b)|\bno longer (?:has|have) (?:any )?effect\b"
         rf"|{_NOTICE}\b[^.;]{{0,80}}\b(?:20\d\d|regulations? \d{{1,2}}a?|\)):? (?:met|closed|lifted|complied with|withdrawn"
         rf"|ended|expired|removed|complied)(?: (?:on|in|by) (?:\d{{1,2}} )?(?:[a-z]{{3,9}} )?20\d\d)?$"
         rf"|(?:\b(?:has|have|had|was|were|is|are|been|being|now|since|duly|provider|service|home|they|it|we|cqc|tribunal"
         rf"|the court|and|that|which|appeal|then|subsequently|later|all|both|fully)|:) {_MET}\b|\b(?:expired|lapsed)\b"
         rf"|{_NOTICE}(?: \([^)]*\))?(?::| -)? {_MET}\b|\bserved its purpose\b|\bnot (?:been )?renewed\b"
         rf"|(?: - |, | \()(?:(?:now|since|later|fully|was|were|has been|have been) )*{_MET} (?:on|in|by|at) "
         rf"(?:\d|{'|'.join(moves.MONTHS)}|(?:this|our) )"
         rf"|^(?!(?:\w+ ){{0,3}}(?:must|should|shall|to|will|can|may|could|would|needs?) )(?:\w+ ){{0,3}}?{_MET}\b"
         rf"|\bno longer (?:\w+ )?(?:in (?:place|force|effect)|appl\w+|needed|required|has|have|subject|restricted|holds?|stands?"
         rf"|in breach|suspended|any|under)\b"
         rf"|(?<!be )(?<!become )(?<!be in )\b(?:in |full |now in |achieved |shown |demonstrated )?compliance with\b"
         rf"|(?<!be )(?<!become )\b(?:compliant|now meeting|now meets?|has met) (?:with )?(?:the |all |both |its |their |our )*"
         rf"(?:requirements? of )?(?:the |our |this |that |its |all )*"
         rf"(?:warning|requirement|notice|condition|action plan|regulation)"
         rf"|\b(?:now |fully |is |are )compliant with (?:it|them|this|these|both|all)\b"
         rf"|\b(?:lifting|removal|withdrawal|quashing|overturning|revocation|end) of (?:the |these |those |its |all |our |both )*"
         rf"(?:\w+ )?(?:{_NOTICE})"
         rf"|\b(?:lift|lifts|lifted|removed?|withdr[ae]w\w*|quash\w*|overturn\w*|rescind\w*|revok\w*|discharged|end|ended"
         rf"|cancelled|cancel|dropped|complied with|met|satisfied) (?:the|these|those|all|both|its|our|that|this|any|every|a|an"
         rf"|one of the|two of the|some of the) (?:[\w-]+ ){{0,5}}?(?:{_NOTICE})"
         rf"|\bappealed\b[^;]{{0,90}}?,? and (?:has |have )?(?:won|succeeded)(?=$|[.,;]| (?:its|the|their) (?:appeal|case)\b)"
         rf"|\b(?:appeal (?:was |has been |were )?(?:allowed|upheld|succe\w+|won)|won (?:its|their|an|the) appeal"
         rf"|successful appeal|successfully appealed|upheld (?:the|its|their|an) (?:\w+ )?(?:appeal|challenge)"
         rf"|allowed (?:the|its|an) appeal)\b"
         rf"|\b(?:done|did|carried out|acted on|taken|took|completed) "
         rf"(?:everything |all |what |most of |the (?:action|steps|work) )*(?:of )?(?:that |which )?"
         rf"(?:the|our|this|that|its|both|all) (?:[\w-]+ ){{0,3}}?{_NOTICE}(?: of \w+| from \w+)?(?: had| has)?"
         rf"(?: required| asked| called for| demanded| set out| told|(?=[.,;]|$))"
         rf"|\b(?:done|did) (?:everything|all)(?: that)? (?:it|they|we|cqc) (?:had |have |has )?"
         rf"(?:asked|required|called for|demanded)\b"
         rf"|\b(?:what|everything|all)(?: that)? (?:the|our|this|that|both) (?:[\w-]+ ){{0,2}}?{_NOTICE}(?: \w+){{0,4}} "
         rf"(?:required|asked|called for|demanded)(?: for)?(?: \w+){{0,6}} (?:had|has|have|was|were) (?:now |all |since )*"
         rf"(?:been )?(?:done|put in place|carried out|in place)\b"
         rf"|\b(?:in|for) (?:the )?(?:provider|home|service|company|owner|practice|agency)'s favour\b"
         rf"|\bfound for the (?:provider|home|company)\b|\b(?:cease[sd]?|ceasing) to have effect\b"
         rf"|\b(?:decision|notice)s? (?:will|does|do|should|shall|is to|are to) not (?:now )?(?:take|have) effect\b"
         r"|\b(?:discontinu(?:ed|es|ing)|abandon(?:ed|s|ing)|halt(?:ed|s|ing)|withdr(?:ew|awn)|dropp(?:ed|ing)|call(?:ed|ing) off"
         r"|stay(?:ed|ing)) (?:(?:the|our|its|this|that|these|those|all|both|criminal|cqc's) )+"
         r"(?:prosecutions?|charges?|proceedings|court case|criminal case|case against)\b"
         r"|(?:^|\b(?:the|our|this|that|these|those|all|both|criminal|cqc's) )(?:prosecutions?|charges?|proceedings|criminal case"
         r"|court case)(?: (?:of|against|by|over|for) (?:[\w']+ ){1,6}?| )"
         r"(?:(?:has|have|had|was|were|is|are|been|being|now|since|later|then|all|both|subsequently|formally) )+"
         r"(?:discontinued|dropped|abandoned|halted|called off|stayed|stopped)\b"
         r"|\b(?:prosecution|charges?|proceedings|criminal case)(?: -|:|,)? (?:discontinued|abandoned|dropped|called off)\b"
         r"|\b(?:acquitted|found not guilty|cleared of)\b"
         rf"|\bset aside\b|\bran out\b|\b(?:re-?opened|opened again|open (?:to (?:\w+ ){{1,3}})?again)\b"
         rf"|\b(?:not|n't) (?:been )?(?:extend(?:ed)?|renew(?:ed)?)\b|\bcame off\b|\bfree (?:of|from) (?:all |any )?(?:{_NOTICE})"
         rf"|\b(?:came|come|has come) to an end\b|\bended on"
         rf"\b(?![^;]{{0,30}} with an? (?:\w+ )?(?:fine|conviction|penalty|sentence))"
         rf"|\b(?:registration|licen[cs]e) (?:has been |was |is )?(?:\w+ )?reinstated\b",
         "The warning notice has been met."),
    # --- the past ---
    Rule("the past", Bearing.PAST,
         r"\b(?:previously|formerly|historically|originally|in the past|at one time|once (?:had|was|were)|years? ago|months ago"
         r"|a decade ago|last (?:year|summer|autumn|winter|spring)|the year before|long ago|used to)\b"
         r"|(?<!has )(?<!have )\bhad (?:already |also |previously |earlier |then |first |once )*"
         r"(?:issued|served|imposed|placed|given|received|sent|asked|suspended|cancelled|prosecuted|fined|taken"
         r"|been (?:\w+ )?(?:issued|served|given|placed|imposed|sent|suspended|cancelled|fined|prosecuted|"
         r"restricted|subject|under|asked|told)|(?:an?|two|three) (?:\w+ )?"
         r"(?:warning|requirement|fixed|conditions?|notices?|suspension))\b"
         r"|\b(?:history|historic|background|timeline|archive)\b",
         "The home previously had a warning notice."),
)  # fmt: skip
"""The rules for sentences that do not state what is true now, in the order in which they are tried."""
