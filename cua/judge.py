"""Does an expectation hold on this screen? Pure functions from (expectation, view) to a verdict with its reason in
words."""

from __future__ import annotations

import fnmatch
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from cua import expect as ex
from cua.changes import changes
from cua.parts import picked
from cua.verdict import Verdict
from cua.wording import drawn_where, fold, says
from envs.events import Answer, Dialog, Downloaded, Event
from envs.observation import Element, Observation
from grounding.grounder import Grounder
from grounding.target import Target


@dataclass(frozen=True, slots=True)
class View:
    """What an expectation is judged on: the screen now, the one before the step, the events since."""

    after: Observation
    before: Observation | None = None
    events: tuple[Event, ...] = ()


StateName = Callable[[Observation], str]


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges expectations. `state` gives the name of a screen in the application map."""

    grounder: Grounder
    state: StateName = lambda observation: ""

    def check(self, expect: ex.Expect, view: View) -> Verdict:
        return _CHECKS[type(expect)](self, expect, view)

    def news(self, expect: ex.Expect, view: View) -> bool:
        """Whether something on the screen that makes the expectation hold was not there before.

        What was there before a step proves nothing about it.
        """
        if view.before is None or not self.check(expect, View(view.before, None, ())).holds:
            return True
        match expect:
            case ex.All(parts) | ex.AnyOf(parts):
                return any(self.check(part, view).holds and self.news(part, view) for part in parts)
            case ex.Within(part, _):
                return self.news(part, view)
            case ex.Text(text, inside):
                if _alert(expect, view) is not None:
                    return True
                return _fresh(_bearers(self, text, inside, view.before), _bearers(self, text, inside, view.after))
            case ex.Exists(target):
                return _fresh(self.fitting(target, view.before), self.fitting(target, view.after))
            case ex.Url() | ex.Title():
                return view.before.document != view.after.document and view.before.url != view.after.url
            case _:
                return False

    def element(self, target: Target, screen: Observation) -> tuple[Element | None, str]:
        """The one element that fits the target, or None and the reason."""
        grounding = self.grounder.ground(target, screen)
        if grounding.sure and grounding.best is not None:
            return grounding.best.element, ""
        return None, grounding.why_not

    def fitting(self, target: Target, screen: Observation) -> tuple[Element, ...]:
        """All the elements that fit the target, ambiguity allowed."""
        grounding = self.grounder.ground(target, screen)
        if grounding.best is None or not grounding.found:
            return ()
        least = max(grounding.floor, grounding.best.confidence - grounding.margin)
        return tuple(c.element for c in grounding.candidates if c.confidence >= least)


def _fresh(before: tuple[Element, ...], after: tuple[Element, ...]) -> bool:
    """Whether `after` holds an element that `before` does not: another node, and one more of its kind."""
    nodes = {(element.ref, element.name) for element in before}
    kinds = Counter((element.role, element.name) for element in before)
    more = Counter((element.role, element.name) for element in after) - kinds
    return any((element.ref, element.name) not in nodes and more[element.role, element.name] for element in after)


def _bearers(judge: Judge, text: str, inside: Target | None, screen: Observation) -> tuple[Element, ...]:
    wanted = fold(text)
    within: set[str] | None = None
    if inside is not None:
        holder, _ = judge.element(inside, screen)
        if holder is None:
            return ()
        within = {holder.ref, *(element.ref for element in screen.inside(holder))}
    return tuple(
        element
        for element, _ in drawn_where(screen, lambda role, name: says(wanted, name))
        if within is None or element.ref in within
    )


def _text(judge: Judge, expect: ex.Text, view: View) -> Verdict:
    found = _bearers(judge, expect.text, expect.inside, view.after)
    if found:
        return Verdict.yes(f'"{expect.text}" is shown ({_short(found[0])})')
    alert = _alert(expect, view)
    if alert is not None:
        return Verdict.yes(f'an alert said "{_clip(alert.message)}"')
    wanted = fold(expect.text)
    part = next(
        (element for element, _ in drawn_where(view.after, lambda role, name: bool(wanted) and wanted in name)), None
    )
    if part is not None and expect.inside is None:
        return Verdict.no(f'"{expect.text}" is shown only inside a longer word: "{_clip(part.name)}"')
    where = f" in {expect.inside}" if expect.inside else ""
    return Verdict.no(f'"{expect.text}" is not shown{where} on "{view.after.title or view.after.url}"')


def _alert(expect: ex.Text, view: View) -> Dialog | None:
    """The native alert that showed the text since the step began: the person would have read it."""
    wanted = fold(expect.text)
    alerts = (event for event in view.events if isinstance(event, Dialog) and event.kind == "alert")
    return next((alert for alert in alerts if expect.inside is None and says(wanted, fold(alert.message))), None)


def _gone(judge: Judge, expect: ex.Gone, view: View) -> Verdict:
    wanted = fold(expect.text)
    still = next((e for e, _ in picked(view.after, "named", _named, lambda name: says(wanted, name))), None)
    if still is not None:
        return Verdict.no(f'"{expect.text}" is still there: {_short(still)}')
    return Verdict.yes(f'"{expect.text}" is not there')


def _named(elements: Sequence[Element]) -> list[tuple[int, str]]:
    return [(at, fold(element.name)) for at, element in enumerate(elements) if element.visible and element.name]


def _url(judge: Judge, expect: ex.Url, view: View) -> Verdict:
    if url_fits(expect.pattern, view.after.url):
        return Verdict.yes(f"the address is {view.after.url}")
    return Verdict.no(f"the address is {view.after.url}, not {expect.pattern}")


def url_fits(pattern: str, url: str) -> bool:
    """A pattern with * stands for the whole address, or for its path when it begins with /; one without * is the whole
    address, a path (with or without query), or the end of either."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    if "*" in pattern:
        glob = re.sub(r"[\[?\]]", lambda m: f"[{m[0]}]", pattern)
        return any(fnmatch.fnmatchcase(form, glob) for form in (url, path, parts.path))
    forms = {url, url.rstrip("/"), path, parts.path, parts.path.rstrip("/") or "/"}
    return pattern in forms or (len(pattern) > 1 and (path.endswith(pattern) or parts.path.endswith(pattern)))


