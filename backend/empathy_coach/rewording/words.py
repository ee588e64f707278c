"""What the rewording knows of English words: verbs and their -ing forms, what is spelt right, what is an insult."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from empathy_coach.rewording.sets import word_set

# One short syllable: its last consonant doubles ("sit", "stop", "plan").
_SHORT = re.compile(r"[bcdfghjklmnpqrstvwxz]{1,3}[aeiou][bdglmnprt]")

# Irregular past forms (simple past and participle) and the base they come from.
_IRREGULAR = """
be:was,were,been have:had do:did,done go:went,gone get:got,gotten make:made take:took,taken come:came see:saw,seen
know:knew,known give:gave,given find:found think:thought tell:told say:said become:became leave:left feel:felt
put:put bring:brought begin:began,begun keep:kept hold:held write:wrote,written stand:stood hear:heard let:let
mean:meant set:set meet:met run:ran pay:paid sit:sat speak:spoke,spoken lie:lay,lain lead:led read:read grow:grew,grown
lose:lost fall:fell,fallen send:sent build:built understand:understood draw:drew,drawn break:broke,broken spend:spent
cut:cut rise:rose,risen drive:drove,driven buy:bought wear:wore,worn choose:chose,chosen sleep:slept wake:woke,woken
eat:ate,eaten drink:drank,drunk ring:rang,rung sing:sang throw:threw,thrown fly:flew,flown forget:forgot,forgotten
freeze:froze,frozen hide:hid,hidden hit:hit hurt:hurt lend:lent ride:rode,ridden sell:sold shake:shook,shaken
shut:shut steal:stole,stolen stick:stuck swear:swore teach:taught tear:tore,torn win:won catch:caught cost:cost
deal:dealt dig:dug fight:fought light:lit shoot:shot sweep:swept weep:wept burn:burnt smell:smelt spill:spilt
spoil:spoilt miss:missed bear:bore beat:beat,beaten bite:bit,bitten blow:blew,blown burst:burst drop:dropped
stop:stopped plan:planned book:booked chase:chased sign:signed split:split quit:quit seek:sought feed:fed
bleed:bled shrink:shrank,shrunk sink:sank,sunk spread:spread swim:swam bend:bent rebuild:rebuilt redo:redid,redone
"""
BASE_OF: dict[str, str] = {}
PARTICIPLE: set[str] = set()
_PARTICIPLE_OF: dict[str, str] = {}
for _entry in _IRREGULAR.split():
    _base, _forms = _entry.split(":")
    for _form in _forms.split(","):
        BASE_OF[_form] = _base
    PARTICIPLE.add(_forms.split(",")[-1])
    _PARTICIPLE_OF[_base] = _forms.split(",")[-1]

AUX = word_set(
    """
    am is are was were has have had do does did can could will would shall should may might must cannot isn't aren't
    wasn't weren't hasn't haven't hadn't don't doesn't didn't can't couldn't won't wouldn't shouldn't mustn't ain't
    """
)
# Present forms that a customer's clause turns on; "-s" forms are found by their base.
PRESENT = word_set(
    """
    need needs depend depends rely relies work works show shows say says go goes keep keeps get gets start starts
    cost costs stop stops crash crashes fail fails freeze freezes turn turns come comes mean means look looks ask
    asks run runs arrive arrives expire expires end ends live lives pay pays use uses charge charges read reads miss
    misses close closes leave leaves sit sits lose loses drop drops disappear disappears return returns hang hangs
    take takes make makes give gives send sends want wants have has care cares sleep sleeps leak leaks smell smells
    break breaks
    """
)
# Verbs that say what somebody feels or wants, not what happened to them: "knowing ..." is no burden.
STATIVE = word_set(
    """
    think know want hope guess suppose believe expect understand see appreciate wonder mean like love wish agree
    feel need say ask find remember assume realise realize hate accept admit note notice look thank check
    """
)
TRANSITIVE = word_set(
    """
    told tell tells telling called calling call charged charging charge asked asking ask sent send sends sending
    gave give given giving emailed contacted contacting messaged rang ringing phoned paid paying pay trusted trust
    chased chasing advised promised offered informed helped helping help cost costs costing left leaves let made
    makes making refunded billed assured kept put got woke told warned reminded rushed owed owes with
    """
)
PREPOSITIONS = word_set(
    """
    to from with by for at of about on in into onto over under against between without than like through behind
    after before since near off
    """
)
# Words after which "you" begins a clause of its own.
STARTERS = word_set(
    """
    that when because and but if what which who until as since so while although though why how where
    """
)

INSULTS = word_set(
    """
    idiot idiots moron morons clown clowns muppet muppets joke scam scammers thieves thief thieving robbers crooks
    crook parasites parasite useless pathetic fool foolish idiotic mug incompetent incompetence liar liars
    lying lied cowboys shower crap
    rubbish garbage trash shit shite shitty bullshit fuck fucking fucked bastard bastards bitch arse ass arsehole
    asshole bollocks piss pissed stupid dumb ridiculous disgrace disgraceful shambles farce criminal steal stealing
    stole stolen con conned disgusting appalling atrocious pigs rats leeches vultures sharks robbing robbery theft
    fraudsters hell moronic bloody damn damned effing frigging flipping shocking laughable cheek insulting worst
    genius geniuses brilliant
    """
)
SWEARING = word_set(
    """
    bloody damn damned effing frigging flipping fucking freaking bleeding sodding goddamn ruddy
    """
)
# Coarse words in a draft, and what stands instead; nothing where the sentence does without.
COARSE = dict(
    pair.split("=")
    for pair in word_set(
        """
        fucking= fuckin= fckin= fking= f***ing= fucked=broken fucks= goddamn= goddamned= damn= damned= bloody= friggin= freaking=
        motherfucking= shitty=bad shittiest=worst shit=stuff shits=things bullshit=nonsense bull=nonsense crap=nonsense
        crappy=bad ass= asses= arse= dumbass=unwise asshole=person assholes=people arsehole=person bastard=person
        bastards=people bitch=person bitches=people bitching=complaining bitchy=unkind dick=person dicks=people
        dickhead=person prick=person cunt=person cunts=people twat=person idiot=person idiots=people idiotic=unwise
        moron=person morons=people moronic=unwise retard=person retards=people retarded=unwise stupid=unwise
        stupidity=mistakes dumb=unwise dumbest=least-wise pissed=annoyed piss= hell= whore=person whores=people slut=person
        scum=people scumbag=person scumbags=people jackass=person loser=person losers=people pathetic=poor suck=disappoint
        sucks=disappoints sucked=disappointed screwed=harmed fuck= wtf=what lmao= lmfao=
        """
    )
)

_EXTRA = word_set(
    """
    router payslip payslips timesheets rota meds
    contactless broadband wifi duvet app apps webhook webhooks login logins email emails mail chickenpox website websites
    online offline dashboard spreadsheet checkout laptop phone mobile smartphone tablet username password inbox
    signup chatbot api csv pdf usb sim gp nhs hmrc vat iban bacs dhl ups dpd rebooked unsubscribed reissued
    redelivered redelivery overcharged undercharged gutted dialysis boiler hotline helpline callback voicemail chemo
    grommets luthier workshop childcare playgroup nursery pram buggy cot stroller newborn toddler grandson
    granddaughter mum mums nan grandad autistic dementia diabetic insulin epipen inhaler carer carers allowance
    payday overdraft payroll invoices invoice invoiced sync syncs synced upload uploaded uploading uploads download
    downloaded downloads screenshots screenshot plugin plugins widget update updated updates rebooted reboot
    reinstalled reinstall crashed crashes install installed workspace workspaces timesheet dataset backend frontend
    database server servers timeout migrated migration booked rebook wedding bridesmaid honeymoon hen stag suitcase
    suitcases luggage prepayment meter smartcard debit refunded refunds refund gearbox mot satnav bedbugs mould
    mouldy kettles fridge freezer dishwasher washer dryer vacuum hoover sofa wardrobe pizza takeaway lockout
    lockouts locked skins guild streak username gamertag console playstation xbox ipad iphone android windows chrome
    safari firefox outlook gmail teams slack zoom figma excel dropbox itunes netflix spotify paypal visa mastercard
    eurostar ryanair gatwick heathrow uber deliveroo amazon ebay redundant livid fuming knackered skint quid tenner
    fiver okay ok apologised realised organised recognised cancelled labelled travelled tyre tyres kerb neighbour
    neighbours colour favourite centre programme cheque cheques jewellery pyjamas grey sceptical behaviour honour
    licence defence catalogue yoga pilates gym spa vet vets puppy kitten hamster physio physiotherapy orthodontist
    dentist cardiology radiology scan biopsy midwife ultrasound ivf sepsis asthma allergic allergy epilepsy
    arthritis wheelchair stairlift pendant hearing bereaved bereavement probate executor widow widower funeral
    crematorium ashes headstone cremation
    """
)


def base_of(word: str) -> str | None:
    """The base form of a past form or participle, or None: "lost" -> "lose", "waited" -> "wait"."""
    if word in BASE_OF:
        return BASE_OF[word]
    if (
        not word.endswith("ed")
        or len(word) < 4
        or word in {"need", "indeed", "feed", "speed", "hundred", "bed", "shed", "weed", "seed", "red"}
    ):
        return None
    stem = word[:-2]
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if (
        len(stem) > 3
        and stem[-1] == stem[-2]
        and stem[-1] in "bdgmnprtl"
        and stem not in {"call", "fill", "install", "bill", "pull", "sell", "spell", "add"}
    ):
        return stem[:-1]
    if is_word(stem + "e") and (
        not is_word(stem) or stem.endswith(("c", "s", "v", "u", "g", "z", "at", "ir", "ur", "in", "os", "us"))
    ):
        if stem in {
            "contact",
            "explain",
            "turn",
            "return",
            "remain",
            "repair",
            "obtain",
            "complain",
            "train",
            "wait",
            "repeat",
            "treat",
            "focus",
            "discuss",
            "miss",
            "pass",
            "press",
            "process",
            "express",
            "join",
            "ruin",
            "gain",
        }:
            return stem
        return stem + "e"
    return stem


def participle(base: str) -> str:
    """The past participle of a base: "enable" -> "enabled", "send" -> "sent"."""
    if base in _PARTICIPLE_OF:
        return _PARTICIPLE_OF[base]
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ied"
    if base in {"submit", "admit", "cancel", "label", "permit", "refer", "transfer"} or _SHORT.fullmatch(base):
        return base + base[-1] + "ed"
    return base + "ed"


def ing(base: str) -> str:
    """The -ing form of a base: "lose" -> "losing", "sit" -> "sitting"."""
    if base == "be":
        return "being"
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    if base in {"begin", "forget", "cancel", "travel", "label"} or _SHORT.fullmatch(base):
        return base + base[-1] + "ing"
    return base + "ing"


@lru_cache(maxsize=4096)
def is_word(word: str) -> bool:
    """Whether a lower-case word is spelt as English is. Reads TextBlob's word lists once."""
    lists = _lists()
    if word in _EXTRA or word in BASE_OF or word in AUX or any(word in known for known in lists):
        return True
    if "'" in word:
        return is_word(word.split("'")[0])
    if "-" in word:
        return all(is_word(part) for part in word.split("-") if part)
    for ending, instead in (
        ("ies", "y"),
        ("es", ""),
        ("s", ""),
        ("ied", "y"),
        ("ed", ""),
        ("ed", "e"),
        ("ing", ""),
        ("ing", "e"),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)] + instead
            if stem in _EXTRA or any(stem in known for known in lists):
                return True
    return False


def tag_of(word: str) -> str:
    """What kind of word a lower-case word mostly is ("NN", "VBZ", "VBD"), by TextBlob's list; "" when it is not there."""
    return _lists()[0].get(word, "")


@lru_cache(maxsize=1)
def _lists() -> tuple[dict[str, str], dict[str, str]]:
    """TextBlob's two word lists, read as files: importing TextBlob for them would take seconds on a cold machine."""
    spec = find_spec("textblob")
    if spec is None or spec.origin is None:
        return {}, {}
    folder = Path(spec.origin).parent / "en"
    lexicon, spelling = (
        {
            parts[0].lower(): parts[1]
            for line in (folder / name).read_text("utf-8").splitlines()
            if not line.startswith(";;;") and len(parts := line.split(" ", 1)) > 1
        }
        for name in ("en-lexicon.txt", "en-spelling.txt")
    )
    return lexicon, spelling
