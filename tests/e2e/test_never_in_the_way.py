"""Whatever the backend does, the draft stays as typed, typing and sending work, and the badge says so quietly."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from urllib.parse import parse_qs

import pytest
from selenium.webdriver.common.by import By
from support.coach_page import CoachPage, OptionsPage
from support.faulty import FAULTS, faulty, refused
from support.pageserver import PageServer

DRAFT = "Hi Mara,\n\nYou should have waited. \N{GRINNING FACE} \u200b[[{{ticket.id}}]]  two spaces\n\nSam"


def write_and_send(coach: CoachPage, pages: PageServer, state: str) -> None:
    """Type, see the state, type on, send; what arrives is what was typed."""
    coach.visit("textarea.html")
    field = coach.driver.find_element(By.ID, "answer")
    insert = "arguments[0].focus(); document.execCommand('insertText', false, arguments[1])"
    coach.driver.execute_script(insert, field, DRAFT)  # chromedriver's keys know no emoji
    field.send_keys("x")
    assert coach.wait_for(state) == state
    field.send_keys("y")
    assert field.get_property("value") == DRAFT + "xy"
    coach.open()
    coach.wait().until(lambda _: "Coach is away" in (coach.find(".badge button").get_attribute("aria-label") or ""))
    assert coach.find_all("[data-key=apply]") == []
    coach.click("close")
    coach.driver.find_element(By.ID, "go").click()
    coach.wait().until(lambda d: d.find_elements(By.ID, "sent"))
    assert parse_qs(pages.sent.pop())["answer"] == [(DRAFT + "xy").replace("\n", "\r\n")]


@pytest.mark.parametrize("fault", FAULTS)
def test_backend_in_trouble(fault: str, coach: CoachPage, pages: PageServer, point_at: Callable[[str], None]) -> None:
    with ExitStack() as stack:
        point_at(stack.enter_context(faulty(FAULTS[fault])))
        write_and_send(coach, pages, "away")


def test_backend_refused(coach: CoachPage, pages: PageServer, point_at: Callable[[str], None]) -> None:
    point_at(refused())
    write_and_send(coach, pages, "away")


def test_worker_killed(coach: CoachPage, settings_page: OptionsPage) -> None:
    coach.visit("textarea.html")
    field = coach.driver.find_element(By.ID, "answer")
    field.send_keys("First words. ")
    coach.wait_read(13)

    def workers() -> set[str]:
        targets = coach.driver.execute_cdp_cmd("Target.getTargets", {})["targetInfos"]
        return {t["targetId"] for t in targets if t["type"] == "service_worker" and "worker.js" in t["url"]}

    killed = workers()
    assert killed
    for target in killed:
        coach.driver.execute_cdp_cmd("Target.closeTarget", {"targetId": target})
    coach.wait().until(lambda _: not killed & workers())
    field.send_keys("More words.")
    assert coach.wait_read(24) in {"ready", "ideas"}
    assert field.get_property("value") == "First words. More words."
