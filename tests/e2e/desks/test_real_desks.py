"""The whole way on desks that nobody here wrote: an angry ticket, a curt draft, a better reply in their database."""

from __future__ import annotations

import email
import email.policy
import sqlite3
from contextlib import closing

from kept import contents
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import url_contains, url_to_be, visibility_of_element_located
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait
from support.whole_way import ANGRY, TITLE, Desk, the_whole_way

PATIENCE = 60  # seconds for a page of a desk on a busy machine


class DjangoHelpdesk(Desk):
    """django-helpdesk: a public form for customers; the reply field shows after a click on "Respond"."""

    def customer_writes(self):
        self.driver.get(f"{self.desk.url}/tickets/submit/")
        Select(self.driver.find_element(By.ID, "id_queue")).select_by_visible_text("Support")
        self.driver.find_element(By.ID, "id_title").send_keys(TITLE)
        self.driver.find_element(By.ID, "id_body").send_keys(ANGRY)
        self.driver.find_element(By.ID, "id_submitter_email").send_keys("jo@example.org" + Keys.ENTER)
        WebDriverWait(self.driver, PATIENCE).until(url_contains("/view/"))

    def agent_opens_it(self):
        self.driver.get(f"{self.desk.url}/login/?next=/tickets/1/")
        self.driver.find_element(By.ID, "username").send_keys("rosa")
        self.driver.find_element(By.ID, "password").send_keys("harbour-4711" + Keys.ENTER)
        WebDriverWait(self.driver, PATIENCE).until(url_to_be(f"{self.desk.url}/tickets/1/"))

    def reply_field(self):
        self.driver.find_element(By.ID, "respond-tab").click()
        # The tab that was open fades away first.
        return WebDriverWait(self.driver, PATIENCE).until(visibility_of_element_located((By.ID, "commentBox")))

    def send(self):
        button = self.driver.find_element(By.CSS_SELECTOR, "#ticket-respond-form [type=submit]")
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", button)
        button.click()

    def stored(self):
        with closing(sqlite3.connect(self.desk.folder / "desk.sqlite3", PATIENCE)) as database:
            rows = database.execute("SELECT comment FROM helpdesk_followup WHERE user_id IS NOT NULL").fetchall()
        return [comment for (comment,) in rows]


class Roundup(Desk):
    """Roundup: customer and agent use the same page; the newest message comes first."""

    def log_in(self, name):
        self.driver.delete_all_cookies()
        self.driver.get(self.desk.url)
        self.driver.find_element(By.NAME, "__login_name").send_keys(name)
        self.driver.find_element(By.NAME, "__login_password").send_keys("harbour-4711" + Keys.ENTER)
        WebDriverWait(self.driver, PATIENCE).until(lambda driver: driver.find_elements(By.LINK_TEXT, "Logout"))

    def customer_writes(self):
        self.log_in("jo")
        self.driver.get(f"{self.desk.url}/issue?@template=item")
        self.driver.find_element(By.NAME, "title").send_keys(TITLE)
        Select(self.driver.find_element(By.NAME, "priority")).select_by_visible_text("urgent")
        self.driver.find_element(By.NAME, "@note").send_keys(ANGRY)
        self.send()
        WebDriverWait(self.driver, PATIENCE).until(url_contains("/issue1"))

    def agent_opens_it(self):
        self.log_in("rosa")
        self.driver.get(f"{self.desk.url}/issue1")

    def reply_field(self):
        return self.driver.find_element(By.NAME, "@note")

    def send(self):
        self.driver.find_element(By.NAME, "submit_button").click()

    def stored(self):
        found = {file.name: text.decode() for file, text in contents(self.desk.folder / "tracker/db/files/msg")}
        numbers = sorted(int(name[3:]) for name in found if name[3:].isdigit())  # not yet one is still being written
        texts = [found[f"msg{number}"] for number in numbers[1:]]  # the first is the customer's
        # Roundup's field has wrap="hard": the browser breaks its lines while it sends them.
        return [text.replace(" \n", " ") for text in texts]


