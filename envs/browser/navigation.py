"""Loading an address in a tab, and going back in its history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Error

from envs.browser.guard import Guard
from envs.browser.tab import Tab
from envs.browser.traffic import INTERNAL, NETWORK
from envs.browser.wire import MovedOn, Pending, TargetGone
from envs.errors import ActFailed, Crashed

OPENING = 30.0
"""Seconds that a document may take to come."""

Failure = Callable[[str], Exception]
"""What to raise, from a reason in words."""


def load(tab: Tab, url: str, failure: Failure, guard: Guard | None, alive: Callable[[], None]) -> None:
    """Begin to load an address, until its document has come. `alive` raises Crashed where the tab is.

    Raises `failure` with the reason where the document did not come.
    """
    scheme = url.partition(":")[0].lower()
    if scheme == "javascript" or not (scheme in NETWORK | INTERNAL or scheme.startswith("chrome")):
        raise failure(f"{url} is no page: {scheme}: addresses are not opened")
    if guard is not None:
        guard.refused.clear()
    try:
        said = tab.wire.send("Page.navigate", {"url": url}, timeout=OPENING)
    except MovedOn:
        return  # another navigation overtook it
    except Crashed as error:
        alive()
        raise failure(f"{url} did not answer within {OPENING:.0f} s") from error
    except Error as error:
        raise failure(f"{url} is no address that the browser can open") from error
    why = said.get("errorText")
    asked = guard.refused.get(tab.world.main) if guard is not None else None
    if asked is not None:
        raise failure(f"{url} was not opened: {asked}")
    if why == "net::ERR_HTTP_RESPONSE_CODE_FAILURE":
        raise failure(f"{url} was answered with an error and no page")
    if why and not said.get("isDownload") and why != "net::ERR_ABORTED":
        raise failure(f"nothing answers at {url} ({_NETWORK.get(why, why)})")


def here(tab: Tab) -> Pending:
    """Where the tab is in its history: asked now, before any later act, and read by `back` when it is needed."""
    return tab.wire.begin("Page.getNavigationHistory")


def back(tab: Tab, to: Pending) -> None:
    """To the entry of the history that `here` told of. Raises ActFailed where it is not there any more."""
    try:
        wanted = _entry(to.answer())
    except (MovedOn, TargetGone, Error) as error:
        raise ActFailed("where that page was in the tab's history is not known") from error
    said = tab.wire.send("Page.getNavigationHistory")
    if wanted not in [entry["id"] for entry in said["entries"]]:
        raise ActFailed("that page is not in the tab's history any more")
    if _entry(said) != wanted:
        tab.wire.send("Page.navigateToHistoryEntry", {"entryId": wanted})


def _entry(history: dict[str, Any]) -> int:
    """The id of where a tab is in its history (the answer to Page.getNavigationHistory)."""
    return int(history["entries"][history["currentIndex"]]["id"])


_NETWORK = {
    "net::ERR_CONNECTION_REFUSED": "connection refused",
    "net::ERR_NAME_NOT_RESOLVED": "no such host",
    "net::ERR_CONNECTION_TIMED_OUT": "it timed out",
    "net::ERR_ADDRESS_UNREACHABLE": "unreachable",
    "net::ERR_INTERNET_DISCONNECTED": "there is no network",
    "net::ERR_FILE_NOT_FOUND": "there is no such file",
    "net::ERR_EMPTY_RESPONSE": "it closed the connection without an answer",
    "net::ERR_CONNECTION_RESET": "it closed the connection",
    "net::ERR_TOO_MANY_REDIRECTS": "it redirects without end",
    "net::ERR_INVALID_AUTH_CREDENTIALS": "it wants a name and a password",
    "net::ERR_PROXY_CONNECTION_FAILED": "the proxy does not answer",
    "net::ERR_TUNNEL_CONNECTION_FAILED": "the proxy does not let it through",
    "net::ERR_UNSAFE_PORT": "browsers do not use this port",
    "net::ERR_CERT_AUTHORITY_INVALID": "its certificate is self-signed, or of an authority that is not trusted",
    "net::ERR_CERT_COMMON_NAME_INVALID": "its certificate is for another host",
    "net::ERR_CERT_DATE_INVALID": "its certificate has expired, or is not valid yet",
    "net::ERR_CERT_REVOKED": "its certificate was revoked",
    "net::ERR_CERT_INVALID": "its certificate is not valid",
    "net::ERR_CERT_WEAK_SIGNATURE_ALGORITHM": "its certificate is signed weakly",
    "net::ERR_SSL_PROTOCOL_ERROR": "it does not speak TLS",
    "net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH": "it speaks no TLS that is safe",
    "net::ERR_BLOCKED_BY_CLIENT": "its origin was not allowed",
}
