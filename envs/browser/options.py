"""What a browser is opened with."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user name and a password for HTTP authentication (RFC 7617, RFC 7616), and the one origin that may have them:
    that of a server, or that of the proxy."""

    origin: str
    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserOptions:
    """`url` is the page that `reset` opens. What is None is the browser's own choice."""

    url: str = "about:blank"
    headed: bool = False
    channel: str | None = None
    """chromium, chrome, msedge (and -beta, -dev, -canary); firefox and webkit are refused."""
    executable: Path | None = None
    cdp_url: str | None = None
    """Attach to a running Chromium (http://127.0.0.1:9222) in place of starting one; it stays open on close."""
    profile: Path | None = None
    """A user data folder that outlives the run."""
    auth: Path | None = None
    """A file with sign-in state (Playwright's storage state): loaded if it exists, written on close."""
    viewport: tuple[int, int] = (1280, 800)
    """CSS px."""
    locale: str | None = None
    timezone: str | None = None
    proxy: str | None = None
    origins: tuple[str, ...] | None = None
    """Documents of other origins are stopped before they leave; None is no limit. Files: "file://"."""
    credentials: tuple[Credentials, ...] = ()
    """What servers and the proxy get when they ask for a name and a password; every other is told no."""
    permissions: tuple[str, ...] = ()
    """Permissions (W3C names: geolocation, notifications, clipboard-read ...) that pages of `origins` (or the
    start's) have. All others that a person would be asked for are denied."""
    downloads: int = 2 << 30
    """Bytes that one download may have."""
    place: str = "web"
    """The name that elements and events of this browser carry."""
