"""A team's server in a real browser: invited, signed in, the team's weeks, what is kept about oneself, deleted."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait
from support.axe import faults

from empathy_coach.services.house import Services
from empathy_coach.services.shoes import WEEKDAYS
from empathy_coach.services.team_views import Kind, monday
from empathy_coach.settings import Settings
from empathy_coach.storage import activity, feedback
from empathy_coach.storage.accounts import all_accounts
from empathy_coach.storage.activity import ActivityKey
from empathy_coach.storage.feedback import FeedbackKey
from empathy_coach.web.server import Server

GOOD = "seven quiet herons"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("people")
    started = Server(Settings(port=8743, data_dir=folder, access_log=False, accounts=True))
    started.start()
    services = started.services
    for name in ("figures", "shoes"):
        services.team_views.turn(name, True, "lea")  # type: ignore[arg-type] # both are
    for number in range(12):
        services.accounts.add(f"agent{number}", "agent", by="a test")
    work(services)
    yield started
    started.stop()


def work(services: Services) -> None:
    """A week of twelve agents, as it was counted last week."""
    last = monday(date.today()) - timedelta(weeks=1)
    chance = random.Random(3)
    rules = [rule for rule in services.rules.sets.everyone.rules if rule.element in ("tone", "feeling")][::9]
    parts: list[tuple[Kind, list[str]]] = [
        ("day", list(WEEKDAYS[:5])),
        ("hour", [f"{hour:02}" for hour in range(8, 18)]),
        ("topic", ["delivery", "money", "access"]),
    ]
    with services.database.transaction() as connection:
        for row in all_accounts(connection):
            who = services.contributors.of(row.id)
            for rule in rules:
                for verdict, most in (("shown", 9), ("applied", 5), ("dismissed", 3)):
                    key = FeedbackKey(rule.id, rule.element, verdict, last, "", "0" * 16, who)
                    feedback.add(connection, key, chance.randint(1, most))
            seen = {("contact", "all", "met"): 20, ("contact", "all", "third"): 5}
            for kind, subjects in parts:
                for number, subject in enumerate(subjects):
                    seen |= {(kind, subject, "met"): 6, (kind, subject, "upset"): 1 + number % 4}
            for (kind_, subject, figure), count in seen.items():
                activity.add(connection, ActivityKey(who, "", last, kind_, subject, figure), count)
        connection.exec_driver_sql("UPDATE switches SET on_since = date(on_since, '-21 days')")


def until(driver: WebDriver, state: Callable[[], bool]) -> None:
    WebDriverWait(driver, 15, 0.05, [NoSuchElementException, StaleElementReferenceException]).until(lambda _: state())


def submit(driver: WebDriver, **fields: str) -> None:
    """Fill in the form of the page, send it, and wait for the page that follows."""
    for name, text in fields.items():
        driver.find_element(By.NAME, name).send_keys(text)
    old = driver.find_element(By.TAG_NAME, "html")
    driver.find_element(By.CSS_SELECTOR, "main form button.main").click()
    whole = "return document.readyState === 'complete'"
    until(driver, lambda: driver.find_element(By.TAG_NAME, "html") != old and driver.execute_script(whole))


def looked_at(driver: WebDriver, artefacts: Path, name: str) -> str:
    driver.save_screenshot(str(artefacts / f"people-{name}.png"))
    assert faults(driver) == [], name
    return driver.find_element(By.TAG_NAME, "main").text


def test_a_lead_and_an_administrator_at_a_team_s_server(driver: WebDriver, server: Server, artefacts: Path) -> None:
    driver.get(f"{server.url}/welcome?invitation={server.services.accounts.add('lea', 'administrator', by='a test')}")
    looked_at(driver, artefacts, "welcome")
    submit(driver, password=GOOD, again=GOOD)
    assert "Your password is set" in looked_at(driver, artefacts, "sign-in")
    submit(driver, name="lea", password="not this one")
    assert "do not go together" in looked_at(driver, artefacts, "sign-in-again")
    submit(driver, name="lea", password=GOOD)
    assert driver.current_url == f"{server.url}/console/rules"

    driver.get(f"{server.url}/console/works")
    assert "By element" in looked_at(driver, artefacts, "works")
    driver.get(f"{server.url}/console/shoes")
    told = looked_at(driver, artefacts, "shoes")
    assert "About 25 % of the customers wrote for the third time" in told and "Delivery" in told and "Tuesday" in told
    driver.get(f"{server.url}/accounts")
    submit(driver, name="mia")
    assert "A link for mia" in looked_at(driver, artefacts, "accounts")
    driver.get(f"{server.url}/practice/me")
    told = looked_at(driver, artefacts, "me")
    assert "What your team sees" in told and "Nobody sees yours" in told
    driver.find_element(By.NAME, "sure").click()
    driver.find_element(By.XPATH, '//button[normalize-space()="Delete"]').click()
    until(driver, lambda: "Deleted, for good" in driver.find_element(By.TAG_NAME, "main").text)
    driver.delete_all_cookies()
