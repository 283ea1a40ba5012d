"""A flow as one straight line of steps, for formats without control flow."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from cua.formats.flow import Act, Again, Choice, Each, Flow, Step, Want, both, parts_of
from cua.formats.losses import CannotSay, Losses
from cua.formats.plainer import filled, inlined, unrolled
from cua.taskfile.template import Ref, Template

T = TypeVar("T")
_KINDS: dict[type, str] = {Choice: "if", Each: "for_each over what the screen shows", Again: "repeat"}


def straight(flow: Flow, losses: Losses, called: str, given: Mapping[str, str] | None = None) -> Flow:
    """Only steps that act. `called` is the format's name; `given` are values of params for one without variables."""
    flow = unrolled(inlined(flow, losses), losses)
    if given is not None:
        flow = filled(flow, given, losses, called)
    acts = tuple(_acts(flow.steps, losses, called))
    if flow.done is not None:
        acts = (*acts, Act("wait", want=flow.done, at="done"))
    return dataclasses.replace(flow, steps=acts, done=None)


def _acts(steps: tuple[Step, ...], losses: Losses, called: str) -> Iterator[Act]:
    for step in steps:
        if isinstance(step, Act):
            yield step
        else:
            losses.add(step.at, f"{called} has no word for {_KINDS.get(type(step), 'this')}; its steps are left out")


def carried(
    act: Act, losses: Losses, called: str, make: Callable[[Act], list[T]], check: Callable[[Want], list[T]]
) -> list[T]:
    """The format's steps for one of ours and its checks. What it has no words for is left out, and told."""
    done: list[T] = []
    if act.verb != "wait":
        try:
            done += make(act)
        except CannotSay as why:
            rest = ", with its checks" if act.expect is not None else ""
            losses.add(act.at, f"`{act.verb}` is left out{rest}: {why}")
            return done
    if act.commit:
        losses.add(
            act.at, f"`commit` is not carried over: {called} asks nobody, and does it again when it is run again"
        )
    for want in parts_of(both(act.want, act.expect)):
        try:
            done += check(want)
        except CannotSay as why:
            losses.add(act.at, f"a check is left out: {why}")
    return done


def sure(words: Template | None, called: str) -> str:
    """The text, for a format without variables. Raises CannotSay where a name has no value."""
    if words is None:
        return ""
    for part in words.parts:
        if isinstance(part, Ref):
            raise CannotSay(f"{part} has no value that could be written; {called} has no variables")
    return words.plain or ""
