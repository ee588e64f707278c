"""What the coach adds to a key and to a tab's memory:  python tests/benchmarks/browser/keys.py [ROUNDS] [EDITS]

Types into a textarea, an editable element and TipTap, each with a draft of 200 words, in four ways: without the
extension; with it, on a site where it is not switched on; coached with nothing to mark; coached with three marks. The
ways take turns in every round, each on a fresh page, so that what else the machine does falls on all alike. A key's
time is what the tab's main thread works for it, by the browser's own trace: listeners, the editor, layout and painting.
(Clocks in the page's listeners will not do: what an editor does at the end of its task escapes them, or not, depending
on who else listens.) The difference to the first way comes with its 95 % interval over the rounds.

Memory is the page's whole JavaScript heap after a collection, before and after so many edits with an answer to every
twentieth. Nothing is asserted here, since machines differ.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "tests/e2e")]

from selenium import webdriver  # noqa: E402
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from support.coach_page import CoachPage, OptionsPage  # noqa: E402
from support.editing import DRAFT, finding  # noqa: E402
from support.pageserver import PageServer  # noqa: E402
from support.recorder import REPORT, recorder  # noqa: E402
from websocket import create_connection  # noqa: E402

from empathy_coach.demo.browser import EXTENSION, extension_id, find_browser, find_driver  # noqa: E402

EDITORS = ("textarea", "contenteditable", "tiptap")
WAYS = ("without", "not switched on", "nothing marked", "three marks")
KEYS = 40  # a round; the first few warm up
PACE = 0.025  # seconds between keys: nobody types faster
LONG = DRAFT.replace("<p>Sam</p>", "<p>We looked at it today and will write to you again.</p>" * 18 + "<p>Sam</p>")
UNDERLINED = ("Please note we", "Rest assured that your", "Just see")


def report_for(draft: str) -> dict[str, Any]:
    """Three underlines."""
    edits = [{"start": draft.find(words), "end": draft.find(words) + len(words), "text": "We"} for words in UNDERLINED]
    return {**REPORT, "findings": [finding("swap", draft, edit) for edit in edits if edit["start"] >= 0]}


def start(with_extension: bool) -> webdriver.Chrome:
    """A browser, with the extension or without."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(find_browser().program)  # type: ignore[union-attr]
    flags = ["--headless=new", "--no-sandbox", "--window-size=1200,900"]
    for flag in [*flags, f"--load-extension={EXTENSION}"] if with_extension else flags:
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=Service(str(find_driver())))


class Trace:
    """What a browser's threads did while the trace ran."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        address = driver.capabilities["goog:chromeOptions"]["debuggerAddress"]
        with urlopen(f"http://{address}/json/version") as answer:  # the browser's own door, on this machine
            self.socket = create_connection(json.load(answer)["webSocketDebuggerUrl"], suppress_origin=True)

    def start(self) -> None:
        """From here on."""
        config = {"includedCategories": ["toplevel"], "excludedCategories": ["*"]}
        self._send("Tracing.start", transferMode="ReportEvents", traceConfig=config)
        while "result" not in json.loads(self.socket.recv()):
            pass

    def stop(self) -> list[tuple[float, float]]:
        """When each task of the busiest page's main thread began, in seconds of ``time.monotonic``, and its CPU ms."""
        self._send("Tracing.end")
        events: list[dict[str, Any]] = []
        while (message := json.loads(self.socket.recv())).get("method") != "Tracing.tracingComplete":
            events += message.get("params", {}).get("value", [])
        pages = {
            (e["pid"], e["tid"]) for e in events if e["name"] == "thread_name" and e["args"]["name"] == "CrRendererMain"
        }
        tasks = [e for e in events if e["name"].endswith("RunTask") and (e["pid"], e["tid"]) in pages]
        work: Counter[tuple[int, int]] = Counter()
        for e in tasks:
            work[e["pid"], e["tid"]] += e.get("tdur", 0)
        page = work.most_common(1)[0][0]
        return [(e["ts"] / 1e6, e.get("tdur", 0) / 1e3) for e in tasks if (e["pid"], e["tid"]) == page]

    def _send(self, method: str, **params: object) -> None:
        self.socket.send(json.dumps({"id": 1, "method": method, "params": params}))


