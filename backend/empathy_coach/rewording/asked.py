"""Questions as the customer put them, cut to their core for a slot that waits for the agent's answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from empathy_coach.domain import Conversation, Question
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.customer.said import stem
from empathy_coach.rewording.sets import word_set
from empathy_coach.rewording.words import INSULTS

_LEAD = re.compile(
    r"^(?:(?:and|but|so|or|also|then|first|firstly|second|secondly|third|finally|lastly|\d[).]|hi|hiya|hello|hey|please|pls"
    r"|kindly|well|ok|okay|honestly|one straight answer|and then|plus|again|anyway|basically|seriously|just|sorry|oh"
    r"|by the way|if possible|roughly|about|approximately)\b[\s,:;)-]*)+|^[\"'\u201c\u2018*\u2022-]+\s*",
    re.IGNORECASE,
)
# "Please could you tell me", "I would like to know", "can someone explain to me": the question comes after it.
_ASKING = re.compile(
    r"^(?:(?:could|can|would|will) (?:you|u|someone|somebody|anyone) (?:please |just |possibly )*(?:tell|let|advise|inform"
    r"|explain(?: to)?|confirm(?: to)?|say)(?: (?:me|us))?(?: know)?"
    r"|(?:tell|let|advise|explain(?: to)?|confirm(?: to)?)(?: (?:me|us))(?: know)?(?: exactly)?"
    r"|(?:i|we)(?:'d| would| should)? (?:just |only |really |simply |also )?(?:want(?:ed)?|need|like|wish|be (?:grateful|glad|curious)) (?:to )?"
    r"(?:know|ask|find out|understand|be told)(?: from you)?) (?=(?:if|whether|what|when|where|why|how|who|which|has|is|are|do|does|will)\b)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:(?<!\b(?:my|ur))(?<!\bour)(?<!\btill)(?<!\buntil)"
    r"[\s,]+(?:please|pls|thanks|thank you|if ever|even|or what|or not|or something|lol|tbh|then|ta|x+|too|also"
    r"|as well|and|or|but))*[\s?!.,;:-]*$",
    re.IGNORECASE,
)
# "Who keeps a receipt for a mattress?", "where do I even start?": nobody expects an answer.
_RHETORICAL = re.compile(
    r"^(?:where|how|why|what) (?:am|are|can|could|do|should) (?:i|we) even\b|^(?:is|was|did|do|does) (?:it|that|this|they) not\b"
    r"|^(?:would|do) (?:you|u) (?:like to|want to|think|expect)\b|^who (?:keeps|does|would|wants"
    r"|needs|has)\b|^who (?:is|was|are) \w+$|^(?:really|seriously|why bother|how hard)\b"
    r"|^is (?:that|this) (?:it$|a joke|normal|fair|ok|okay)\b|\b(?:do|did|would) you (?:people )?(?:expect|think|call)\b"
    r"|^what (?:kind|sort) of\b|^(?:may|can|might) i trouble\b|^why (?:tf|the (?:hell|fuck|heck)|on earth|in the world)\b"
    r"|^shall (?:i|we) say\b|^(?:or )?shall (?:i|we) just\b|^(?:or )?shall we all\b"
    r"|^(?:are|were) you (?:people|lot|guys)\b"
    r"|^(?:are|were) you (?:just |seriously |actually |really )*(?:going to|gonna) (?:wait|sit|keep|ignore)\b"
    r"|^(?:is|are) (?:anyone|anybody|somebody|you) (?:there|even|actually|really|alive|reading|awake)\b|^am i (?:talking|writing) to\b"
    r"|^(?:can|do|would) you (?:guess|imagine|believe)\b|^since when\b|^how (?:is|are) (?:that|this) (?:fair|right|ok|okay)\b"
    r"|^(?:am i|are we|was i) (?:just )?(?:being |going )?(?:thick|stupid|daft|silly|dense|mad|blind|crazy|an idiot|missing something|dumb)\b"
    r"|^did (?:you|anyone|anybody|somebody) (?:even |actually )?(?:read|listen|bother)\b|, '[^'\n]+'\W*$"
    r"|^do i (?:have|need) to (?:say|shout|beg)\b|^what do i have to (?:say|do)\b|^are you (?:people |lot )?(?:actual|even"
    r"|thick|serious|kidding|joking|having a laugh|mad|insane|idiots|stupid)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:who|what|when|where|why|how|which|whether|if|is|are|do|does|did|has|have|am|may|might|must|shall|should|was"
    r"|were|can|could|will|would|any|whose|until when|isn't|aren't|don't|doesn't|can't|won't|haven't|hasn't"
    r"|give|send|cancel|refund|add|change|remove|take|stop|fix|replace|delete|close|call|ring|email|move|swap|check"
    r"|look|book|extend|transfer|resend|reissue|update|confirm|make|put|find|turn|return|block|unlock|reset|withdraw"
    r"|waive|credit|correct|release|reopen|switch|renew|pause|forward|arrange|explain|show|status|answer|apply|bring|charge"
    r"|collect|deliver|drop|escalate|ensure|get|hold|keep|leave|let|lift|mark|match|message|name|pass|pay"
    r"|pick|post|process|provide|register|reinstate|reply|restart|restore|reverse|say|sort|speak|start|state|talk|tell"
    r"|text|treat|try|upgrade|use|write|undo)\b",
    re.IGNORECASE,
)
# "I want my wife written to, by hand", "we'd like a date", "need it on a new one today": what they wait for.
_WISHES = re.compile(
    r"^(?:(?:i|we)(?:'d| would| should)?(?: really| just| only| simply| still| be)* (?:want|like|expect|prefer|grateful for|appreciate)"
    r"|want|need)(?! you\b| (?:to )?know\b)\b",
    re.IGNORECASE,
)
# The question at the end of what they tell: "it's perfect, thank you, do I need to close the case?".
_TURNED = re.compile(
    r"(?<![\w'])(?:(?:what|when|where|who|why|how|which)(?: (?:much|many|long|soon|often|far|time|day|date))? )?(?:do|does|did|can|could|will"
    r"|would|is|are|am|was|were|have|has|should|shall|must|may) (?:i|you|u|we|they|he|she|it|there|this|that|the|my|your|our|his|her|their"
    r"|any|anyone|somebody|someone)\b",
    re.IGNORECASE,
)
# "He will bring it home?", "Throw it out?": a few words that only their mark makes a question.
_MARKED = re.compile(
    r"(?!(?:i|we|you|u|this|thats?|its?|theres?|my|maybe|so|dear|really|no|yes|thanks|hello|hi)\b)[\w'-]+(?: [\w'-]+){2,5}$",
    re.IGNORECASE,
)
_PLEASE = re.compile(r"\W*(?:(?:and|also|but|so|then|just) )*(?:please|pls|kindly)\b", re.IGNORECASE)
_DO_SO = re.compile(_PLEASE.pattern + r" do\b", re.IGNORECASE)  # "Kindly do the needful"
_TELL_ME = re.compile(
    r"(?:can|could|will|would) (?:you|someone) (?:just |please )*(?:tell|let|help|advise)(?: me| us)?(?: know)?$"
)
# What begins like a question and states something: "have a pressure sore", "what turned up is ...".
_STATES = re.compile(
    r"^(?:have|has|had|do|does|did|is|are|was|were|can|could|will|would) (?!(?:i|you|u|we|they|he|she|it|there|the|my|our"
    r"|your|this|that|these|those|any|anyone|anybody|someone|somebody|some)\b)|^(?:don't|do not)\b|^what \w+(?:ed|t) \w+",
    re.IGNORECASE,
)
_ASKS_SHORTLY = re.compile(r"(?:how|who|when|where|why|what|which|any)\b", re.IGNORECASE)  # "How much?"
_ENCLOSED = re.compile(r"(?:find|see) (?:enclosed|attached|below|above)\b", re.IGNORECASE)
_WISH = re.compile(r"if\b", re.IGNORECASE)  # "If there is another room, ..."
_MENDS = tuple(
    (re.compile(pattern, re.IGNORECASE), new)
    for pattern, new in (
        (r"\bu\b", "you"),
        (r"\bur\b", "your"),
        (r"\bim\b", "I'm"),
        (r"\bive\b", "I've"),
        (r"\bi\b", "I"),
        (r"\b(what|where|when|who|how)s\b", r"\1's"),
        (r"\bcant\b", "can't"),
        (r"\bdont\b", "don't"),
        (r"\bdoesnt\b", "doesn't"),
        (r"\bwont\b", "won't"),
        (r"\banyway to\b", "any way to"),
        (r"\bcort\b", "court"),
    )
)
BREAKS_A_SLOT = re.compile(r"[\[\]{}<>\"\u201c\u201d]|(?<!\d)%|\*\*\*")
_JOINT = re.compile(r",\s|\s(?:because|as I|so that|and|but|or|if)\s|:\s|;\s")
_AND_AT_THE_END = re.compile(r"[\s,]+(?:and|or|but|n|so)$")
_BECAUSE = re.compile(r"\s(?:because|as I|as we|cos|since I)\s.*$")
_LONGEST = 60  # characters of a question in a slot
_SHORTEST = 3  # words
_SHOUTS = 0.8  # of the letters are capitals
# What a span that stops in the middle leaves out: up to the next mark, past a bracket.
_REST = re.compile(
    r"(?:\s*\([^()\n]{0,80}\))?\s+(?!(?:and|but|or|so|because|as|who|when|whether|if|then|i|we)\b)[^.?!,;:()\n]{1,70}(?=[.?!,;:\n]|$)"
    r"|\s*\([^()\n]{0,80}\)[^.?!,;:()\n]{1,70}(?=[.?!,;:\n]|$)",
    re.IGNORECASE,
)
_REST_OF_SHORT = re.compile(r"(?:\s*\([^()\n]{0,80}\))?\s+[^.?!,;:()\n]{1,70}(?=[.?!,;:\n]|$)")
_MUST = re.compile(r"^(?:do|must|should|will) (?:i|we) (?:(?:have|need) to|still)?\b", re.IGNORECASE)
_YOU_MUST = re.compile(
    r"\b(?:you|they)(?:['\u2019]ll| will| won['\u2019]t| don['\u2019]t| do not| will not)? (?:(?:also |only |still )?(?:have|need) to"
    r"|needn['\u2019]t|need not|must)\b|\byou(?:['\u2019]ll| will)? need\b|\bno need to\b|\bnothing (?:else )?(?:you|to do)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)  # questions stay while the draft changes
def rhetorical(question: str) -> bool:
    """Whether a question expects no answer."""
    return bool(_RHETORICAL.search(_TAIL.sub("", _LEAD.sub("", question.strip()))))


# Words that say nothing of what a question is about.
_SMALL = word_set(
    """
    what when where which would could should there their they this that with from have been will does about some more
    your please than then into know tell want like just also really need make going think still even ever back them
    these those because only after before over here much many long can you how why who the and for are was not any get
    has had did its but our out off now yes may shall might must one two ones
    """
)
_WHERE = re.compile(r"^where\b(?! (?:am|are) (?:i|we)\b)", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:at|under|via|to|from|in) (?:any|the|our|your|a|an|[A-Z])|[>\u2192]|\bhttps?:", re.MULTILINE)
_YES_OR_NO = re.compile(r"(?:is|are|do|does|did|can|could|will|would|may|has|have|am|shall|should)\b", re.IGNORECASE)
_ASKS_OPENLY = re.compile(r"(?:could|would|should|where|which|whose|whether|until|please)\b", re.IGNORECASE)
_SAYS_SO = re.compile(r"(?:^|[.!\n,] )\s*(?:yes|no|not|nope|aye|sure|of course)\b", re.IGNORECASE)
_MAY = re.compile(
    r"^(?:is it (?:ok|okay|alright|all right|fine|possible)|(?:can|could|may|might) (?:i|we|my|our)|am i (?:ok|okay|allowed)|are we (?:ok|okay"
    r"|allowed))\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:yes|no|nope|done|sorted|sent|[a-z-]+ed)(?: that| it| for you| today| now)?[.!:,;]", re.IGNORECASE
)
_GRANTS = re.compile(
    r"\b(?:go (?:for it|ahead)|no (?:problem|worries|need|bother)|of course|sure|by all means|feel free|that['\u2019]?s fine"
    r"|absolutely|certainly|you['\u2019]?re welcome|welcome to|happy (?:for you|to))\b",
    re.IGNORECASE,
)
_MET = 0.5  # of a question's telling words that the draft must speak of
_SEVERAL = 3  # telling words of a question, of which an answer would share one
# Log-odds; below them 33 of 38 labelled questions without a telling word were open, and 10 of 14 where a place is named
# or one of two things.
_SURE = -1.0


@lru_cache(maxsize=4096)
def _telling(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The words that tell what a text is about, by their stems and meanings: "coaches" and "coach" are one."""
    groups = lexicon.synonyms
    words = (w.rstrip(".'") for w in re.findall(r"[a-z£$€\d][a-z\d.']+", text.lower()))
    known = ((groups.get(w, groups.get(w.removesuffix("s"))), w) for w in words if len(w) > 2 and w not in _SMALL)
    return frozenset(stem(w) if group is None else f"#{group}" for group, w in known)


