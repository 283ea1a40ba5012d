"""What of the acts counts: noise goes, what was only a way to something becomes that, what was not done but shown (a
hover) comes in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cua.changes import changes
from cua.ledger import weighs
from cua.picking import meant
from cua.record.tape import Act, Entry, Tape
from cua.wording import fold
from envs.deeds import Watched
from envs.events import Dialog, Downloaded, Request, WindowOpened
from envs.observation import Element, Observation
from grounding.roles import TICKABLE, editable, interactive

POINTED = frozenset({"click", "double_click", "right_click", "drag", "press"})
"""Verbs that are noise where nothing came of them."""


def sift(acts: Sequence[Act], tape: Tape) -> list[Act]:
    """The acts of a workflow, with hovers and changes of windows where they were needed."""
    kept = list(_choosing(list(_counting(_settled(acts)))))
    shown = [one for act in kept for one in (*_hovers(act, tape), act)]
    return list(_switching(shown, tape))


def element_of(act: Act) -> Element | None:
    """What was acted on, on the screen before."""
    if act.before is None:
        return None
    return next(
        (e for path in (act.path, act.beside) if (e := meant(path, act.before)) is not None and e.visible), None
    )


def _settled(acts: Sequence[Act]) -> Iterator[Act]:
    """Clicks as what they did: a box that was ticked, a file that came."""
    for act in acts:
        element = element_of(act)
        if act.verb == "click" and element is not None and element.role in TICKABLE and act.after is not None:
            now = act.after.get(element.ref)
            if now is not None and now.is_("checked") is not element.is_("checked"):
                yield replace(act, verb="check" if now.is_("checked") else "uncheck")
                continue
        got = next((e for e in act.events if isinstance(e, Downloaded) and e.failure is None), None)
        if act.verb == "click" and got is not None:
            yield replace(act, verb="download", text=got.name)
            continue
        yield act


def _choosing(acts: Sequence[Act]) -> Iterator[Act]:
    """A list that was opened and the option that was clicked in it as one choice, where the field shows it then."""
    waiting: Act | None = None
    for act in acts:
        option = element_of(act) if act.verb == "click" else None
        field = element_of(waiting) if waiting is not None and waiting.verb == "click" else None
        if waiting is not None and field is not None and option is not None and _chose(field, option, act):
            waiting = replace(
                waiting, verb="select", options=(option.name,), last=act.last, after=act.after,
                events=waiting.events + act.events,
            )  # fmt: skip
            continue
        if waiting is not None:
            yield waiting
        waiting = act
    if waiting is not None:
        yield waiting


def _chose(field: Element, option: Element, act: Act) -> bool:
    if field.role not in {"combobox", "listbox"} or option.role != "option" or act.after is None:
        return False
    now, wanted = act.after.get(field.ref), fold(option.name)
    held = {fold(line) for line in (field.value or "").split("\n")}
    return (
        now is not None and bool(wanted) and wanted not in held and wanted in map(fold, (now.value or "").split("\n"))
    )


def _counting(acts: Sequence[Act] | Iterator[Act]) -> Iterator[Act]:
    """Without what did nothing, and typing in one field as one act."""
    waiting: Act | None = None
    for act in acts:
        if waiting is not None and waiting.verb == act.verb == "type" and _head(waiting) == _head(act):
            waiting = replace(
                act, before=waiting.before, first=waiting.first, at=waiting.at, events=waiting.events + act.events,
                secret=waiting.secret or act.secret,
            )  # fmt: skip
            continue
        if waiting is not None and waiting.verb == "click" and act.verb == "type" and _enters(waiting, act):
            waiting = replace(act, before=waiting.before)
            continue
        if not act.secret and act.verb in POINTED and not _did(act):
            continue
        if waiting is not None and not _idle(waiting):
            yield waiting
        waiting = act
    if waiting is not None and not _idle(waiting):
        yield waiting


def _head(act: Act) -> str:
    return act.path[0] if act.path else ""


def _enters(click: Act, typed: Act) -> bool:
    """Whether a click only put the caret where something was typed then."""
    element = element_of(click)
    return element is not None and editable(element) and (_head(typed) in click.path or element.ref in typed.path)


def _did(act: Act) -> bool:
    """Whether anything came of it."""
    if act.before is None or act.after is None:
        return True
    told = any(
        isinstance(e, Dialog | Downloaded | WindowOpened) or (isinstance(e, Request) and weighs(e)) for e in act.events
    )
    moved = act.verb == "drag" and [e.ref for e in act.before.elements] != [e.ref for e in act.after.elements]
    return told or moved or act.before.window != act.after.window or bool(changes(act.before, act.after))


def _idle(act: Act) -> bool:
    """Whether a field was left as it was."""
    element = element_of(act)
    return act.verb == "type" and not act.secret and element is not None and (element.value or "") == act.text


def _there(path: tuple[str, ...], screen: Observation | None) -> Element | None:
    """The innermost element of a path that is to be seen."""
    found = meant(path, screen) if screen is not None else None
    return found if found is not None and found.visible else None


def _passes(entry: Entry) -> bool:
    return not isinstance(entry, Watched) or entry.deed.kind in {"over", "note"}


def _hovers(act: Act, tape: Tape, depth: int = 0) -> list[Act]:
    """The places that the pointer had to come over first, so that what was acted on was shown at all."""
    aimed = element_of(act)
    if aimed is None or depth > 4:
        return []
    start = act.first
    while start > 0 and _passes(tape.entries[start - 1]):
        start -= 1
    overs: list[tuple[int, Watched]] = []
    for at, entry in enumerate(tape.entries[start : act.first], start):
        # what the act before has shown is not the doing of a pointer that moved on at once
        if isinstance(entry, Watched) and any(isinstance(one, Observation) for one in tape.entries[start:at]):
            overs.insert(0, (at, entry))
    revealing: list[tuple[int, Watched, Element]] = []
    for at, entry in overs:
        seen = entry.before
        if entry.deed.kind != "over" or seen is None or seen.document != (act.before.document if act.before else ""):
            break
        old = seen.get(aimed.ref)
        over = _there(entry.deed.path, seen)
        if (old is None or not old.visible) and over is not None and over.ref != aimed.ref:
            if revealing and seen is not revealing[0][1].before:
                break
            revealing.append((at, entry, over))
    if not revealing:
        return []
    at, entry, _ = next((one for one in revealing if interactive(one[2])), revealing[0])
    hover = Act(
        "hover", entry.deed.path, at, at, entry.deed.at, entry.deed.window, before=entry.before, after=act.before
    )
    return [*_hovers(hover, tape, depth + 1), hover]


def _switching(acts: Sequence[Act], tape: Tape) -> Iterator[Act]:
    """With the changes of windows that no act brought about."""
    looks = tape.looks()
    now = looks[0] if looks else None
    for act in acts:
        if act.before is not None and now is not None and act.before.window != now.window:
            yield Act("switch", first=act.first, at=act.at, window=act.window, before=now, after=act.before)
        yield act
        now = act.after or now
