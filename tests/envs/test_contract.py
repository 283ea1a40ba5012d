"""Every environment without a browser keeps the contract; an environment that breaks a law is caught by that law."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from envs.action import Action, Check, Clear, Select, Type
from envs.contract import Broken, Law, World, check_env, laws, run
from envs.desk import Desk
from envs.env import Env, Until
from envs.errors import ActFailed, EnvError, Stale, Unsupported
from envs.fake import Fake, Hides
from envs.fake.standard import STANDARD_SITE
from envs.geometry import Box, Space
from envs.observation import Element, Observation
from envs.standard import STANDARD as S
from envs.wrappers import Limited, Ordered, Recorded, Wrapper
from tests.envs.suite import EnvContract

MAKERS: dict[str, Callable[[], Env]] = {
    "fake": lambda: Fake(STANDARD_SITE),
    "slow fake": lambda: Fake(STANDARD_SITE, latency=0.01),
    "wrapper": lambda: Wrapper(Fake(STANDARD_SITE)),
    "ordered": lambda: Ordered(Fake(STANDARD_SITE)),
    "limited": lambda: Limited(Fake(STANDARD_SITE), acts=100, seconds=1000),
    "recorded": lambda: Recorded(Fake(STANDARD_SITE), lambda act: None),
    "all wrappers": lambda: Ordered(Limited(Recorded(Fake(STANDARD_SITE), lambda act: None), acts=100)),
    "desk of one": lambda: Desk({"web": Fake(STANDARD_SITE)}, first="web"),
    "desk of two": lambda: Desk({"app": Fake(STANDARD_SITE), "web": Fake(STANDARD_SITE)}, first="app"),
}


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
class TestAll(EnvContract):
    @pytest.fixture
    def make_env(self, maker: Callable[[], Env]) -> Callable[[], Env]:
        return maker


def test_all_laws_at_once() -> None:
    check_env(MAKERS["fake"])


def test_a_law_can_name_another_space() -> None:
    with pytest.raises(Broken, match="not in screen px"):
        run(laws.boxes_carry_their_space, MAKERS["fake"], Space.SCREEN)


# ── environments that break one law each ─────────────────────────────────────────────────────────────────────────────


class Bent(Wrapper):
    """Changes what is seen."""

    def bend(self, now: Observation) -> Observation:
        return now

    def reset(self) -> Observation:
        return self.bend(super().reset())

    def observe(self) -> Observation:
        return self.bend(super().observe())

    def settle(self, until: Until | None = None, timeout: float = 10.0) -> Observation:
        return self.bend(super().settle(None if until is None else lambda now: until(self.bend(now)), timeout))


def bent(how: Callable[[Observation], Observation]) -> Callable[[Env], Env]:
    def wrap(inner: Env) -> Env:
        env = Bent(inner)
        vars(env)["bend"] = how
        return env

    return wrap


def each(**changes: Callable[[Element], object]) -> Callable[[Observation], Observation]:
    def bend(now: Observation) -> Observation:
        values: list[dict[str, Any]] = [{name: how(e) for name, how in changes.items()} for e in now.elements]
        return replace(now, elements=tuple(replace(e, **v) for e, v in zip(now.elements, values, strict=True)))

    return bend


class Forgetful(Wrapper):
    """Has all that happened in every look."""

    def __init__(self, inner: Env) -> None:
        super().__init__(inner)
        self.all: tuple[Any, ...] = ()

    def settle(self, until: Until | None = None, timeout: float = 10.0) -> Observation:
        now = super().settle(until, timeout)
        self.all += now.events
        return replace(now, events=self.all)


class Impatient(Wrapper):
    def settle(self, until: Until | None = None, timeout: float = 10.0) -> Observation:
        return self.inner.settle(None)


class Raising(Wrapper):
    def settle(self, until: Until | None = None, timeout: float = 10.0) -> Observation:
        now = self.inner.settle(until, timeout)
        if until is not None and not until(now):
            raise ActFailed("it did not come")
        return now


class Clumsy(Wrapper):
    """Acts on what it finds under that name now."""

    def act(self, action: Action, found: Element | None = None) -> None:
        if found is not None:
            now = self.inner.observe()
            found = next((e for e in now.elements if e.name == found.name), found)
        self.inner.act(action, found)


class Blind(Wrapper):
    """Trusts the ref alone."""

    def act(self, action: Action, found: Element | None = None) -> None:
        now = self.inner.observe()
        self.inner.act(action, now.get(found.ref) or found if found else None)


class Swallowing(Wrapper):
    """Lets these errors pass in silence."""

    swallows: type[Exception] = Exception

    def act(self, action: Action, found: Element | None = None) -> None:
        with suppress(self.swallows):
            self.inner.act(action, found)


def swallowing(kind: type[Exception]) -> Callable[[Env], Env]:
    return type("Swallows", (Swallowing,), {"swallows": kind})


class Deaf(Wrapper):
    """Does nothing for these actions."""

    to: tuple[type[Action], ...] = ()

    def act(self, action: Action, found: Element | None = None) -> None:
        if not isinstance(action, self.to):
            self.inner.act(action, found)


def deaf(*to: type[Action]) -> Callable[[Env], Env]:
    return type("DeafTo", (Deaf,), {"to": to})


class Meddling(Wrapper):
    """Changes the world by looking."""

    def observe(self) -> Observation:
        assert isinstance(self.inner, Fake)
        self.inner.happen(Hides(S.victim))
        return self.inner.observe()


class Appending(Wrapper):
    def act(self, action: Action, found: Element | None = None) -> None:
        self.inner.act(replace(action, append=True) if isinstance(action, Type) else action, found)


def secret_shown(now: Observation) -> Observation:
    return each(value=lambda e: laws.SECRET if e.value and "password" in e.states else e.value)(now)


class Dispatching(Wrapper):
    def act(self, action: Action, found: Element | None = None) -> None:
        try:
            self.inner.act(action, found)
        except ActFailed as failed:
            raise ActFailed(failed.why, dispatched=True) from failed


class Resetless(Wrapper):
    """Opens itself when it is first used."""

    def act(self, action: Action, found: Element | None = None) -> None:
        self.inner.reset()
        self.inner.act(action, found)


class Immortal(Wrapper):
    def close(self) -> None:
        pass


class OnceOnly(Wrapper):
    def close(self) -> None:
        self.inner.observe()
        self.inner.close()


def elsewhere(now: Observation) -> Observation:
    return each(place=lambda e: "elsewhere")(now)


BROKEN: dict[str, tuple[Callable[[Env], Env], Law]] = {
    "seq stands still": (bent(lambda now: replace(now, seq=1)), laws.seq_grows),
    "time stands on its head": (bent(lambda now: replace(now, at=-now.seq)), laws.time_does_not_run_back),
    "one ref for all": (bent(each(ref=lambda e: "e1")), laws.refs_are_unique),
    "new refs each look": (
        bent(lambda now: each(ref=lambda e: f"{e.ref}.{now.seq}", parent=lambda e: None)(now)),
        laws.refs_stay_with_their_nodes,
    ),
    "refs are names": (bent(each(ref=lambda e: e.role, parent=lambda e: None)), laws.refs_are_never_given_again),
    "parents missing": (bent(each(parent=lambda e: "e0")), laws.parents_are_there),
    "its own parent": (bent(each(parent=lambda e: e.ref)), laws.parents_are_there),
    "screen px": (bent(each(box=lambda e: e.box.to(Space.SCREEN, 1))), laws.boxes_carry_their_space),
    "no sizes": (bent(each(box=lambda e: Box(0, 0, 0, 0))), laws.boxes_carry_their_space),
    "elsewhere": (bent(elsewhere), laws.places_and_windows_are_named),
    "no window active": (bent(lambda now: replace(now, window="w0")), laws.places_and_windows_are_named),
    "looking meddles": (Meddling, laws.looking_changes_nothing),
    "reset does not": (bent(lambda now: replace(now, title="Blank")), laws.reset_shows_the_start),
    "typing is lost": (deaf(Type), laws.what_is_typed_is_read_back),
    "clearing is lost": (deaf(Clear), laws.what_is_typed_is_read_back),
    "typing appends": (Appending, laws.what_is_typed_is_read_back),
    "password in clear": (bent(secret_shown), laws.passwords_are_never_shown),
    "checking is lost": (deaf(Check), laws.a_box_is_checked_and_unchecked),
    "selecting is lost": (deaf(Select), laws.an_option_is_selected),
    "no documents": (
        bent(lambda now: replace(now, document="d")),
        laws.a_link_leads_away_and_back_returns,
    ),
    "one document": (bent(lambda now: replace(now, document="d")), laws.reload_makes_another_document),
    "clicks the next best": (Clumsy, laws.a_replaced_element_is_stale),
    "does not check names": (Blind, laws.an_element_that_is_not_as_seen_is_stale),
    "stale in silence": (swallowing(Stale), laws.a_vanished_element_is_stale),
    "stale on another page": (swallowing(Stale), laws.an_element_of_another_page_is_stale),
    "disabled in silence": (swallowing(ActFailed), laws.a_disabled_element_refuses),
    "misfits in silence": (swallowing(ActFailed), laws.an_act_that_does_not_fit_refuses),
    "says dispatched": (Dispatching, laws.a_disabled_element_refuses),
    "unknown in silence": (swallowing(Unsupported), laws.an_unknown_action_is_unsupported),
    "does not wait": (Impatient, laws.settle_waits_for_what_comes_late),
    "does not wait out": (Impatient, laws.settle_ends_at_its_deadline),
    "raises at the deadline": (Raising, laws.settle_ends_at_its_deadline),
    "does not ask": (Impatient, laws.settle_returns_what_was_judged),
    "events again and again": (Forgetful, laws.events_are_handed_out_once),
    "no events": (bent(lambda now: replace(now, events=())), laws.events_are_handed_out_once),
    "opens itself": (Resetless, laws.nothing_happens_before_reset),
    "never closes": (Immortal, laws.close_is_allowed_twice_and_ends_it),
    "close needs an open one": (OnceOnly, laws.close_is_allowed_before_reset),
    "goes nowhere": (bent(lambda now: replace(now, url="x")), laws.a_checkpoint_is_returned_to),
}


@pytest.mark.parametrize(("break_it", "law"), BROKEN.values(), ids=BROKEN)
def test_what_breaks_a_law_is_caught_by_it(break_it: Callable[[Env], Env], law: Law) -> None:
    with pytest.raises((Broken, EnvError)):
        law(World(break_it(Fake(STANDARD_SITE)), Space.CSS))
