"""Whatever happens to a run: what its contract forbids is never reached, and asking costs one check a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cua import expect as ex
from cua.contract import Eventually
from cua.errors import Outcome
from cua.judge import Judge
from envs.fake import Fake, Hides, Later, Shows
from envs.fake import text as words
from envs.observation import Observation
from tests.cua.contracts.world import ADA, ADD, ERROR, FORM, NAMED, SAVE, Showing, drive, goal, shows
from tests.cua.world import ORIGIN, groups


def test_one_check_for_each_rule_on_each_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, ex.Expect]] = []
    check = Judge.check

    def counted(self: Judge, expect: ex.Expect, view: Any) -> Any:
        asked.append((view.after.seq, expect))
        return check(self, expect, view)

    monkeypatch.setattr(Judge, "check", counted)
    held = ex.Url(f"{ORIGIN}/*")
    run = drive(Fake(groups()), tmp_path, goal(Eventually(FORM), always=[held], never=[ERROR], commits=True), NAMED)
    assert run.outcome is Outcome.REACHED, run.why
    for expect in (held, FORM):
        screens = [number for number, one in asked if one == expect]
        assert len(screens) == len(set(screens)), expect
        assert len(screens) <= 3 * len(run.done)


def test_a_task_without_a_contract_looks_no_more_often(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []

    def counted(name: str) -> Callable[..., Observation]:
        inner: Callable[..., Observation] = getattr(Fake, name)

        def look(*args: object) -> Observation:
            looks.append(name)
            return inner(*args)

        return look

    for name in ("observe", "settle"):
        monkeypatch.setattr(Fake, name, counted(name))
    assert drive(Fake(groups()), tmp_path).outcome is Outcome.REACHED
    assert looks == ["settle", "settle", "observe", "settle", "settle"], "the commit's is looked at once more"


moves = st.lists(
    st.tuples(st.floats(0.05, 3), st.sampled_from(["Server error", "Ada"]), st.booleans()), min_size=1, max_size=5
)


@settings(deadline=None, max_examples=25)
@given(moves=moves, after=st.sampled_from(["home", "new"]))
def test_no_run_is_reached_that_was_shown_what_breaks_its_contract(moves: list[Any], after: str) -> None:
    """Texts come and go by themselves; what the world has shown is taken down by the world."""
    site = groups(shown=(words("Ada"),))
    then = [Later(at, Shows(words(text)) if comes else Hides(text)) for at, text, comes in moves]
    late = replace(site.screens[after], then=tuple(then))
    env = Showing(replace(site, screens={**site.screens, after: late}))
    steps = (ADD[0], replace(ADD[1], pre=ADA), replace(SAVE, always=(ADA,)))
    with TemporaryDirectory() as folder:
        run = drive(env, Path(folder), goal(never=[ERROR], commits=True), steps)
    met = any(shows(screen, "Server error") for screen in env.shown)
    assert not (met and run.outcome is Outcome.REACHED)
    assert not met or "must never" in run.why
    assert len(env.saved) <= 1
    for act, last in env.acted:
        assert shows(last, "Ada") or act != "type"
        assert not any(shows(earlier, "Server error") for earlier in env.shown if earlier.seq <= last.seq)
    assert run.outcome is not Outcome.NOT_REACHED or not env.saved
