"""What a file says that its steps and its run are held to: read, checked, and as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypedDict

from cua.contract import Before, Contract, Eventually, Rule, Until, What
from cua.run import Json
from cua.taskfile import kinds as k
from cua.taskfile import words
from cua.taskfile.forms import Do, Fields, every
from cua.taskfile.paths import BadPath
from cua.taskfile.pledges import NO_REMEDY
from cua.taskfile.problems import MISSING, Problems, did_you_mean, listed
from cua.taskfile.source import Node
from cua.taskfile.template import AsWritten, NoValue, Scope
from cua.taskfile.wants import Filler, expectation
from cua.taskfile.words import question

if TYPE_CHECKING:
    from cua.taskfile.task import TaskFile

_EVENTS = frozenset({"http", "download"})
"""Expectations that are about what has happened, and not about what is shown."""
_STEPS = ("do", "before", "until", "eventually")
"""What can name a step, in a rule."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the whole run is held to, as it is written."""

    always: tuple[Fields, ...] = ()
    never: tuple[Fields, ...] = ()
    order: tuple[Fields, ...] = ()

    @classmethod
    def of(cls, file: Fields) -> Terms:
        return cls(*(file.many(key, Fields) for key in ("always", "never", "order")))

    @property
    def parts(self) -> tuple[Fields, ...]:
        return (*self.always, *self.never, *self.order)

    @property
    def names(self) -> Iterator[tuple[str, int]]:
        """The steps that the rules name, with the lines."""
        for rule in self.order:
            yield from ((str(rule.values[key]), rule.line_of(key)) for key in _STEPS if _is_name(rule.values.get(key)))


def _is_name(value: object) -> bool:
    return isinstance(value, str)


# Reading


class Held(TypedDict):
    """The part of a step that it is held to."""

    name: str
    pre: Fields | None
    always: tuple[Fields, ...]
    never: tuple[Fields, ...]
    recover: tuple[Do, ...]


def of_step(beside: dict[str, object], problems: Problems) -> Held:
    """What a step is held to; what makes no sense goes on the list."""
    read = Fields("step", 0, beside)
    pre, always, never = read.get("pre", Fields), read.many("always", Fields), read.many("never", Fields)
    for want in () if pre is None else (pre,):
        _of_screens("pre", want, problems, within=True)
    for want in always:
        _of_screens("always", want, problems)
    for want in never:
        _of_screens("never", want, problems, events=True)
    name, recover = read.get("name", str) or "", read.many("recover", Do)
    return {"name": name, "pre": pre, "always": always, "never": never, "recover": recover}


def of_run(file: Fields, problems: Problems) -> tuple[Fields, ...]:
    """All the expectations that the run is held to; what makes no sense goes on the list."""
    terms = Terms.of(file)
    told = [("always", want) for want in terms.always]
    told += [("keep", rule.need("keep", Fields)) for rule in terms.order if "keep" in rule.values]
    seen = [("never", want) for want in terms.never]
    for key in ("see", "before", "until", "eventually"):
        wants = (rule.values.get(key) for rule in terms.order)
        seen += [(key, want) for want in wants if isinstance(want, Fields)]
    for key, want in told:
        _of_screens(key, want, problems)
    for key, want in seen:
        _of_screens(key, want, problems, events=True)
    return tuple(want for _, want in (*told, *seen))


def _of_screens(key: str, want: Fields, problems: Problems, *, events: bool = False, within: bool = False) -> None:
    """Refuses what cannot be told by looking at one screen; `events`: what has happened since the last one will do."""
    for name, line in _named(want):
        if name == "changed":
            problems.add(line, f"{key} is about one screen, which has not changed", "say what is seen on it")
        elif name in _EVENTS and not events:
            hint = "it can stand under never, see or eventually"
            problems.add(line, f"{key} is about what a screen shows, and {name} about what happens", hint)
        elif name == "within" and not within:
            problems.add(line, f"{key} has no deadline", "it is asked whenever the screen is looked at")


def _named(want: Fields) -> Iterator[tuple[str, int]]:
    """Every expectation by its name and line, also those inside all, any and not."""
    for name in want.values:
        yield name, want.line_of(name)
        parts = want.many(name, Fields) if name in ("all", "any") else ()
        for part in (want.need(name, Fields),) if name == "not" else parts:
            yield from _named(part)


