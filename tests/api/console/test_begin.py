"""Rules begun from what is at hand: a reply with marked words, one where the coach was wrong, what agents copied out."""

from __future__ import annotations

import html
import json
import re

from .conftest import BLAME, Lead, field, said  # type: ignore[import-not-found]

OTHER = "core/tone/calm-down"


def text_of(answer: object) -> str:
    """The YAML that the editor holds."""
    page = answer.get_data(as_text=True)  # type: ignore[attr-defined]
    found = re.search(r'name="text"[^>]*value="([^"]*)"', page) or re.search(
        r'id="text"[^>]*>(.*?)</textarea>', page, re.S
    )
    assert found, said(answer)
    return html.unescape(found[1])


def copied(rule: str, *sentences: str) -> str:
    """As the extension's "Copy the example" has it."""
    return f"# {rule}\nexamples:\n  silent:\n" + "".join(f"    - {json.dumps(s)}\n" for s in sentences)


def test_several_marked_words_become_one_rule(shared_lead: Lead) -> None:
    reply = "Hi Maria, <<as I said>>, the <<system says no>> today.\nYour parcel is in Leeds. <<Calm down>>, please."
    text = text_of(shared_lead.post("/console/from-reply", {"reply": reply, "do": "grates"}))
    for line in ("- as i said", "- system says no", "- calm down"):
        assert line in text
    assert "<<as I said>>, the <<system says no>> today." in text and "<<Calm down>>, please." in text
    assert "- Your parcel is in Leeds." in text.partition("silent:")[2]


def test_what_was_called_wrong_becomes_a_silent_example(shared_lead: Lead) -> None:
    asked = {"reply": "Hi Ana. You should have told him, he would have laughed.", "do": "wrong"}
    assert "Which one was wrong?" in said(shared_lead.post("/console/from-reply", asked))
    page = shared_lead.post("/console/from-reply", {**asked, "do": BLAME})
    assert "You should have told him, he would have laughed." in text_of(page).partition("silent:")[2]
    assert field(page, "replaces") == BLAME


def test_what_agents_copied_out_becomes_silent_examples(shared_lead: Lead) -> None:
    sentences = (
        "You should have seen his face.",
        'You should have "seen" it: great.',
        "You should have seen his face.",
    )
    text = text_of(
        shared_lead.post(
            "/console/from-reply", {"reply": copied(BLAME, *sentences).replace("\n", "\r\n"), "do": "grates"}
        )
    )
    silent = text.partition("silent:")[2]
    assert silent.count("You should have seen his face.") == 1 and "great." in silent
    both = copied(BLAME, sentences[0]) + "\n" + copied(OTHER, "The sea will calm down by noon, it is a flat day.")
    page = shared_lead.post("/console/from-reply", {"reply": both, "do": "wrong"})
    assert "These are examples for 2 rules" in said(page)
    assert "it is a flat" in text_of(shared_lead.post("/console/from-reply", {"reply": both, "do": OTHER}))
    gone = shared_lead.post("/console/from-reply", {"reply": copied("core/tone/gone", "Hello."), "do": "wrong"})
    assert gone.status_code == 422 and "not in use any more" in said(gone)


def test_nobody_can_be_told_from_what_is_proposed(shared_lead: Lead) -> None:
    asked = {
        "reply": "Hi Ana,\nyou should have told him, Ana, of order 4417. Call 07700 900123.\nBest,\nKev Osei",
        "customer": "Hi Kev, it never came. Write to ana@post.example.org.\nThanks\nAna Lopez",
    }
    marked = {**asked, "reply": asked["reply"].replace("told him, Ana", "<<told him, Ana>>"), "do": "grates"}
    whole = {"reply": copied(BLAME, " ".join(asked["reply"].split())), "do": "grates"}
    for form in (marked, {**asked, "do": BLAME}, whole):
        text = text_of(shared_lead.post("/console/from-reply", form))
        assert "told him, Taylor" in text.replace("\n", " ")
        assert not re.search("(?i)Ana|Kev|Osei|Lopez|4417|900123", text.partition("examples:")[2])
    assert "please look over the rest" in said(shared_lead.get("/console/from-reply"))
    assert "kept with the rule" in said(shared_lead.get("/console/write"))
