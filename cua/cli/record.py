"""`cua record`: use a program, and have what was done as a workflow that proves itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cua.cli.opening import NOTHING_SAID, Opening, opens_browser

if TYPE_CHECKING:
    from cua.record.compose import Workflow
    from envs.browser import BrowserOptions


@opens_browser
def record(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The task file to write.")],
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help="Where to start, or an HTML file.")] = None,
    app: Annotated[str | None, typer.Option("--app", metavar="CMD", help="A program (not available yet).")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write over a file that is there.")] = False,
    browser: Opening = NOTHING_SAID,
) -> int:
    """Open a browser, use it, and have what you did as a task file: steps, what proves them, what cannot be undone.

    cua record --url http://127.0.0.1:8000/ -o flow.yaml

    It ends with the panel's Stop, with Ctrl-C here, or when the window is closed. What is typed into a password field
    is never read. A step that has no sure words is a comment (HOLE) in the file, and is told here.
    Exit codes: 0 written, and it is right · 1 written, with holes · 2 bad input · 4 no browser, no page.
    """
    from dataclasses import replace

    from cua.errors import BadInput
    from cua.looking import page_of
    from envs.browser.launch import displayed
    from envs.errors import Unavailable

    if app is not None:
        raise Unavailable("desktop programs are not available yet: this version records in a browser, named by --url")
    if url is None:
        raise BadInput("where to start is not said; name the page with --url")
    page = page_of(url)
    if output.is_dir() or not output.absolute().parent.is_dir():
        raise BadInput("-o needs the name of a file in a folder that exists", file=output)
    if output.exists() and not yes:
        raise BadInput("-o: this file is there already; name another one, or say --yes", file=output)
    if browser.cdp_url is None and not displayed():
        raise Unavailable(
            "cua record opens a browser to use, and there is no display here; attach to one that runs with --cdp-url, "
            "or run under: xvfb-run -a"
        )
    options = browser.options(headed=True)
    workflow = _watched(replace(options, url=page), _name(output))
    return _written(workflow, output)


def _name(output: Path) -> str:
    import re

    return re.sub(r"[^\w.-]+", "-", output.stem).strip("-") or "recorded"


def _watched(options: BrowserOptions, called: str) -> Workflow:
    from cua.cli.ending import say, tell
    from cua.interrupt import Interrupts
    from cua.record.compose import compose
    from cua.record.recorder import Recorder
    from envs.browser import Browser
    from envs.errors import Crashed

    browser = Browser(options)
    with Interrupts(notice="Stopping: the workflow is written.") as interrupts:
        try:
            browser.reset()
            tell("Use the page; Stop in the panel, or Ctrl-C here, ends it and writes the workflow.")
            recorder = Recorder(browser)
            panel = browser.panel(recorder.press)
            try:
                recorder.run(lambda: interrupts.caught)
            except Crashed as error:
                say(f"{error}: what was recorded until then is written")
            if panel is not None:
                panel.close()
        finally:
            browser.close()
    return compose(recorder.tape, called, options.url)


def _written(workflow: Workflow, output: Path) -> int:
    from cua.cli.ending import out, say, tell
    from cua.errors import BadInput, Outcome
    from cua.taskfile.check import check
    from cua.taskfile.write import write
    from cua.visible import stripped

    if not workflow.data["steps"]:
        raise BadInput("nothing was done, so there is nothing to write")
    try:
        output.write_text(write(workflow.data), encoding="utf-8")
    except OSError as error:
        raise BadInput(f"-o: it cannot be written: {error.strerror}", file=output) from error
    out(str(output))
    for file in workflow.files:
        tell(f"Put {stripped(file)} beside {output.name}: it was given to the page.")
    if workflow.origins:
        tell(f"A run of it needs {', '.join(workflow.origins)} under `origins` in your policy.")
    for hole in workflow.holes:
        say(f"{output}: {stripped(hole)}")
    report = check(output)
    for problem in report.problems:
        say(stripped(str(problem)))
    return 0 if report.good and not workflow.holes else Outcome.NOT_REACHED.exit_code
