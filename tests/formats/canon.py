"""What a flow says, step by step, without where it stood: to see that a round trip kept it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from cua.formats.flow import Act, Aim, Flow, Step, Want, both, parts_of, plain
from cua.formats.tidy import tidied

Saying = tuple[str, str]
"""What is done or checked, and where it stood."""


def placeless(thing: Any) -> Any:
    """The same, all `at` empty."""
    if isinstance(thing, tuple):
        return tuple(placeless(one) for one in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        new = {
            field.name: "" if field.name == "at" else placeless(getattr(thing, field.name)) for field in fields(thing)
        }
        return type(thing)(**new)
    return thing


def sayings(flow: Flow, plainer: Callable[[Aim], Aim] = lambda aim: aim) -> list[Saying]:
    """Every act, then its checks, each with its place. `plainer` takes away what a format has no words for."""
    said: list[Saying] = []
    for step in tidied(flow).steps:
        said += _said(step, plainer)
    if flow.done is not None:
        said += [(repr(placeless(_want(part, plainer))), "done") for part in parts_of(flow.done)]
    return said


def _said(step: Step, plainer: Callable[[Aim], Aim]) -> list[Saying]:
    if not isinstance(step, Act):
        return [(repr(placeless(step)), step.at)]
    act = replace(step, expect=None, want=None, commit=False, already=None, within=None, timeout=None)
    if act.aim is not None:
        act = replace(act, aim=_aim(act.aim, plainer))
    done = [] if act.verb == "wait" else [(repr(placeless(act)), step.at)]
    implied = Want("checked", aim=step.aim, on=step.verb == "check") if step.verb in ("check", "uncheck") else None
    parts = (part for part in parts_of(both(step.want, step.expect)) if part != implied)
    return done + [(repr(placeless(_want(part, plainer))), step.at) for part in parts]


def _aim(aim: Aim, plainer: Callable[[Aim], Aim]) -> Aim:
    return plainer(replace(aim, where=tuple((relation, _aim(other, plainer)) for relation, other in aim.where)))


def _want(want: Want, plainer: Callable[[Aim], Aim]) -> Want:
    aim = _aim(want.aim, plainer) if want.aim is not None else None
    want = replace(want, aim=aim, parts=tuple(_want(part, plainer) for part in want.parts))
    return _as_text(want) if plainer(_BUTTON).role is None else want


_BUTTON = Aim(plain("Save"), "button")


def _as_text(want: Want) -> Want:
    """Where things have no roles, one with a name is a text."""
    inner = want.parts[0] if want.kind == "not" else want
    if want.kind == "not" and inner.kind == "text" and inner.aim is None:
        return Want("gone", inner.text, within=inner.within)
    if inner.kind != "element" or inner.aim is None or inner.aim.nth is not None or inner.aim.where:
        return (
            Want("text", inner.text, inner.aim, within=inner.within)
            if (want.kind, inner.kind) == ("not", "gone")
            else want
        )
    return Want("gone" if want.kind == "not" else "text", inner.aim.name, within=want.within)
