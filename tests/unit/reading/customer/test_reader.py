from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from empathy_coach.domain import Conversation, CustomerReading, Message
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.customer.reader import read_customer


def talk(*texts: str) -> Conversation:
    """Messages in turn; those that begin with ``A:`` are the agent's."""
    return Conversation(
        tuple(
            Message("agent", "Jo", t.removeprefix("A:").strip())
            if t.startswith("A:")
            else Message("customer", "Kim", t)
            for t in texts
        )
    )


def kinds(reading: CustomerReading) -> set[str]:
    return {s.kind for s in reading.signals}


def test_empty_conversation_is_an_empty_reading(lexicon: Lexicon) -> None:
    assert read_customer(Conversation(), "Hello", lexicon) == CustomerReading()
    assert read_customer(talk("A: Hello?"), "Hello", lexicon) == CustomerReading()


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Hi, how do I change my e-mail?", 0.0, 0.15),
        ("Thank you so much, that was quick!", 0.0, 0.15),
        ("hello, what are your opening hours", 0.0, 0.15),
        (
            "My parcel still hasn't arrived and I've been waiting three weeks. This is the third time I write.",
            0.4,
            0.85,
        ),
        ("Could you kindly look into this? I have been waiting for three weeks now and nobody replied.", 0.3, 0.8),
        ("THIS IS A JOKE!!! You useless idiots charged me twice and I want my money NOW", 0.8, 1.0),
    ],
)
def test_upset_means_the_same_everywhere(lexicon: Lexicon, text: str, low: float, high: float) -> None:
    assert low <= read_customer(talk(text), "", lexicon).upset <= high


@pytest.mark.parametrize(
    "text",
    [
        "The vase came in nine pieces \U0001f61e It was for my mother's name day",
        "my streak!! 412 days and now it says 0 \U0001f62d\U0001f62d",
        "My order arrived in pieces.",
        "You cancelled the wrong order.",
        "I was charged twice in May.",
        "We missed the concert because the coach didn't come.",
        "My father died in March and I need to close his account.",
        "My mother passed away last week and I need her policy number. Thanks for your help!",
        "I have cancer and start treatment on Monday, can you move my appointment? Thank you",
        "I've been made redundant as of the 31st. May I pause the payments? Kind regards",
        "Please send the card to my sister's, our house burned down. Many thanks",
        "@NorthAir thanks for nothing, 3 hours late and no rebooking #fail",
        "the parcel is not here :(",
    ],
)
def test_bad_news_told_calmly_is_not_routine(lexicon: Lexicon, text: str) -> None:
    assert not read_customer(talk(text), "", lexicon).routine


@pytest.mark.parametrize(
    "text",
    [
        "No need to reply!",
        "Nothing wrong with it, I've just finished my course.",
        "When is the bulky waste collected?",
        "She passed her test on Wednesday, can I add her to the policy?",
        "We run a hospice and need two more beds. What is your price?",
        "I'm not angry, I just want to know when it comes.",
        "@NorthAir does flight 302 have wifi?",
        "It arrived early and my daughter loves it \U0001f60d",
        "Quick one, is it too late to add Saturday's hours?",
    ],
)
def test_routine_messages_are_routine(lexicon: Lexicon, text: str) -> None:
    reading = read_customer(talk(text), "", lexicon)
    assert reading.routine
    assert reading.upset < 0.35


def test_mild_words_stay_mild(lexicon: Lexicon) -> None:
    mild = read_customer(talk("It's a bit annoying that the app logs me out."), "", lexicon).upset
    plain = read_customer(talk("It's so annoying that the app logs me out."), "", lexicon).upset
    assert 0.2 <= mild <= 0.6
    assert mild < plain


@pytest.mark.parametrize("face", ["\U0001f62d", "\U0001f621", ":(", ":'("])
def test_a_sad_or_angry_face_counts(lexicon: Lexicon, face: str) -> None:
    without = read_customer(talk("my photos are gone"), "", lexicon).upset
    assert read_customer(talk(f"my photos are gone {face}"), "", lexicon).upset > without


