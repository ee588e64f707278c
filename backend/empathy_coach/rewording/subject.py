"""What a message is about, in one plain noun: "the cake", "the licence key"; so that a short regret names something."""

from __future__ import annotations

import re
from functools import lru_cache

from empathy_coach.rewording.sets import word_set
from empathy_coach.rewording.words import AUX, PREPOSITIONS

# Things that people write to a help desk about. Two-word things are joined by "_".
_THINGS = word_set(
    """
    water cake claim parcel package order delivery refund bill bills letter booking reservation flight ticket
    tickets train bus phone internet broadband wifi boiler heating recycling bin bins prescription licence_key
    license_key licence invoice payslip deposit records appointment wheelchair hearing_aid stairlift direct_debit
    heat_pump membership subscription account password login application visa passport permit card bank_card
    gift_card voucher points photos report reports payroll payment payments transfer cheque mortgage loan pension
    benefit allowance fine penalty parking_ticket tax rent flat hotel noise music pool class lesson lessons course
    exam essay thesis grade certificate transcript library_book dress shoes coat jacket sofa mattress wardrobe desk
    chair bed fridge freezer oven washing_machine dishwasher dryer tv television laptop computer printer router
    modem tablet headphones speaker camera lock thermostat hub alarm meal food pizza curry groceries shopping repair
    repairs visit installation warranty replacement roof ceiling leak damp mould lift fence garden bin_collection
    collection medication tablets medicine results scan referral operation vet seat seats luggage bag suitcase
    connection ferry taxi ride journey trip holiday cruise concert festival match season skins backup backups
    migration integration webhook api sso outage sync calendar mailbox sim premium renewal charge charges fee fees
    statement balance overdraft pin transaction transactions money_transfer wages salary rota timesheet expenses
    sign-up price_rise wedding_glasses glasses cups vase lamp ring necklace earrings watch bike bicycle scooter pram
    cot nappies toy toys game console gift hamper box eggs milk bread wine beer meter meter_reading smart_meter
    electricity gas power
    """
)
_ONE = {w for w in _THINGS if "_" not in w}
_TWO = {tuple(w.split("_")) for w in _THINGS if "_" in w}
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_OWNERS = word_set("my our your this")
_BEFORE = _OWNERS | {"the"}
_NOT_ABOUT = word_set("in at on from near by into inside outside without like of")  # "in the car": where, not what
_WITH = word_set(
    "problem problems trouble issue issues struggling struggle stuck help happening going happened unhappy disappointed"
)
_WHOSE = word_set(
    "photos report reports records card account bike car phone desk chair bag case letter"
)  # a part of the tale unless it is their own
_SOLITARY = {"internet": "the internet", "broadband": "the broadband", "wifi": "the wifi"}


@lru_cache(maxsize=512)
def subject_of(text: str, owned: bool = False) -> str | None:
    """The first thing that the text names with an article or an owner: "the recycling"; None where there is none.

    ``owned``: only what the customer calls theirs or the company's; "the bus" may be any bus.
    """
    before = _OWNERS if owned else _BEFORE
    words = [m.group() for m in _WORD.finditer(text[:1500])]
    low = [w.lower() for w in words]
    for i, word in enumerate(low):
        for j in (i - 1, i - 2):  # "my parcel", "my red parcel"
            if (
                j < 0
                or low[j] not in before
                or (j == i - 2 and low[i - 1] in AUX | PREPOSITIONS | _BEFORE)
                or (j > 0 and low[j - 1] in _NOT_ABOUT)
                or (
                    j > 0
                    and low[j - 1] == "with"
                    and low[j - 2 : j - 1] != ["wrong"]
                    and not _WITH & set(low[max(0, j - 3) : j])
                )
                or (word in _WHOSE and low[j] not in {"my", "our"})
            ):
                continue
            if tuple(low[i : i + 2]) in _TWO:
                return "the " + " ".join(low[i : i + 2])
            if word in _ONE and tuple(low[i - 1 : i + 1]) not in _TWO and low[i + 1 : i + 2] != ["s"]:
                follows = low[i + 1] if i + 1 < len(low) else ""
                if follows in _ONE:  # "the hotel booking": the second is what it is about
                    return f"the {word} {follows}"
                return "the " + word
    for word in low if not owned else ():
        if word in _SOLITARY:
            return _SOLITARY[word]
    return None


def many(thing: str) -> bool:
    """Whether it is more than one: "the records"."""
    last = thing.split()[-1]
    return last.endswith("s") and not last.endswith("ss") and last not in {"premises", "wireless", "gas"}
