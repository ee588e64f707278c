"""What holds for any draft and conversation. REWORDING_EXAMPLES=20000 runs the long version."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from empathy_coach.coach import coach
from empathy_coach.domain import Conversation, Draft, Message
from empathy_coach.rewording.patch import apply_edits
from empathy_coach.rules.loader import load_rule_set

RULES = load_rule_set(Path(__file__).parents[3] / "coach_rules")
EXAMPLES = int(os.environ.get("REWORDING_EXAMPLES", "60"))

CUSTOMER = [
    "My parcel 88213 still hasn't arrived.",
    "I was home all day with a two week old.",
    "You charged me £39.99 TWICE!!!",
    "this is the third time i am writing",
    "Where is it please?",
    "When do I get my money back and who pays the £15?",
    "My husband died on 9 February.",
    "I lost my job in March and I can't pay.",
    "are you people actual clowns??",
    "my internet not working since 2 days, exam tomorow",
    "Thanks so much, it works now 😊",
    "Could you send the invoice for order QX7LMN?",
    "We can't migrate 60 merchants in 9 days.",
    "It was for my daughter's birthday on Sunday.",
    "I've been on hold for 50 minutes.",
]
AGENT = [
    "Your order 88213 ships on 12 May at 14:06.",
    "You need to check with your neighbours before contacting us.",
    "We apologise for any inconvenience caused.",
    "I understand your frustration.",
    "I'm sorry that your parcel is late.",
    "If it still hasn't turned up after 5 working days you can open a claim.",
    "Please be advised that the fee of £30 may apply.",
    "See https://help.example.com/x?y=1 for details.",
    "Pursuant to clause 14(c) we cannot refund 'sale' items.",
    "You should have read the terms.",
    "We will look into it.",
    "Have a great day!",
    "Unless you reply by Friday, I'll close {{ticket.id}}.",
    '- first, open Settings > Email\n- then press "Save"',
    "> On Monday Jo wrote: hello",
    "Lovely manners.",
    "Done.",
    "Ask Petra, not [[agent]].",
    "    run --fast 3",
    "Sorry again, so so sorry, I do apologise.",
]
OPENINGS = ["", "Hi Ana,\n\n", "Dear customer, ", "Dear {{customer.first_name}},\n\n", "Hello!\n", "Ana, "]
CLOSINGS = [
    "",
    "\n\nTom",
    "\n\nKind regards,\nThe Team",
    " Thanks, Tom",
    "\n\nSorry again,\nTom",
    "\n-- \nTom\nSupport | https://a.example",
]
NAMES = ["Ana", "Mrs Whitlock", "xX_Rend_Xx", "Acme Ltd", "", None, "ana@shop.example", "李雷"]

words = st.text(alphabet=st.sampled_from(list("abc AB1£.,!?'\"\n\t-[]{}<>%$é\u2019😊\u200b")), max_size=40)
customer = st.lists(st.sampled_from(CUSTOMER) | words, min_size=1, max_size=4).map(" ".join)
agent = st.lists(st.sampled_from(AGENT) | words, min_size=0, max_size=6)
drafts = st.builds(
    lambda a, b, joint, c: a + joint.join(b) + c,
    st.sampled_from(OPENINGS),
    agent,
    st.sampled_from([" ", "\n", "\n\n"]),
    st.sampled_from(CLOSINGS),
)
conversations = st.builds(
    lambda texts, name, who, channel: Conversation(
        tuple(Message("customer" if i % 2 == 0 else "agent", "", t) for i, t in enumerate(texts)), who, name, channel
    ),
    st.lists(customer, min_size=0, max_size=3),
    st.sampled_from(NAMES),
    st.sampled_from(["Tom", "Care Team", None]),
    st.sampled_from([None, "chat", "email"]),
)
HARD = re.compile(r"https?://\S*\w|\{\{[^}\n]*\}\}|\[\[[^\]\n]*\]\]|[£$€]?\d[\d.,:]*\d|\b(?:Petra|Jo|Friday|Monday)\b")


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(conversations, drafts, st.sampled_from(["reply", "reply", "reply", "note", "escalation"]))
def test_whatever_comes(conversation: Conversation, draft: str, kind: str) -> None:
    report = coach(conversation, Draft(draft, kind), RULES)  # type: ignore[arg-type]  # one of the three kinds
    new = report.rewording
    for finding in report.findings:
        for suggestion in finding.suggestions:
            at = 0
            for edit in suggestion.edits:
                assert at <= edit.start <= edit.end <= len(draft)
                at = edit.end
    if all(e.state != "missing" for e in report.elements):
        assert new is None
    if new is None:
        return
    assert new.text != draft
    assert apply_edits(draft, new.edits) == new.text
    for slot in new.slots:
        assert new.text[slot.start : slot.end] == slot.quote
    lost = Counter(HARD.findall(draft)) - Counter(HARD.findall(new.text))
    assert not lost, f"lost {lost} in {new.text!r}"
    after = coach(conversation, Draft(new.text, kind), RULES)  # type: ignore[arg-type]
    assert after.score >= report.score
    assert after.rewording is None, f"{draft!r}\n-> {new.text!r}\n-> {after.rewording.text!r}"
