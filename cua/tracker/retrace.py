"""The steps that led from how a page begins to the last proved state on it: a dialog opened, a tab chosen, a form
filled in. Where the page was loaded anew, doing them again leads back."""

from __future__ import annotations

from cua.run import Done, Run
from envs.action import Check, Clear, Click, Hover, Press, Scroll, Select, Type

AGAIN = (Check, Clear, Click, Hover, Press, Scroll, Select, Type)
"""What may be done once more, where it has asked the application to store nothing."""


def since(run: Run, state: str, url: str) -> tuple[str, ...]:
    """Ids of the proved steps after the one that led to this state (id) of this address, the last proved one included.

    Nothing where no step has led there, or one of them left the page, committed, wrote, or brought something home.
    """
    steps: list[Done] = []
    for done in reversed(run.done):
        if not done.proved:
            continue
        if (done.after, done.url) == (state, url):
            return tuple(one.step.id for one in reversed(steps))
        if not _repeatable(done, url):
            return ()
        steps.append(done)
    return ()


def _repeatable(done: Done, url: str) -> bool:
    step = done.step
    if step.commit or step.keep or step.ask or done.url != url:
        return False
    return isinstance(step.action, AGAIN) and not done.effects
