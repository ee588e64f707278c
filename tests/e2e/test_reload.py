"""The extension is reloaded under an open page: the page says so, and keeps working without it."""

from __future__ import annotations

from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait
from support.coach_page import PATIENCE, CoachPage, OptionsPage


def test_extension_reloaded(coach: CoachPage, settings_page: OptionsPage) -> None:
    coach.visit("textarea.html")
    driver = coach.driver
    driver.get_log("browser")  # what stood there before is not about this page
    field = driver.find_element(By.ID, "answer")
    field.send_keys("You should have waited.")
    coach.wait_read(23)
    page = driver.current_window_handle
    driver.switch_to.new_window("tab")
    settings_page.open()
    other = driver.current_window_handle
    driver.execute_script("setTimeout(() => chrome.runtime.reload())")
    WebDriverWait(driver, PATIENCE, 0.05).until(lambda d: other not in d.window_handles)
    driver.switch_to.window(page)
    field.send_keys(" More.")
    assert coach.wait_for("refresh") == "refresh"
    assert coach.badge == "Refresh this page"
    assert coach.find_all(".mirror span") == []
    field.send_keys(" And more.")
    assert field.get_property("value") == "You should have waited. More. And more."
    assert not [entry for entry in driver.get_log("browser") if "Error" in entry["message"]]
    settings_page.open()
    registered = "chrome.scripting.getRegisteredContentScripts().then((all) => arguments[0](all.length))"
    WebDriverWait(driver, PATIENCE, 0.05).until(lambda d: d.execute_async_script(registered))
    coach.visit("textarea.html")
    driver.find_element(By.ID, "answer").send_keys("You should have waited.")
    assert coach.wait_read(23) in {"ideas", "ready"}
