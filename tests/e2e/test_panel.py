"""The panel as it opens: the badge stays in sight, one click is always at hand, the page's light is followed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from support.coach_page import CoachPage

CURT = "You should have checked the tracking page. Per our policy we will look into it."
WIDE = "main {{ margin: {top}px {side}px 400px {left}px; max-width: none }} textarea {{ height: {height}px }}"
LAYOUTS = {
    "room on the right": {"top": 0, "left": 40, "side": 420, "height": 150},
    "little room on the right": {"top": 0, "left": 300, "side": 300, "height": 150},
    "room on the left": {"top": 0, "left": 420, "side": 20, "height": 150},
    "none beside": {"top": 0, "left": 20, "side": 20, "height": 150},
    "none at all": {"top": 0, "left": 20, "side": 20, "height": 420},
}


@pytest.fixture
def window(coach: CoachPage) -> Iterator[None]:
    """The window as it was, afterwards."""
    yield
    coach.driver.set_window_size(1200, 900)
    coach.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    coach.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def opened(coach: CoachPage, page: str = "textarea.html", css: str = "") -> WebElement:
    coach.visit(page)
    coach.driver.execute_script(
        "document.head.append(Object.assign(document.createElement('style'), arguments[0]))", {"textContent": css}
    )
    field = coach.driver.find_element(By.ID, "answer")
    field.send_keys(CURT)
    coach.wait_read(len(CURT))
    coach.open()
    coach.drawn()  # it is placed anew once its size is known
    return field


def box(coach: CoachPage, element: WebElement) -> tuple[float, float, float, float]:
    """Left, top, right and bottom in the window."""
    rect = coach.driver.execute_script("return arguments[0].getBoundingClientRect().toJSON()", element)
    return rect["left"], rect["top"], rect["right"], rect["bottom"]


def meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize("size", [(1200, 900), (1000, 600)])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.usefixtures("window")
def test_the_badge_stays_in_sight(layout: str, size: tuple[int, int], coach: CoachPage) -> None:
    coach.driver.set_window_size(*size)
    field = opened(coach, css=WIDE.format(**LAYOUTS[layout]))
    width, height = coach.driver.execute_script("return [innerWidth, innerHeight]")
    panel, badge = box(coach, coach.find(".panel")), box(coach, coach.find(".badge button"))
    assert coach.find(".badge").is_displayed()
    for one in (panel, badge):
        assert one[0] >= 0 and one[1] >= 0 and one[2] <= width and one[3] <= height
    assert not meet(badge, panel)
    assert not meet(badge, box(coach, coach.driver.find_element(By.ID, "go")))
    assert panel[3] - panel[1] >= (300 if size[0] == 1200 else 140)
    words = coach.driver.execute_script(
        "const range = document.createRange(); const boxes = [];"
        "const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);"
        "while (texts.nextNode()) if (!/^\\s*$/.test(texts.currentNode.data) && !texts.currentNode.parentElement.closest('textarea'))"
        " { range.selectNodeContents(texts.currentNode);"
        "   for (const b of range.getClientRects()) boxes.push([b.left, b.top, b.right, b.bottom]); }"
        "return boxes"
    )
    assert words and not any(meet(badge, tuple(word)) for word in words)
    if layout != "none at all":
        assert not meet(badge, box(coach, field))
    if "room on" in layout and not (layout.startswith("little") and size[0] < 1200):
        assert not meet(panel, box(coach, field))


# Width and height in CSS pixels: windows that are small, or in which all is shown much larger.
LOW = {"twice as large": (600, 450), "three times": (400, 300), "a slit": (700, 260)}
WORDS = """
    const field = document.querySelector("#answer");
    const copy = field.localName === "textarea" ? field.cloneNode() : null;
    if (copy) { copy.value = field.value; copy.style.cssText += "; height: 0; min-height: 0; overflow: hidden"; field.after(copy); }
    const range = document.createRange();
    range.selectNodeContents(field);
    const { left, top, right } = field.getBoundingClientRect();
    const bottom = copy ? top + copy.scrollHeight : range.getBoundingClientRect().bottom;
    copy?.remove();
    return [left, top, right, bottom];
