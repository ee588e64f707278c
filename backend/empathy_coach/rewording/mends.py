"""Ways of putting it: what stands in an office's or a scolding sentence, and what a colleague would write instead.

A table of patterns and what replaces them; the fact guard judges each one again on the sentence at hand. ``^c`` is the
letter that follows, as a capital; ``@name`` a shape of ``shapes.py``.
"""

from __future__ import annotations

import re

# What is unkind wherever it stands; everything else is mended only where a rule has found fault with the sentence.
UNKIND = re.compile(
    r"\b(?:you|she|he|customer|cust|cx) (?:claims?|alleges?|insists?)\b|\b(?:kicking off|moaning|whinging|whining|ranting)\b"
    r"|\byou must not\b",
    re.IGNORECASE,
)
# One stands under what binds, but not "under the pack" or "under our records".
_LAW = (
    r"\b(?i:(?= (?:[\w'\u2019&-]+ ){0,3}(?:terms|conditions|polic(?:y|ies)|contract|agreement|sections?|clauses?|articles?"
    r"|rules|regulations?|act|law|scheme|convention|warranty|guarantee|guidelines|code|directive|tariff|t&cs|title)\b))"
)
MENDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (
            r"^You (?:need|have|are required|are requested|are advised|are asked|are kindly requested) to (?=(?!be\b"
            r"|have\b|know\b|understand\b|realise\b|wait\b)[a-z])",
            "Please ",
        ),
        (
            r"(?<=[,;:] )you (?:need|are required|are requested|are advised|are asked) to (?=(?!be\b|have\b|know\b"
            r"|understand\b|realise\b|wait\b)[a-z])",
            "please ",
        ),
        (r"\bKindly (?=[a-z])", "Please "),
        (
            r"\bkindly (?=(?:send|provide|confirm|check|note|refer|submit|contact|reply|return|complete|let|allow"
            r"|visit)\b)",
            "please ",
        ),
        (r"^Please be (?:advised|informed|aware) that (?P<c>[a-z])", "^c"),
        (r"^(?:Please note|Note) that (?P<c>[a-z])", "^c"),
        (r"\bplease be (?:advised|informed) that ", ""),
        (
            r",? ?(?<!such )\bas (?:already|previously|clearly)?\s?(?:stated|advised|mentioned|explained|informed)(?: "
            r"previously| above| before| already)?,? (?P<c>(?!(?:in|on|at|by|to|under|above)\b)[a-z])",
            " \\g<c>",
        ),
        (
            r"^As (?:already |previously |clearly )?(?:stated|advised|mentioned|explained|informed)(?: previously| "
            r"above| before| already)?, (?P<c>[a-z])",
            "^c",
        ),
        # Agents left out: what matters is what is still open, not who forgot it.
        (
            r"\b[Yy]ou (?:failed|neglected|forgot|omitted) to (?:contact|inform|tell|notify) us\b(?P<of> of| about)?",
            "@unheard",
        ),
        (
            r"(?:^|(?<=[.!?] ))[Yy]ou (?P<v>bought|entered|selected|chose|used|picked|ordered"
            r"|booked) the wrong (?P<n>[a-z]+)(?=[,.;]| and\b| so\b)",
            "@wrong",
        ),
        (
            r"^You must (?=(?!be\b|have\b|not\b|stop\b|understand\b|know\b|also\b|realise\b)[a-z])",
            "We must ask you to ",
        ),
        (
            r"(?<=[,;] )you must (?=(?!be\b|have\b|not\b|stop\b|understand\b|know\b|also\b|realise\b)[a-z])",
            "we must ask you to ",
        ),
        (r"^You will (?:have|need) to (?=(?!be\b|wait\b|contact\b|take\b)[a-z])", "We will need you to "),
        (
            r"^(?:Users|Customers|Guests|Passengers|Residents|Applicants|Parents|Members|Patients|Tenants"
            r"|You) are (?:advised|reminded|requested|asked|required) (?P<n>not )?to (?=[a-z])",
            "@please",
        ),
        (
            r"^(?:Users|Customers|Guests|Passengers|Residents|Applicants|Parents|Members|Patients|Tenants"
            r"|You) are (?:advised|reminded) that (?P<c>[a-z])",
            "^c",
        ),
        (
            r"^(?:We'd|We would|I'd|I would|May we|We) (?:also )?(?:remind|ask|encourage"
            r"|urge) (?:all )?(?:our )?(?:users|customers|guests|passengers|residents|applicants|parents|members"
            r"|patients|tenants|everyone|you) (?P<n>not )?to (?=[a-z])",
            "@please",
        ),
        (r"^(?:Do|Please) bear in mind that (?P<c>[a-z])", "^c"),
        (r"^(?:Please )?(?:Be|be) aware that (?P<c>[a-z])", "^c"),
        (r"^I (?:would|must) (?:like to )?(?:point out|remind you|stress) that (?P<c>[a-z])", "^c"),
        (r"^Please ensure (?:that )?", "Please make sure "),
        (r"(?<=[a-z,] )please ensure (?:that )?", "please make sure "),
        (
            r",? as (?:clearly |already |previously |also )?(?:stated|shown|described|set out|indicated|outlined"
            r"|explained|mentioned|noted) (?:in|on) (?:the|our|your|its) [a-z' -]{2,40}(?:,(?= )|(?=[.!]))",
            "",
        ),
        (
            r"^As (?:my|our) (?:colleague|colleagues|team|advisor|agent)s? (?:have |has )?(?:already |previously "
            r"|clearly )?(?:said|stated|advised|mentioned|explained|told you|informed you"
            r"|confirmed),? (?:that )?(?P<c>[a-z])",
            "^c",
        ),
        (
            r"^As (?:I|we)(?: have|'ve)? (?:already |previously |clearly )?(?:said|told you|pointed out),? (?:that )?(?P<c>[a-z])",
            "^c",
        ),
        (r",? ?(?<!not )\bas (?:the|a) valued (?:customer|member|client|user|guest)\b,?", ""),
        (r"\bWith regards? to\b", "As for"),
        (r"\bwith regards? to\b", "about"),
        (r"\bYou failed to do so\b", "This was not done"),
        (r"\byou failed to do so\b", "this was not done"),
        (r"\bhas been actioned\b", "has been done"),
        (r"\bwill be actioned\b", "will be done"),
        (r"\bin (?:respect|relation) (?:of|to)\b", "about"),
        (r"\bupon\b", "on"),
        (r"\bIn order to\b", "To"),
        (r"\bin order to\b", "to"),
        (r"\bendeavour to\b", "try to"),
        (r"\bwould require\b", "would need"),
        (r"\b(?P<c>[Ww]e) require\b", "\\g<c> need"),
        (r"\bfurnish\b", "send"),
        (r"\bdue to the fact that\b", "because"),
        (r"\bdespatched\b", "sent"),
        (r"^To enable us to (?:progress|proceed with|action|deal with) ", "To get on with "),
        (r"^In order to (?:progress|proceed with|action) ", "To get on with "),
        (r"\bat the (?:present|current) (?:time|moment)(?: in time)?\b", "now"),
        (r",? which is self-explanatory(?=[.!])", ""),
        (r"\b(?:Pursuant to|In accordance with|As per)" + _LAW, "Under"),
        (r"\b(?:pursuant to|in accordance with|as per)" + _LAW, "under"),
        (r"\bAs per your (?:request|instructions?)\b", "As you asked"),
        (r"\bas per your (?:request|instructions?)\b", "as you asked"),
        (r"\bPursuant to\b", "According to"),
        (r"\bpursuant to\b", "according to"),
        (r"^As per (?:my|our) (?:last|previous|earlier) (?:e?-?mail|letter|message|call),? (?P<c>[a-z])", "^c"),
        (r"\bAs per\b(?! (?:my|our) (?:last|previous|earlier)| usual| my| \w+ing\b)", "According to"),
        (r"\bas per\b(?! (?:my|our) (?:last|previous|earlier)| usual| my| \w+ing\b)", "according to"),
        (r"\bPrior to\b", "Before"),
        (r"\bSubsequent to\b", "After"),
        (r"\bDue to the fact that\b", "Because"),
        (r"\bIn (?:respect|relation) (?:of|to)\b", "As for"),
        (r"^You must not (?=(?!be\b|have\b)[a-z])", "We must ask you not to "),
        (r"(?<=[,;] )you must not (?=(?!be\b|have\b)[a-z])", "we must ask you not to "),
        (r"^Do not (?=(?!hesitate|worry|panic|forget|be\b)[a-z])", "Please do not "),
        (r"^Don['\u2019]t (?=(?!hesitate|worry|panic|forget|be\b)[a-z])", "Please don't "),
        (r"\bsubsequent to\b", "after"),
        (r"\bprior to\b", "before"),
        (r"\bin the event that\b", "if"),
        (r"\bIn the event that\b", "If"),
        (r"\bupon receipt of\b", "on receiving"),
        (r"\bcommence\b", "start"),
        (r"\butilise\b", "use"),
        (r"\bthe above-numbered claim\b", "your claim"),
        (r"^Further to your (?:enquiry|email|message|request)[.,] ?", ""),
        (r"^(?:It's|It is) (?:actually |really )?very (?:simple|easy)[!.] ?", ""),
        (r"\brefrain from (?=[a-z]+ing)", "avoid "),
        (r"\b(?:so )+so sorry\b", "so sorry"),
        (r"\bpls\b", "please"),
        (r"\bPls\b", "Please"),
        (r"^[Cc]ust\b", "The customer"),
        (r"(?<=\s)cust\b", "the customer"),
        (
            r"^(?:[Cc]ust|[Cc]ustomer|[Cc]x) (?:is )?(?:moaning|whinging|whining|ranting|banging on|kicking off) (?:about|re)\b",
            "The customer is unhappy about",
        ),
        (r"\bis (?:moaning|whinging|whining|ranting|banging on|kicking off) about\b", "is writing about"),
        (r"\b(?:moaning|whinging|whining|ranting|banging on|kicking off) about\b", "is unhappy about"),
        (r"(?<=, )same is\b", "it is"),
        (r"\bsame old sob story about\b", "about"),
        (r"(?<=[a-z]), just so you know(?=\.)", ""),
        (r",? which you agreed to(?: when you \w+)?(?=[.!])", ""),
        (r"\bAs a valued (?:customer|member|client|user|guest)[,]? (?P<c>[a-z])", "^c"),
        (r"\bUpon\b", "On"),
        (r"\bwill be effected\b", "will be done"),
        (r"\bRefer to (?=the|your)", "Please see "),
        (r"^Rebook at your convenience\b", "Please rebook at your convenience"),
        (r"^Just (?=(?:go|click|open|log|send|enter|type|pay|use|press|select|reply)\b)", "Please "),
        # Nobody in them: who does it, and what it means.
        (
            r"^(?:Unfortunately,? |Regrettably,? )?(?:it is|it's) (?P<n>not) possible to ",
            "I'm afraid it is not possible to ",
        ),
        (r"^Please note:?,? (?!that\b)(?P<c>[a-z])", "^c"),
        (r"\b[Ww]hilst\b", "@while"),
        (r"\bamendments? to\b", "changes to"),
        (r"\bliaise with\b", "speak to"),
        (r"\bat your earliest convenience\b", "as soon as it suits you"),
        (r"\bremittance\b", "payment"),
        (r"\bin a timely manner\b", "in good time"),
        (r"\bin lieu of\b", "instead of"),
        (r"\bforthwith\b", "straight away"),
        (r"\bthe undersigned\b", "me"),
        (r"^On this occasion,? (?P<c>[a-z])", "^c"),
        (r",? on this occasion(?=[.!])", " this time"),
        (r"\bduring the course of\b", "during"),
        (r"\bfor the purposes? of (?=[a-z]+ing\b)", "for "),
        (r"\bin excess of\b", "more than"),
        (r"\bwith immediate effect\b", "straight away"),
        (r"\bper annum\b", "a year"),
        (r"\bad hoc\b", "occasional"),
        (r"\bapproximately\b", "about"),
        (
            r"^(?:Cardholders|Customers|Users|Passengers|Guests|Members|Applicants|Subscribers|Tenants|Residents) are required to ",
            "You are asked to ",
        ),
        # Cold and curt.
        (
            r"^(?:We|I) trust (?:that )?(?:this|the above) (?:clarifies|explains|settles|resolves|answers)(?: (?:the"
            r"|your|our|this) [a-z]+| matters| things)?(?=[.!])",
            "I hope that makes it clearer",
        ),
        (r"^Closing (?P<x>(?:this|the|your) (?:ticket|case|chat|request|complaint|query))\b", "I'm closing \\g<x>"),
        (
            r"^(?P<x>(?:Ticket|Case|Chat|Request|Complaint|Query|Issue)) (?P<v>closed|resolved|logged|escalated|raised|updated)(?=[.!])",
            "@done-to",
        ),
        (
            r"^(?P<x>Done|Amended|Cancelled|Fixed|Updated|Sent|Refunded|Closed|Changed|Resolved|Booked|Reset|Removed|Added)(?=[.!]|$)",
            "@thats-done",
        ),
        (r"^Noted(?=[.!]|$)", "I've made a note of that"),
        (r"^(?:See attached|Attached)(?=[.!]|$)", "I've attached it"),
        (r"^See (?=(?:the|our|your|section|page|website|link)\b)", "Please see "),
        (r"^See (?=(?:store|shop|branch) (?:finder|locator|list)\b)", "Please see the "),
        (r"^Feedback (?:logged|noted|received)(?=[.!])", "I've made a note of your feedback"),
        (r"^(?P<v>Consult|Check|Read|Review) (?=(?:the|our|your) )", "@please-verb"),
        (r"^(?:Again|Once again|Once more), (?P<c>[a-z])", "^c"),
        (r"\b(?P<s>[Cc]x|[Cc]ust|[Cc]ustomer|[Ss]he|[Hh]e|[Cc]aller|[Cc]lient) (?:alleges|claims)\b", "\\g<s> reports"),
        (r"^(?:Well|Look|Listen|Honestly|Frankly|Obviously|Clearly|Basically|Seriously)[,.] (?P<c>[A-Za-z])", "^c"),
        (
            r"(?<=[a-z]) (?:clearly|obviously|plainly) (?=(?:state|states|stated|show|shows|say|says|see|explain|explains|explained)\b)",
            " ",
        ),
        (r"\b(?P<o>[Oo]ur|[Tt]he) (?P<n>records|notes|system|log|logs) clearly (?=[a-z])", "\\g<o> \\g<n> "),
        (r"^(?:You|you) are mistaken[.,]? ?", ""),
        (r"\byou can always (?=[a-z])", "you can "),
        (r",? as (?:you|the customer) (?:say|said|admit|admitted) yourself,?", ""),
        (r"\b[Yy]ou (?:claim|allege|insist|maintain) (?:that )?(?=[a-z])", "@you-write"),
        (r",? (?:but )?(?:that's|it's|that is|it is) not (?:our|my) (?:problem|fault|concern)(?=[.,!])", ""),
        (r"\b(?:so|and|hence) not our problem(?=[.,!])", "so not one for us"),
        (r"(?P<s>'s| is|) kicking off again\b", "@unhappy-again"),
        (r"(?P<s>'s| is|) kicking off(?=[.,;]|$)", "@upset"),
        (r"(?P<s>'s| is|) kicking off (?:re|about|over)\b", "@unhappy"),
        (r"^(?:You will|You'll) just have to ", "You will need to "),
        (r"\byou'll just have to (?=[a-z])", "you'll need to "),
        (r"^You simply (?=(?:go|click|open|log|send|enter|type|pay|use|press|select|reply|need)\b)", "You "),
        (
            r"\byou have been entering the (?P<x>[a-z ]{3,30}) the wrong way round\b",
            "the \\g<x> have been going in the other way round",
        ),
        (
            r"^(?P<w>We|I) (?:always |would always |strongly )(?P<v>advise|recommend|suggest"
            r"|encourage) (?:all )?(?:our )?(?:customers|guests|users|passengers|residents|applicants|parents|members|patients|tenants) to ",
            "\\g<w> \\g<v> ",
        ),
    )
)
