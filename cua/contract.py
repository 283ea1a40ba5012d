"""What a task promises of its whole run, as data. How screens are held to it is in `cua.guard`, how the order of things
is followed in `cua.monitors`.

After Agent Behavioral Contracts (preconditions, invariants, governance, recovery); what belongs to one step is in
`cua.step`.
"""

from __future__ import annotations

from dataclasses import dataclass

from cua.expect import Expect

What = Expect | str
"""Something that can be seen, or the name of a step that can be done."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Base of the rules about the order of things. `name` is what the file calls it; "" where it has no name."""


@dataclass(frozen=True, slots=True)
class Before(Rule):
    """`first` is seen or done before `then` is, if that ever is. Seen on the same screen is early enough."""

    first: What
    then: What
    name: str = ""


@dataclass(frozen=True, slots=True)
class Until(Rule):
    """`keep` holds on every screen until `until` is seen or done, and that has to come."""

    keep: Expect
    until: What
    name: str = ""


@dataclass(frozen=True, slots=True)
class Eventually(Rule):
    """`what` is seen or done at some time, at the latest at the end."""

    what: What
    name: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """`always`: each holds on every screen that the run is proved to be at. `never`: none of them is seen on any screen
    that is looked at."""

    always: tuple[Expect, ...] = ()
    never: tuple[Expect, ...] = ()
    order: tuple[Rule, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.always or self.never or self.order)
