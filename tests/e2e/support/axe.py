"""What axe-core finds on the open page."""

from __future__ import annotations

from typing import Any

from selenium.webdriver.chrome.webdriver import WebDriver

from support.pageserver import NODE_MODULES

RUN = """
const done = arguments[1];
const told = ({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))];
axe.run(arguments[0] ?? document, { resultTypes: ["violations"] })
  .then(({ violations }) => done(violations.map(told)), (error) => done(String(error)));
"""


def faults(driver: WebDriver, where: Any = None) -> Any:
    """Pairs of a rule and the elements that break it, on the whole page or inside ``where``."""
    driver.execute_script((NODE_MODULES / "axe-core/axe.min.js").read_text("utf-8"))
    return driver.execute_async_script(RUN, where)
