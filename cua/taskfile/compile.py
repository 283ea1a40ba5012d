"""Nodes of the program to steps of a plan: names filled in, targets and paths made real, words for a person."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from cua.expect import Expect, Within
from cua.step import DEFAULT_TIMEOUT, Keep, Step
from cua.taskfile.forms import Do, Fields, ForEach, If, PathForm, Repeat, TargetForm
from cua.taskfile.template import Scope, Template
from cua.taskfile.wants import Filler, expectation
from cua.taskfile.words import brief, question
from envs.action import (
    Action,
    Ask,
    Back,
    Check,
    Clear,
    Click,
    Download,
    Drag,
    Forward,
    Hover,
    Look,
    Open,
    Press,
    Reload,
    Scroll,
    Secret,
    Select,
    Switch,
    Type,
    Upload,
)
from grounding.target import Target

SCROLL_BY = 600.0
"""CSS px of a scroll that does not say how far: most of a window, so that nothing is jumped over."""
_HIDDEN = re.compile(
    r"passw|passcode|passphrase|passwort|kennwort|mot de passe|contraseña|\bpin\b|\bsecret\b|\btoken\b", re.I
)


@dataclass(frozen=True, slots=True)
class Compiler:
    """Makes steps of the nodes of one file. Everything raises NoValue for a name without a value and BadPath for a path
    that leaves the folder."""

    folder: Path
    timeout: float | None = None

    def fill(self, scope: Scope) -> Filler:
        return Filler(scope, self.folder)

    def step(self, node: Do, id_: str, scope: Scope) -> Step:
        """A step that acts or looks."""
        fill = self.fill(scope)
        made = _MAKE[node.verb](node.fields, fill)
        expect = expectation(node.expect, fill, made.target) if node.expect is not None else made.expect
        timeout = self.seconds(node.timeout)
        if node.within is not None:
            expect = Within(expect, node.within) if expect is not None else None
            timeout = timeout if node.timeout is not None else max(timeout, node.within)
        if isinstance(expect, Within) and node.timeout is None:
            timeout = max(timeout, expect.seconds)
        already = expectation(node.already, fill, made.target) if node.already is not None else None
        return Step(
            id=id_,
            action=made.action,
            words=made.words,
            target=made.target,
            to=made.to,
            expect=expect,
            commit=node.commit,
            already=already,
            timeout=timeout,
            keep=made.keep,
            line=node.line,
            name=node.name,
            pre=expectation(node.pre, fill, made.target) if node.pre is not None else None,
            always=tuple(expectation(want, fill, made.target) for want in node.always),
            never=tuple(expectation(want, fill, made.target) for want in node.never),
            recover=tuple(self.remedy(one, f"{id_}.recover", scope) for one in node.recover),
        )

    def remedy(self, node: Do, id_: str, scope: Scope) -> Step:
        """A step that is tried where another has failed."""
        step = self.step(node, id_, scope)
        return replace(step, words=f"to mend it, {step.words}")

    def question(self, node: If | Repeat, id_: str, scope: Scope) -> Step:
        """The step that asks the screen which way to go."""
        form = node.question if isinstance(node, If) else node.until
        ask = expectation(form, self.fill(scope))
        timeout = max(self.seconds(node.timeout), ask.seconds if isinstance(ask, Within) else 0.0)
        word = "if" if isinstance(node, If) else "until"
        return Step(id_, Look(), f"{word} {question(ask)}", ask=ask, timeout=timeout, line=node.line)

    def rows(self, node: ForEach, form: TargetForm, id_: str, scope: Scope) -> Step:
        """The step that reads from the screen what there is to go through."""
        target = self.fill(scope).target(form)
        keep = Keep(f"{id_}.rows", "rows")
        words = f"look for the rows of {target}"
        return Step(id_, Look(), words, target, keep=keep, timeout=self.seconds(node.timeout), line=node.line)

    def done(self, form: Fields, id_: str, line: int, scope: Scope) -> Step:
        """The step that proves a called workflow."""
        expect = expectation(form, self.fill(scope))
        return Step(id_, Look(), f"see that {question(expect)}", expect=expect, timeout=self.seconds(None), line=line)

    def seconds(self, own: float | None) -> float:
        return own if own is not None else self.timeout if self.timeout is not None else DEFAULT_TIMEOUT


@dataclass(frozen=True, slots=True)
class _Made:
    """What a verb and its keys come to."""

    action: Action
    words: str
    target: Target | None = None
    to: Target | None = None
    keep: Keep | None = None
    expect: Expect | None = None


Make = Callable[[Fields, Filler], _Made]


def _target(fields: Fields, fill: Filler, key: str = "target") -> Target:
    return fill.target(fields.need(key, TargetForm))


def _at(action: Action, verb: str, key: str = "target") -> Make:
    def make(fields: Fields, fill: Filler) -> _Made:
        target = _target(fields, fill, key)
        return _Made(action, f"{verb} {target}", target)

    return make


def _bare(action: Action, words: str) -> Make:
    return lambda fields, fill: _Made(action, words)


def _open(fields: Fields, fill: Filler) -> _Made:
    url = fill.text(fields.need("url", Template))
    return _Made(Open(url, fields.get("place", str)), f"open {url}")


def _click(fields: Fields, fill: Filler) -> _Made:
    target = _target(fields, fill)
    held = fields.many("modifiers", str)
    words = f"click {target}" + (f" with {'+'.join(held)} held" if held else "")
    return _Made(Click(modifiers=held), words, target)


def _drag(fields: Fields, fill: Filler) -> _Made:
    target, to = _target(fields, fill, "from"), _target(fields, fill, "to")
    at = fields.get("at", str) or ""
    part = f"the {at} of " if at else ""
    return _Made(Drag(to="", at=at), f"drag {target} onto {part}{to}", target, to)


def _type(fields: Fields, fill: Filler) -> _Made:
    target = _target(fields, fill, "into")
    append = fields.get("append", bool) is True
    secret = fields.get("secret", str)
    if secret is not None:
        return _Made(Type(Secret(secret), append), f"type ‹{secret}› into {target}", target)
    text = fill.text(fields.need("text", Template))
    shown = "‹hidden›" if _HIDDEN.search(target.text or target.name) else f'"{brief(text)}"'
    return _Made(Type(text, append), f"type {shown} into {target}", target)


def _press(fields: Fields, fill: Filler) -> _Made:
    keys = fields.need("keys", str)
    form = fields.get("into", TargetForm)
    target = fill.target(form) if form is not None else None
    return _Made(Press(keys), f"press {keys}" + (f" in {target}" if target else ""), target)


def _select(fields: Fields, fill: Filler) -> _Made:
    target = _target(fields, fill, "from")
    option = fill.text(fields.need("option", Template))
    return _Made(Select(option), f'select "{brief(option)}" from {target}', target)


def _upload(fields: Fields, fill: Filler) -> _Made:
    target = _target(fields, fill, "into")
    paths = tuple(fill.path(path) for path in fields.many("file", PathForm))
    return _Made(Upload(paths), f"upload {', '.join(path.name for path in paths)} into {target}", target)


def _download(fields: Fields, fill: Filler) -> _Made:
    target = _target(fields, fill)
    to = fill.path(fields.need("to", PathForm))
    return _Made(Download(to), f"download {target} to {to.name}", target)


def _scroll(fields: Fields, fill: Filler) -> _Made:
    form = fields.get("target", TargetForm)
    target = fill.target(form) if form is not None else None
    to = fields.get("to", str)
    by = fields.get("by", float) or SCROLL_BY
    dx, dy = {"up": (0.0, -by), "down": (0.0, by), "left": (-by, 0.0), "right": (by, 0.0)}.get(to or "", (0.0, 0.0))
    words = " ".join(word for word in ("scroll", str(target) if target else "", to or "into view") if word)
    return _Made(Scroll(dx, dy, to if to in ("top", "bottom") else None), words, target)


def _switch(fields: Fields, fill: Filler) -> _Made:
    to = fill.text(fields.need("to", Template))
    return _Made(Switch(to), f"switch to {to}")


def _wait(fields: Fields, fill: Filler) -> _Made:
    expect = expectation(fields, fill)
    return _Made(Look(), f"wait until {question(expect)}", expect=expect)


def _extract(fields: Fields, fill: Filler) -> _Made:
    target = _target(fields, fill)
    path = fields.get("into", PathForm)
    into = fill.path(path) if path is not None else None
    name = fields.get("as", str) or (into.stem if into is not None else "")
    what = fields.get("what", str) or "text"
    words = f"read {target} as {name}" if what == "text" else f"read the {what} of {target} as {name}"
    return _Made(Look(), words, target, keep=Keep(name, what, into))


def _ask(fields: Fields, fill: Filler) -> _Made:
    text = fill.text(fields.need("question", Template))
    return _Made(Ask(text), f'ask "{brief(text)}"')


_MAKE: dict[str, Make] = {
    "open": _open,
    "click": _click,
    "double_click": _at(Click(count=2), "double-click"),
    "right_click": _at(Click(button="right"), "right-click"),
    "hover": _at(Hover(), "hover over"),
    "drag": _drag,
    "type": _type,
    "clear": _at(Clear(), "clear"),
    "press": _press,
    "select": _select,
    "check": _at(Check(), "check"),
    "uncheck": _at(Check(on=False), "uncheck"),
    "upload": _upload,
    "download": _download,
    "scroll": _scroll,
    "back": _bare(Back(), "go back"),
    "forward": _bare(Forward(), "go forward"),
    "reload": _bare(Reload(), "load the page again"),
    "switch": _switch,
    "wait": _wait,
    "extract": _extract,
    "ask": _ask,
}
