"""Everybody can use it: axe-core finds nothing, the order of Tab makes sense, zoom and other ways of drawing hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from support.axe import faults
from support.coach_page import CoachPage, OptionsPage

CURT = "You should have checked the tracking page. Per our policy we will look into it."


@pytest.fixture
def plain(coach: CoachPage) -> Iterator[CoachPage]:
    """The browser's usual way of drawing, afterwards."""
    yield coach
    coach.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    coach.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def schemes(driver: WebDriver) -> Iterator[str]:
    for scheme in ("light", "dark"):
        feature = {"name": "prefers-color-scheme", "value": scheme}
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        yield scheme


def written(coach: CoachPage, page: str = "textarea.html") -> None:
    coach.visit(page)
    coach.driver.find_element(By.ID, "answer").send_keys(CURT)
    coach.wait_read(len(CURT))
    coach.open()
    coach.drawn()  # it is placed anew once its size is known


@pytest.mark.parametrize("page", ["options", "side-panel"])
def test_pages(page: str, plain: CoachPage, settings_page: OptionsPage, artefacts: Path) -> None:
    settings_page.open()
    plain.driver.get(settings_page.url.replace("options", page))
    plain.wait().until(lambda d: d.execute_script("return Object.keys(document.documentElement.dataset).length > 0"))
    for scheme in schemes(plain.driver):
        plain.driver.save_screenshot(str(artefacts / f"{page}-{scheme}.png"))
        assert faults(plain.driver) == []


@pytest.mark.parametrize("page", ["textarea.html", "dark.html"])
def test_panel(page: str, plain: CoachPage) -> None:
    """The panel's own elements, in a copy: axe cannot look into a closed shadow root."""
    written(plain, page)
    plain.find(".idea summary").click()
    plain.find("footer summary").click()
    copied = """
        const [root, style] = [arguments[0], document.createElement("div")];
        const open = document.createElement("div");
        open.attachShadow({ mode: "open" }).append(...[...root.childNodes].map((one) => one.cloneNode(true)));
        open.shadowRoot.adoptedStyleSheets = root.adoptedStyleSheets;
        document.querySelector("empathy-coach").remove();
        document.querySelector("main").remove();
        document.documentElement.lang = "en";
        document.body.append(open);
        open.shadowRoot.querySelector(".mirror")?.remove(); // invisible on purpose: the draft itself stands there
        for (const shown of open.shadowRoot.querySelectorAll("[popover]")) shown.showPopover();
        for (const hollow of open.shadowRoot.querySelectorAll("details")) hollow.open = true;
        return open;
    """
    copy = plain.driver.execute_script(copied, plain.shadow)
    found = faults(plain.driver, copy)
    assert [fault for fault in found if fault[0] not in {"page-has-heading-one", "landmark-one-main", "region"}] == []


def test_order_of_tab_and_way_back(plain: CoachPage) -> None:
    written(plain)
    order: list[str] = []
    while "close" not in order:
        ActionChains(plain.driver).send_keys(Keys.TAB).perform()
        order.append(plain.driver.execute_script("return arguments[0].activeElement?.dataset.key ?? ''", plain.shadow))
        assert len(order) < 8
    assert order == ["apply", "look", "side panel", "close"]
    ActionChains(plain.driver).send_keys(Keys.ENTER).perform()
    plain.wait().until(lambda _: not plain.is_open)
    assert plain.driver.switch_to.active_element.get_attribute("id") == "answer"


DRAWN = {
    "twice as large": ("textarea.html", {"width": 600, "height": 450, "deviceScaleFactor": 2, "mobile": False}, []),
    "right to left": ("unseen/right-to-left.html", None, []),
    "forced colours": ("textarea.html", None, [{"name": "forced-colors", "value": "active"}]),
    "still": ("textarea.html", None, [{"name": "prefers-reduced-motion", "value": "reduce"}]),
}


@pytest.mark.parametrize("way", DRAWN)
def test_other_ways_of_drawing(way: str, plain: CoachPage, artefacts: Path) -> None:
    page, metrics, features = DRAWN[way]
    if metrics:
        plain.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    plain.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    written(plain, page)
    plain.picture(artefacts / f"drawn-{way.replace(' ', '-')}.png")
    boxes = plain.driver.execute_script(
        "return [innerWidth, innerHeight, ...[...arguments].map((one) => one.getBoundingClientRect().toJSON())]",
        plain.find(".panel"),
        plain.find(".badge button"),
        # Words that the coach cannot read are no ground for a rewording.
        plain.find("[data-key=close]" if way == "right to left" else "[data-key=apply]"),
    )
    width, height = boxes[:2]
    for box in boxes[2:]:
        assert box["left"] >= 0 and box["right"] <= width and box["top"] >= 0 and box["bottom"] <= height
    badge, send = boxes[3], plain.driver.find_element(By.CSS_SELECTOR, "button").rect
    apart = badge["right"] <= send["x"] or send["x"] + send["width"] <= badge["left"]
    over = plain.driver.execute_script("return scrollY")
    assert apart or badge["bottom"] <= send["y"] - over or send["y"] - over + send["height"] <= badge["top"]
    if way == "forced colours":
        marks = plain.find_all(".mirror span")
        assert marks and all(mark.value_of_css_property("color") == "rgba(0, 0, 0, 0)" for mark in marks)
        fonts = [
            one.value_of_css_property("font-family") for one in (marks[0], plain.driver.find_element(By.ID, "answer"))
        ]
        assert fonts[0] == fonts[1]
    if way == "still":
        assert plain.find("summary .icon").value_of_css_property("transition-duration") == "0s"
