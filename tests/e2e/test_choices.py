"""What the agent chooses: how much is said, what stays hidden and where, a reminder, their own weeks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from support.coach_page import CoachPage, OptionsPage

CURT = "You should have checked the tracking page. Per our policy, no."


@pytest.fixture
def choices(coach: CoachPage, settings_page: OptionsPage) -> Iterator[OptionsPage]:
    """The settings, as they were afterwards."""
    yield settings_page
    settings_page.open()
    coach.driver.execute_async_script(
        "chrome.storage.local.remove(['strictness', 'reminder', 'rules', 'siteRules', 'weeks']).then(arguments[0])"
    )


def written(coach: CoachPage, page: str = "textarea.html") -> list[str]:
    """Visit, write, open; the rules of the ideas that are shown."""
    coach.visit(page)
    coach.driver.find_element(By.ID, "answer").send_keys(CURT)
    coach.wait_read(len(CURT))
    coach.open()
    return rules(coach)


def rules(coach: CoachPage) -> list[str]:
    return [str(card.get_attribute("data-rule")) for card in coach.find_all(".idea")]


def hide(coach: CoachPage, scope: str) -> str:
    """Hide the first idea; its rule."""
    first = rules(coach)[0]
    coach.find(".idea summary").click()
    coach.click(f"hide {scope} 0")
    coach.wait().until(lambda _: first not in rules(coach))
    return first


def test_hidden_in_this_ticket(coach: CoachPage, choices: OptionsPage) -> None:
    written(coach, "textarea.html?ticket=1")
    hidden = hide(coach, "ticket")
    assert coach.said() == "Hidden in this ticket."
    assert hidden not in written(coach, "textarea.html?ticket=1")
    assert hidden in written(coach, "textarea.html?ticket=2")


@pytest.mark.parametrize("scope", ["rule", "site"])
def test_hidden_for_longer_until_shown_again(scope: str, coach: CoachPage, choices: OptionsPage) -> None:
    written(coach)
    hidden = hide(coach, scope)
    assert hidden not in written(coach, "textarea.html?other")
    choices.open()
    row = coach.driver.find_element(By.CSS_SELECTOR, "#hidden li")
    assert hidden in row.text and ("everywhere" if scope == "rule" else coach.site) in row.text
    row.find_element(By.TAG_NAME, "button").click()
    coach.wait().until(lambda d: "Nothing is hidden." in d.find_element(By.ID, "hidden").text)
    assert hidden in written(coach)


def test_gentle_says_only_what_may_hurt(coach: CoachPage, choices: OptionsPage) -> None:
    assert any(rule.startswith("rubric/") for rule in written(coach, "lone.html"))
    choices.choose(strictness="gentle")
    gentle = written(coach, "lone.html")
    assert gentle and len(gentle) <= 2
    assert "packs" not in gentle and all("blame" in rule or "policy" in rule or "tone" in rule for rule in gentle)


def test_wrong_gives_an_example_to_hand_on(coach: CoachPage) -> None:
    written(coach)
    place = next(i for i, card in enumerate(coach.find_all(".idea")) if "You should have" in card.text)
    rule = rules(coach)[place]
    coach.find_all(".idea summary")[place].click()
    coach.click(f"wrong {place}")
    coach.wait().until(lambda _: coach.find_all(".example"))
    example = coach.find(".example pre").get_attribute("textContent") or ""
    assert example == f'# {rule}\nexamples:\n  silent:\n    - "You should have checked the tracking page."\n'
    coach.click("copy example")
    coach.wait().until(lambda _: coach.said() == "Copied.")


def test_reminded_once_and_never_held_back(coach: CoachPage, choices: OptionsPage) -> None:
    choices.choose(reminder=True)
    written(coach)
    coach.click("close")
    button = coach.driver.find_element(By.ID, "go")
    ActionChains(coach.driver).move_to_element(button).perform()
    coach.wait().until(lambda _: coach.badge.endswith("before you send"))
    button.click()
    coach.wait().until(lambda d: d.find_elements(By.ID, "sent"))

    def counted() -> str:
        choices.open()
        return coach.driver.find_element(By.ID, "weeks").text

    coach.wait().until(lambda _: "0 of 1" in counted())  # nobody waits for what is counted
    weeks = choices.ask_worker({"type": "status"})["weeks"]  # type: ignore[index]
    (week,) = weeks.values()
    assert week["tone"] == [0, 1]
