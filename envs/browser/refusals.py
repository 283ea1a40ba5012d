"""What an answer to a script's write says against its own status, where it is no JSON: a redirect to a sign-in page, a
short page of error. Documents are not judged here: the person sees them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

SHORT = 600
"""Characters of visible text up to which a piece of HTML is about one thing."""

_SIGN_IN = re.compile(r"^(log|sign)[-_]?(in|on)$", re.IGNORECASE)
_ERROR = re.compile(
    r"\b(errors?|failed|could not|can(not|'t) be|denied|forbidden|not (allowed|permitted|authori[sz]ed))\b",
    re.IGNORECASE,
)


def signed_out(location: str) -> str | None:
    """Whether a redirect leads to a sign-in page: the session is over, and what was sent is lost."""
    parts = [part for part in urlsplit(location).path.split("/") if part]
    if parts and _SIGN_IN.match(parts[-1].partition(".")[0]):
        return f"it leads to the sign-in page {urlsplit(location).path}"
    return None


def in_html(body: str) -> str | None:
    """The error that a short piece of HTML tells, in words."""
    reader = _Text()
    reader.feed(body)
    text = " ".join("".join(reader.parts).split())
    return text[:200] if len(text) <= SHORT and _ERROR.search(text) else None


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style", "template")
        self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style", "template") and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
