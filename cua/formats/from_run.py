"""From a run to a `Flow`: what was proved of it, in order, as a workflow that can be run again.

Questions that a file asked (if, repeat, for_each) are answered in it for good: the steps stand as they were taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from cua import expect as ex
from cua.errors import BadInput
from cua.formats.flow import EMPTY, Act, Aim, Flow, Want, both, joined, plain
from cua.formats.losses import Losses
from cua.run import Done, Json, Run
from cua.step import DEFAULT_TIMEOUT, Step
from cua.taskfile.params import Param
from cua.taskfile.template import BadTemplate, Ref, Template
from envs import action as acts
from grounding.target import Target

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SHORT = 3
"""Characters of a value from which on it is looked for inside of longer texts."""
ANOTHER_WAY = "another way: "
"""How the record of a detour (`cua.detour`) begins to tell of it."""
_MASKED = re.compile("‹([^›]*)›")


def flow_of(run: Run, folder: Path, losses: Losses, declared: tuple[Param, ...] = ()) -> Flow:
    """The proved steps of a run, with its params where their values stand, and its secrets by name.

    `folder` is where the file will be: its paths begin there. `declared` are the params of the file that was run, where
    there was one. Raises BadInput for what no task file can say.
    """
    made = _Made(run, folder)
    steps: list[Act] = []
    for done in run.done:
        if not done.proved or done.step.ask is not None:
            continue
        if done.skipped:
            losses.add(done.step.id, f"{done.step.words}: it was skipped")
            continue
        if done.step.mends or "~close" in done.step.id:  # it put something out of the way that need not be there again
            losses.add(done.step.id, f"{done.step.words}: what was only done to mend another step is left out")
            continue
        if done.step.pre is not None or done.step.always or done.step.never or done.step.recover:
            losses.add(done.step.id, f"{done.step.words}: what the step is held to (pre, always, never, recover)")
        act = made.act(done)
        if act is not None and steps and _led_round(done):
            steps[-1] = replace(steps[-1], expect=both(steps[-1].expect, act.expect))
        elif act is not None:
            steps.append(act)
    if not steps:
        raise BadInput(f"nothing of run {run.id} was proved that could be saved")
    if not run.goal.contract.empty:
        losses.add("", "what the run is held to (`always`, `never`, `order`) is not carried over")
    known = {param.name: param for param in declared}
    goal, start = made.goal(run.goal.words), made.words(run.goal.start) if run.goal.start else None
    done_when = made.want(run.goal.done) if run.goal.done is not None else None
    return Flow(
        name=run.goal.name or run.goal.words[:60],
        steps=tuple(steps),
        goal=goal if goal.parts else None,
        start=start,
        params=tuple(_param(name, run.goal.params[name], known.get(name)) for name in made.used),
        secrets=tuple(made.secrets),
        done=done_when,
    )


def _led_round(done: Done) -> bool:
    """Whether the step itself was closed, and what it leads to was reached by the steps before this record."""
    return not done.dispatched and any(note.startswith(ANOTHER_WAY) for note in done.notes)


def _param(name: str, value: object, known: Param | None) -> Param:
    default: Json = value if isinstance(value, bool | int | float | str) else str(value)
    if known is not None:
        return replace(known, default=default, line=0)
    kinds = {bool: "boolean", int: "integer", float: "number"}
    return Param(name, kinds.get(type(value), "text"), default)


class _Made:
    """Makes templates, aims and wants of what a run says; keeps which params and secrets were met."""

    def __init__(self, run: Run, folder: Path) -> None:
        self.run = run
        self.folder = folder.resolve()
        self.used: dict[str, None] = {}
        self.secrets: dict[str, None] = {}
        self.read: dict[str, str] = {}
        """What the steps so far have read, by its text: the name it goes by."""
        self.params = _texts(run.goal.params)

    # Words

    def goal(self, text: str) -> Template:
        """The instruction may name params itself; a secret stands in it by its name."""
        try:
            read = Template.parse(text, 0)
        except BadTemplate:
            read = EMPTY
        if read.refs and all(ref.key is None and ref.name in self.run.goal.params for ref in read.refs):
            self.used |= dict.fromkeys(ref.name for ref in read.refs)
            return joined(read.parts)
        return self.words(_MASKED.sub(r"\1", text))

    def words(self, text: str) -> Template:
        """The text, with a param where its value stands: alone, or as whole words of a longer text."""
        hidden = _MASKED.search(text)
        if hidden is not None and hidden[1]:
            raise BadInput(f'"{text}" holds the secret {hidden[1]}, which a task file can only type into a field')
        name = self.read.get(text) or self.params.get(text)
        if name is not None:
            return self._ref(name)
        parts: tuple[str | Ref, ...] = (text,)
        for value, param in sorted(self.params.items(), key=lambda item: -len(item[0])):
            if len(value) >= _SHORT and not value.isdecimal():
                parts = tuple(piece for part in parts for piece in self._cut(part, value, param))
        return joined(parts)

    def _cut(self, part: str | Ref, value: str, param: str) -> tuple[str | Ref, ...]:
        if isinstance(part, Ref):
            return (part,)
        found = re.split(rf"(?<!\w){re.escape(value)}(?!\w)", part)
        if len(found) == 1:
            return (part,)
        self.used.setdefault(param)
        cut: list[str | Ref] = [found[0]]
        for rest in found[1:]:
            cut += [Ref(param), rest]
        return tuple(cut)

    def _ref(self, name: str) -> Template:
        if name in self.run.goal.params:
            self.used.setdefault(name)
        return joined((Ref(name),))

    def path(self, path: Path) -> Template:
        try:
            inside = path.resolve().relative_to(self.folder)
        except ValueError:
            raise BadInput(f"{path} is not below {self.folder}, where the file will be; save it nearer") from None
        return plain(inside.as_posix())

    def aim(self, target: Target) -> Aim:
        where = tuple((clause.relation, self.aim(clause.target)) for clause in target.clauses)
        name = self.words(target.name) if target.name else EMPTY
        return Aim(name, target.role, target.nth, target.exact, where)

    # Expectations

    def want(self, expect: ex.Expect) -> Want:
        match expect:
            case ex.All(parts) | ex.AnyOf(parts):
                kind = "all" if isinstance(expect, ex.All) else "any"
                return Want(kind, parts=tuple(self.want(part) for part in parts))
            case ex.Not(part):
                return Want("not", parts=(self.want(part),))
            case ex.Within(part, seconds):
                return replace(self.want(part), within=seconds)
            case ex.Text(text, inside):
                return Want("text", self.words(text), self.aim(inside) if inside is not None else None)
            case ex.Gone(text) | ex.Title(text) | ex.WindowOpen(text) | ex.DialogSeen(text):
                return Want(_KINDS[type(expect)], self.words(text))
            case ex.Url(text) | ex.DownloadDone(text) | ex.InState(text):
                return Want(_KINDS[type(expect)], self.words(text))
            case ex.Value(target, value):
                return Want("value", self.words(value) if value else EMPTY, self.aim(target))
            case ex.Checked(target, on) | ex.Enabled(target, on):
                return Want(_KINDS[type(expect)], aim=self.aim(target), on=on)
            case ex.Selected(option, of):
                return Want("selected", self.words(option), self.aim(of) if of is not None else None)
            case _:
                return self._other(expect)

    def _other(self, expect: ex.Expect) -> Want:
        match expect:
            case ex.Exists(target) | ex.Focused(target):
                return Want(_KINDS[type(expect)], aim=self.aim(target))
            case ex.Count(target, exactly, at_least, at_most):
                given = {"exactly": exactly, "at_least": at_least, "at_most": at_most}
                numbers = tuple((name, number) for name, number in given.items() if number is not None)
                return Want("count", aim=self.aim(target), numbers=numbers)
            case ex.FileThere(path, contains):
                parts = (Want("text", self.words(contains)),) if contains is not None else ()
                return Want("file", self.path(path), parts=parts)
            case ex.Changed(of):
                return Want("changed", aim=self.aim(of) if of is not None else None)
            case ex.Http(status, method, url):
                numbers = (("status", status),) if status is not None else ()
                return Want("http", self.words(url) if url else None, numbers=numbers, method=method)
        raise BadInput(f"a task file has no words for the expectation {type(expect).__name__}")

    # Steps

    def act(self, done: Done) -> Act | None:
        """The step; None for one that only asked the screen something."""
        step = done.step
        act = self._verb(step)
        if act is None:
            return None
        expect = self.want(step.expect) if step.expect is not None and act.verb != "wait" else None
        already = self.want(step.already) if step.already is not None else None
        timeout = step.timeout if step.timeout != DEFAULT_TIMEOUT else None
        if step.keep is not None and isinstance(done.value, str) and done.value.strip():
            self.read.setdefault(done.value, step.keep.name)
        return replace(act, expect=expect, commit=step.commit, already=already, timeout=timeout, at=step.id)

    def _verb(self, step: Step) -> Act | None:
        aim = self.aim(step.target) if step.target is not None else None
        match step.action:
            case acts.Look():
                return self._looking(step, aim)
            case acts.Type(acts.Secret(name), append):
                self.secrets.setdefault(name)
                return Act("type", aim, secret=name, append=append)
            case acts.Type(str(text), append):
                return Act("type", aim, text=self.words(text) if text else EMPTY, append=append)
            case acts.Click(button, count, modifiers):
                return Act(_clicked(button, count, step), aim, modifiers=modifiers)
            case acts.Press(keys):
                return Act("press", aim, text=plain(keys))
            case acts.Select(option):
                return Act("select", aim, text=self.words(option))
            case acts.Check(on):
                return Act("check" if on else "uncheck", aim)
            case acts.Open(url):
                return Act("open", text=self.words(url))
            case acts.Switch(to):
                return Act("switch", text=self.words(to))
            case acts.Drag() if step.to is not None:
                return Act("drag", aim, self.aim(step.to))
            case _:
                return self._rarer(step, aim)

    def _rarer(self, step: Step, aim: Aim | None) -> Act:
        match step.action:
            case acts.Upload(paths):
                return Act("upload", aim, files=tuple(map(self.path, paths)))
            case acts.Download(to):
                return Act("download", aim, path=self.path(to))
            case acts.Scroll(_, dy, to):
                return Act("scroll", aim, text=plain(to) if to is not None else None, by=dy if to is None else None)
            case acts.Ask(question):
                return Act("ask", text=self.words(question))
            case acts.Hover() | acts.Clear() | acts.Back() | acts.Forward() | acts.Reload():
                return Act(step.action.verb, aim)
        raise BadInput(f"a task file has no words for the step {step.words}")

    def _looking(self, step: Step, aim: Aim | None) -> Act | None:
        if step.keep is None:
            return Act("wait", want=self.want(step.expect)) if step.expect is not None else None
        if not _NAME.fullmatch(step.keep.name):
            return None  # the rows that a for_each went through
        path = self.path(step.keep.into) if step.keep.into is not None else None
        what = step.keep.what if step.keep.what != "text" else None
        return Act("extract", aim, name=step.keep.name, what=what, path=path)


_KINDS: Mapping[type[ex.Expect], str] = {
    ex.Gone: "gone",
    ex.Title: "title",
    ex.Url: "url",
    ex.WindowOpen: "window",
    ex.DialogSeen: "dialog",
    ex.DownloadDone: "download",
    ex.InState: "state",
    ex.Checked: "checked",
    ex.Enabled: "enabled",
    ex.Focused: "focused",
    ex.Exists: "element",
}


def _clicked(button: str, count: int, step: Step) -> str:
    verb = {("left", 1): "click", ("left", 2): "double_click", ("right", 1): "right_click"}.get((button, count))
    if verb is None:
        raise BadInput(f"a task file has no words for the step {step.words}")
    return verb


def _texts(params: Mapping[str, object]) -> dict[str, str]:
    """The params by the text of their value; of two with the same value none is sure."""
    found: dict[str, str] = {}
    twice = set()
    for name, value in params.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        if isinstance(value, str | int | float) and text.strip() and _NAME.fullmatch(name):
            twice |= {text} & found.keys()
            found[text] = name
    return {text: name for text, name in found.items() if text not in twice}
