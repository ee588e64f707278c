"""Turning a customer's clause around: a table of what is said and what is refused."""

import pytest

from empathy_coach.rewording.turn import turn, turned_clause

SAID = {
    # persons
    "my parcel still hasn't arrived": "your parcel still hasn't arrived",
    "our broadband has been down since Friday": "your broadband has been down since Friday",
    "I was home all day with a two week old": "you were home all day with a two week old",
    "I wasn't home on Tuesday": "you weren't home on Tuesday",
    "I am still waiting for the refund": "you are still waiting for the refund",
    "I'm still waiting for the refund": "you're still waiting for the refund",
    "I've used a whole day of leave": "you've used a whole day of leave",
    "we've been without heating for three days": "you've been without heating for three days",
    "the bank has charged me £15 on top": "the bank has charged you £15 on top",
    "the second one put me overdrawn": "the second one put you overdrawn",
    "I had to carry the box myself": "you had to carry the box yourself",
    "we had to sort it out ourselves": None,  # "it" points nowhere
    "the mistake was not mine": "the mistake was not yours",
    "My rent goes out tomorrow morning": "your rent goes out tomorrow morning",
    "My husband is type 1 and has two days of insulin left": "your husband is type 1 and has two days of insulin left",
    # the company
    "I emailed you on Monday and nobody replied": "you emailed us on Monday and nobody replied",
    "I've been told three different things by your staff": "you've been told three different things by our staff",
    "I've been a member since you opened": "you've been a member since we opened",
    "I've paid you for 11 years and never claimed once": "you've paid us for 11 years and never claimed once",
    # what the company did is said from the customer's side: nothing is owned up to
    "you charged me twice": "you were charged twice",
    "You've charged me twice this month": "you've been charged twice this month",
    "You've taken £39.99 twice this month": "£39.99 has been taken twice this month",
    "you cancelled my flight with a text message": "your flight was cancelled with a text message",
    "you have lost my parcel": "your parcel has been lost",
    "you deleted my photos": "your photos were deleted",
    "you sent me the wrong size again": "you were sent the wrong size again",
    "you are lying to me": None,
    "you do not answer my messages": None,
    # shouting, swearing, texting
    "I DID NOT GET MY REFUND": "you did not get your refund",
    "my bloody router is still not working": "your router is still not working",
    "i cant log in": "you can't log in",
    "ive been waiting 3 wks": "you've been waiting 3 weeks",
    "you deleted my horse!!!": "your horse was deleted",
    "the vase came in nine pieces 😞": "the vase came in nine pieces",
    # leads and tails
    "and because I can't log on": "you can't log on",
    "I'm writing because my order never arrived": "your order never arrived",
    "it turns out that my booking was cancelled": "your booking was cancelled",
    "but my parcel is still missing please": "your parcel is still missing",
    "honestly my bill has doubled lol": "your bill has doubled",
    "On top of that my card was declined": "your card was declined",
    # refused: insults, irony's words, riddles, questions, fragments, lists
    "you useless muppets lost my parcel": None,
    "your service is a joke": None,
    "it put me overdrawn": None,
    "this is not acceptable": None,
    "that is the second year": None,
    "he was so kind": None,
    "they told me to wait": None,
    "I haven't slept since it came": None,
    "where is my parcel?": None,
    "Still red": None,
    "router light red": None,
    "phone is only music": None,
    "6 years of skins gone": None,
    "Forty mins stood on my own drive in the rain": None,
    "I won't appeal again if its no": None,
    "ive got like 12 euros how am i meant to get home": None,
    "the damp, and every time I ring I have to tell the whole story again": None,
    "I'm so tired Fran": None,
    # refused: a learner's sentence is not to be said back
    "i order for my son birthday party yestarday": None,
    "my internet not working since 2 days": None,
    "I am call two time but nobody answer": None,
    "the driver he come 1 hour 40 late": None,
    "My employer say without card I can not start work": None,
    "I waiting since 2 weeks": None,
    "my phones been cut off": None,
}


@pytest.mark.parametrize(("clause", "expected"), SAID.items(), ids=list(SAID))
def test_turn(clause: str, expected: str | None) -> None:
    assert turn(clause) == expected


DOING = {
    "I lost my job in March": "losing your job in March",
    "I took unpaid leave both times": "taking unpaid leave both times",
    "I've been told three different things": "being told three different things",
    "I've lost two weeks of work": "losing two weeks of work",
    "I have to cut everything": "having to cut everything",
    "I can't log on": "not being able to log on",
    "I didn't get my refund": "not getting your refund",
    "I did not get my refund": "not getting your refund",
    "we are sat in the lobby in our coats": "being sat in the lobby in your coats",
    "I'm boiling kettles for the baby": "boiling kettles for the baby",
    "I think my bill is wrong": None,
    "my parcel has not arrived": None,
    "I emailed you and nobody replied": None,
}


@pytest.mark.parametrize(("clause", "expected"), DOING.items(), ids=list(DOING))
def test_doing(clause: str, expected: str | None) -> None:
    turned = turned_clause(clause)
    assert turned is not None
    assert turned.doing == expected


def test_length() -> None:
    assert turn("my parcel has not " + "really " * 15 + "arrived") is None


def test_company_is_marked() -> None:
    turned = turned_clause("I was told by your driver to wait")
    assert turned is not None and turned.ours and turned.own
