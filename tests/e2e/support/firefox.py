"""Firefox with the extension, driven by WebDriver BiDi over a websocket: Debian has no geckodriver."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from websocket import WebSocket, create_connection

from support.editing import Desk

T = TypeVar("T")
NAMES = ("firefox-esr", "firefox")
UUID = "6b1e1c5e-7d0c-4d5c-9a53-5d1f0c0ac001"  # of the extension in this profile, so that its pages have an address
PREFERENCES = {
    "extensions.webextensions.uuids": json.dumps({"coach@empathy-coach.example": UUID}),
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "services.settings.server": "",
}
PATIENCE = 15.0  # seconds
OPTIONS = f"moz-extension://{UUID}/pages/options.html"
HELD = {"Control": "\ue009", "Shift": "\ue008", "Alt": "\ue00a"}


class Firefox:
    """One window. Elements are BiDi's shared ids."""

    def __init__(self, extension: Path) -> None:
        program = next((found for name in NAMES if (found := shutil.which(name))), None)
        assert program, "These tests need Firefox: python3 tests/run.py installs firefox-esr"
        # Its helpers may still write into the profile for a moment after it has ended.
        self.profile = tempfile.TemporaryDirectory(prefix="coach-firefox-", ignore_cleanup_errors=True)
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
        (Path(self.profile.name) / "user.js").write_text("\n".join(lines), "utf-8")
        command = [program, "--headless", "--remote-debugging-port=0", "--remote-allow-system-access"]
        command += ["--profile", self.profile.name, "--width=1200", "--height=900", "about:blank"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.number = 0
        self.socket: WebSocket = create_connection(f"{self._address()}/session", timeout=60, suppress_origin=True)
        self.call("session.new", capabilities={})
        self.call("webExtension.install", extensionData={"type": "path", "path": str(extension)})
        self.tab = self.call("browsingContext.getTree")["contexts"][0]["context"]
        self.window = self.call("browsingContext.getTree", **{"moz:scope": "chrome"})["contexts"][0]["context"]

    def _address(self) -> str:
        said = self.process.stderr
        assert said
        for line in said:
            if found := re.search(r"BiDi listening on (ws://\S+)", line):
                # What it says from now on is taken from it too: a pipe that is full would stop it.
                threading.Thread(target=lambda: deque(said, 0), daemon=True).start()
                return found[1]
        raise AssertionError("Firefox ended before it listened")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """One command; its result."""
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") != self.number:
                continue  # an event
            if answer["type"] == "error":
                raise RuntimeError(f"{method}: {answer['error']}: {answer['message']}")
            return dict(answer["result"])

    def stop(self) -> None:
        """End the browser."""
        self.socket.close()
        self.process.terminate()
        self.process.wait(20)
        self.profile.cleanup()

    def visit(self, url: str) -> None:
        """Open a page."""
        self.call("browsingContext.navigate", context=self.tab, url=url, wait="complete")
        self.call("browsingContext.activate", context=self.tab)
        self.wait(self._focused)

    def _focused(self) -> bool:
        """Whether the page has the focus; else it is given it. Usually the address bar has, and keys reach nobody."""
        if self.run("() => document.hasFocus()"):
            return True
        focus = "() => { gBrowser.selectedBrowser.blur(); gBrowser.selectedBrowser.focus(); }"
        self.call("script.callFunction", functionDeclaration=focus, target={"context": self.window}, awaitPromise=False)
        return False

    def run(self, function: str, *elements: str) -> Any:
        """A function of the page, given elements; its result by way of JSON."""
        answer = self.call(
            "script.callFunction",
            functionDeclaration=f"async (...args) => JSON.stringify(await ({function})(...args) ?? null)",
            arguments=[{"sharedId": element} for element in elements],
            target={"context": self.tab},
            awaitPromise=True,
            userActivation=True,
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def wait(self, state: Callable[[], T]) -> T:
        """Wait until a state is there; looks often. A page that is just being left has none."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                if found := state():
                    return found
                why = "It did not come about"
            except RuntimeError as error:
                why = str(error)
            assert time.monotonic() < end, why
            time.sleep(0.03)

    def shadow(self) -> str | None:
        """The coach's closed shadow root."""
        found = self.call(
            "browsingContext.locateNodes",
            context=self.tab,
            locator={"type": "css", "value": "empathy-coach:not([data-hidden])"},
            serializationOptions={"includeShadowTree": "all", "maxDomDepth": 1},
        )["nodes"]
        root = found[0]["value"]["shadowRoot"] if found else None
        return str(root["sharedId"]) if root else None

    def find(self, selector: str) -> list[str]:
        """Elements inside the coach's shadow root."""
        root = self.shadow()
        if root is None:
            return []
        locator = {"type": "css", "value": selector}
        nodes = self.call(
            "browsingContext.locateNodes", context=self.tab, locator=locator, startNodes=[{"sharedId": root}]
        )["nodes"]
        return [str(node["sharedId"]) for node in nodes]

    def text(self, selector: str) -> str:
        """The text of the first such thing of the coach's; nothing where there is none."""
        found = self.find(selector)
        return str(self.run("(e) => e.textContent", found[0])) if found else ""

    def click(self, selector: str) -> None:
        """Click something of the coach's as soon as it is there."""

        def clicked() -> bool:
            found = self.find(selector)
            if not found:
                return False
            self._press(found[0])  # an error where a new answer drew the panel anew just now
            return True

        self.wait(clicked)

    def enter(self, selector: str) -> None:
        """Click something of the page's own."""
        locator = {"type": "css", "value": selector}
        self._press(self.call("browsingContext.locateNodes", context=self.tab, locator=locator)["nodes"][0]["sharedId"])

    def _press(self, element: str) -> None:
        self.run("(e) => e.scrollIntoView({block: 'nearest'})", element)
        where = {"type": "element", "element": {"sharedId": element}}
        move = {"type": "pointerMove", "x": 0, "y": 0, "origin": where}
        press = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._act({"type": "pointer", "id": "mouse", "actions": [move, *press]})

    def type(self, text: str, *held: str) -> None:
        """Real keys, with ``Control``, ``Shift`` or ``Alt`` held down."""
        down = [{"type": "keyDown", "value": HELD[key]} for key in held]
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        up = [{"type": "keyUp", "value": HELD[key]} for key in reversed(held)]
        self._act({"type": "key", "id": "keys", "actions": [*down, *keys, *up]})

    def _act(self, source: dict[str, Any]) -> None:
        self.call("input.performActions", context=self.tab, actions=[source])

    def picture(self, path: Path) -> None:
        """Keep a screenshot."""
        path.write_bytes(base64.b64decode(self.call("browsingContext.captureScreenshot", context=self.tab)["data"]))


class FirefoxDesk(Desk):
    """One editor's page in Firefox, with the coach beside it."""

    def __init__(self, firefox: Firefox, site: str, editor: str, asked: list[dict[str, Any]]) -> None:
        super().__init__(editor, asked)
        self.firefox = firefox
        firefox.visit(f"{site}/editor.html?{editor}")
        firefox.wait(lambda: firefox.run("() => document.body?.dataset.ready"))

    def script(self, code: str) -> Any:
        return self.firefox.run(f"async () => {{ {code} }}")

    def keys(self, text: str, *held: str) -> None:
        self.firefox.type(text, *held)

    def click(self, selector: str) -> None:
        self.firefox.click(selector)

    def said(self) -> str:
        return self.firefox.text(".notes")
