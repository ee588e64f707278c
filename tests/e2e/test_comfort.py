"""Small courtesies: ideas put aside stay away, gaps are pointed out, late answers are dropped."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from support.coach_page import CoachPage
from support.recorder import REPORT

CURT = "You should have checked the tracking page. Per our policy, no."
VAGUE = "You should have checked the tracking page. We will look into it as soon as possible."


def test_not_now(coach: CoachPage) -> None:
    coach.visit("textarea.html")
    field = coach.driver.find_element(By.ID, "answer")
    field.send_keys(CURT)
    coach.wait_read(len(CURT))
    coach.open()
    idea = next(card for card in coach.find_all(".idea") if "You should have" in card.text)
    rule = str(idea.get_attribute("data-rule"))
    idea.find_element(By.CSS_SELECTOR, "summary").click()
    idea.find_element(By.CSS_SELECTOR, "[data-key^=dismissed]").click()
    coach.wait().until(lambda _: rule not in [card.get_attribute("data-rule") for card in coach.find_all(".idea")])
    coach.click("close")
    field.send_keys(Keys.END, " Sorry.")
    coach.wait_read(len(CURT) + 7)
    coach.open()
    assert rule not in [card.get_attribute("data-rule") for card in coach.find_all(".idea")]


def test_gaps_are_selected_and_named(coach: CoachPage) -> None:
    coach.visit("textarea.html")
    field = coach.driver.find_element(By.ID, "answer")
    field.send_keys(VAGUE)
    coach.wait_read(len(VAGUE))
    coach.open()
    gaps = [mark.get_attribute("textContent") for mark in coach.find_all(".after mark")]
    assert gaps, "the rewording for this ticket leaves its promise to the agent"
    coach.click("apply")
    coach.wait().until(lambda _: gaps[0] in str(field.get_property("value")))
    selected = "const f = document.activeElement; return f.value.slice(f.selectionStart, f.selectionEnd)"
    coach.wait().until(lambda d: d.execute_script(selected) == gaps[0])
    coach.wait().until(lambda _: coach.find(".badge button").get_attribute("textContent") == "One gap to fill")
    assert f"Fill in {gaps[0]} before you send." in coach.find(".panel").text


def test_late_answers_are_dropped(coach: CoachPage, point_at: Callable[[str], None]) -> None:
    released = threading.Event()

    class Slow(BaseHTTPRequestHandler):
        """Answers a draft with "first" only when it is told to; everything at once otherwise."""

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

        def do_POST(self) -> None:
            draft = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["draft"]
            if draft == "first":
                released.wait(4)
            report = {**REPORT, "next_step": f"About {draft}"}
            body = json.dumps(report).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        point_at(f"http://127.0.0.1:{server.server_address[1]}")
        coach.visit("textarea.html")
        field = coach.driver.find_element(By.ID, "answer")
        field.send_keys("first")
        coach.wait_for("busy")
        field.send_keys(" then second")
        assert coach.wait_read(17) == "ready"
        released.set()
        coach.open()
        assert coach.find(".step").text.endswith("About first then second")
        field.send_keys("!")
        coach.wait_read(18)
        assert coach.find(".step").text.endswith("About first then second!")
    finally:
        server.shutdown()
        server.server_close()
