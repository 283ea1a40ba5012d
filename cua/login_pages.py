"""Sign-in pages: how one is known, what is sent to one, and when one came in the place of what was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from envs.events import Answer, Event, Failure, Request
from envs.observation import Element, Observation

_ENTRANCE = re.compile(r"/((sign|log)[-_]?in|sessions?|authenticate|token)(\.\w+)?/?$", re.IGNORECASE)
_WAY_OUT = re.compile(
    r"\b(log|sign)[-_ ]?(out|off)|\b(exit|quit|lock|disconnect|switch user)\b|abmelden|ausloggen|déconn|deconn|"
    r"cerrar sesi|salir|esci|disconn|uitloggen|afmelden|sair|wyloguj|logga ut|log ud|logg ut|выйти|выход|"
    r"ログアウト|退出|登出",
    re.IGNORECASE,
)


def signs_in(screen: Observation) -> bool:
    """Whether this is a sign-in form: one password field (two are a change of password)."""
    return sum("password" in e.states and e.visible for e in screen.elements) == 1


def enters(write: Answer | Failure) -> bool:
    """Whether a write was sent to where one signs in."""
    return bool(_ENTRANCE.search(urlsplit(write.url).path))


def turned_away(before: Observation, after: Observation, found: Element | None, events: Iterable[Event]) -> bool:
    """Whether a page was asked for and a sign-in page at another address came: what a session that has ended does.

    Not where the one who was signed in has signed out. Of an application that asks for no pages nothing is known.
    """
    if signs_in(before) or not signs_in(after):
        return False
    asked = next((urlsplit(e.url).path for e in events if isinstance(e, Request) and e.kind == "document"), None)
    if asked is None or asked.rstrip("/") == urlsplit(after.url).path.rstrip("/"):
        return False
    return not _WAY_OUT.search(asked) and not (found is not None and _WAY_OUT.search(found.name))
