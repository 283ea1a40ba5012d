"""`cua ground`: what does this target mean on this page, and what is that thing called?"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cua.cli import given
from cua.cli.opening import NOTHING_SAID, Opening, opens_browser

if TYPE_CHECKING:
    from cua.groundbatch import Batch
    from cua.looking import Seen
    from envs.browser import BrowserOptions


@opens_browser
def ground(
    target: Annotated[
        str | None, typer.Argument(metavar="TARGET", help='As in "Delete in the row of vda1".', show_default=False)
    ] = None,
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help="The page, or an HTML file.")] = None,
    app: Annotated[str | None, typer.Option("--app", metavar="CMD", help="A program (not available yet).")] = None,
    image: Annotated[Path | None, typer.Option("--image", metavar="PNG", help="A picture (not available yet).")] = None,
    action: Annotated[
        str | None, typer.Option("--action", metavar="VERB", help="What will be done to it: click, type, select, …")
    ] = None,
    wait: Annotated[
        float, typer.Option("--wait", metavar="SECONDS", min=0.0, help="How long it may take to appear.")
    ] = 2.0,
    show: Annotated[
        Path | None, typer.Option("--show", metavar="PNG", help="Write a picture with the candidates in it.")
    ] = None,
    pick: Annotated[
        bool, typer.Option("--pick", help="Point at things in the browser, and be told what to call them.")
    ] = False,
    batch: Annotated[
        Path | None, typer.Option("--batch", metavar="INDEX", help="A file of JSON lines, a target each.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="The index may name pages of any origin.")] = False,
    as_json: given.Json = False,
    headed: given.Headed = False,
    browser: Opening = NOTHING_SAID,
) -> int:
    """Say which element a target means, or why none; nothing is clicked.

    cua ground "Delete in the row of vda1" --url http://127.0.0.1:8000/ --show seen.png

    cua ground --pick --url http://127.0.0.1:8000/

    Exit codes: 0 found, and nothing else fits · 1 not found, or several fit · 2 bad input · 4 no browser, no page. The
    fields of --json are in docs/ground.md.
    """
    from cua.errors import BadInput

    modes = [name for name, value in (("TARGET", target is not None), ("--pick", pick), ("--batch", batch)) if value]
    if len(modes) != 1:
        said = " and ".join(modes)
        raise BadInput(f"{said} do not go together" if modes else "cua ground needs a TARGET, or --pick, or --batch")
    if show is not None and target is None:
        raise BadInput("--show goes with a TARGET")
    options = browser.options(headed=headed or pick)
    page = _page(url, app, image, needed=batch is None)
    if batch is not None:
        from cua.groundbatch import Batch

        return _batch(Batch(batch, options, page, yes=yes), as_json=as_json)
    assert page is not None
    if pick:
        return _pick(options, page, as_json=as_json)
    return _single(target or "", options, page, action, wait, show, as_json=as_json)


def _page(url: str | None, app: str | None, image: Path | None, *, needed: bool) -> str | None:
    """The page to look at. Raises BadInput; Unavailable for what is not a page, until that can be looked at."""
    from cua.errors import BadInput
    from cua.looking import page_of
    from envs.errors import Unavailable

    named = [name for name, value in (("--url", url), ("--app", app), ("--image", image)) if value is not None]
    if len(named) > 1:
        raise BadInput(f"{' and '.join(named)} do not go together")
    if needed and not named:
        raise BadInput("where to look is not said; name the page with --url")
    if image is not None:
        if not image.is_file():
            raise BadInput("--image: there is no such file", file=image)
        raise Unavailable(
            "pictures cannot be looked at yet: this version grounds on pages of a browser, named by --url"
        )
    if app is not None:
        raise Unavailable("desktop programs are not available yet: this version looks at pages, named by --url")
    return page_of(url) if url is not None else None


def _single(
    target: str, options: BrowserOptions, page: str, verb: str | None, wait: float, show: Path | None, *, as_json: bool
) -> int:
    from dataclasses import replace

    from cua.cli.ending import out, say
    from cua.errors import BadInput, Outcome
    from cua.grounded import as_object, lines, refusal
    from cua.looking import action_of, brought_into_view, seek
    from envs.browser import Browser
    from grounding.parse import parse

    action = action_of(verb)
    parse(target)
    if show is not None and (show.is_dir() or not show.absolute().parent.is_dir()):
        raise BadInput("--show needs the name of a file in a folder that exists", file=show)
    browser = Browser(replace(options, url=page))
    try:
        seen = seek(browser, browser.reset(), target, action, wait)
        written = True
        if show is not None:
            seen = brought_into_view(browser, seen, target, action)
            written = _written(seen, show)
    finally:
        browser.close()
    answer = seen.answer
    if as_json:
        out(json.dumps(as_object(answer, seen.now, target)))
    else:
        for line in lines(answer, seen.now):
            out(line)
    if not answer.sure:
        for line in refusal(answer, seen.now):
            say(line)
        return Outcome.NOT_REACHED.exit_code
    return 0 if written else Outcome.ENVIRONMENT.exit_code


def _written(seen: Seen, show: Path) -> bool:
    from cua.cli.ending import say

    try:
        show.write_bytes(seen.painted())
    except OSError as error:
        say(f"{show}: --show: the picture cannot be written: {error.strerror}")
        return False
    return True


def _batch(batch: Batch, *, as_json: bool) -> int:
    from cua.cli.ending import out, say
    from cua.errors import BAD_INPUT
    from cua.groundbatch import exit_code
    from cua.visible import stripped

    codes: set[int] = set()
    for line in batch:
        codes.add(line.code)
        if line.code == BAD_INPUT:
            say(line.why)
        if as_json:
            out(line.as_json())
        elif line.code != BAD_INPUT:
            where = f"{line.point[0]:g},{line.point[1]:g}" if line.point is not None else "-"
            name = stripped(str(line.id)) if line.id is not None else "-"
            out(f"{name}\t{where}\t{line.confidence:.2f}\t{stripped(line.why)}")
    return exit_code(codes)


def _pick(options: BrowserOptions, page: str, *, as_json: bool) -> int:
    from dataclasses import replace

    from cua.cli.ending import out, say, tell
    from cua.interrupt import Interrupts
    from cua.picking import picks
    from cua.visible import stripped
    from envs.browser import Browser
    from envs.browser.launch import displayed
    from envs.errors import Unavailable

    if options.cdp_url is None and not displayed():
        raise Unavailable(
            "--pick opens a browser to point in, and there is no display here; attach to one that runs with --cdp-url, "
            "or run under: xvfb-run -a"
        )
    browser = Browser(replace(options, url=page))
    with Interrupts(notice="Stopping.") as interrupts:
        try:
            browser.reset()
            asked = partial(tell, "Point at things and click them; Escape in the browser or Ctrl-C here ends it.")
            for pick in picks(browser, interrupts, asked):
                if as_json:
                    out(json.dumps(pick.as_object()))
                else:
                    element = pick.element
                    states = ", ".join(sorted(element.states))
                    out("\t".join((stripped(pick.target or "-"), element.role, stripped(element.name), states)))
                if pick.target is None:
                    say(pick.why)
        finally:
            browser.close()
    return 0
