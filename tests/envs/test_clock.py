"""Deadlines on a clock that a test moves."""

from __future__ import annotations

from envs.clock import Deadline, ManualClock, SystemClock


def test_a_deadline_runs_down_to_zero_and_not_below() -> None:
    clock = ManualClock(100.0)
    deadline = Deadline(2.0, clock)
    assert deadline.left == 2.0
    seen = []
    for seconds in (1.5, 0.5, 10):
        clock.advance(seconds)
        seen.append((deadline.left, deadline.passed))
    assert seen == [(0.5, False), (0.0, True), (0.0, True)]


def test_the_system_clock_does_not_run_back() -> None:
    clock = SystemClock()
    assert clock.now() <= clock.now()


def test_no_time_is_a_deadline_that_has_passed() -> None:
    assert Deadline(0.0, ManualClock()).passed