"""


@pytest.mark.parametrize(
    ("window_of", "page"), [*((window_of, "textarea.html") for window_of in LOW), ("twice as large", "rich.html")]
)
@pytest.mark.usefixtures("window")
def test_words_and_send_button_stay_free(window_of: str, page: str, coach: CoachPage, artefacts: Path) -> None:
    width, height = LOW[window_of]
    metrics = {"width": width, "height": height, "deviceScaleFactor": 2, "mobile": False}
    coach.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    opened(coach, page)
    panel = box(coach, coach.find(".panel"))
    coach.picture(artefacts / f"low-{window_of.replace(' ', '-')}-{page.removesuffix('.html')}.png")
    words = tuple(coach.driver.execute_script(WORDS))
    assert not meet(panel, words)
    assert not meet(panel, box(coach, coach.driver.find_element(By.ID, "go")))
    assert not meet(panel, box(coach, coach.find(".badge button")))
    assert panel[0] >= 0 and panel[1] >= 0 and panel[2] <= width and panel[3] <= height
    use = box(coach, coach.find("[data-key=apply]"))
    assert use[1] >= panel[1] and use[3] <= panel[3]  # without scrolling


def test_the_main_click_is_at_hand(coach: CoachPage, artefacts: Path) -> None:
    field = opened(coach)
    panel, use = box(coach, coach.find(".panel")), coach.find("[data-key=apply]")
    left, top, right, bottom = box(coach, use)
    assert panel[0] < left and panel[1] < top and right < panel[2] and bottom < panel[3]  # without scrolling
    assert use.text == "Use the rewording"
    assert coach.name_of("[data-key=apply]").startswith("Use the rewording: it takes the place of your draft")
    assert coach.find_all("[data-key=undo]") == []
    assert "Per our policy" in coach.find(".rewording .yours").get_property("textContent")
    assert coach.find_all(".bar .compare") == []

    coach.click("look")
    after = box(coach, coach.find(".rewording h2"))
    assert panel[1] < after[1] < after[3] < panel[3]
    coach.picture(artefacts / "panel-rewording.png")

    coach.change("apply")
    assert field.get_property("value") != CURT
    assert coach.name_of("[data-key=undo]") == "Undo: brings your own draft back"
    coach.click("undo")
    coach.wait().until(lambda _: field.get_property("value") == CURT)
    coach.wait_read(len(CURT))
    assert coach.find_all("[data-key=undo]") == []


def test_a_click_is_not_lost_when_a_new_answer_comes_under_it(coach: CoachPage) -> None:
    field = opened(coach)
    before = coach.find("[data-key=apply]")
    hold = ActionChains(coach.driver).click_and_hold(before)
    hold.perform()
    coach.driver.execute_script("arguments[0].dispatchEvent(new Event('input'))", field)
    coach.wait_read(len(CURT))  # the same draft was read again
    ActionChains(coach.driver).release().perform()
    coach.wait().until(lambda _: field.get_property("value") != CURT)


def test_open_tab_enter(coach: CoachPage) -> None:
    coach.visit("textarea.html")
    field = coach.driver.find_element(By.ID, "answer")
    field.send_keys(CURT)
    coach.wait_read(len(CURT))
    field.send_keys(Keys.ALT, Keys.SHIFT, "e")
    coach.wait().until(lambda _: coach.is_open)
    ActionChains(coach.driver).send_keys(Keys.TAB, Keys.ENTER).perform()
    coach.wait().until(lambda _: field.get_property("value") != CURT)


def test_no_main_click_without_a_rewording(coach: CoachPage) -> None:
    coach.visit("lone.html")
    coach.driver.find_element(By.ID, "answer").send_keys(" ")
    coach.wait_read(1)
    coach.open()
    coach.wait().until(lambda _: "Write your reply as you would." in coach.find(".panel").text)
    assert not coach.find(".bar").is_displayed()


def test_copy_where_the_field_takes_no_change(coach: CoachPage) -> None:
    field = opened(coach)
    coach.driver.execute_script("arguments[0].readOnly = true", field)
    coach.click("close")
    coach.open()
    assert coach.find(".bar .main").text == "Copy the rewording"
    assert coach.find_all("[data-key=apply]") == []
    coach.find(".bar .main").click()
    coach.wait().until(lambda _: coach.said() == "Copied.")
    assert field.get_property("value") == CURT


@pytest.mark.usefixtures("window")
@pytest.mark.parametrize("switch", ["system", "page"])
def test_light_and_dark_are_followed_at_once(switch: str, coach: CoachPage) -> None:
    dark = "body, main, textarea { background: #14181a !important; transition: background 50ms; }"
    css = (
        f"@media (prefers-color-scheme: dark) {{ {dark} }}"
        if switch == "system"
        else dark.replace("body", ".dark body")
        .replace(", main", ", .dark main")
        .replace(", textarea", ", .dark textarea")
    )
    opened(coach, css=css)
    for scheme in ("dark", "light"):
        if switch == "system":
            feature = {"name": "prefers-color-scheme", "value": scheme}
            coach.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        else:
            coach.driver.execute_script("document.documentElement.className = arguments[0]", scheme)
        coach.wait().until(
            lambda _, wanted=scheme: coach.find(".stage").value_of_css_property("color-scheme") == wanted
        )


def test_signals_are_few_and_stand_in_one_line(coach: CoachPage) -> None:
    opened(coach)
    signals = coach.find_all(".signals li")
    assert 1 <= len(signals) <= 4
    assert all(signal.size["height"] < 30 for signal in signals)
    scroll = coach.find(".scroll")
    assert coach.driver.execute_script("return arguments[0].scrollWidth <= arguments[0].clientWidth", scroll)
