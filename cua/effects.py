"""What each kind of action promises by itself: the effect that is looked for when a step states none.

The effect of typing is that the field holds the text; of a click, that something answers it; of a commit, that the
application took it and says so. `binding` effects are asked for beside a stated expectation, the others only
instead of one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cua.changes import changes
from cua.commits import refuses, taken
from cua.judge import Judge, View
from cua.parts import differing, each_content, picked
from cua.step import Step
from cua.verdict import Verdict
from cua.wording import fold, texts
from envs import action as act
from envs.events import Blocked, Dialog, Downloaded, WindowOpened
from envs.observation import Element, Observation

_DIGITS = re.compile("[0-9]")
TOGGLES = frozenset({"checkbox", "switch", "radio", "menuitemcheckbox", "menuitemradio", "option"})


@dataclass(frozen=True, slots=True)
class Effect:
    """`gone`: the element itself is not there any more, so its own effect cannot be read."""

    verdict: Verdict
    binding: bool = False
    gone: bool = False


def inferred(step: Step, action: act.Action, found: Element | None, view: View, judge: Judge) -> Effect:
    """The effect of the step's kind on this view."""
    if step.commit:
        return Effect(taken(found, view))
    rule = _RULES[type(action)]
    return rule(step, action, found, view, judge)


def again(step: Step, found: Element, screen: Observation, judge: Judge) -> Element | None:
    """The element a step acted on, on a later screen: the same node, or what its target names now."""
    same = screen.get(found.ref)
    if same is not None:
        return same
    if step.target is None:
        return None
    grounding = judge.grounder.ground(step.target, screen, step.action)
    return grounding.best.element if grounding.sure and grounding.best else None


def _field(holds: Callable[[Any, Element], Verdict]) -> Callable[..., Effect]:
    """A rule for what can be read back from the element itself."""

    def rule(step: Step, action: act.Action, found: Element | None, view: View, judge: Judge) -> Effect:
        now = again(step, found, view.after, judge) if found is not None else None
        if now is None:
            return Effect(Verdict.no(f"{found or 'the field'} is not there any more"), binding=True, gone=True)
        return Effect(holds(action, now), binding=True)

    return rule


def _typed(action: act.Type, now: Element) -> Verdict:
    text = action.text if isinstance(action.text, str) else ""
    value = now.value or ""
    if "password" in now.states:
        same = len(value) == len(text) if not action.append else len(value) >= len(text)
        return Verdict(same, f"{now} holds {'as many' if same else 'not as many'} characters as were typed")
    if action.code:
        same = "".join(_DIGITS.findall(value)) == text
        return Verdict(same, f"{now} {'holds' if same else 'does not hold'} the code that was typed")
    wanted, shown = _lines(text), _lines(value)
    same = shown.endswith(wanted) if action.append else shown == wanted
    return Verdict(same, f'{now} holds "{shown[:80]}"' + ("" if same else f', not "{wanted[:80]}"'))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\u00a0", " ").rstrip("\n")


def _cleared(action: act.Clear, now: Element) -> Verdict:
    return Verdict(not now.value, f"{now} is empty" if not now.value else f'{now} still holds "{now.value[:80]}"')


def _checked(action: act.Check, now: Element) -> Verdict:
    on = bool(now.states & {"checked", "pressed", "selected"}) and "mixed" not in now.states
    return Verdict(on is action.on, f"{now} is {'' if on else 'not '}checked")


def _select(action: act.Select, now: Element) -> Verdict:
    shown = [fold(line) for line in (now.value or now.name).split("\n")]
    if fold(action.option) in shown:
        return Verdict.yes(f'"{action.option}" is chosen in {now}')
    return Verdict.no(f'{now} shows "{(now.value or "nothing")[:80]}", not "{action.option}"')


def _clicked(step: Step, action: act.Action, found: Element | None, view: View, judge: Judge) -> Effect:
    if found is not None and found.role in TOGGLES and isinstance(action, act.Click) and action.count == 1:
        now = view.after.get(found.ref)
        states = {"checked", "selected"}
        if now is not None and now.states & states != found.states & states:
            return Effect(Verdict.yes(f"{now} is {'' if now.states & states else 'not '}checked"))
    return Effect(_something(view))


def _something(view: View) -> Verdict:
    assert view.before is not None
    blocked = next((event for event in view.events if isinstance(event, Blocked)), None)
    if blocked is not None and (_left(view) or any(isinstance(event, WindowOpened) for event in view.events)):
        return Verdict.no(f"{blocked.url} was not opened: {blocked.why}")
    for event in view.events:
        match event:
            case Dialog(kind="confirm" | "prompt" as kind, message=message, accepted=False):
                return Verdict.no(
                    f'the page asked "{message[:120]}" ({kind}) and was answered no: say `commit: true` to agree'
                )
            case Dialog(kind="beforeunload"):
                continue  # the page may be left, but whether it was is told by what comes after it
            case Dialog(kind=kind, message=message):
                no = refuses(message)
                return Verdict(not no, f'a native {kind} {"says" if no else "came"}: "{message[:120]}"')
            case Downloaded(name=name, failure=None):
                return Verdict.yes(f"{name} arrived")
            case WindowOpened(url=url):
                return Verdict.yes(f"a window opened: {url}")
    found = changes(view.before, view.after)
    complaint = _complaint(view)
    if complaint is not None and not _left(view):
        return Verdict.no(f'the page answered "{complaint}"')
    return Verdict.yes(found[0]) if found else Verdict.no("nothing on the screen changed")