def remedies(read: tuple[object, ...], node: Node, kind: k.Remedies, problems: Problems) -> object:
    """The steps to try where one has failed; MISSING after adding to the problems."""
    before = len(problems.found)
    if len(read) > kind.most:
        problems.add(node.line, f"recover has {len(read)} steps", f"at most {kind.most} are tried")
    for step in read:
        if not isinstance(step, Do):
            problems.add(node.line, "a control step is no remedy", "write what is to be done, step by step")
        elif step.verb in NO_REMEDY:
            problems.add(step.line, f"{step.verb} is no remedy", "it changes nothing that could be tried again")
        elif step.commit:
            problems.add(
                step.line, "a remedy cannot be a commit", "what cannot be undone is not done to mend something"
            )
        elif step.recover or step.name:
            problems.add(step.line, f"a remedy has no {'remedies' if step.recover else 'name'} of its own")
    return MISSING if len(problems.found) > before else read


def check_names(terms: Terms, known: Iterable[str], problems: Problems) -> None:
    """Every step that a rule names has to be there."""
    names = sorted(set(known))
    for name, line in terms.names:
        if name not in names:
            there = f"the steps with a name are {listed(names, 'and')}" if names else "give it that: name: …"
            problems.add(line, f'no step has the name "{name}"', did_you_mean(name, names) or there)


# In words


def pledged(task: TaskFile, values: Mapping[str, Json]) -> Iterator[str]:
    """What the run is held to, and what its steps are, each with the line; those of called files too."""
    scope = AsWritten(values)
    fill = task.compiler.fill(scope)
    for want in task.terms.always:
        yield _told(task, want.line, partial(_wanted, "always", want, fill))
    for want in task.terms.never:
        yield _told(task, want.line, partial(_wanted, "never", want, fill))
    for form in task.terms.order:
        yield _told(task, form.line, partial(_ruled, form, fill))
    for node in every(task.steps):
        if isinstance(node, Do) and (node.pre or node.always or node.never or node.recover):
            yield _told(task, node.line, partial(_of, task, node, scope))
    for called in task.called.values():
        yield from pledged(called, {param.name: param.default for param in called.params if param.default is not None})


def _told(task: TaskFile, line: int, say: Callable[[], str]) -> str:
    try:
        said = say()
    except (NoValue, BadPath):
        said = "something that depends on a value"
    return f"{said} ({task.path.name}:{line})"


def _wanted(word: str, want: Fields, fill: Filler) -> str:
    return f"{word} {question(expectation(want, fill))}"


def _ruled(form: Fields, fill: Filler) -> str:
    return words.rule(rule(form, fill))


def _of(task: TaskFile, node: Do, scope: Scope) -> str:
    step = task.compiler.step(node, "", scope)
    parts = [f"only when {question(step.pre)}"] if step.pre is not None else []
    parts += [f"always {question(want)}" for want in step.always] + [f"never {question(want)}" for want in step.never]
    parts += [remedy.words for remedy in step.recover]
    return f"{step.words}: {'; '.join(parts)}"


# As data


def contract(terms: Terms, fill: Filler) -> Contract:
    """With names filled in. Raises NoValue and BadPath."""
    return Contract(
        tuple(expectation(want, fill) for want in terms.always),
        tuple(expectation(want, fill) for want in terms.never),
        tuple(rule(form, fill) for form in terms.order),
    )


def rule(form: Fields, fill: Filler) -> Rule:
    """Raises NoValue and BadPath."""
    name = form.get("name", str) or ""
    if "before" in form.values:
        return Before(_what(form, "see" if "see" in form.values else "do", fill), _what(form, "before", fill), name)
    if "until" in form.values:
        return Until(expectation(form.need("keep", Fields), fill), _what(form, "until", fill), name)
    return Eventually(_what(form, "eventually", fill), name)


def _what(form: Fields, key: str, fill: Filler) -> What:
    value = form.values[key]
    return expectation(value, fill) if isinstance(value, Fields) else str(value)
