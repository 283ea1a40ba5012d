"""`cua run`: a task file or an instruction, to a proved result."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cua.cli import given
from cua.cli.opening import NOTHING_SAID, Opening, opens_browser


@opens_browser
def run(
    what: Annotated[str, typer.Argument(metavar="WHAT", help="A task file, or an instruction in quotes.")],
    url: Annotated[
        str | None,
        typer.Option("--url", metavar="URL", help="Where to start; its origin is granted."),
    ] = None,
    app: Annotated[str | None, typer.Option("--app", metavar="CMD", help="A program (not available yet).")] = None,
    param: Annotated[list[str] | None, typer.Option("--param", "-p", metavar="K=V", help="A value for it.")] = None,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="ROWS", help="A CSV, JSON or XLSX file: one run a row, a column a param."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="With --data: all rows anew, those too that were reached before.")
    ] = False,
    secret: given.Secrets = None,
    http_login: given.Logins = None,
    planner: Annotated[str | None, typer.Option("--planner", metavar="NAME", help="Or a plug-in.")] = None,
    policy: given.Policy = None,
    yes: given.Yes = False,
    step: given.OneStep = False,
    start_at: Annotated[int, typer.Option("--from", metavar="N", help="Begin with this step of the file.")] = 1,
    pause_on_failure: given.Pause = False,
    promote: given.Promote = given.PROMOTE,
    as_json: given.Json = False,
    junit: given.Junit = None,
    events: given.Events = None,
    runs: given.Runs = None,
    headed: given.Headed = False,
    browser: Opening = NOTHING_SAID,
    timezone: Annotated[
        str | None,
        typer.Option("--timezone", metavar="ZONE", help="As in Europe/Berlin.", rich_help_panel=given.BROWSER),
    ] = None,
    permission: Annotated[
        list[str] | None,
        typer.Option("--permission", metavar="NAME", help="As in geolocation.", rich_help_panel=given.BROWSER),
    ] = None,
) -> int:
    """Do it, and prove it.

    cua run flow.yaml --url http://127.0.0.1:8000/ --param name=Editors --yes

    cua run "Log in as admin with password secret and open Groups" --url http://127.0.0.1:8000/admin/
    """
    from cua import folders
    from cua.cli.conduct import Outputs, conduct
    from cua.errors import BadInput
    from cua.options import Options, logins_of, params_of, secrets_of
    from cua.session import open_run

    options = Options(
        url=url,
        app=app,
        params=params_of(param or ()),
        secrets=secrets_of(secret or ()),
        logins=logins_of(http_login or ()),
        planner=planner,
        policy=policy,
        yes=yes,
        start_at=start_at,
        runs=folders.runs(runs),
        browser=browser.options(headed=headed, timezone=timezone, permissions=permission or ()),
    )
    outputs = Outputs(folders.runs(runs), as_json, junit, events, step, pause_on_failure, promote)
    if data is not None:
        from cua.cli.batch import run_rows

        return run_rows(what, data, options, outputs, again=again)
    if again:
        raise BadInput("--again is for the rows of --data")
    return conduct(lambda around: open_run(what, options, around), outputs)
