"""The steps of a run grow without being copied, and every run goes on seeing its own."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from cua import trail
from cua.goal import Goal
from cua.run import Done, Rollback, Run
from cua.step import Step
from cua.trail import Trail
from cua.verdict import Verdict
from envs.action import Click


def done(id_: str, *, ok: bool = True, ms: float = 0.0) -> Done:
    return Done(Step(id_, Click(), f"click {id_}"), Verdict(ok, "seen"), True, ms=ms)


def plainly(run: Run) -> tuple[list[Done], dict[str, Done], dict[str, int]]:
    """What a run says of its steps, from the steps alone."""
    failures: dict[str, int] = {}
    for one in run.done:
        if not one.verdict.holds:
            failures[one.step.id] = failures.get(one.step.id, 0) + 1
    return list(run.done), {one.step.id: one for one in run.done if one.proved}, failures


@pytest.mark.parametrize("block", [1, 4, trail.BLOCK])
@pytest.mark.parametrize("seed", range(8))
def test_every_run_of_a_branching_history_sees_what_it_saw(
    seed: int, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "BLOCK", block)
    dice = random.Random(seed)
    runs = [Run("r", Goal("do it"))]
    seen = [plainly(runs[0])]
    for number in range(60):
        before = dice.choice([runs[-1], runs[-1], dice.choice(runs)])
        one = done(str(dice.randrange(8)), ok=dice.random() < 0.7, ms=number)
        if one.verdict.holds or dice.random() < 0.3:
            after = before.add(one)
        else:
            lost = (str(dice.randrange(8)),) if dice.random() < 0.5 else ()
            after = before.undo(one, Rollback(one.step.id, "history", "s", "no", True, lost=lost))
        runs.append(after)
        seen.append(plainly(after))
    for run, (steps, proved, failures) in zip(runs, seen, strict=True):
        assert list(run.done) == steps == list(reversed(list(reversed(run.done))))
        assert dict(run.proved) == proved
        assert list(run.proved) == list(proved)
        assert len(run.proved) == len(proved)
        assert dict(run.failures) == failures
        assert run.last == (steps[-1] if steps else None)
        assert run.proved.get("nobody") is None
        assert run.done[2:5] == tuple(steps[2:5])
    with pytest.raises(IndexError):
        runs[0].done[0]


def test_adding_a_step_copies_none() -> None:
    run = Run("r", Goal("do it"))
    for number in range(300):
        run = run.add(done(str(number)))
    longer = run.add(done("last"))
    assert longer.trail._log is run.trail._log
    assert longer.undo(done("no", ok=False), Rollback("no", "nothing", "s", "no", True)).trail._log is run.trail._log
    assert run.add(done("other")).trail._log is not run.trail._log


def test_what_lies_far_behind_is_packed_and_can_be_asked_for_its_value() -> None:
    run = Run("r", Goal("do it"))
    for number in range(3 * trail.BLOCK):
        run = run.add(replace(done(str(number)), value=number if number % 2 else None))
    assert len(run.trail._log.blocks) == 2
    early = run.proved["5"]
    assert (early.value, early.proved, early.step.words) == (5, True, "click 5")
    assert run.proved["4"].value is None
    assert early == run.done[5] == early
    assert run.done[5] == early
    assert early != run.proved["4"]
    assert hash(early) == hash(run.done[5])
    undone = run.undo(done("no", ok=False), Rollback("no", "url", "s", "no", True, lost=("5", str(len(run.done) - 1))))
    assert "5" not in undone.proved
    assert [one.undone for one in (undone.done[5], undone.done[-2], undone.done[4])] == [True, True, False]
    assert run.proved["5"].value == 5


def test_a_trail_is_a_value() -> None:
    steps = (done("1"), done("2", ok=False))
    assert Trail(steps) == steps == tuple(Trail(steps))
    assert Trail(steps) == Trail(steps[:1]).add(steps[1])
    assert Trail(steps) != Trail(steps[:1])
    assert hash(Trail(steps)) == hash(steps)
    assert repr(Trail(steps)) == repr(steps)
    assert Run("r", Goal("g"), steps) == Run("r", Goal("g"), Trail(steps))
    assert replace(Run("r", Goal("g")), done=steps).done == steps
