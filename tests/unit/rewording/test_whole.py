"""The whole draft anew: where the new words stand, what is left out, and what stays."""

import pytest

from empathy_coach.coach import coach
from empathy_coach.domain import Conversation, Draft, Message
from empathy_coach.rules.ruleset import RuleSet

WHEELCHAIR = "My wheelchair didn't come out at Newark. Where is it, and what do I sit in tonight?"
PARCEL = "My parcel never came. It's a coat for an interview on Monday. Could somebody actually look for it?"
CASES = {
    # who writes comes first, then the regret
    "introduction": (
        WHEELCHAIR,
        "Dear Ana, I am Farhan, the supervisor. We sincerely regret any inconvenience experienced. It is being traced.",
        ["Farhan, the supervisor. I am sorry that your wheelchair did not come out at Newark."],
        ["inconvenience"],
    ),
    # the agent's own regret comes first where it stands by itself
    "own regret": (
        "My mother died on the 27th. I now have a letter headed DEBT for £212.08.",
        "Dear Ana, the overpayment arises because pension ceases on the date of death. The amount due is £212.08. "
        "I was sorry to learn of your mother's passing. Tom",
        ["Dear Ana, I was sorry to learn of your mother's passing. The overpayment"],
        [],
    ),
    # how a tablet is given is no scolding
    "as usual": (
        "my dog Reks have operation tomorrow. In paper is write he must not eat from 20:00 but on phone lady say from 22:00. "
        "He also take tablet for heart in morning, I give or not give? I am little nervous because he is 13.",
        "Hi Ana,\n\nNo food after 8 pm. Yes, give the heart pill in the morning as usual. As you should know, he'll be fine! "
        "It was clearly stated on the sheet.\n\nTom",
        ["give the heart pill in the morning as usual."],
        ["clearly stated"],
    ),
    # a no is heard after their words, a yes needs none in front
    "no": (
        "My wheelchair didn't come out at Newark and I'm in tears. Can I get the money back today?",
        "Hi Ana, No, the refund takes five days and I can't make that quicker. I've asked for it just now. Tom",
        ["Newark"],
        [],
    ),
    # where an apology that could stand anywhere goes, the gap asks for one
    "with a sorry": (
        "I have sent the summary twice. My mother is still recovering at home and I have no energy to keep on doing this. "
        "Please confirm you have it.",
        "Dear Ana, apologies for the confusion caused. I have checked and the summary was received on 4 May. It is now "
        "attached to the claim. You do not need to send anything else. Regards, Tom",
        ['[acknowledge, with a sorry: "My mother is still recovering at home'],
        ["confusion"],
    ),
    # where it stays, the mark would fall without it, the gap does not; what is left open gets a question
    "sorry enough": (
        "Nobody came again yesterday. There's four of us sleeping in the front room, and the baby is up all night.",
        "Dear Ana, we apologise for any inconvenience. Your case has been forwarded to the relevant team. Tom",
        ["[acknowledge: \"There's four of us sleeping in the front room", "by [when will you write again?]"],
        [],
    ),
    # a grave thing said in passing wants a word as well
    "grave": (
        "I have cancer and start treatment on Monday, can you move my appointment? Thank you",
        "Dear Ana, we have moved it to Friday 5th at 10:15. Tom",
        ["I have cancer and start treatment on Monday"],
        [],
    ),
    # who called somebody Stu was not tricked by him, and a demand is not what weighs
    "called": (
        "My deposit of £950 is still blocked and I can't pay my rent. I wrote twice and someone called Stu said it was "
        "released. I expect the money back today.",
        "Dear Ana, you should have waited. The deposit was released on 9 May and shows by 9 June. Stu",
        ["The deposit was released on 9 May and shows by 9 June."],
        ["taken from you", "I expect"],
    ),
    # "A. Mehta" has signed; after "Hi," a request goes on in small letters
    "signed": (
        "Where do I change my MX records?",
        "Hi, log in to the panel and open DNS. As you should know, it takes an hour.\n\nA. Mehta\nCustomer Resolution",
        ["Hi Ana, please log in"],
        ["Tom", "As you should know"],
    ),
    # what they are wished is no formula, however it begins
    "wish": (
        "Does my weekly ticket work on the night bus N3? I start new work at the hospital next week, very happy.",
        "Dear Ana, Thank you for your enquiry and congratulations on your new role at the hospital. As you should know, "
        "7-day tickets have acceptance on the night network, including the N3. It was clearly stated on the site. Tom",
        ["congratulations on your new role at the hospital"],
        ["clearly stated"],
    ),
    # an initial at the end is a name, not a sentence
    "initial": (
        WHEELCHAIR,
        "Dear Ana, no trace was found. Claims must be made on the form. N. Strang, Registrar",
        ["N. Strang, Registrar"],
        ["N.\n"],
    ),
    # what else they can do is no lesson for next time; a team's name in the last line is a name
    "option": (
        "My parcel is in the top row again, I can't reach it from my wheelchair. What now?",
        "Hi Ana, you should have told us. You could also choose home delivery next time. Repairs Team",
        ["You could also choose home delivery next time."],
        ["Repairs Team\n\n["],
    ),
    # what was done stays beside an empty hope
    "done": (PARCEL, "Hi Ana, aw love the duck! I've chased the courier so fingers crossed it pops up. Tom",
             ["I've chased the courier"], ["aw love"]),
    # where no clause can be said back, the words that tell most wait for the agent's
    "to name": ("where has the island gone. my boy is autistic, i've just had an hour of screaming. he's hit his head. did nobody "
        "think to WARN people. is it coming back",
                "Hi Ana, shows come and go on streaming, that's just how it works. It isn't coming back. Tom",
                ['Hi Ana, [acknowledge: "', "screaming"], ["sorry for the trouble"]),
    # a condolence among apologies is none too many
    "condolence": ("the platters were due at 1. its mams wake. people are standing about with tea. WHERE ARE THEY",
                   "Ana we are so, so sorry. So sorry for your loss. I'm really sorry, there are no words. Sorry again. "
                   "The van is on the bridge.", ["sorry for your loss"], ["Sorry again"]),
    # to whom it applies is a fact
    "scope": ("Your price went up 18% without notice. I'm fed up.",
              "Dear Ana, the increase reflects costs. It applies to all customers on the old plan. Kind regards, Tom",
              ["It applies to all customers on the old plan."], []),
    # a warning comes first, then the regret; who praises is thanked
    "warning": ("Took two of the wrong tablets a day since Friday, been woozy all weekend. What do I do?",
                "Hi Ana, don't take the next dose tonight. Ring us now and ask for the pharmacist. I'm sorry, it was our mistake.",
                ["Hi Ana, don't take"], []),
    "praise": ("Thank you so much! The lad at the counter was lovely. He showed me how to use it.",
               "Thank you for your feedback. You must read the leaflet. Calm down and take it as it says.",
               ["Thank you for your feedback."], []),
    # an answer comes before what they went through
    "answer first": ("You banned me for nothing, 900 hours gone, I feel sick. Do you have a human there or only bots? When do I get it back?",
                     "Hi Ana, yes there are humans here. The term is on our restricted list, so the ban was correctly applied. Tom",
                     ["yes there are humans here. [acknowledge: "], []),
    # behind an apology that stays a gap asks for what it passes over
    "sorry first": ("You sent my mother home as there was no interpreter. I took a day off for this, unpaid, and nobody has called me.",
                    "Hi Ana, sorry for the delay in replying. Interpreters are requested automatically when the referral says so. Tom",
                    ["sorry for the delay in replying. [acknowledge: "], []),
    "sorry again": ("Another bill for a house I don't live in. I am so tired of this. Is it closed or isn't it?",
                    "Hi Ana, I am so so sorry, I really am, I can't apologise enough, I feel dreadful. It is closed now. So sorry again! Tom",
                    ["It is closed now.", "I am so sorry, I really am"], ["So.", "So!"]),
    # words that hurt and stay: only the agent knows what they want to say with them
    "kindly": ("MY SON IS 7. HE SPENT £184.90 ON GEMS. WE EAT FROM THAT MONEY",
               "Hi! We always recommend that parents supervise their children. Refunds are up to the store so ask them.",
               ['[more kindly: "We always recommend that parents supervise their children"]'], []),
    # one stands under terms, but not under a pack or a warning
    "as per": (PARCEL, "Hi Ana, as per our T&Cs parcels are kept as per the notice, and as per checking it is there. You must "
               "collect it. Tom",
               ["Under our T&Cs", "according to the notice", "as per checking"], []),
    # what was not done is named only where it is a thing: "on all platforms was not cancelled" is nothing
    "undone": (PARCEL, "Hi Ana, you were charged because you failed to cancel on all platforms. Tom",
               ['[more kindly: "you were charged because you failed to cancel on all platforms"]'], ["not cancelled"]),
    # what no other words would mend, and what stays because a fact is in it
    "better without": (PARCEL, "Hi Ana, you would know this if you had read page 3 of the terms. In future please make sure that you "
                       "are at home between 8 and 12. Tom", ['[better without: "'], []),
    # a promise without a day gets a slot for it
    "when": (PARCEL, "Hi Ana, I have asked the depot. They'll be in touch. Tom", ["in touch by [when?]."], []),
    # a small promise stays where it is the only one, and gets its day
    "small promise": (PARCEL, "Hi Ana, haha, boxes do wander! Leave it with me buddy and I'll see what I can do. Tom",
                      ["I'll see what I can do by [when?]."], ["haha", "buddy"]),
    # "Done" behind steps is no news of its own; an aside goes with its other half
    "done at the end": (PARCEL, "Hiya superstar! Just kidding! Call the depot, press 2, give them the number. Done. It's that simple! Tom",
                        [" Done."], ["That's done", "kidding"]),
    # who is sorry for two people has said it whole; what acknowledges stays, whatever a rule says of it
    "two people": ("We lost the baby on Sunday. Please cancel the trip. I'm sorry to put it so bluntly.",
                   "Dear Ana, there's no need to apologise. I'm so very sorry that you and your partner have lost your baby. "
                   "You must send us the form, as per our policy. Tom",
                   ["I'm so very sorry that you and your partner have lost your baby."], []),
    "to you and yours": (PARCEL, "Hi Ana, we regret the inconvenience and embarrassment caused to you and your family in your "
                         "street. You must call the depot. Tom", [], ["Your family in your street."]),
    # what goes on without a subject asks nothing
    "goes on": ("I am a little nervous because is my first time. How much costs it to change the name? Can I fly on Monday?",
                "Hi, name changes aren't permitted. Kindly revert with the PNR. Thx, Tom", [], ["is my first time", '"Thx"']),
    # a command keeps its "must" and its "not", and asks
    "command": (PARCEL, "You must not open the box. As set out in our terms, it is final. Prior to sending, ring us.",
                ["must ask you not to open the box"], ["You must not"]),
}  # fmt: skip


