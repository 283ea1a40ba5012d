"""Which origin a URL belongs to, and whether it may be opened. URLs are parsed as a browser does (WHATWG URL, by ada).

What cannot be parsed is not allowed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from ada_url import URL

WEB = frozenset({"http:", "https:"})
FILE = "file://"
OPAQUE = "null"
"""The origin of data:, about:, javascript: and every other URL that has none of its own."""


@lru_cache(maxsize=8192)
def origin_of(url: str, base: str = "") -> str | None:
    """`scheme://host[:port]` (port left out where it is the scheme's own), "file://", "null", or None for what is no
    URL.

    A relative URL is resolved against `base`. A blob: URL has the origin of the URL inside it.
    """
    parsed = _parsed(url, base)
    if parsed is None:
        return None
    return FILE if parsed.protocol == "file:" else str(parsed.origin)


def _parsed(url: str, base: str = "") -> URL | None:
    try:
        return URL(url, base) if base else URL(url)
    except ValueError:
        return None


_NOBODYS = ("about:blank#", "about:blank?", "chrome-error://")


def host_of(origin: str) -> str:
    """The host of an origin, without its port."""
    return re.sub(r":\d+$", "", origin.partition("://")[2])


def is_loopback(origin: str) -> bool:
    """Whether the origin is this machine itself: localhost, 127.0.0.0/8 or [::1] (RFC 6761, RFC 5735, RFC 4291)."""
    host = host_of(origin)
    return host in {"localhost", "[::1]"} or host.endswith(".localhost") or bool(re.fullmatch(r"127(\.\d+){3}", host))


def same_site(a: str, b: str) -> bool:
    """Whether two URLs belong to one site: one host, or one registrable domain, approximated by the last two labels."""
    one, two = origin_of(a), origin_of(b)
    if one is None or two is None or OPAQUE in (one, two):
        return False
    left, right = host_of(one), host_of(two)
    if left == right:
        return True
    if any(re.fullmatch(r"[\d.]+|\[.*\]", host) for host in (left, right)):
        return False
    tails = [host.rstrip(".").split(".")[-2:] for host in (left, right)]
    return len(tails[0]) == 2 and tails[0] == tails[1]


def refusal(url: str, allowed: Collection[str] | None) -> str | None:
    """Why a document of this URL may not be opened, or None where it may. `allowed` are origins; None is no limit.

    The browser's own error page (chrome-error:) belongs to nobody: that a page did not come is told by other means.

    about:blank and about:srcdoc are always allowed; data:, blob:, javascript: and file: only where "data:" and so
    on, or "file://", is among them.
    """
    if allowed is None or url in ("", "about:blank", "about:srcdoc") or url.startswith(_NOBODYS):
        return None
    origin, parsed = origin_of(url), _parsed(url)
    if origin is None or parsed is None:
        return "it is no URL that can be read"
    if parsed.protocol not in WEB and origin != FILE:
        return None if parsed.protocol in allowed else f"{parsed.protocol} URLs are not among what was allowed"
    if origin in {origin_of(entry) for entry in allowed}:
        return None
    return f"{origin} is not among the origins that were allowed ({', '.join(allowed) or 'none'})"
