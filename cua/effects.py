"""What each kind of action promises by itself: the effect that is looked for when a step states none.

The effect of typing is that the field holds the text; of a click, that something answers it; of a commit, that the
application took it and says so. `binding` effects are asked for beside a stated expectation, the others only
instead of one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cua.changes import changes
from cua.judge import Judge, View
from cua.step import Step
from cua.verdict import Verdict
from cua.wording import fold, says, texts
from envs import action as act
from envs.events import Answer, Blocked, Dialog, Downloaded, Navigated, Request, WindowOpened
from envs.observation import Element, Observation

TOGGLES = frozenset({"checkbox", "switch", "radio", "menuitemcheckbox", "menuitemradio", "option"})

REFUSAL = re.compile(
    r"\b(errors?|invalid|incorrect|failed|failure|denied|forbidden|rejected|refused|unable|expired|unauthori[sz]ed|"
    r"(not|n't|cannot|can't) (be |been )?\w+|try again)\b"
)
"""What a page says when it refuses (folded English), even beside a word of success ("could not be saved")."""

RESERVE = re.compile(r"\b(required|must|already exists|wrong|please (correct|fix|check|enter))\b")
"""What may be a refusal, unless the same text says that it has been done."""

SUCCESS = re.compile(
    r"\b(saved|added|created|success|successful|successfully|updated|changed|deleted|removed|sent|submitted|done|"
    r"completed?|confirmed|accepted|published|stored|thanks?|thank you|received|registered|uploaded|moved|ok)\b"
)
"""What a page says when it has done it (folded English)."""

NO_ERRORS = re.compile(r"\b(no|0|zero|without) (errors?|failures?)\b")


def refuses(text: str) -> bool:
    """Whether a new text on the page says no."""
    text = NO_ERRORS.sub("", fold(text))
    return bool(REFUSAL.search(text)) or (bool(RESERVE.search(text)) and not SUCCESS.search(text))


def confirms(text: str) -> bool:
    """Whether a new text on the page says that it has been done."""
    return not refuses(text) and bool(SUCCESS.search(fold(text)))


@dataclass(frozen=True, slots=True)
class Effect:
    """`gone`: the element itself is not there any more, so its own effect cannot be read."""

    verdict: Verdict
    binding: bool = False
    gone: bool = False


def inferred(step: Step, action: act.Action, found: Element | None, view: View, judge: Judge) -> Effect:
    """The effect of the step's kind on this view."""
    if step.commit:
        return Effect(_commit(step, action, found, view))
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
                    f'the page asked "{message[:120]}" ({kind}) and was answered no: say `commit: true` to agree, '
                    "or `expect` the dialog"
                )
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
    old = {fold(element.name) for element in view.before.elements}
    for element in view.after.elements:
        if element.role == "alert" and element.visible:
            inner = " ".join([element.name, *(e.name for e in view.after.inside(element))])
            if fold(element.name) not in old and refuses(inner):
                return " ".join(inner.split())[:120]
    return None


def _commit(step: Step, action: act.Action, found: Element | None, view: View) -> Verdict:
    """The application took it: nothing new says no, a write was accepted or new text says so, and the form is left."""
    assert view.before is not None
    spoken, written = _new_texts(view)
    accepted = [e for e in view.events if isinstance(e, Answer) and e.writes and e.first_party and not e.refused]
    # a page that was loaded anew says much that is not about us: without a write it has to name what was entered
    ours = [text for text in written if accepted or any(says(line, fold(text)) for line in _entered(view.before))]
    yes = next((text for text in (*spoken, *ours) if confirms(text)), None)
    no = next((text for text in (*spoken, *(written if yes is None else ())) if refuses(text)), None)
    if no is not None:
        return Verdict.no(f'the page says "{no[:120]}"')
    if _invalid(view.after) - _invalid(view.before):
        return Verdict.no("a field is marked as invalid now")
    if signs_in(view.after) and not signs_in(view.before):
        return Verdict.no("a sign-in page came instead")
    sent = any(isinstance(e, Request) and e.kind in {"document", "xhr", "fetch"} for e in view.events)
    about = _about_another(yes, view) if yes is not None else None
    if about is not None:
        return Verdict.no(f'the page says "{(yes or "")[:120]}", and nothing called "{about}" was entered')
    if yes is not None and (sent or any(isinstance(e, Navigated) for e in view.events)):
        return Verdict.yes(f'the page says "{yes[:120]}"')
    left = found is None or not _still_there(found, view.after)
    if accepted and left and not _echoed(view):
        return Verdict.no("the form is left, but nothing says that it was saved, and nothing shows what was entered")
    if accepted and left:
        answer = accepted[-1]
        return Verdict.yes(f"{answer.method} was answered {answer.status} and the form is left")
    if accepted:
        return Verdict.no("the server answered, but the same form is still there and nothing says that it was saved")
    if yes is not None:
        return Verdict.yes(f'the page says "{yes[:120]}" (nothing was sent to a server)')
    return Verdict.no("nothing was sent and nothing says that it has been done")


