"""Runs from Python: a flow is made once, checked, and called with its params as often as needed.

    flow = cua.load("flow.yaml", url="http://127.0.0.1:8000/", secrets={"admin_password": password}, yes=True)
    run = flow(name="Editors").require()

    cua.instruct("Log in as admin with password {pw}, open Groups", url=url, secrets={"pw": password})()

Nobody is asked: what was not granted ends the run with the outcome needs_approval, or raises NeedsApproval before it.
"""

from __future__ import annotations

import signal
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cua.interrupt import Interrupts
from cua.options import Options, SecretSource
from cua.progress import Progress, Silent
from cua.run import Run
from cua.session import Around, open_run
from cua.task import Task
from cua.taskfile.load import load as read


@dataclass(frozen=True)
class Flow:
    """Something to be done again and again, each time in a fresh browser."""

    what: str | Task
    options: Options
    progress: Progress

    def __call__(self, **params: object) -> Run:
        """One run; how it ended is in its `outcome`, and `.require()` raises unless the goal was reached.

        Raises BadInput and NeedsApproval before a browser opens, JournalBroken, and KeyboardInterrupt once the run has
        been ended in good order.
        """
        options = replace(self.options, params={**self.options.params, **params})
        ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        with Interrupts(signals=(signal.SIGINT,) if ours else ()) as interrupts:
            with open_run(self.what, options, Around(progress=self.progress, interrupts=interrupts)) as session:
                run = session.go()
            if interrupts.caught:
                raise KeyboardInterrupt
            return run


def load(
    path: Path | str,
    *,
    url: str | None = None,
    yes: bool = False,
    secrets: Mapping[str, str | SecretSource] | None = None,
    headed: bool = False,
    runs: Path | str | None = None,
    options: Options | None = None,
    progress: Progress | None = None,
) -> Flow:
    """A task file as a flow. Raises BadInput with the line when the file is not right.

    `secrets` are values, each bound to the origin of the start, or sources that say where else; of an otpauth://totp/…
    address the code of the moment is typed. `options` holds what has no argument of its own; `progress` is told how
    runs are going (`cua.progress.on(sys.stderr)`).
    """
    read(path)
    return _flow(str(path), url, yes, secrets, headed, runs, options, progress)


def instruct(
    words: str,
    *,
    url: str,
    yes: bool = False,
    secrets: Mapping[str, str | SecretSource] | None = None,
    headed: bool = False,
    runs: Path | str | None = None,
    options: Options | None = None,
    progress: Progress | None = None,
) -> Flow:
    """An instruction in plain English as a flow. `{name}` in it is a param of the call, or a secret of that name."""
    return _flow(words, url, yes, secrets, headed, runs, options, progress)


def _flow(
    what: str,
    url: str | None,
    yes: bool,
    secrets: Mapping[str, str | SecretSource] | None,
    headed: bool,
    runs: Path | str | None,
    options: Options | None,
    progress: Progress | None,
) -> Flow:
    given = options or Options()
    sources = tuple(
        SecretSource(name, value=value) if isinstance(value, str) else value for name, value in (secrets or {}).items()
    )
    return Flow(
        what,
        replace(
            given,
            url=url if url is not None else given.url,
            yes=yes or given.yes,
            secrets=(*given.secrets, *sources),
            runs=Path(runs) if runs is not None else given.runs,
            browser=replace(given.browser, headed=headed or given.browser.headed),
        ),
        progress or Silent(),
    )