def open_editor(coach: CoachPage, editor: str) -> None:
    """Its page, with the long draft and the caret at its end."""
    coach.visit(f"editor.html?{editor}")
    coach.wait().until(lambda d: d.execute_script("return document.body.dataset.ready"))
    coach.driver.execute_script("editor.load(arguments[0])", LONG)


def press(driver: webdriver.Chrome, char: str) -> None:
    """One key, down and up."""
    code = "Space" if char == " " else f"Key{char.upper()}"
    key = {"key": char, "code": code, "windowsVirtualKeyCode": ord(char.upper())}
    driver.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": "keyDown", "text": char, **key})
    driver.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": "keyUp", **key})


def type_keys(coach: CoachPage, trace: Trace, coached: bool) -> list[float]:
    """CPU milliseconds of each key."""
    driver = coach.driver
    ActionChains(driver).send_keys("a").perform()
    if coached:
        coach.wait_read()
    driver.execute_async_script("requestIdleCallback(arguments[0])")  # the page is at rest
    trace.start()
    began = []
    for number in range(KEYS):
        began.append(time.monotonic())
        press(driver, "abcdefgh "[number % 9])
        time.sleep(PACE)  # how fast somebody types is part of what is measured; nothing is waited for
    tasks = trace.stop()
    ends = [*began[1:], began[-1] + 2 * PACE]
    return [sum(ms for at, ms in tasks if a <= at < b) for a, b in zip(began, ends, strict=True)][5:]


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


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1]


def added(way: list[list[float]], without: list[list[float]], figure: Callable[[list[float]], float]) -> str:
    """A figure of one way less that of the first, with its 95 % interval: rounds are drawn again and again."""

    def difference(rounds: list[int]) -> float:
        one, other = ([ms for n in rounds for ms in times[n]] for times in (way, without))
        return figure(one) - figure(other)

    every = list(range(len(way)))
    draws = sorted(difference(random.choices(every, k=len(every))) for _ in range(1000))
    return f"{difference(every):+.2f} [{draws[25]:+.2f}, {draws[974]:+.2f}]"


def show(times: dict[tuple[str, str], list[list[float]]]) -> None:
    """The table."""
    for editor in EDITORS:
        without = times[editor, WAYS[0]]
        alone = [ms for one in without for ms in one]
        print(f"{editor}: a key alone takes median {statistics.median(alone):.2f} ms, p95 {p95(alone):.2f} ms")
        for way in WAYS[1:]:
            now = times[editor, way]
            print(
                f"  {way:<16} adds: median {added(now, without, statistics.median)}, p95 {added(now, without, p95)} ms"
            )


def main() -> None:
    """Measure and print."""
    rounds, edits = (int(word) for word in (sys.argv[1:] + ["8", "1000"][len(sys.argv) - 1 :]))
    marks = False
    times: dict[tuple[str, str], list[list[float]]] = {}
    with ExitStack() as stack:
        url, _ = stack.enter_context(recorder(lambda draft: report_for(draft) if marks else REPORT))
        site, elsewhere = PageServer(), PageServer()
        bare, extended = start(False), start(True)
        for end in (site.stop, elsewhere.stop, bare.quit, extended.quit):
            stack.callback(end)
        traces = {driver: Trace(driver) for driver in (bare, extended)}
        settings = OptionsPage(extended, extension_id())
        settings.open()
        store = "chrome.storage.local.set({backend: arguments[0], token: 'bench'}).then(arguments[1])"
        extended.execute_async_script(store, url)
        settings.switch_on(site.url, f"{site.url}/empty.html")
        for _ in range(rounds):
            for editor in EDITORS:
                for way in random.sample(WAYS, len(WAYS)):
                    driver, coached = (bare if way == WAYS[0] else extended), way in WAYS[2:]
                    marks = way == WAYS[3]
                    coach = CoachPage(driver, (site if coached else elsewhere).url)
                    open_editor(coach, editor)
                    if coached:
                        ActionChains(driver).send_keys(" ").perform()
                        coach.wait_read()
                    times.setdefault((editor, way), []).append(type_keys(coach, traces[driver], coached))
        show(times)
        marks = True
        coach = CoachPage(extended, site.url)
        for editor in EDITORS if edits else ():
            open_editor(coach, editor)
            edit_much(coach, 20)
            before = heap(coach)
            edit_much(coach, edits)
            print(f"{editor:<16} heap MB, nodes, listeners: {before} before, {heap(coach)} after {edits} edits")


if __name__ == "__main__":
    main()
