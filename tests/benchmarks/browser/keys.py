"""What the coach adds to a key and to a tab's memory:  python tests/benchmarks/browser/keys.py [KEYS] [EDITS]

Types into a textarea, an editable element and TipTap, each with a draft of 200 words and three underlines, once with
the coach and once without. A key's time is what all listeners and the editor do between its first and its last event,
and what is done before the next picture is drawn; the difference of the two is the coach's. Memory is the page's whole
JavaScript heap after a collection, before and after so many edits with an answer to every twentieth.
Nothing is asserted here, since machines differ.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "tests/e2e")]

from selenium import webdriver  # noqa: E402
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from support.coach_page import CoachPage, OptionsPage  # noqa: E402
from support.editing import DRAFT, finding  # noqa: E402
from support.pageserver import PageServer  # noqa: E402
from support.recorder import REPORT, recorder  # noqa: E402

from empathy_coach.demo.browser import EXTENSION, extension_id, find_browser, find_driver  # noqa: E402

EDITORS = ("textarea", "contenteditable", "tiptap")
LONG = DRAFT.replace("<p>Sam</p>", "<p>We looked at it today and will write to you again.</p>" * 18 + "<p>Sam</p>")
UNDERLINED = ("Please note we", "Rest assured that your", "Just see")
# The first rAF of a key runs before the coach's, the last one after it: what is between them is the coach's.
WATCH = """
window.spent = [];
let now = 0, began = 0;
const first = () => requestAnimationFrame(() => (began = performance.now()));
const last = () => requestAnimationFrame(() => (now += performance.now() - began));
let at = 0;
for (const type of ["keydown", "keyup"]) addEventListener(type, () => { at = performance.now(); first(); }, true);
addEventListener("input", () => { now += performance.now() - at; last(); });
addEventListener("keyup", () => {
  now += performance.now() - at;
  requestAnimationFrame(() => { now += performance.now() - began; spent.push(now); now = 0; });
});
"""


def report_for(draft: str) -> dict[str, Any]:
    """Three underlines."""
    edits = [{"start": draft.find(words), "end": draft.find(words) + len(words), "text": "We"} for words in UNDERLINED]
    return {**REPORT, "findings": [finding("swap", draft, edit) for edit in edits if edit["start"] >= 0]}


def start(coached: bool) -> webdriver.Chrome:
    """A browser, with the extension or without."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(find_browser().program)  # type: ignore[union-attr]
    flags = ["--headless=new", "--no-sandbox", "--window-size=1200,900"]
    for flag in [*flags, f"--load-extension={EXTENSION}"] if coached else flags:
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=Service(str(find_driver())))


def open_editor(coach: CoachPage, editor: str) -> None:
    """Its page, with the long draft and the caret at its end."""
    coach.visit(f"editor.html?{editor}")
    coach.wait().until(lambda d: d.execute_script("return document.body.dataset.ready"))
    coach.driver.execute_script("editor.load(arguments[0])", LONG)


def type_keys(coach: CoachPage, keys: int) -> list[float]:
    """Milliseconds of each key."""
    ActionChains(coach.driver).send_keys("a").perform()
    coach.driver.execute_script(WATCH)
    for number in range(keys):
        ActionChains(coach.driver, duration=0).send_keys("abcdefgh "[number % 9]).perform()
        coach.wait().until(lambda d, n=number: d.execute_script("return spent.length") > n)
    return [float(ms) for ms in coach.driver.execute_script("return spent")]


def heap(coach: CoachPage) -> tuple[float, int, int]:
    """The page's heap in MB, its DOM nodes and its listeners."""
    coach.driver.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
    coach.driver.execute_cdp_cmd("Performance.enable", {})
    metrics = {m["name"]: m["value"] for m in coach.driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]}
    return metrics["JSHeapUsedSize"] / 1e6, int(metrics["Nodes"]), int(metrics["JSEventListeners"])


def edit_much(coach: CoachPage, edits: int) -> None:
    """So many keys; each twentieth waits for the coach's answer."""
    for number in range(edits):
        ActionChains(coach.driver, duration=0).send_keys("abcdefgh "[number % 9]).perform()
        if number % 20 == 19:
            coach.wait_read()


def main() -> None:
    """Measure and print."""
    keys, edits = (int(word) for word in (sys.argv[1:] + ["200", "1000"][len(sys.argv) - 1 :]))
    pages = PageServer()
    times: dict[tuple[str, bool], list[float]] = {}
    with recorder(report_for) as (url, _):
        for coached in (False, True):
            driver = start(coached)
            try:
                coach = CoachPage(driver, pages.url)
                if coached:
                    settings = OptionsPage(driver, extension_id())
                    settings.open()
                    store = "chrome.storage.local.set({backend: arguments[0], token: 'bench'}).then(arguments[1])"
                    driver.execute_async_script(store, url)
                    settings.switch_on(pages.url, f"{pages.url}/empty.html")
                for editor in EDITORS:
                    open_editor(coach, editor)
                    if coached:
                        ActionChains(driver).send_keys(" ").perform()
                        coach.wait_read()
                    times[editor, coached] = type_keys(coach, keys)
                    if coached and edits:
                        open_editor(coach, editor)
                        edit_much(coach, 20)
                        before = heap(coach)
                        edit_much(coach, edits)
                        print(
                            f"{editor:<16} heap MB, nodes, listeners: {before} before, {heap(coach)} after {edits} edits"
                        )
            finally:
                driver.quit()
        pages.stop()
    for editor in EDITORS:
        row = [times[editor, coached] for coached in (False, True)]
        (median, p95), (with_median, with_p95) = (
            (statistics.median(one), statistics.quantiles(one, n=20)[-1]) for one in row
        )
        print(
            f"{editor:<16} a key alone: median {median:.2f} ms, p95 {p95:.2f} ms; with the coach: {with_median:.2f}, {with_p95:.2f}; "
            f"added: {with_median - median:.2f}, {with_p95 - p95:.2f}"
        )


if __name__ == "__main__":
    main()
