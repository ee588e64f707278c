"""The whole way on desks that nobody here wrote: an angry ticket, a curt draft, a better reply in their database."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import url_contains, url_to_be
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

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


class DjangoHelpdesk:
    """django-helpdesk: a public form for customers; the reply field shows after a click on "Respond"."""

    def __init__(self, driver, desk):
        self.driver = driver
        self.desk = desk

    def customer_writes(self):
        self.driver.get(f"{self.desk.url}/tickets/submit/")
        Select(self.driver.find_element(By.ID, "id_queue")).select_by_visible_text("Support")
        self.driver.find_element(By.ID, "id_title").send_keys(TITLE)
        self.driver.find_element(By.ID, "id_body").send_keys(ANGRY)
        self.driver.find_element(By.ID, "id_submitter_email").send_keys("jo@example.org" + Keys.ENTER)
        WebDriverWait(self.driver, 10).until(url_contains("/view/"))

    def agent_opens_it(self):
        self.driver.get(f"{self.desk.url}/login/?next=/tickets/1/")
        self.driver.find_element(By.ID, "username").send_keys("rosa")
        self.driver.find_element(By.ID, "password").send_keys("harbour-4711" + Keys.ENTER)
        WebDriverWait(self.driver, 10).until(url_to_be(f"{self.desk.url}/tickets/1/"))

    def reply_field(self):
        self.driver.find_element(By.ID, "respond-tab").click()
        return self.driver.find_element(By.ID, "commentBox")

    def send(self):
        button = self.driver.find_element(By.CSS_SELECTOR, "#ticket-respond-form [type=submit]")
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", button)
        button.click()

    def stored(self):
        with closing(sqlite3.connect(self.desk.folder / "desk.sqlite3")) as database:
            rows = database.execute("SELECT comment FROM helpdesk_followup WHERE user_id IS NOT NULL").fetchall()
        return [comment for (comment,) in rows]


class Roundup:
    """Roundup: customer and agent use the same page; the newest message comes first."""

    def __init__(self, driver, desk):
        self.driver = driver
        self.desk = desk

    def log_in(self, name):
        self.driver.delete_all_cookies()
        self.driver.get(self.desk.url)
        self.driver.find_element(By.NAME, "__login_name").send_keys(name)
        self.driver.find_element(By.NAME, "__login_password").send_keys("harbour-4711" + Keys.ENTER)
        WebDriverWait(self.driver, 10).until(lambda driver: driver.find_elements(By.LINK_TEXT, "Logout"))

    def customer_writes(self):
        self.log_in("jo")
        self.driver.get(f"{self.desk.url}/issue?@template=item")
        self.driver.find_element(By.NAME, "title").send_keys(TITLE)
        Select(self.driver.find_element(By.NAME, "priority")).select_by_visible_text("urgent")
        self.driver.find_element(By.NAME, "@note").send_keys(ANGRY)
        self.send()
        WebDriverWait(self.driver, 10).until(url_contains("/issue1"))

    def agent_opens_it(self):
        self.log_in("rosa")
        self.driver.get(f"{self.desk.url}/issue1")

    def reply_field(self):
        return self.driver.find_element(By.NAME, "@note")

    def send(self):
        self.driver.find_element(By.NAME, "submit_button").click()

    def stored(self):
        files = sorted((self.desk.folder / "tracker/db/files/msg").rglob("msg*"), key=lambda file: int(file.name[3:]))
        texts = [file.read_text("utf-8") for file in files[1:]]  # the first is the customer's
        # Roundup's field has wrap="hard": the browser breaks its lines while it sends them.
        return [text.replace(" \n", " ") for text in texts]


def plain(text):
    """As the agent typed it: forms send lines with CRLF, and desks trim what they store."""
    return text.replace("\r\n", "\n").strip()


def the_whole_way(coach, settings_page, artefacts, desk, name):
    desk.customer_writes()
    desk.agent_opens_it()
    settings_page.switch_on(desk.desk.url, coach.driver.current_url)
    field = desk.reply_field()
    field.send_keys(CURT)
    coach.driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", field)
    assert read(coach, CURT) == "ideas"
    panel = coach.open()
    customer = panel.find_element(By.CSS_SELECTOR, ".customer").text
    assert "really angry" in customer
    assert "When will I get my money back?" in customer
    pictures(coach, artefacts, f"{name}-findings")

    coach.click("apply")
    read_anew(coach, field, CURT)
    applied = field.get_property("value")
    for fact in FACTS:
        assert fact in applied
    coach.click("undo")
    coach.wait().until(lambda _: field.get_property("value") == CURT)
    read(coach, CURT)
    coach.click("apply")
    coach.wait().until(lambda _: field.get_property("value") == applied)
    read(coach, applied)
    pictures(coach, artefacts, f"{name}-applied")
    coach.click("close")

    desk.send()
    coach.wait().until(lambda _: desk.stored())
    assert [plain(text) for text in desk.stored()] == [applied]
    coach.driver.get_log("browser")  # the desk's own pages have script errors; they are not for the next test to read


def read(coach, text):
    return coach.wait_read(len(text.encode("utf-16-le")) // 2)


def read_anew(coach, field, before):
    coach.wait().until(lambda _: field.get_property("value") != before)
    return read(coach, field.get_property("value"))


def pictures(coach, artefacts, name):
    """Light and dark, kept to be looked at."""
    for scheme in ("dark", "light"):
        feature = {"name": "prefers-color-scheme", "value": scheme}
        coach.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        coach.driver.execute_script("dispatchEvent(new Event('resize'))")  # the coach looks at its surroundings anew
        coach.wait().until(lambda driver: driver.execute_script("return document.getAnimations().length === 0"))
        coach.picture(artefacts / f"{name}-{scheme}.png")


def test_django_helpdesk(coach, settings_page, artefacts, django_helpdesk):
    the_whole_way(coach, settings_page, artefacts, DjangoHelpdesk(coach.driver, django_helpdesk), "django-helpdesk")


def test_roundup(coach, settings_page, artefacts, roundup):
    the_whole_way(coach, settings_page, artefacts, Roundup(coach.driver, roundup), "roundup")