_HOW_TO = re.compile(
    r"^how (?:does|do|would|will|can|should) (?:that|this|it|i|we)(?: all)?(?: (?:work|go|go about it|do (?:that|this|it)))?\W*$",
    re.IGNORECASE,
)
_STEPS = re.compile(
    r"(?:^|[.,;:!?] (?:and |then )*)(?:please )?(?:open|choose|select|click|go to|print|drop|send|bring|press|fill|tap|log|sign|enter|use|take"
    r"|reply|call|ring|return|put|scan|hand|pick)\b",
    re.IGNORECASE,
)


# "Can somebody come this week?" "Paul can be with you on Thursday."
_COMES = re.compile(
    r"^(?:can|could|will|would|is|are) (?:you|someone|somebody|anyone|anybody|they|he|she)\b.*\b(?:come|coming|visit|here)\b",
    re.IGNORECASE,
)
_COMING = re.compile(
    r"\b(?:with you|come|coming|visit|be there|arrives?) (?:\w+ )?(?:on|by|at|between|today|tonight|tomorrow|this)\b",
    re.IGNORECASE,
)
# Who asks for somebody above is answered by whoever is.
_BOSS = re.compile(
    r"\b(?:manager|supervisor|senior|(?:somebody|someone|anybody|anyone) (?:above|senior|else|in charge)|in charge|your boss)\b",
    re.IGNORECASE,
)
_IN_CHARGE = re.compile(
    r"\b(?:I|I['\u2019]m|I am|[A-Z][a-z]+ here|my name is)\b[^.!?\n]*\b(?:manager|supervisor|team lead(?:er)?|head of|director"
    r"|taken (?:this |it )?over|taken your case|in charge)\b|\bescalated to me\b"
)
_HOW_OFTEN = re.compile(r"^how (?:often|many times)\b", re.IGNORECASE)
_SO_OFTEN = re.compile(
    r"\b(?:once|twice|times|every|each|daily|weekly|monthly|annually|yearly|an? (?:hour|day|week|month|year))\b",
    re.IGNORECASE,
)
_IS_THERE = re.compile(
    r"(?:is|are) there (?:an?|any|some) (?:\w+ ){0,2}?(\w+)(?=\?|,|$| (?:as|in|for|on|at|so)\b)", re.IGNORECASE
)