@pytest.mark.parametrize(("message", "draft", "there", "gone"), CASES.values(), ids=list(CASES))
def test_the_whole_draft(message: str, draft: str, there: list[str], gone: list[str], rules: RuleSet) -> None:
    conversation = Conversation((Message("customer", "Ana", message),), "Tom", "Ana")
    rewording = coach(conversation, Draft(draft), rules).rewording
    assert rewording is not None
    assert [t for t in there if t not in rewording.text] == [], rewording.text
    assert [t for t in gone if t in rewording.text] == [], rewording.text


PROMPTS = {
    # one sentence asks two things, and one of them is answered
    "May I paint, and what does it cost?": ("You may paint the inner walls.", ["what does it cost?"]),
    "Is that on top or instead?": ("On top. It is $2150.", []),
    "Where do I collect it and is there tax?": ("Hi Ana, you can claim at any shop.", ["is there tax?"]),
    "Why tf am I paying for two accounts?": ("Hi Ana, it is done now.", []),
    "Is it ok if I paint the bedroom? And can my name go on the bell?": ("Go for it, I've put it there.", []),
    "We can't find the shop. Did it go away or are we being thick?": ("It has been moved.", []),
    "Can the supplier's name go on the label too?": ("Added.", []),
    "WHAT IS THE LIMIT FOR STUDENTS?": ("Hi Ana, we have it noted.", ["what is the limit for students?"]),
}


