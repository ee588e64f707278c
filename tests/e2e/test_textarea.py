"""The main job in a textarea."""

from __future__ import annotations

from pathlib import Path

from selenium.webdriver.common.by import By
from support.coach_page import CoachPage

CURT = "Hi Mara,\n\nYou should have checked the tracking page. We will look into it.\n\nSam"


def test_type_see_apply_undo(coach: CoachPage, artefacts: Path) -> None:
    coach.visit("textarea.html")
    field = coach.driver.find_element(By.ID, "answer")
    field.send_keys(CURT)
    assert coach.wait_read(len(CURT)) == "ideas"
    coach.picture(artefacts / "textarea-badge.png")
    coach.open()
    coach.picture(artefacts / "textarea-panel.png")
    coach.click("apply")
    coach.wait().until(lambda _: field.get_attribute("value") != CURT)
    coach.picture(artefacts / "textarea-applied.png")
    coach.click("undo")
    coach.wait().until(lambda _: field.get_attribute("value") == CURT)
