"""How soon an agent sees feedback on a page with 300 messages:  python tests/benchmarks/browser/measure.py [KEYS]

Prints, for a desk with a file of its own and for one that has to be guessed, the time from a key to the badge's
answer, without the debounce of 150 ms, and the backend's share of it. Uses the real backend in a process of its own, the
real extension and Chromium; nothing is asserted here, since machines differ.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "tests/e2e")]

from selenium import webdriver  # noqa: E402
from selenium.webdriver.chrome.service import Service  # noqa: E402
from support.coach_page import CoachPage, OptionsPage  # noqa: E402
from support.pageserver import PageServer  # noqa: E402

from empathy_coach.demo.browser import EXTENSION, extension_id, find_browser, find_driver  # noqa: E402
from empathy_coach.settings import Settings  # noqa: E402
from empathy_coach.web.server import Server  # noqa: E402

DEBOUNCE = 150  # ms, as in content/session.js
FILL = """
const [described] = arguments;
const list = document.querySelector("main");
document.querySelectorAll(".message, .p").forEach((one) => one.remove());
if (described) list.dataset.desk = "empathy-demo";
const field = document.querySelector("#answer").closest("form");
for (let i = 0; i < 300; i += 1) {
  const one = document.createElement(described ? "article" : "div");
  const who = i % 2 ? "Sam Rivera" : "Mara Lindt";
  if (described) Object.assign(one.dataset, { author: who, role: i % 2 ? "agent" : "customer" });
  one.className = described ? "message" : "x1";
  const [head, body] = [["x2", "x3", "x4"], described ? "body" : "x5"];
  one.innerHTML = `<div class="${head[0]}"><span class="${head[1]}">${who}</span> <span class="${head[2]}">2 March 2026 09:12</span>
    </div><div class="${body}"><p>Message ${i}. The lamp from order 48213 arrived broken and nobody wrote.</p>
    <p>Can you tell me when the new one will be here?</p></div>`;
  field.before(one);
}
if (described) document.querySelector("#answer").id = "reply-text";
"""
WATCH = """
window.times = [];
window.keys = [];
const field = document.querySelector("textarea");
let typed = 0;
addEventListener("keydown", () => (window.began = performance.now()), true);
field.addEventListener("input", () => { typed = performance.now(); });
field.addEventListener("keyup", () => window.keys.push(performance.now() - window.began));
new MutationObserver(() => {
  const host = document.querySelector("empathy-coach");
  if (host?.dataset.for === String(field.value.length) && typed) {
    const from = typed; typed = 0;
    requestAnimationFrame(() => setTimeout(() => window.times.push(performance.now() - from)));
  }
}).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["data-for"] });
"""
TEXT = "Hi Mara, you should have checked the tracking page. Per our policy we will look into it. "


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def timed(application: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    """The backend, noting the milliseconds of each of its answers to a draft."""

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        began = time.perf_counter()
        given = application(environ, start_response)
        if environ["PATH_INFO"] == "/v1/coach":
            spent.append((time.perf_counter() - began) * 1000)
        return given

    return answer


def serve(folder: str, pipe: Connection) -> None:
    """A backend: says where it is and a code to pair with, then, whenever it is asked, how long its answers took."""
    server = Server(Settings(data_dir=Path(folder), access_log=False))
    spent: list[float] = []
    server._waitress.application = timed(server._waitress.application, spent)  # nothing public tells it
    server.start()
    pipe.send((server.url, server.services.pairing.new_code()))
    while pipe.recv():
        pipe.send(spent[:])
        spent.clear()
    server.stop()


def figures(times: list[float]) -> str:
    """Median and 95th percentile."""
    return f"median {statistics.median(times):5.1f} ms, p95 {p95(times):5.1f} ms"


def main() -> None:
    """Measure and print."""
    keys = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    options = webdriver.ChromeOptions()
    options.binary_location = str(find_browser().program)  # type: ignore[union-attr]
    for flag in ("--headless=new", "--no-sandbox", "--window-size=1200,900", f"--load-extension={EXTENSION}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(str(find_driver())))
    pages = PageServer()
    with tempfile.TemporaryDirectory() as folder:
        pipe, end = get_context("spawn").Pipe()
        backend = get_context("spawn").Process(target=serve, args=(folder, end))
        backend.start()

        def spent() -> list[float]:
            pipe.send(True)
            return list(pipe.recv())

        try:
            url, code = pipe.recv()
            settings = OptionsPage(driver, extension_id())
            settings.set_up(backend=url, code=code, site=pages.url, then=f"{pages.url}/empty.html")
            coach = CoachPage(driver, pages.url)
            for name, described in (("described", True), ("guessed", False)):
                coach.visit("textarea.html")
                driver.execute_script(FILL, described)
                field = driver.find_element("css selector", "textarea")
                field.send_keys(TEXT)
                coach.wait_read(len(TEXT))
                driver.execute_script(WATCH)
                spent()
                for number in range(1, keys + 1):
                    field.send_keys("abcdefgh "[number % 9])
                    coach.wait().until(lambda d, n=number: d.execute_script("return times.length") >= n)
                times = [t - DEBOUNCE for t in driver.execute_script("return times")]
                share = figures(spent())
                # The first reading of a conversation: the page changes with every key.
                driver.execute_script("times.length = 0")
                for number in range(1, keys // 3 + 1):
                    driver.execute_script("document.querySelectorAll('.message, .x1')[299].append(' more')")
                    field.send_keys("x")
                    coach.wait().until(lambda d, n=number: d.execute_script("return times.length") >= n)
                fresh = [t - DEBOUNCE for t in driver.execute_script("return times")]
                print(f"{name:<10} after the debounce:          {figures(times)}; the backend's share: {share}")
                print(
                    f"{name:<10} with a message that changed: {figures(fresh)}; the backend's share: {figures(spent())}"
                )
        finally:
            driver.quit()
            pages.stop()
            pipe.send(False)
            backend.join()


if __name__ == "__main__":
    main()