class RequestTracker(Desk):
    """Request Tracker: replies are written in CKEditor 4, on a page that does not show the conversation."""

    frame = "iframe.cke_wysiwyg_frame"

    def agent_opens_it(self):
        self.driver.get(self.desk.url)
        self.driver.find_element(By.NAME, "user").send_keys("rosa")
        self.driver.find_element(By.NAME, "pass").send_keys("harbour-4711" + Keys.ENTER)
        WebDriverWait(self.driver, PATIENCE).until(
            lambda driver: driver.find_elements(By.CSS_SELECTOR, ".current-user")
        )
        self.driver.get(f"{self.desk.url}/Ticket/Update.html?Action=Respond;id=1")

    def reply_field(self):
        ready = "return document.querySelector(arguments[0])?.contentDocument.body?.isContentEditable"
        WebDriverWait(self.driver, PATIENCE).until(lambda driver: driver.execute_script(ready, self.frame))

    def send(self):
        button = self.driver.find_element(By.NAME, "SubmitTicket")
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", button)
        button.click()

    def stored(self):
        query = (
            "SELECT a.Content FROM Attachments a JOIN Transactions t ON t.id = a.TransactionId "
            "WHERE t.Type = 'Correspond' AND a.ContentType = 'text/html'"
        )
        with closing(sqlite3.connect(self.desk.folder / "rt.sqlite", PATIENCE)) as database:
            found = [content for (content,) in database.execute(query).fetchall()]
        return [content.decode() if isinstance(content, bytes) else content for content in found]


class Roundcube(Desk):
    """Roundcube: the reply is written under the quoted mail, in TinyMCE."""

    frame = "#composebody_ifr"

    def agent_opens_it(self):
        self.driver.get(self.desk.url)
        self.driver.find_element(By.ID, "rcmloginuser").send_keys("rosa@example.org")
        self.driver.find_element(By.ID, "rcmloginpwd").send_keys("harbour-4711" + Keys.ENTER)
        self.it_is_calm("#messagelist tr.message")
        self.driver.get(f"{self.desk.url}/?_task=mail&_action=compose&_reply_uid=1&_mbox=INBOX")
        self.reply_field()
        self.it_is_calm(self.frame)

    def it_is_calm(self, shown):
        """Wait for the page: of two requests at once Roundcube may keep only what one of them put into the session."""
        calm = "return Boolean(document.querySelector(arguments[0])) && window.jQuery?.active === 0"
        WebDriverWait(self.driver, PATIENCE).until(lambda driver: driver.execute_script(calm, shown))

    def reply_field(self):
        ready = "return document.querySelector(arguments[0])?.contentDocument.body?.innerText.includes('wrote:')"
        WebDriverWait(self.driver, PATIENCE).until(lambda driver: driver.execute_script(ready, self.frame))

    def send(self):
        self.driver.find_element(By.CSS_SELECTOR, "#compose-content button.send").click()

    def stored(self):
        sent = self.desk.folder / "mail/.Sent"
        mails = [
            email.message_from_bytes(mail, policy=email.policy.default)
            for _, mail in contents(sent / "cur", sent / "new")
        ]
        return [mail.get_body(("html",)).get_content() for mail in mails]


def test_django_helpdesk(coach, settings_page, artefacts, django_helpdesk):
    desk = DjangoHelpdesk(coach.driver, django_helpdesk)
    desk.customer_writes()
    desk.agent_opens_it()
    the_whole_way(coach, settings_page, artefacts, desk, "django-helpdesk")


def test_roundup(coach, settings_page, artefacts, roundup):
    desk = Roundup(coach.driver, roundup)
    desk.customer_writes()
    desk.agent_opens_it()
    the_whole_way(coach, settings_page, artefacts, desk, "roundup")


def test_request_tracker(coach, settings_page, artefacts, request_tracker):
    desk = RequestTracker(coach.driver, request_tracker)
    desk.agent_opens_it()
    the_whole_way(coach, settings_page, artefacts, desk, "request-tracker")


def test_roundcube(coach, settings_page, artefacts, roundcube):
    desk = Roundcube(coach.driver, roundcube)
    desk.agent_opens_it()
    the_whole_way(coach, settings_page, artefacts, desk, "roundcube")
