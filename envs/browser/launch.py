"""Starting Chromium, or attaching to one that runs."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser as PlaywrightBrowser
from playwright.sync_api import BrowserContext, Error, Playwright, sync_playwright

from envs.browser.find import INSTALL, find
from envs.browser.options import BrowserOptions
from envs.errors import Unavailable

_OFF = (
    # What Playwright 1.65 switches off: Chromium takes the last --disable-features there is, and that is ours.
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *(
        "HttpsFirstBalancedModeAutoEnable",
        "LensOverlay",
        "MediaRouter",
        "PaintHolding",
        "ThirdPartyStoragePartitioning",
    ),
    *("AvoidCorsURLLoaderRestartOnRedirect", "TcpPortRandomizationWin", "OptimizationHints"),
    *("NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
    # An offer to translate lies over the page.
    "Translate",
    # Two hidden pages of the address bar, which cost every window more than most pages do.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
)
_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    f"--disable-features={','.join(_OFF)}",
)


class _Driver(threading.local):
    """Playwright's driver process, one a thread, shared by the browsers that are open."""

    playwright: Playwright | None = None
    users: int = 0


_driver = _Driver()


def _borrow() -> Playwright:
    if _driver.playwright is None:
        try:
            _driver.playwright = sync_playwright().start()
        except Error as error:
            raise Unavailable(f"Playwright does not start here: {error.message.splitlines()[0]}") from error
    _driver.users += 1
    return _driver.playwright


def _give_back() -> None:
    _driver.users -= 1
    if _driver.users == 0 and _driver.playwright is not None:
        _driver.playwright.stop()
        _driver.playwright = None


@dataclass(slots=True)
class Launched:
    """A browser with one context, and how to leave it."""

    context: BrowserContext
    browser: PlaywrightBrowser | None
    attached: bool
    """It was running before; closing must leave it so."""
    executable: Path | None = None
    """What was started; None where it was running."""
    renew: Callable[[], BrowserContext] | None = None
    """Makes a context without any history; None where the browser keeps its one (a profile, or attached)."""
    open: bool = True

    def start_over(self) -> None:
        """A context as new as on the first day, where there may be one."""
        if self.renew is not None:
            self.context.close()
            self.context = self.renew()

    def close(self) -> None:
        if not self.open:
            return
        self.open = False
        try:
            if not self.attached:
                self.context.close()
            if self.browser is not None:
                self.browser.close()  # for an attached one this only disconnects
        except Error:
            return  # it died before us
        finally:
            _give_back()


def launch(options: BrowserOptions) -> Launched:
    """Raises Unavailable with what is missing and the command that mends it."""
    playwright = _borrow()
    try:
        if options.cdp_url is not None:
            return _attach(playwright, options, options.cdp_url)
        return _start(playwright, options)
    except BaseException:
        _give_back()
        raise


def _attach(playwright: Playwright, options: BrowserOptions, url: str) -> Launched:
    try:
        browser = playwright.chromium.connect_over_cdp(url)
    except Error as error:
        line = error.message.splitlines()[0]
        raise Unavailable(
            f"no browser answers at {url} ({line}); start one with: chromium --remote-debugging-port=9222"
        ) from error
    context = browser.contexts[0] if browser.contexts else browser.new_context()
    return Launched(context, browser, attached=True)


def _start(playwright: Playwright, options: BrowserOptions) -> Launched:
    executable = find(options, playwright)
    if options.headed and not displayed():
        raise Unavailable("there is no display for a headed browser; leave --headed away, or run under: xvfb-run -a")
    starting: dict[str, Any] = {
        "executable_path": str(executable),
        "headless": not options.headed,
        "args": [*_QUIET, *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])],
        "ignore_default_args": ["--disable-popup-blocking"],  # a page opens windows as it may with a person
        "handle_sigint": False,
        "handle_sigterm": False,
        "handle_sighup": False,
    }
    if options.proxy is not None:
        starting["proxy"] = {"server": options.proxy}
    shown: dict[str, Any] = {
        "viewport": {"width": options.viewport[0], "height": options.viewport[1]},
        "accept_downloads": True,
    }
    if options.locale is not None:
        shown["locale"] = options.locale
    if options.timezone is not None:
        shown["timezone_id"] = options.timezone
    try:
        if options.profile is not None:
            context = playwright.chromium.launch_persistent_context(str(options.profile), **starting, **shown)
            return Launched(context, context.browser, attached=False, executable=executable)
        browser = playwright.chromium.launch(**starting)
    except Error as error:
        raise Unavailable(_why(executable, error)) from error

    def renew() -> BrowserContext:
        kept: dict[str, Any] = {}
        if options.auth is not None and options.auth.exists():
            kept["storage_state"] = str(options.auth)
        return browser.new_context(**shown, **kept)

    try:
        return Launched(renew(), browser, attached=False, executable=executable, renew=renew)
    except Error as error:
        browser.close()
        raise Unavailable(_why(executable, error)) from error


def displayed() -> bool:
    """Whether there is a screen that a window can be shown on."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.name == "nt")


def _why(executable: object, error: Error) -> str:
    lines = [line.strip() for line in error.message.splitlines() if line.strip()]
    telling = next((line for line in lines if "error" in line.lower() and "::" not in line), lines[0] if lines else "")
    return f"{executable} does not start: {telling} (another one: {INSTALL})"
