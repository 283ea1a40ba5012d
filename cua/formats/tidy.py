"""What a recording says and a person would not: clicks that only give a field the focus, roles that the verb says."""

from __future__ import annotations

from dataclasses import replace

from cua.formats.flow import Act, Again, Aim, Choice, Each, Flow, Step, Want, both, parts_of
from cua.formats.losses import Losses

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


def sound(flow: Flow, losses: Losses) -> Flow:
    """Without what no task file can hold: checks of nothing, options without a name, blocks without a step."""
    return replace(flow, steps=_sound(flow.steps, losses))


def _sound(found: tuple[Step, ...], losses: Losses) -> tuple[Step, ...]:
    kept: list[Step] = []
    for step in found:
        match step:
            case Act():
                act = _sound_act(step, losses)
                kept += [act] if act is not None else []
            case Choice():
                then, otherwise = _sound(step.then, losses), _sound(step.otherwise, losses)
                if then:
                    kept.append(replace(step, then=then, otherwise=otherwise))
                elif otherwise:
                    kept.append(Choice(Want("not", parts=(step.question,)), otherwise, (), step.at))
                else:
                    losses.add(step.at, "none of its steps could be carried over, so it is left out")
            case Each() | Again() if do := _sound(step.do, losses):
                kept.append(replace(step, do=do))
            case Each() | Again():
                losses.add(step.at, "none of its steps could be carried over, so it is left out")
            case _:
                kept.append(step)
    return tuple(kept)


def _sound_act(act: Act, losses: Losses) -> Act | None:
    if act.verb in ("select", "press", "ask", "switch") and not str(act.text or "").strip():
        losses.add(act.at, f"`{act.verb}` does not say what, and is left out")
        return None
    if act.modifiers and act.verb != "click":
        losses.add(act.at, f"the keys held down in `{act.verb}` ({', '.join(act.modifiers)}) are not carried over")
        act = replace(act, modifiers=())
    parts = parts_of(act.want if act.verb == "wait" else act.expect)
    whole: Want | None = None
    for part in parts:
        if part.kind in _SAYS and not str(part.text or "").strip():
            losses.add(act.at, f"a check of an empty {part.kind} proves nothing, and is left out")
        else:
            whole = both(whole, part)
    if act.verb == "wait":
        return replace(act, want=whole) if whole is not None else None
    return replace(act, expect=whole)


_SAYS = frozenset({"text", "gone", "url", "title", "selected", "window", "dialog", "download"})


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