def test_questions_joined_by_and_are_two(lexicon: Lexicon) -> None:
    reading = read_customer(talk("When do I get it back and who's paying the £15?"), "", lexicon)
    assert [q.span.quote for q in reading.questions] == ["When do I get it back", "who's paying the £15?"]


def test_work_on_a_long_message_is_bounded(lexicon: Lexicon) -> None:
    text = "When does order 4411 come and who pays? The box is broken and I am still waiting. " * 250
    reading = read_customer(talk(text), "It comes on Friday.", lexicon)
    assert len(text) > 20_000
    assert len(reading.questions) <= 40
    assert len(reading.given) <= 40
    assert len(reading.problem) <= 8


def test_a_hedge_colours_its_own_sentence_only(lexicon: Lexicon) -> None:
    both = "The colour is a bit off. This is an absolute disgrace and I am furious."
    assert read_customer(talk(both), "", lexicon).upset > 0.6


def test_complaint_is_more_upset_than_the_same_without(lexicon: Lexicon) -> None:
    calm = read_customer(talk("Could you send me the invoice for March?"), "", lexicon).upset
    sore = read_customer(
        talk("Could you send me the invoice for March? I have asked you three times."), "", lexicon
    ).upset
    assert sore > calm + 0.15


def test_negation_is_not_the_feeling(lexicon: Lexicon) -> None:
    assert "anger" not in kinds(read_customer(talk("I'm not angry with you."), "", lexicon))
    assert "anger" in kinds(read_customer(talk("I am very angry with you."), "", lexicon))


def test_routine_and_thanks(lexicon: Lexicon) -> None:
    plain = read_customer(talk("Hi, are you open on Sunday?"), "", lexicon)
    happy = read_customer(talk("Thank you so much, that was lovely!"), "", lexicon)
    sore = read_customer(talk("My mother died in May and you still write to her."), "", lexicon)
    assert (plain.routine, plain.thanks) == (True, False)
    assert (happy.routine, happy.thanks) == (True, True)
    assert (sore.routine, sore.thanks) == (False, False)


def test_problem_is_a_clause_in_their_words(lexicon: Lexicon) -> None:
    reading = read_customer(
        talk("Hello, and my parcel still hasn't arrived, so can you tell me where it is?"), "", lexicon
    )
    assert reading.problem[0][1].quote == "my parcel still hasn't arrived"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("hey my fob stopped working, can someone let me in lol", "my fob stopped working"),
        ("Second time this week. My card was declined in a full shop.", "My card was declined in a full shop"),
        ("My neighbour says I might have to buy one. My husband passed away in May.", "My husband passed away in May"),
        ("I have been a customer since 1998. The parcel is lost.", "The parcel is lost"),
    ],
)
def test_the_event_comes_first_with_clean_edges(lexicon: Lexicon, text: str, first: str) -> None:
    assert read_customer(talk(text), "", lexicon).problem[0][1].quote == first


def test_a_pair_is_one_subject(lexicon: Lexicon) -> None:
    reading = read_customer(talk("My late wife and I were charged twice."), "", lexicon)
    assert reading.problem[0][1].quote == "My late wife and I were charged twice"


@pytest.mark.parametrize(
    ("text", "quote", "wants"),
    [
        ("Where is it please?", "Where is it please?", False),
        ("please cancel my subscription", "please cancel my subscription", True),
        ("I'd like to know whether it is covered.", "I'd like to know whether it is covered", True),
        ("hiya is there anywhere to park", "is there anywhere to park", False),
        ("The box is red. Can you send another one", "Can you send another one", True),
    ],
)
def test_questions_with_and_without_mark(lexicon: Lexicon, text: str, quote: str, wants: bool) -> None:
    (question,) = read_customer(talk(text), "", lexicon).questions
    assert quote in question.span.quote
    assert question.request is wants


def test_a_statement_asks_nothing(lexicon: Lexicon) -> None:
    for text in (
        "I don't want another survey. It was cold.",
        "He was crying when he saw it and so was I nearly, it's gone.",
    ):
        assert read_customer(talk(text), "", lexicon).questions == ()


