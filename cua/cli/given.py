"""The options that several commands share, each said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout; everything else goes to stderr.")]
Runs = Annotated[
    Path | None,
    typer.Option("--runs", metavar="DIR", envvar="CUA_RUNS", show_default=False, help="Where runs are kept."),
]
Yes = Annotated[
    bool,
    typer.Option(
        "--yes", "-y", help="Say yes to what is asked: the file's start, steps that cannot be undone, uploads."
    ),
]
Logins = Annotated[
    list[str] | None,
    typer.Option(
        "--http-login",
        metavar="USER=ENV@ORIGIN",
        help="The name and password (in an environment variable) that this server or proxy gets when it asks.",
    ),
]
Secrets = Annotated[
    list[str] | None,
    typer.Option(
        "--secret",
        metavar="NAME=ENV@ORIGIN",
        help="Bind a secret to an environment variable and to the only origin where it may be typed; "
        "NAME=ENV@ORIGIN#Field for a field that shows what is typed, NAME=totp:ENV@ORIGIN where it is the seed of "
        "one-time codes.",
    ),
]
Policy = Annotated[
    Path | None,
    typer.Option("--policy", metavar="FILE", help="Your policy; else policy.yaml in your configuration folder."),
]
Run = Annotated[str | None, typer.Argument(metavar="RUN", help="Its id or the beginning of it; else the newest.")]
BROWSER = "Browser"
"""The panel of --help that these stand in."""
Headed = Annotated[bool, typer.Option("--headed", help="Show the browser.", rich_help_panel=BROWSER)]
Channel = Annotated[
    str | None, typer.Option("--channel", metavar="NAME", help="chrome, msedge, …", rich_help_panel=BROWSER)
]
CdpUrl = Annotated[
    str | None, typer.Option("--cdp-url", metavar="URL", help="Use a browser that is running.", rich_help_panel=BROWSER)
]
Profile = Annotated[
    Path | None,
    typer.Option("--profile", metavar="DIR", help="A browser profile that is kept.", rich_help_panel=BROWSER),
]
Viewport = Annotated[
    str | None, typer.Option("--viewport", metavar="WxH", help="As in 1280x800.", rich_help_panel=BROWSER)
]
Locale = Annotated[str | None, typer.Option("--locale", metavar="TAG", help="As in de-DE.", rich_help_panel=BROWSER)]
Proxy = Annotated[
    str | None, typer.Option("--proxy", metavar="URL", help="As in http://127.0.0.1:3128.", rich_help_panel=BROWSER)
]
Junit = Annotated[Path | None, typer.Option("--junit", metavar="FILE", help="Write the run as JUnit XML.")]
Events = Annotated[Path | None, typer.Option("--events", metavar="FILE", help="Write what happens as JSON lines.")]
OneStep = Annotated[bool, typer.Option("--step", help="Ask at the terminal before each step.")]
PROMOTE = 3
"""Runs on end in which a target has to heal the same way before its new words go into the file."""
Promote = Annotated[
    int,
    typer.Option("--promote", metavar="N", min=0, help="What healed in N runs on end goes into the file (0: never)."),
]
Pause = Annotated[
    bool,
    typer.Option("--pause-on-failure", help="Wait at the terminal where a step has failed: mend the page, or point."),
]
