"""A signal is a note that is read where nothing is in doubt."""

from __future__ import annotations

import os
import signal

import pytest

from cua.errors import Interrupted
from cua.interrupt import EXIT, GRACE, Interruptible, Interrupts
from envs.action import Click, Look
from envs.clock import ManualClock
from envs.env import Restorable
from envs.fake import Fake, FakeSite, Later, Shows, button, screen, text


def fake() -> Fake:
    return Fake(FakeSite("home", {"home": screen("Home", button("Go", Later(3, Shows(text("There")))))}))


def sent(number: int) -> None:
    os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_is_told_at_the_next_check(number: int) -> None:
    with Interrupts(ManualClock()) as interrupts:
        interrupts.check()
        sent(number)
        assert interrupts.caught
        with pytest.raises(Interrupted, match=signal.Signals(number).name):
            interrupts.check()


def test_the_handlers_that_were_there_come_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Interrupts():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_the_second_signal_ends_the_process() -> None:
    left: list[int] = []
    with Interrupts(leave=left.append):
        sent(signal.SIGINT)
        assert left == []
        sent(signal.SIGINT)
    assert left == [EXIT]


def test_a_signal_answers_an_open_question() -> None:
    with Interrupts() as interrupts, pytest.raises(Interrupted), interrupts.asking():
        sent(signal.SIGINT)


def test_waiting_ends_but_what_was_sent_has_its_time() -> None:
    inner = fake()
    with Interrupts(inner.clock) as interrupts:
        world = Interruptible(inner, interrupts)
        assert isinstance(world, Restorable)
        now = world.reset()
        (go,) = [element for element in now.elements if element.name == "Go"]
        world.act(Click(), go)
        sent(signal.SIGINT)
        after = world.settle(lambda seen: any("There" in e.name for e in seen.elements), GRACE)
        assert any("There" in element.name for element in after.elements)
        with pytest.raises(Interrupted):
            world.settle(lambda seen: False, 10)
        with pytest.raises(Interrupted):
            world.observe()


def test_a_step_that_only_waits_ends_at_once() -> None:
    inner = fake()
    with Interrupts(inner.clock) as interrupts:
        world = Interruptible(inner, interrupts)
        world.reset()
        world.act(Look())
        sent(signal.SIGINT)
        began = inner.clock.now()
        with pytest.raises(Interrupted):
            world.settle(lambda seen: False, 40)
        assert inner.clock.now() == began