def _title(judge: Judge, expect: ex.Title, view: View) -> Verdict:
    if says(fold(expect.text), fold(view.after.title)):
        return Verdict.yes(f'the title is "{view.after.title}"')
    return Verdict.no(f'the title is "{view.after.title}", without "{expect.text}"')


def _value(judge: Judge, expect: ex.Value, view: View) -> Verdict:
    element, why = judge.element(expect.target, view.after)
    if element is None:
        return Verdict.no(why)
    shown = element.value if element.value is not None else element.name
    if " ".join(shown.split()) == " ".join(expect.value.split()):
        return Verdict.yes(f'{element} holds "{_clip(shown)}"')
    return Verdict.no(f'{element} holds "{_clip(shown)}", not "{_clip(expect.value)}"')


def _state_check(word: str, state: str, *, negative: bool = False) -> Callable[[Judge, Any, View], Verdict]:
    """A check of one ARIA state of the target. `negative`: the state says the opposite (disabled for enabled)."""

    def check(judge: Judge, expect: ex.Checked | ex.Enabled | ex.Focused, view: View) -> Verdict:
        element, why = judge.element(expect.target, view.after)
        if element is None:
            return Verdict.no(why)
        on = getattr(expect, "on", True)
        is_so = (state in element.states) is not negative
        said = f"{element} is {'' if is_so else 'not '}{word}"
        return Verdict(is_so is on, said)

    return check


def _selected(judge: Judge, expect: ex.Selected, view: View) -> Verdict:
    wanted = fold(expect.option)
    if expect.target is None:
        chosen = [e for e in view.after.elements if e.visible and e.states & {"selected", "current", "checked"}]
        hit = next((e for e in chosen if fold(e.name) == wanted), None)
        return Verdict.yes(f"{hit} is selected") if hit else Verdict.no(f'nothing called "{expect.option}" is selected')
    element, why = judge.element(expect.target, view.after)
    if element is None:
        return Verdict.no(why)
    shown = [fold(line) for line in (element.value or "").split("\n")]
    inner = (e for e in view.after.inside(element) if e.states & {"selected", "checked"})
    if wanted in shown or any(fold(e.name) == wanted for e in inner):
        return Verdict.yes(f'"{expect.option}" is chosen in {element}')
    return Verdict.no(f'{element} shows "{_clip(element.value or "nothing")}", not "{expect.option}"')


def _exists(judge: Judge, expect: ex.Exists, view: View) -> Verdict:
    found = judge.fitting(expect.target, view.after)
    if found:
        return Verdict.yes(f"{found[0]} is there")
    return Verdict.no(judge.grounder.ground(expect.target, view.after).why_not)


def _count(judge: Judge, expect: ex.Count, view: View) -> Verdict:
    number = len(judge.fitting(expect.target, view.after))
    least = expect.exactly if expect.exactly is not None else expect.at_least
    most = expect.exactly if expect.exactly is not None else expect.at_most
    fits = (least is None or number >= least) and (most is None or number <= most)
    wanted = f"{least}" if least == most else f"{'' if least is None else least}..{'' if most is None else most}"
    return Verdict(fits, f"{number} of {expect.target} are there" + ("" if fits else f", not {wanted}"))


def _window(judge: Judge, expect: ex.WindowOpen, view: View) -> Verdict:
    wanted = fold(expect.text)
    for window in view.after.windows:
        if says(wanted, fold(window.title)) or url_fits(expect.text, window.url):
            return Verdict.yes(f'the window "{window.title or window.url}" is open')
    return Verdict.no(f'no window "{expect.text}" is open: ' + ", ".join(w.title or w.url for w in view.after.windows))


