"""`cua bench`: measure, on this machine, what the figures of the documentation say."""

from __future__ import annotations

from typing import Annotated

import typer

from cua.cli import given

SUITES = ("drift",)


def bench(
    suite: Annotated[str, typer.Argument(metavar="SUITE", help="drift: recorded targets on pages that have changed.")],
    tasks: Annotated[
        str | None,
        typer.Option(
            "--tasks", metavar="A,B", help="Only the pages whose name contains one of these.", show_default=False
        ),
    ] = None,
    seeds: Annotated[
        int, typer.Option("--seeds", metavar="N", min=1, max=100, help="So many times, each by another chance.")
    ] = 1,
    url: Annotated[
        str | None,
        typer.Option("--url", metavar="URL", help="Your page, in place of those of the suite.", show_default=False),
    ] = None,
    held: Annotated[bool, typer.Option("--held", help="The pages held out, and no others.")] = False,
    beside: Annotated[
        bool, typer.Option("--rivals", help="Other tools' ways of finding, on the same changes.")
    ] = False,
    as_json: given.Json = False,
) -> int:
    """Measure a suite and print its figures as a table; progress goes to stderr.

    drift: records what a person would use on real pages, changes the pages by script (names, texts, order, layout, …,
    duplicates, removal, decoys; three strengths) and looks for every target again. Nothing is clicked.

    --json: {"suite", "cases", "figures": {finder: [{"change", "there", "right", "wrong", "abstained", "gone",
    "acted_on"}]}, "misses": [{"page", "change", "target", "outcome"}]}. Exit code 0 when it was measured, whatever the
    figures; 2 unknown suite, 4 no browser or no pages.
    """
    import json

    from cua.bench import drift, figures
    from cua.cli.ending import out, say
    from cua.errors import BadInput
    from cua.taskfile.problems import did_you_mean
    from envs.browser import Browser
    from envs.errors import Unavailable

    if suite not in SUITES:
        hint = did_you_mean(suite, SUITES) or f"there is: {', '.join(SUITES)}"
        raise BadInput(f'no suite is called "{suite}"; {hint}')
    if url is not None and (held or tasks):
        raise BadInput("--url is a page of its own: --held and --tasks choose among those of the suite")
    words = [word.strip().casefold() for word in (tasks or "").split(",") if word.strip()]
    source = drift.at(url) if url is not None else drift.from_checkout(held=held)
    browser = Browser()
    try:
        cases = drift.run(
            browser,
            source,
            say,
            wanted=lambda name: not words or any(word in name.casefold() for word in words),
            seeds=seeds,
            plan=drift.Plan(rivals=beside),
        )
    finally:
        browser.close()
    if not cases:
        raise Unavailable("nothing was measured: no page of that name, none installed, or nothing on it to use")
    if as_json:
        out(json.dumps(figures.as_data(cases)))
    else:
        out(figures.table([case for case in cases if case.by == drift.ANCHOR]))
        if beside:
            out("\n" + figures.beside(cases))
    return 0
