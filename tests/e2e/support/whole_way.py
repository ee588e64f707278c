"""The whole way on a real desk: an angry ticket, a curt draft, findings, a better reply, undone, done again, sent."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from support.coach_page import CoachPage, OptionsPage

TITLE = "Charged again for a plan I cancelled"
ANGRY = (
    "This is the second time I write about invoice 4471. You charged me €312.40 on 14 March for a plan that I "
    "cancelled on 2 February, and nobody has answered my first mail. I am really angry.\n\n"
    "When will I get my money back? And who makes sure that this does not happen again?"
)
CURT = (
    "You failed to read the terms. As per our policy we will refund the €312.40 for invoice 4471 by 28 March. "
    "The status is at https://billing.example.org/refunds/4471."
)
FACTS = ("€312.40", "4471", "28 March", "https://billing.example.org/refunds/4471")


def words(text: str) -> str:
    """The words alone, of text or HTML, as the agent typed them: desks wrap, trim and mark up what they store."""
    bare = re.sub(r"<[^>]+>", "", re.sub(r"</(p|div|li)>|<br ?/?>", " ", text)) if "<" in text else text
    return " ".join(unescape(bare).replace("\xa0", " ").split())


class Desk:
    """A desk as its agent uses it. Its field is a textarea of the page, or an editor in a frame."""

    frame: str | None = None  # a selector of the editor's frame

    def __init__(self, driver: Any, desk: Any) -> None:
        self.driver = driver
        self.desk = desk

    def reply_field(self) -> Any:
        """The field, shown."""
        raise NotImplementedError

    def text(self) -> str:
        """What stands in it."""
        field = self.reply_field() if self.frame is None else self.driver.find_element("css selector", self.frame)
        return str(
            self.driver.execute_script(
                "const f = arguments[0]; return f.contentDocument?.body.innerText ?? f.value", field
            )
        )

    def write(self, text: str) -> None:
        """Typed with real keys, where the caret stands."""
        field = self.reply_field() if self.frame is None else self.driver.find_element("css selector", self.frame)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", field)
        if self.frame is None:
            field.send_keys(text)
            return
        self.driver.switch_to.frame(field)
        self.driver.find_element("tag name", "body").click()
        ActionChains(self.driver).key_down(Keys.CONTROL).send_keys(Keys.END).key_up(Keys.CONTROL).send_keys(
            text
        ).perform()
        self.driver.switch_to.default_content()

    def send(self) -> None:
        """Press the desk's own button."""
        raise NotImplementedError

    def stored(self) -> list[str]:
        """What the agent sent, out of the desk's own store."""
        raise NotImplementedError


def the_whole_way(coach: CoachPage, settings_page: OptionsPage, artefacts: Path, desk: Desk, name: str) -> None:
    """``desk`` shows the ticket already; the coach is switched on for it here."""
    settings_page.switch_on(desk.desk.url, coach.driver.current_url)
    desk.reply_field()
    desk.write(CURT)
    before = words(desk.text())
    assert before.endswith(CURT)
    assert coach.wait_read() == "ideas"
    panel = coach.open()
    customer = panel.find_element("css selector", ".customer").text
    assert "really angry" in customer
    assert "When will I get my money back?" in customer
    pictures(coach, artefacts, f"{name}-findings")

    coach.change("apply")
    coach.wait_read()
    applied = words(desk.text())
    for fact in FACTS:
        assert fact in applied
    coach.change("undo")
    coach.wait_read()
    assert words(desk.text()) == before
    coach.change("apply")
    coach.wait_read()
    assert words(desk.text()) == applied != before
    pictures(coach, artefacts, f"{name}-applied")
    coach.click("close")

    desk.send()
    sent = coach.wait().until(lambda _: desk.stored())
    assert [words(text) for text in sent] == [applied]
    coach.driver.get_log("browser")  # the desk's own pages have script errors; they are not for the next test to read


def pictures(coach, artefacts, name):
    """Light and dark, kept to be looked at."""
    for scheme in ("dark", "light"):
        feature = {"name": "prefers-color-scheme", "value": scheme}
        coach.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        coach.driver.execute_script("dispatchEvent(new Event('resize'))")  # the coach looks at its surroundings anew
        coach.wait().until(lambda driver: driver.execute_script("return document.getAnimations().length === 0"))
        coach.picture(artefacts / f"{name}-{scheme}.png")