@pytest.mark.parametrize(("asked", "draft", "prompts"), [(q, *rest) for q, rest in PROMPTS.items()])
def test_prompts_ask_only_for_what_is_open(asked: str, draft: str, prompts: list[str], rules: RuleSet) -> None:
    rewording = coach(Conversation((Message("customer", "Ana", asked),), "Tom", "Ana"), Draft(draft), rules).rewording
    found = [s.quote for s in rewording.slots if s.quote.startswith("[answer")] if rewording else []
    assert found == [f'[answer: "{prompt}"]' for prompt in prompts]


def test_a_note_carries_what_was_asked_word_for_word(rules: RuleSet) -> None:
    asked = "I lost an essay answer both times. Will it count against me? Please could someone tell me before Thursday."
    draft = Draft("Two session drops, autosave empty. Looks like the proxy again. Parking till vendor replies.", "note")
    new = coach(Conversation((Message("customer", "Ana", asked),), "Tom", "Ana"), draft, rules).rewording
    assert new is not None
    assert 'Asks: "Will it count against me?"\nAsks: "Please could someone tell me before Thursday"' in new.text


def test_what_they_gave_stands_behind_a_sentence_that_asks_for_it(rules: RuleSet) -> None:
    asked = "I got a letter about a penalty. I never had to file before. Number is P-88214, what must I do?"
    draft = Draft("Hi Ana, please provide your penalty reference. We need it to look at the letter. Tom")
    new = coach(Conversation((Message("customer", "Ana", asked),), "Tom", "Ana"), draft, rules).rewording
    assert new is not None
    assert 'lease provide your penalty reference. [they wrote it: "P-88214"]' in new.text
    assert "never had to" not in new.text.replace("[acknowledge", "")  # nobody is sorry for what they were spared


@pytest.mark.parametrize(("opening", "signed"), [("", True), ("Dear Ana, Ritika here, supervisor. ", False)])
def test_where_a_team_writes_a_gap_asks_who(opening: str, signed: bool, rules: RuleSet) -> None:
    draft = (
        f"{opening}Your request cannot be actioned as submitted. Verify your identity by replying from your account."
    )
    conversation = Conversation((Message("customer", "Ana", "Delete my data."),), "Trust Team", "Ana")
    rewording = coach(conversation, Draft(draft), rules).rewording
    assert rewording is not None
    assert rewording.text.endswith("[your name]") == signed