def _left(view: View) -> bool:
    return view.before is not None and view.before.url.split("#")[0] != view.after.url.split("#")[0]


def _complaint(view: View) -> str | None:
    """New text in an alert, or a field newly invalid, that says no."""
    assert view.before is not None
    for element, _ in picked(view.after, "alerts", _alerts):
        inner = " ".join([element.name, *(e.name for e in view.after.inside(element))])
        if refuses(inner) and fold(element.name) not in set(each_content(view.before, "names", _names)):
            return " ".join(inner.split())[:120]
    return None


def _alerts(elements: Sequence[Element]) -> list[tuple[int, str]]:
    return [(at, e.name) for at, e in enumerate(elements) if e.role == "alert" and e.visible]


def _names(elements: Sequence[Element]) -> list[str]:
    return [fold(element.name) for element in elements]


def _opened(step: Step, action: act.Open, found: Element | None, view: View, judge: Judge) -> Effect:
    assert view.before is not None
    if view.after.document == view.before.document and view.after.url == view.before.url:
        return Effect(Verdict.no(f"the page did not change from {view.after.url}"))
    return Effect(Verdict.yes(f"{view.after.url} is open"))


def _moved(step: Step, action: act.Action, found: Element | None, view: View, judge: Judge) -> Effect:
    assert view.before is not None
    if view.after.document != view.before.document or view.after.url != view.before.url:
        return Effect(Verdict.yes(f"{view.after.url} is shown"))
    return Effect(Verdict.no("the page stayed as it was"))


def _pressed(step: Step, action: act.Press, found: Element | None, view: View, judge: Judge) -> Effect:
    assert view.before is not None
    focus = [set(each_content(screen, "focused", _focused)) for screen in (view.before, view.after)]
    if focus[0] != focus[1]:
        return Effect(Verdict.yes("the focus moved"))
    return Effect(_something(view))


def _focused(elements: Sequence[Element]) -> list[str]:
    return [element.ref for element in elements if "focused" in element.states]


def _scrolled(step: Step, action: act.Scroll, found: Element | None, view: View, judge: Judge) -> Effect:
    assert view.before is not None
    old, new = (
        {element.ref: element.box for part in parts for element in part.elements}
        for parts in differing(view.before, view.after)
    )
    if any(ref in old and box != old[ref] for ref, box in new.items()):
        return Effect(Verdict.yes("the view moved"))
    if set(new) != set(old):
        return Effect(Verdict.yes("other elements are in view"))
    return Effect(Verdict.no("nothing scrolled"))


def _switched(step: Step, action: act.Switch, found: Element | None, view: View, judge: Judge) -> Effect:
    assert view.before is not None
    shown = view.after.title or view.after.url
    moved = (view.after.window, view.after.place) != (view.before.window, view.before.place)
    if moved or fold(action.to) in fold(shown) or action.to == view.after.place:
        return Effect(Verdict.yes(f'"{shown}" is in front'))
    return Effect(Verdict.no(f'"{shown}" is still in front'))


def _uploaded(step: Step, action: act.Upload, found: Element | None, view: View, judge: Judge) -> Effect:
    names = [path.name for path in action.paths]
    shown = " ".join([e.value or "" for e in view.after.elements] + [e.name for e in texts(view.after)])
    missing = [name for name in names if name not in shown]
    if not missing:
        return Effect(Verdict.yes(f"{', '.join(names)} is attached"), binding=True)
    return Effect(Verdict.no(f"{missing[0]} is not shown as attached"), binding=True)


def _downloaded(step: Step, action: act.Download, found: Element | None, view: View, judge: Judge) -> Effect:
    if action.to.is_file() and action.to.stat().st_size:
        return Effect(Verdict.yes(f"{action.to.name} is there, {action.to.stat().st_size} bytes"), binding=True)
    return Effect(Verdict.no(f"{action.to.name} did not arrive"), binding=True)


def _hovered(step: Step, action: act.Hover, found: Element | None, view: View, judge: Judge) -> Effect:
    assert view.before is not None
    found_changes = changes(view.before, view.after)
    return Effect(Verdict.yes(found_changes[0] if found_changes else f"the pointer is over {found}"))


def _looked(step: Step, action: act.Action, found: Element | None, view: View, judge: Judge) -> Effect:
    return Effect(Verdict.yes("it was looked at"))


_RULES: dict[type[act.Action], Callable[..., Effect]] = {
    act.Open: _opened,
    act.Click: _clicked,
    act.Hover: _hovered,
    act.Drag: lambda step, action, found, view, judge: Effect(_something(view)),
    act.Type: _field(_typed),
    act.Clear: _field(_cleared),
    act.Press: _pressed,
    act.Select: _field(_select),
    act.Check: _field(_checked),
    act.Upload: _uploaded,
    act.Download: _downloaded,
    act.Scroll: _scrolled,
    act.Back: _moved,
    act.Forward: _moved,
    act.Reload: _moved,
    act.Switch: _switched,
    act.Look: _looked,
    act.Ask: _looked,
}
