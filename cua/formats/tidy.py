"""What a recording says and a person would not: clicks that only give a field the focus, roles that the verb says."""

from __future__ import annotations

from dataclasses import replace

from cua.formats.flow import Act, Again, Aim, Choice, Each, Flow, Step

IMPLIED = {
    "type": frozenset({"textbox"}),
    "clear": frozenset({"textbox"}),
    "select": frozenset({"combobox"}),
    "check": frozenset({"checkbox"}),
    "uncheck": frozenset({"checkbox"}),
    "upload": frozenset({"button", "textbox", "file"}),
}
"""Roles that the verb says already: "type into Username" needs no "field"."""
_FILLS = frozenset({"type", "clear", "select", "check", "uncheck", "upload"})
_FIELDS = frozenset({None, "textbox", "searchbox", "combobox", "spinbutton"})


def tidied(flow: Flow) -> Flow:
    return replace(flow, steps=steps(flow.steps))


def steps(found: tuple[Step, ...]) -> tuple[Step, ...]:
    kept: list[Step] = []
    for step in map(_inner, found):
        last = kept[-1] if kept else None
        if isinstance(last, Act) and isinstance(step, Act) and _only_focus(last, step):
            kept.pop()
        kept.append(step)
    return tuple(kept)


def _inner(step: Step) -> Step:
    match step:
        case Act():
            return replace(step, aim=_plainer(step.aim, step.verb)) if step.aim is not None else step
        case Choice():
            return replace(step, then=steps(step.then), otherwise=steps(step.otherwise))
        case Each() | Again():
            return replace(step, do=steps(step.do))
        case _:
            return step


def _plainer(aim: Aim, verb: str) -> Aim:
    if aim.role in IMPLIED.get(verb, ()) and aim.name.parts and aim.nth is None and not aim.where:
        return replace(aim, role=None)
    return aim


def _only_focus(click: Act, step: Act) -> bool:
    if click.verb != "click" or step.verb not in _FILLS or click.aim is None or step.aim is None:
        return False
    if click.expect or click.commit or click.already or click.modifiers or click.timeout or click.within:
        return False
    return click.aim.role in _FIELDS and _plainer(click.aim, step.verb) == step.aim