def test_answer_is_seen_and_echo_is_not(lexicon: Lexicon) -> None:
    asked = talk("When will the engineer come to Mill Lane?")
    good = read_customer(
        asked, "Hi Kim, the engineer will be with you at Mill Lane on Friday between 8 and 10. Jo", lexicon
    )
    echo = read_customer(
        asked, "Thank you for your patience. Could you confirm when the engineer should come?", lexicon
    )
    assert [q.answered for q in good.questions] == [True]
    assert [q.answered for q in echo.questions] == [False]


def test_question_before_a_holding_reply_stays_open(lexicon: Lexicon) -> None:
    held = talk(
        "Why was I charged twice for order 4411?",
        "A: Thank you for your patience, we will look into it.",
        "Well it is Friday now.",
    )
    assert "charged twice" in read_customer(held, "", lexicon).questions[0].span.quote


def test_a_question_that_the_agent_said_yes_or_no_to_is_closed(lexicon: Lexicon) -> None:
    told = talk(
        "hi do i need to have passed my theory before i start lessons",
        "A: Hi Noah, no you can start as soon as you have your provisional licence :)",
        "ok got that. how much is the first lesson",
    )
    assert [q.message for q in read_customer(told, "", lexicon).questions] == [2]


def test_given_facts(lexicon: Lexicon) -> None:
    reading = read_customer(
        talk("Order 88213, kim@example.org. I have already restarted the router twice."), "", lexicon
    )
    quotes = [span.quote for _, span in reading.given]
    assert "Order 88213" in quotes
    assert "kim@example.org" in quotes
    assert any("restarted the router" in q for q in quotes)


def test_quoted_history_is_left_out(lexicon: Lexicon) -> None:
    reading = read_customer(
        talk("Thank you, all good.\n\nOn Tuesday, Jo wrote:\n> I am furious and it is broken. Why?"), "", lexicon
    )
    assert kinds(reading) == {"gratitude"}
    assert reading.questions == ()


@pytest.mark.parametrize(
    "text",
    [
        "I\u2019m honestly livid \U0001f621\u200b, 2\u20ac gone",
        "na\u00efve \u200b\u200bmy parcel still hasn\u2019t arrived",
    ],
)
def test_spans_quote_the_text_as_written(lexicon: Lexicon, text: str) -> None:
    reading = read_customer(talk(text), "", lexicon)
    spans = [s.span for s in reading.signals] + [s for _, s in reading.problem] + [s for _, s in reading.given]
    assert spans
    assert all(text[s.start : s.end] == s.quote for s in spans)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300), draft=st.text(max_size=200))
def test_any_text_is_read_and_every_span_holds(lexicon: Lexicon, text: str, draft: str) -> None:
    reading = read_customer(talk(text.removeprefix("A:")), draft, lexicon)
    body = talk(text.removeprefix("A:")).messages[0].text
    spans = [s.span for s in reading.signals] + [q.span for q in reading.questions]
    spans += [s for _, s in reading.problem] + [s for _, s in reading.given]
    assert 0 <= reading.upset <= 1
    assert all(body[s.start : s.end] == s.quote for s in spans)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Lovely, a third room with no working shower.", {"anger"}),
        ("Splendid. The vase arrived smashed.", {"anger"}),
        ("Lovely, thank you. The box was broken but the cup is fine.", {"gratitude"}),
        ("Perfect. Where do I pay?", set()),
    ],
)
def test_praise_beside_what_went_wrong_is_irony(lexicon: Lexicon, text: str, shown: set[str]) -> None:
    assert kinds(read_customer(talk(text), "", lexicon)) == shown


def test_calm_bad_news_weighs(lexicon: Lexicon) -> None:
    news, plain = (
        read_customer(talk(text), "", lexicon)
        for text in ("My father has died and I need to close his account.", "My father asked me to close his account.")
    )
    assert news.upset > 0.35 > plain.upset and plain.routine and not news.routine