def _new_texts(view: View) -> tuple[list[str], list[str]]:
    """Texts that were not there before: those that the page says to the person (an alert, a status, or anything that
    came into a page which stayed), and those that are merely written on a page that was loaded anew.

    Not the data of tables and lists, not the words of links and buttons. A text that was there is new when it is
    there once more.
    """
    assert view.before is not None
    spoken = [event.message for event in view.events if isinstance(event, Dialog) and event.kind == "alert"]
    written: list[str] = []
    nodes = {(element.ref, element.name) for element in view.before.elements}
    more = Counter(map(_kind, texts(view.after))) - Counter(map(_kind, texts(view.before)))
    stayed = view.after.document == view.before.document
    for element in texts(view.after):
        if element.role not in MESSAGES or (element.ref, element.name) in nodes or not more[_kind(element)]:
            continue
        around = {element.role, *(ancestor.role for ancestor in view.after.ancestors(element))}
        if around & ANNOUNCING:
            spoken.append(element.name)
        elif not around & DATA:
            (spoken if stayed else written).append(element.name)
    return spoken, written


def _entered(screen: Observation) -> set[str]:
    """The lines that stood in the text fields, folded; what is too short to be told from anything else left out."""
    fields = (e for e in screen.elements if e.role in TEXT_FIELDS and e.visible and "password" not in e.states)
    lines = (fold(line).strip(" =*#-") for field in fields for line in (field.value or "").split("\n"))
    return {line for line in lines if len(line) >= 3}


def _echoed(view: View) -> bool:
    """Whether the page that came shows something of what was entered, where it was not shown before."""
    assert view.before is not None
    entered = _entered(view.before)
    more = Counter(map(_kind, texts(view.after))) - Counter(map(_kind, texts(view.before)))
    return (
        not entered
        or any(says(line, name) for line in entered for _, name in more)
        or bool(entered & _entered(view.after))
    )


def _about_another(text: str, view: View) -> str | None:
    """The name in quotes in a message of success, when it is nothing that was on the form (numbered names are made by
    the application, and say nothing)."""
    assert view.before is not None
    known = [*(fold(e.name) for e in view.before.elements), *(fold(e.value or "") for e in view.before.elements)]
    for name in QUOTED.findall(fold(text)):
        if not any(char.isdigit() for char in name) and not any(name in line for line in known):
            return str(name)
    return None


QUOTED = re.compile(r'"([^"]{2,})"')
TEXT_FIELDS = frozenset({"textbox", "searchbox", "combobox"})


def _kind(element: Element) -> tuple[str, str]:
    return element.role, fold(element.name)


ANNOUNCING = frozenset({"alert", "status", "log", "alertdialog"})
MESSAGES = frozenset({"text", "alert", "status", "log", "paragraph", "listitem", "note", "heading"})
DATA = frozenset({"table", "row", "grid", "treegrid", "navigation", "menu", "link", "button", "option", "contentinfo"})


def _invalid(screen: Observation) -> set[str]:
    return {f"{e.role} {e.name}" for e in screen.elements if "invalid" in e.states and e.value is not None}


def signs_in(screen: Observation) -> bool:
    """Whether this is a sign-in form: one password field (two are a change of password)."""
    return sum("password" in e.states and e.visible for e in screen.elements) == 1


def _still_there(found: Element, screen: Observation) -> bool:
    return any(e.role == found.role and e.name == found.name and e.visible for e in screen.elements)


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
    focus = [{e.ref for e in screen.elements if "focused" in e.states} for screen in (view.before, view.after)]
    if focus[0] != focus[1]:
        return Effect(Verdict.yes("the focus moved"))
    return Effect(_something(view))


def _scrolled(step: Step, action: act.Scroll, found: Element | None, view: View, judge: Judge) -> Effect:
    assert view.before is not None
    old = {element.ref: element.box for element in view.before.elements}
    if any(element.ref in old and element.box != old[element.ref] for element in view.after.elements):
        return Effect(Verdict.yes("the view moved"))
    if {element.ref for element in view.after.elements} != set(old):
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
