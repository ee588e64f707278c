"""Rich text: what is read, marks that leave the editor alone, and changes that keep formatting and undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from support.coach_page import CoachPage

FILL = "arguments[0].innerHTML = arguments[1]; arguments[0].focus()"


def write(coach: CoachPage, html: str, typed: str, page: str = "rich.html") -> str:
    """Fill the editor, type at its end; returns its HTML then."""
    coach.visit(page)
    field = coach.driver.find_element(By.ID, "answer")
    coach.driver.execute_script(FILL, field, html)
    field.send_keys(Keys.CONTROL, Keys.END)
    field.send_keys(typed)
    return str(field.get_property("innerHTML"))


def html_of(coach: CoachPage) -> str:
    return str(coach.driver.find_element(By.ID, "answer").get_property("innerHTML"))


def text_of(coach: CoachPage) -> str:
    return str(coach.driver.find_element(By.ID, "answer").get_property("innerText")).replace("\xa0", " ").strip()


def test_marks_do_not_touch_the_editor(coach: CoachPage, artefacts: Path) -> None:
    html = write(coach, "<p>Hi Mara,</p><p>You <b>should</b> have read the tracking page. Per our policy, no.</p>", "x")
    assert coach.wait_read() == "ideas"
    coach.open()
    coach.picture(artefacts / "rich-panel.png")
    assert html_of(coach) == html
    assert coach.driver.execute_script("return [...CSS.highlights.keys()].includes('empathy-coach')")


@pytest.mark.parametrize(
    "html",
    [
        "<p>Hi Mara,</p><p>You should have checked the tracking page. Per our policy, no.</p><p>Sam</p>",
        "<div>Hi,</div><div><br></div><div>You should have waited. The <b>blue lamp</b> left on <i>Monday</i>.</div>",
        "You should have checked the tracking page.<br><br>Per our policy we will look into it.",
    ],
    ids=["paragraphs", "lines", "breaks"],
)
def test_apply_then_one_undo(html: str, coach: CoachPage, artefacts: Path, request: pytest.FixtureRequest) -> None:
    before = write(coach, html, "!")
    words = text_of(coach)
    assert coach.wait_read() == "ideas"
    coach.open()
    wanted = coach.find(".after").get_attribute("textContent") or ""
    coach.click("apply")
    coach.wait().until(lambda _: coach.said().startswith("Applied"))
    coach.picture(artefacts / f"rich-applied-{request.node.callspec.id}.png")
    squeezed = " ".join(wanted.removeprefix("Reworded").split())
    assert " ".join(text_of(coach).split()) == squeezed
    assert all(part in html_of(coach) for part in ("<b>blue lamp</b>", "<i>Monday</i>") if part in html)
    coach.driver.find_element(By.ID, "answer").send_keys(Keys.CONTROL, "z")
    coach.wait().until(lambda _: text_of(coach) == words)
    assert html_of(coach).replace("&nbsp;", " ") == before.replace("&nbsp;", " ")


@pytest.mark.parametrize(
    ("html", "gone", "after"),
    [
        (
            "<p>Hi Mara,</p><p>Well, <b>please do not hesitate to contact us</b> if it is late.</p>",
            "hesitate",
            "Well, <b>just write back</b> if it is late.!",
        ),
        (
            "<p>Hi Mara,</p><p>Well, please do not hesitate to contact <b>us if</b> it is late.</p>",
            "hesitate",
            "<b> if</b> it is late.!</p>",
        ),
        (
            "<p>Hi Mara,</p><p>Rest assured that your <b>deposit</b> is safe.</p>",
            "assured",
            "<p>Your <b>deposit</b> is safe.!</p>",
        ),
    ],
    ids=["exactly the bold words", "into bold", "from the start up to bold"],
)
def test_swap_beside_bold(html: str, gone: str, after: str, coach: CoachPage) -> None:
    before = write(coach, html, "!", "rich-alone.html")
    words = text_of(coach)
    assert coach.wait_read() == "ideas"
    coach.open()
    about = [card for card in coach.find_all(".idea") if gone in card.find_element(By.CLASS_NAME, "head").text]
    idea = min(about, key=lambda card: len(card.find_element(By.CLASS_NAME, "head").text))
    coach.change(str(idea.find_element(By.CSS_SELECTOR, "[data-key^=swap]").get_attribute("data-key")))
    assert gone not in text_of(coach)
    assert "Applied" in (coach.find(".panel").get_attribute("textContent") or "")
    assert after in html_of(coach).replace("&nbsp;", " ")
    assert html_of(coach).count("<p>") == 2
    coach.driver.find_element(By.ID, "answer").send_keys(Keys.CONTROL, "z")
    coach.wait().until(lambda _: text_of(coach) == words)
    assert html_of(coach).replace("&nbsp;", " ") == before.replace("&nbsp;", " ")


def test_fillers_are_neither_sent_nor_lost(coach: CoachPage) -> None:
    before = write(coach, "<p>\u2060You\u200b should have\ufeff checked it. Per our policy, no.</p>", "x")
    assert coach.wait_read() == "ideas"
    length = int(coach.host().get_attribute("data-for") or 0)
    assert length == len("You should have checked it. Per our policy, no.x")
    assert html_of(coach) == before
