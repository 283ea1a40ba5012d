"""What pages may ask a person for: denied before they ask, but for what the run's options grant.

The protocol tells of no such question; a page that asks gets its answer at once and shows what it makes of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from envs.browser.wire import Wire

ASKED_FOR = (
    "geolocation",
    "notifications",
    "camera",
    "microphone",
    "midi",
    "clipboard-read",
    "idle-detection",
    "local-fonts",
    "window-management",
    "nfc",
    "storage-access",
    "top-level-storage-access",
    "local-network-access",
    "captured-surface-control",
    "web-app-installation",
)
"""Permissions (W3C Permissions, names as in Chromium) for which a browser shows a question; the others it decides."""


def settle(wire: Wire, context: str | None, granted: Iterable[str], origins: Iterable[str]) -> None:
    """Deny them all in a browser context (its protocol name), and grant some to some origins. Sent, not waited for."""
    where: dict[str, Any] = {} if context is None else {"browserContextId": context}
    for name in ASKED_FOR:
        wire.begin("Browser.setPermission", {**where, "permission": {"name": name}, "setting": "denied"})
    wire.begin("Browser.setPermission", {**where, "permission": {"name": "midi", "sysex": True}, "setting": "denied"})
    names = tuple(granted)
    for origin in origins:
        for name in names:
            one = {**where, "permission": {"name": name}, "setting": "granted", "origin": origin}
            wire.begin("Browser.setPermission", one)