# What asks, and what answers it in whatever words.
_ANSWERED_BY = (
    (_MUST, _YOU_MUST),
    (_HOW_TO, _STEPS),
    (_MAY, _GRANTS),
    (_COMES, _COMING),
    (_BOSS, _IN_CHARGE),
    (_HOW_OFTEN, _SO_OFTEN),
)


def apart(question: str, statements: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a question of several telling words shares none of them with the draft's statements."""
    asked = _telling(question, lexicon)
    return len(asked) >= _SEVERAL and all(asked.isdisjoint(_telling(s, lexicon)) for s in statements)


def settled(question: str, statements: Sequence[str], lexicon: Lexicon, likely: float) -> bool:
    """Whether the draft's statements speak of what was asked: a prompt would then ask for what is there.

    ``likely`` are the log-odds that they answer it.
    """
    plain, said = _LEAD.sub("", question.strip()), " ".join(statements)
    if any(asks.search(plain) and answers.search(said) for asks, answers in _ANSWERED_BY):
        return True
    if likely >= _SURE and (_chosen(plain, said) or (_WHERE.search(plain) and _PLACE.search(said))):
        return True
    if (thing := _IS_THERE.match(plain)) and stem(thing[1].lower()) in map(stem, re.findall(r"[a-z]+", said.lower())):
        return True
    asked, there = _telling(plain, lexicon), frozenset().union(*(_telling(s, lexicon) for s in statements))
    if not asked:
        return likely >= _SURE  # "what do I do?" is answered by anything, or nearly
    wish = re.match(r"(?:please )?([a-z]{5,})\b", plain.lower())
    if wish and not _ASKS_OPENLY.match(plain) and stem(wish[1]) in there:
        return True  # "Refund it, delete my card": the draft speaks of the refund
    shared = len(asked & there)
    closed = bool(_YES_OR_NO.match(plain))
    if (closed or wish) and not _ASKS_OPENLY.match(plain) and any(map(_BARE.match, statements)):
        return True  # "Added."
    enough = max(_MET * len(asked), 1 if closed else min(2, len(asked)))
    return shared > 0 and ((closed and bool(_SAYS_SO.search(said))) or shared >= enough)


# "May we paint, and which day is the bin?": two questions in one sentence.
_AND_ASKS = re.compile(
    r"\s*(?:,|\?)?\s+(?:and|also|or|n|&) (?!is it (?:no|not|nae)\b)"
    r"(?=(?:which|what|when|where|who|how|why|is|are|do|does|did|can|could|will|would|may|should"
    r"|has|have)\s+\w+)|\?\s+(?=\S)",
    re.IGNORECASE,
)
_STOP = re.compile(r"(?<=[a-z\d]{2})\.\s+(?=[A-Z])")
_OR = re.compile(r"\b([a-z]+)(?: \w+)?,? or (?:the |a |an |in |on |do |is )?([a-z]+)", re.IGNORECASE)


def parts(question: str) -> list[str]:
    """The questions that one sentence asks, or two that were read as one, each with its own mark."""
    rows = [row.strip() for part in _STOP.split(question) for row in _AND_ASKS.split(part) if row.strip()]
    mark = "?" if question.rstrip().endswith("?") else ""
    return [row if row.endswith("?") else row + mark for row in rows]


def _chosen(question: str, said: str) -> bool:
    """Whether one of two things asked about, and not the other, is in the draft: "On top." to "on top or instead?"."""
    found = _OR.search(question)
    if not found or found[2].lower() in {"not", "no", "what"}:
        return False
    there = set(re.findall(r"[a-z]+", said.lower()))
    return (found[1].lower() in there) != (found[2].lower() in there)


# "... because is my first time", "and knelt down and did the harmony": what goes on without a subject asks nothing.
_GOES_ON = re.compile(r"(?:\b(?:because|cos|since|as)|(?P<and>\band))\s*$", re.IGNORECASE)
_NO_SUBJECT = re.compile(r"(?:is|was|are|were|has|did|had) (?:the|a|an|my|our|his|her|very|so|not)\b", re.IGNORECASE)


def goes_on(question: Question, conversation: Conversation) -> bool:
    """Whether what looks like a question without its mark only goes on with what was told."""
    text, span = conversation.messages[question.message].text, question.span
    before = _GOES_ON.search(text, 0, span.start)
    verb = _NO_SUBJECT.match(span.quote)
    if not (before and verb) or "?" in whole(question, conversation):
        return False
    return not before["and"] or verb.group()[:3].lower() in {"did", "had"}


def whole(question: Question, conversation: Conversation) -> str:
    """The question up to the end of its sentence: a reader's span may stop at a bracket or an "and"."""
    text = conversation.messages[question.message].text
    end = question.span.end
    short = question.span.end - question.span.start <= 24
    rest = (_REST_OF_SHORT if short else _REST).match(text, end) if text[end - 1 : end] not in "?!." else None
    said = text[question.span.start : end + (len(rest.group()) if rest else 0)]
    return re.sub(r"\s*\([^()]{0,80}\)", "", said)


def is_wish(text: str) -> bool:
    """Whether a question in a slot is a wish: "I want him out of that room"."""
    return bool(_WISHES.match(text))


@lru_cache(maxsize=1024)
def in_slot(question: str) -> str | None:
    """The question in the customer's words, short enough to be recognised in a slot; None when it cannot stand there."""
    text = _LEAD.sub("", re.sub(r"\s+", " ", question).strip().replace("\u2019", "'")).strip(" .,;:-")
    letters = [c for c in text if c.isalpha()]
    if len(text.split()) > 2 and sum(map(str.isupper, letters)) > _SHOUTS * len(letters):
        text = text.lower()
    for pattern, new in _MENDS:
        text = pattern.sub(new, text)
    text = _LEAD.sub("", text)
    wish, text = _WISH.match(text), _ASKING.sub("", text)
    asked = text.endswith("?")
    text = _TAIL.sub("", text)
    if not _ASKS.match(text):
        text = _end_that_asks(text, asked)
    if len(re.findall(r"(?<!\w)'|'(?!\w)", text)) % 2 or BREAKS_A_SLOT.search(text):
        return None
    if (
        (wish and not asked)
        or INSULTS & set(re.findall(r"[a-z]+", text.lower()))
        or (not asked and _STATES.match(text))
    ):
        return None
    text = _BECAUSE.sub("", text)
    asks = _ASKS.match(text) or is_wish(text) or _PLEASE.match(question) or (asked and _MARKED.match(text))
    shortest = _SHORTEST - 1 if asked and _ASKS_SHORTLY.match(text) else _SHORTEST
    if len(text.split()) < shortest or not asks or _ENCLOSED.match(text) or _TELL_ME.match(text):
        return None
    marked = not is_wish(text) if asked else _YES_OR_NO.match(text) and not _DO_SO.match(question)
    return _shortened(text) + ("?" if marked else "")


def _end_that_asks(text: str, asked: bool) -> str:
    """What asks at the end of a text that begins otherwise; the whole where nothing does."""
    last = text.rsplit(", ", 1)[-1]
    if _ASKS.match(last):
        return last
    turned = [text[m.start() :] for m in _TURNED.finditer(text)] if asked else []
    return next((end for end in turned if len(end.split()) >= _SHORTEST), text)


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    cut = max((m.start() for m in _JOINT.finditer(text[: _LONGEST + 1]) if m.start() >= 20), default=-1)
    return _AND_AT_THE_END.sub("", text[:cut]) if cut > 0 else text[:_LONGEST].rsplit(" ", 1)[0] + " ..."
