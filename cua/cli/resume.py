"""`cua resume`: go on with a run after a crash, an interruption or a missing approval."""

from __future__ import annotations

from cua.cli import given


def resume(
    run: given.Run = None,
    secret: given.Secrets = None,
    http_login: given.Logins = None,
    policy: given.Policy = None,
    yes: given.Yes = False,
    step: given.OneStep = False,
    pause_on_failure: given.Pause = False,
    headed: given.Headed = False,
    as_json: given.Json = False,
    junit: given.Junit = None,
    events: given.Events = None,
    runs: given.Runs = None,
) -> int:
    """Go on with a run from its last proved state.

    What was committed is not done again; where it is not known whether a commit has happened, the screen is asked.
    A batch of rows (`cua run FILE --data ROWS`) is gone on with by its name, or when the newest run is one of its rows.
    """
    from cua import folders
    from cua.cli.batch import batch_meant, resume_rows
    from cua.cli.conduct import Outputs, conduct
    from cua.options import Options, browser_of, logins_of, secrets_of
    from cua.session import reopen

    folder = folders.runs(runs)
    options = Options(
        secrets=secrets_of(secret or ()),
        logins=logins_of(http_login or ()),
        policy=policy,
        yes=yes,
        runs=folder,
        browser=browser_of(headed=headed),
    )
    outputs = Outputs(folder, as_json, junit, events, step, pause_on_failure)
    batch = batch_meant(run, folder)
    if batch is not None:
        return resume_rows(batch, options, outputs)
    return conduct(lambda around: reopen(run, options, around), outputs)
