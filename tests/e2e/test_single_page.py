"""Pages that never load anew: tickets in tabs, another ticket around the same field, late messages, restored drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from support.coach_page import CoachPage
from support.recorder import recorder

CURT = "You should have checked the tracking page."


@pytest.fixture
def asked(coach: CoachPage, point_at: Callable[[str], None]) -> Iterator[list[dict[str, Any]]]:
    """What the backend was asked so far, on the page with two tickets."""
    with recorder() as (url, asked):
        point_at(url)
        coach.visit("tabs.html")
        yield asked


def texts(request: dict[str, Any]) -> list[str]:
    return [message["text"] for message in request["conversation"]]


def shown(coach: CoachPage) -> int:
    return len(coach.driver.find_elements(By.CSS_SELECTOR, "empathy-coach:not([data-hidden])"))


def test_tickets_in_tabs(coach: CoachPage, asked: list[dict[str, Any]]) -> None:
    driver = coach.driver
    driver.find_element(By.ID, "reply-1").send_keys(CURT)
    coach.wait_read(len(CURT))
    assert texts(asked[-1]) == ["The lamp arrived broken.", "Can you send a new one?"]
    driver.find_element(By.ID, "tab-2").click()
    driver.find_element(By.ID, "reply-2").send_keys("Hello")
    coach.wait_read(5)
    assert texts(asked[-1]) == ["The invoice is wrong.", "Line four should be less."]
    assert shown(coach) == 1
    driver.find_element(By.ID, "tab-1").click()
    driver.find_element(By.ID, "reply-1").click()  # its draft is still there
    coach.wait_read(len(CURT))
    assert asked[-1]["draft"] == CURT
    assert texts(asked[-1])[0] == "The lamp arrived broken."
    assert shown(coach) == 1


def test_a_message_that_comes_late_is_read_without_a_key(coach: CoachPage, asked: list[dict[str, Any]]) -> None:
    coach.driver.find_element(By.ID, "reply-1").send_keys(CURT)
    coach.wait_read(len(CURT))
    coach.driver.execute_script("late(1, 'Is anybody there?')")
    coach.wait().until(lambda _: texts(asked[-1])[-1] == "Is anybody there?")
    assert asked[-1]["draft"] == CURT


def test_another_ticket_around_the_same_field(coach: CoachPage, asked: list[dict[str, Any]]) -> None:
    field = coach.driver.find_element(By.ID, "reply-1")
    field.send_keys(CURT)
    coach.wait_read(len(CURT))
    coach.driver.execute_script(
        "route(1, '/tickets/7', ['My parcel is late.', 'Where is it?'], 'A draft that was kept.')"
    )
    coach.wait().until(lambda _: texts(asked[-1]) == ["My parcel is late.", "Where is it?"])
    coach.wait().until(lambda _: asked[-1]["draft"] == "A draft that was kept.")
    assert shown(coach) == 1


def test_nothing_piles_up(coach: CoachPage, asked: list[dict[str, Any]]) -> None:
    driver = coach.driver

    def listeners() -> int:
        driver.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
        return int(driver.execute_cdp_cmd("Memory.getDOMCounters", {})["jsEventListeners"])

    # By script alone: what chromedriver finds it keeps, and all that hangs on it.
    write = "redraw(1); const f = document.querySelector('#reply-1'); f.focus(); document.execCommand('insertText', false, 'a')"
    answered = "const hosts = [...document.querySelectorAll('empathy-coach')]; return hosts.length === 1 && hosts[0].dataset.for === '1'"

    def rounds(times: int) -> None:
        for _ in range(times):
            driver.execute_script(write)
            coach.wait().until(lambda d: d.execute_script(answered))

    rounds(2)
    before = listeners()
    rounds(10)
    assert listeners() <= before + 10  # one session listens to more than thirty things
    assert shown(coach) == 1
