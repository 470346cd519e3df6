"""Pictures of mails as a mail program shows them: Chromium, where the machine has one.

One browser for all pictures, spoken to over two pipes (Chrome DevTools Protocol, `--remote-debugging-pipe`):
whole pages at exact widths, light and dark, without a driver package. It reaches no network: a mail of ours
needs none, and a template that asks for something remote shows a hole.
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import select
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 30.0
"""Seconds for one answer of the browser."""


class BrowserTrouble(Exception):
    """The browser did not do what it was asked. The sentence is Turkish."""


@dataclass(frozen=True, slots=True)
class View:
    """How a reader looks at a mail."""

    name: str
    """Part of the picture's file name."""
    width: int
    """CSS pixels."""
    dark: bool = False


VIEWS = (View("genis", 800), View("dar", 360), View("koyu", 800, dark=True))


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole page as PNG, and how wide its content really is."""

    png: bytes
    content_width: int
    """CSS pixels; more than the view's width means that a reader must scroll sideways."""


def find_browser() -> str | None:
    """The path of Chromium, or None."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


class Browser:
    """A running Chromium with one page. Made by `open_browser`."""

    def __init__(self, into: int, out: int) -> None:
        self._into, self._out = into, out
        self._said = b""
        self._number = 0
        self._session = ""

    def start(self) -> None:
        """Open the page. Raises BrowserTrouble."""
        target = self.ask("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session = self.ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        self.ask("Page.enable", {})

    def picture(self, html: str, view: View) -> Picture:
        """The page that `html` makes. Raises BrowserTrouble."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if view.dark else "light"}
        self.ask("Emulation.setEmulatedMedia", {"media": "screen", "features": [scheme]})
        phone = view.width < 480
        metrics = {"width": view.width, "height": 600, "deviceScaleFactor": 1, "mobile": phone}
        self.ask("Emulation.setDeviceMetricsOverride", metrics)
        frame = self.ask("Page.getFrameTree", {})["frameTree"]["frame"]["id"]
        self.ask("Page.setDocumentContent", {"frameId": frame, "html": html})
        size = self.ask("Page.getLayoutMetrics", {})["cssContentSize"]
        shot = self.ask("Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True})
        if size["height"] > metrics["height"]:
            clip = {"x": 0, "y": 0, "width": view.width, "height": size["height"], "scale": 1}
            shot = self.ask(
                "Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True, "clip": clip}
            )
        return Picture(base64.b64decode(shot["data"]), int(size["width"]))

    def ask(self, method: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """One command and its result. Raises BrowserTrouble."""
        self._number += 1
        order: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            order["sessionId"] = self._session
        data = memoryview(json.dumps(order).encode() + b"\0")
        end = time.monotonic() + PATIENCE
        try:
            while data:
                data = data[os.write(self._into, data) :]
            while (answer := self._next(end)).get("id") != self._number:
                pass
        except OSError as fault:
            raise BrowserTrouble(f"Chromium kapandı ({fault.strerror}).") from fault
        if "error" in answer:
            raise BrowserTrouble(f"Chromium “{method}” isteğini yapamadı: {answer['error'].get('message')}.")
        return dict(answer.get("result", {}))

    def _next(self, end: float) -> dict[str, Any]:
        while b"\0" not in self._said:
            ready, _, _ = select.select([self._out], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                raise BrowserTrouble(f"Chromium {PATIENCE:.0f} saniyede yanıt vermedi.")
            more = os.read(self._out, 1 << 20)
            if not more:
                raise BrowserTrouble("Chromium açılamadı ya da kapandı.")
            self._said += more
        message, _, self._said = self._said.partition(b"\0")
        return dict(json.loads(message))


@contextmanager
def open_browser(program: str) -> Iterator[Browser]:
    """Chromium with a profile of its own, gone afterwards. Raises BrowserTrouble."""
    with tempfile.TemporaryDirectory(prefix="mailbot-resim-", ignore_cleanup_errors=True) as profile:
        words = [
            program, "--headless=new", "--remote-debugging-pipe", f"--user-data-dir={profile}",
            "--no-first-run", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage",
            "--force-color-profile=srgb", "--lang=tr", "--proxy-server=127.0.0.1:9", "--disable-sync",
        ]  # fmt: skip
        if os.geteuid() == 0:
            words.append("--no-sandbox")  # as root Chromium refuses to start with it
        ends = [_high(end) for pair in (os.pipe(), os.pipe()) for end in pair]
        orders, into, out, answers = ends
        actions = [(os.POSIX_SPAWN_DUP2, orders, 3), (os.POSIX_SPAWN_DUP2, answers, 4)]
        actions += [(os.POSIX_SPAWN_OPEN, n, os.devnull, os.O_RDWR, 0) for n in (0, 1, 2)]  # type: ignore[misc]
        try:
            child = os.posix_spawn(program, words, os.environ, file_actions=actions, setsid=True)
        except OSError as fault:
            for end in ends:
                os.close(end)
            raise BrowserTrouble(f"Chromium başlatılamadı ({fault.strerror}).") from fault
        os.close(orders)
        os.close(answers)
        try:
            browser = Browser(into, out)
            browser.start()
            yield browser
        finally:
            os.close(into)
            os.close(out)
            _end(child)


def _high(end: int) -> int:
    """`end` under a number that the child's 3 and 4 cannot collide with."""
    moved = fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(end)
    return moved


def _end(child: int) -> None:
    """Its pipe is closed, so it goes by itself; where it does not, its session is ended."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        if os.waitpid(child, os.WNOHANG)[0]:
            return
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
