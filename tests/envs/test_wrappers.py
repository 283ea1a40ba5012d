"""Wrappers: each does its one thing, and keeps the contract; the optional protocols shine through."""

from __future__ import annotations

import pytest

from envs.action import Action, Click, Look
from envs.clock import ManualClock
from envs.env import Checkpoint, Env, Forkable, Restorable, Until, Watchable
from envs.errors import Exhausted, OutOfOrder, Stale
from envs.fake import Fake, Hides
from envs.fake.standard import STANDARD_SITE
from envs.observation import Element, Observation
from envs.scrolling import Scrollable, Scroller
from envs.standard import STANDARD as S
from envs.wrappers import Acted, Limited, Ordered, Recorded, Wrapper
from tests.envs.fakes import the


class Plain:
    """The five methods and no more; counts how often each was called."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def reset(self) -> Observation:
        return self._look("reset")

    def observe(self) -> Observation:
        return self._look("observe")

    def act(self, action: Action, found: Element | None = None) -> None:
        self.calls.append("act")

    def settle(self, until: Until | None = None, timeout: float = 10.0) -> Observation:
        return self._look(f"settle {timeout:g}")

    def close(self) -> None:
        self.calls.append("close")

    def _look(self, name: str) -> Observation:
        self.calls.append(name)
        return Observation(seq=len(self.calls), place="web", url="", title="")


def test_a_wrapper_can_what_the_inner_one_can() -> None:
    rich, plain = Wrapper(Wrapper(Fake(STANDARD_SITE))), Wrapper(Wrapper(Plain()))
    assert isinstance(rich, Restorable)
    assert not isinstance(plain, Restorable)
    for wrapper in (rich, plain):
        assert isinstance(wrapper, Env)
        assert not isinstance(wrapper, Forkable)
        assert not isinstance(wrapper, Watchable)
        assert not isinstance(wrapper, Scrollable)


LIST = Scroller("s1", "the list", "y", at=0, least=0, most=900, part=100, start=0)


class Rich(Plain):
    def checkpoint(self) -> Checkpoint:
        self.calls.append("checkpoint")
        return Checkpoint("web", "")

    def restore(self, checkpoint: Checkpoint, by: str = "history") -> Observation:
        return self._look(f"restore {by}")

    def fork(self) -> Env:
        self.calls.append("fork")
        return self

    def watch(self, sink: object) -> None:
        self.calls.append("watch")

    def scrollers(self, around: Element | None = None) -> tuple[Scroller, ...]:
        self.calls.append("scrollers")
        return (LIST,)

    def roll(self, scroller: Scroller, to: float | None) -> Scroller:
        self.calls.append(f"roll {to}")
        return scroller


def test_every_optional_method_is_passed_on_and_guarded() -> None:
    inner = Rich()
    env = Ordered(inner)
    assert isinstance(env, Restorable)
    assert isinstance(env, Forkable)
    assert isinstance(env, Watchable)
    assert isinstance(env, Scrollable)
    for early in (
        env.checkpoint,
        env.fork,
        lambda: env.watch(print),
        lambda: env.restore(Checkpoint("web", "")),
        env.scrollers,
        lambda: env.roll(LIST, 1),
    ):
        with pytest.raises(OutOfOrder, match="call reset first"):
            early()
    env.reset()
    env.restore(env.checkpoint(), "url")
    env.fork()
    env.watch(print)
    env.roll(env.scrollers()[0], 3)
    assert inner.calls == ["reset", "checkpoint", "restore url", "fork", "watch", "scrollers", "roll 3"]


def test_order_is_kept_before_the_inner_one_is_asked() -> None:
    inner = Plain()
    env = Ordered(inner)
    for early in (env.observe, env.settle, lambda: env.act(Look())):
        with pytest.raises(OutOfOrder, match="before reset"):
            early()
    env.reset()
    env.close()
    env.close()
    for late in (env.observe, env.settle, lambda: env.act(Look()), env.reset):
        with pytest.raises(OutOfOrder, match="make a new"):
            late()
    assert inner.calls == ["reset", "close"]


def test_a_reset_that_failed_opens_nothing() -> None:
    class Shut(Plain):
        def reset(self) -> Observation:
            raise Stale("no")

    env = Ordered(Shut())
    with pytest.raises(Stale):
        env.reset()
    with pytest.raises(OutOfOrder):
        env.observe()


def test_so_many_acts_are_granted_and_no_more() -> None:
    inner = Plain()
    env = Limited(inner, acts=2)
    env.reset()
    env.act(Look())
    env.act(Look())
    with pytest.raises(Exhausted, match="act 3, and 2"):
        env.act(Look())
    env.observe()
    assert inner.calls == ["reset", "act", "act", "observe"]
    env.reset()
    env.act(Look())


def test_so_many_seconds_are_granted_and_no_more() -> None:
    clock, inner = ManualClock(7.0), Plain()
    env = Limited(inner, seconds=5, clock=clock)
    clock.advance(100)
    env.reset()
    clock.advance(3)
    env.act(Look())
    env.settle(timeout=10)
    env.settle(timeout=1)
    clock.advance(3)
    with pytest.raises(Exhausted, match="5 seconds"):
        env.act(Look())
    env.settle(timeout=10)
    assert inner.calls == ["reset", "act", "settle 2", "settle 1", "settle 0"]


def test_every_act_is_recorded_with_the_looks_around_it() -> None:
    told: list[Acted] = []
    env = Recorded(Fake(STANDARD_SITE), told.append)
    start = env.reset()
    save, victim = the(start, S.save), the(start, S.victim)
    env.act(Click(), save)
    assert told == [], "it is not over before somebody has looked"
    after = env.settle()
    env.inner.happen(Hides(S.victim))  # type: ignore[attr-defined]
    with pytest.raises(Stale):
        env.act(Click(), victim)
    env.act(Look())
    env.act(Look())
    env.close()
    assert told == [
        Acted(Click(), save, start.seq, after.seq),
        Acted(Click(), victim, after.seq, error=f"Stale: {victim} is not there any more"),
        Acted(Look(), None, after.seq),
        Acted(Look(), None, after.seq),
    ]


def test_going_back_is_no_consequence_of_the_act_before_it() -> None:
    told: list[Acted] = []
    env = Recorded(Fake(STANDARD_SITE), told.append)
    start = env.reset()
    assert isinstance(env, Restorable)
    mark = env.checkpoint()
    env.act(Click(), the(start, S.link))
    env.restore(mark)
    assert [act.after for act in told] == [0]
