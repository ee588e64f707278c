"""The whole way on the demo's own desk, in a textarea and in rich text."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By

from empathy_coach.demo.desk.store import Store
from empathy_coach.demo.serving import Desk

FACTS = {1: ("DX", "Wednesday", "£8.90"), 4: ("55-1038", "C2", "death certificate")}


@pytest.mark.parametrize("ticket", FACTS)
def test_a_reworded_reply_is_stored_as_it_stood(coach, settings_page, tmp_path, artefacts, ticket):
    driver = coach.driver
    file = tmp_path / "desk.db"
    desk = Desk(file)
    desk.start()
    settings_page.switch_on(desk.url, desk.ticket(ticket))
    field = driver.find_element(By.CSS_SELECTOR, "#reply-text, #reply-rich")
    curt = Store(file).ticket(ticket).draft
    field.send_keys(curt)
    coach.wait_read(len(curt))
    coach.open()
    coach.picture(artefacts / f"harbour-desk-{ticket}.png")

    coach.change("apply")
    coach.wait_read()
    applied = text_of(driver, field)
    assert applied != curt
    for fact in FACTS[ticket]:
        assert fact in applied
    assert "<empathy" not in field.get_property("innerHTML")  # nothing of the coach's is in what is sent
    coach.click("close")
    driver.find_element(By.ID, "send").click()
    sent = coach.wait().until(lambda _: Store(file).ticket(ticket).answered and Store(file).ticket(ticket).messages[-1])
    assert sent.text == applied


def text_of(driver, field):
    return driver.execute_script("return (arguments[0].value ?? arguments[0].innerText).trim()", field)