def _file(judge: Judge, expect: ex.FileThere, view: View) -> Verdict:
    if not expect.path.is_file() or expect.path.stat().st_size == 0:
        return Verdict.no(f"{expect.path.name} is not there or empty")
    if expect.contains is not None:
        with expect.path.open("rb") as file:
            if expect.contains.encode() not in file.read(1 << 20):
                return Verdict.no(f'{expect.path.name} does not contain "{_clip(expect.contains)}"')
    return Verdict.yes(f"{expect.path.name} is there")


def _download(judge: Judge, expect: ex.DownloadDone, view: View) -> Verdict:
    for event in view.events:
        if isinstance(event, Downloaded) and fold(expect.name) in fold(event.name):
            if event.failure is None:
                return Verdict.yes(f"{event.name} arrived")
            return Verdict.no(f"the download of {event.name} failed: {event.failure}", final=True)
    return Verdict.no(f'no file "{expect.name}" arrived')


def _dialog(judge: Judge, expect: ex.DialogSeen, view: View) -> Verdict:
    wanted = fold(expect.text)
    for event in view.events:
        if isinstance(event, Dialog) and says(wanted, fold(event.message)):
            return Verdict.yes(f'the {event.kind} said "{_clip(event.message)}"')
    for element in view.after.elements:
        if element.role in {"dialog", "alertdialog"} and element.visible:
            inner = (fold(e.name) for e in view.after.inside(element))
            if says(wanted, fold(element.name)) or any(says(wanted, name) for name in inner):
                return Verdict.yes(f"{element} is open")
    return Verdict.no(f'no dialog "{expect.text}" was shown')


def _in_state(judge: Judge, expect: ex.InState, view: View) -> Verdict:
    name = judge.state(view.after)
    return Verdict(fold(name) == fold(expect.name), f'the screen is "{name}"')


def _changed(judge: Judge, expect: ex.Changed, view: View) -> Verdict:
    if view.before is None:
        return Verdict.no("there is no earlier screen to compare with")
    if expect.target is not None:
        old, _ = judge.element(expect.target, view.before)
        new, why = judge.element(expect.target, view.after)
        if new is None or old is None:
            return Verdict((new is None) is not (old is None), why or f"{expect.target} appeared")
        differs = (old.name, old.value, old.states) != (new.name, new.value, new.states)
        return Verdict(differs, f"{new} {'changed' if differs else 'did not change'}")
    found = changes(view.before, view.after)
    return Verdict(bool(found), found[0] if found else "nothing on the screen changed")


def _http(judge: Judge, expect: ex.Http, view: View) -> Verdict:
    answers = [event for event in view.events if isinstance(event, Answer)]
    for answer in answers:
        if (
            (expect.status is None or answer.status == expect.status)
            and (expect.method is None or answer.method.upper() == expect.method.upper())
            and (expect.url is None or url_fits(expect.url, answer.url))
        ):
            return Verdict.yes(f"{answer.method} {answer.url} was answered {answer.status}")
    seen = ", ".join(f"{a.method} {urlsplit(a.url).path} {a.status}" for a in answers[-4:]) or "no answer was seen"
    return Verdict.no(f"no such answer came: {seen}")


def _all(judge: Judge, expect: ex.All, view: View) -> Verdict:
    verdicts = [judge.check(part, view) for part in expect.parts]
    misses = [v for v in verdicts if not v.holds]
    if misses:
        return Verdict(False, "; ".join(v.why for v in misses), any(v.final for v in misses))
    return Verdict.yes("; ".join(v.why for v in verdicts))


def _any(judge: Judge, expect: ex.AnyOf, view: View) -> Verdict:
    verdicts = [judge.check(part, view) for part in expect.parts]
    hit = next((v for v in verdicts if v.holds), None)
    if hit is not None:
        return hit
    return Verdict(False, "none of: " + "; ".join(v.why for v in verdicts), all(v.final for v in verdicts))


def _not(judge: Judge, expect: ex.Not, view: View) -> Verdict:
    verdict = judge.check(expect.part, view)
    return Verdict(not verdict.holds, f"but {verdict.why}" if verdict.holds else verdict.why)


def _within(judge: Judge, expect: ex.Within, view: View) -> Verdict:
    return judge.check(expect.part, view)


def _clip(text: str, most: int = 80) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def _short(element: Element) -> str:
    return f'{element.role} "{_clip(element.name)}"'


_CHECKS: dict[type[ex.Expect], Callable[[Judge, Any, View], Verdict]] = {
    ex.Text: _text,
    ex.Gone: _gone,
    ex.Url: _url,
    ex.Title: _title,
    ex.Value: _value,
    ex.Checked: _state_check("checked", "checked"),
    ex.Selected: _selected,
    ex.Enabled: _state_check("enabled", "disabled", negative=True),
    ex.Focused: _state_check("focused", "focused"),
    ex.Exists: _exists,
    ex.Count: _count,
    ex.WindowOpen: _window,
    ex.FileThere: _file,
    ex.DownloadDone: _download,
    ex.DialogSeen: _dialog,
    ex.InState: _in_state,
    ex.Changed: _changed,
    ex.Http: _http,
    ex.All: _all,
    ex.AnyOf: _any,
    ex.Not: _not,
    ex.Within: _within,
}
