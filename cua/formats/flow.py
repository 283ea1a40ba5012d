"""What a workflow says, whatever format it is written in: what importers make and exporters read.

Words are templates (`{name}` is a param or what a step has read), targets are words too: an `Aim` is a target whose
names are templates. `at` is where a step stands in its file, in words ("line 12", "steps[3]").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cua.taskfile.params import Param
from cua.taskfile.template import Ref, Template
from grounding.target import Relation

EMPTY = Template((), 0)


def plain(text: str) -> Template:
    """Text without names in it."""
    return Template((text,), 0) if text else EMPTY


def joined(parts: tuple[str | Ref, ...]) -> Template:
    """A template of these parts: texts side by side are one, empty ones are none."""
    whole: list[str | Ref] = []
    for part in parts:
        if isinstance(part, str) and whole and isinstance(whole[-1], str):
            whole[-1] += part
        elif part != "":
            whole.append(part)
    return Template(tuple(whole), 0)


@dataclass(frozen=True, slots=True)
class Aim:
    """A target: see `grounding.target.Target`. Several `where` hold together."""

    name: Template = EMPTY
    role: str | None = None
    nth: int | None = None
    exact: bool = False
    where: tuple[tuple[Relation, Aim], ...] = ()

    def __str__(self) -> str:
        words = " ".join(word for word in (str(self.name), self.role or "") if word)
        return " ".join((words, *(f"{relation.value.replace('_', ' ')} {aim}" for relation, aim in self.where)))


@dataclass(frozen=True, slots=True)
class Want:
    """An expectation: `kind` is its key in a task file. `text` is its words, pattern, value or option, `aim` what it is
    about, `numbers` the counts or the status, `parts` what is inside all, any and not."""

    kind: str
    text: Template | None = None
    aim: Aim | None = None
    on: bool = True
    numbers: tuple[tuple[str, int | Ref], ...] = ()
    method: str | None = None
    parts: tuple[Want, ...] = ()
    within: float | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """A step that acts or looks. `text` is what the verb is about besides its target: text, url, keys, option,
    question; `name` is the `as` of extract and ask, `what` and `path` are those of extract, upload and download."""

    verb: str
    aim: Aim | None = None
    to: Aim | None = None
    text: Template | None = None
    secret: str | None = None
    append: bool = False
    modifiers: tuple[str, ...] = ()
    files: tuple[Template, ...] = ()
    path: Template | None = None
    name: str | None = None
    what: str | None = None
    by: float | None = None
    want: Want | None = None
    expect: Want | None = None
    commit: bool = False
    already: Want | None = None
    timeout: float | None = None
    within: float | None = None
    at: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """if"""

    question: Want
    then: tuple[Step, ...]
    otherwise: tuple[Step, ...] = ()
    at: str = ""


Row = Template | bool | int | float | None | tuple[tuple[str, Template | bool | int | float | None], ...]


@dataclass(frozen=True, slots=True)
class Each:
    """for_each; `rows` is a list in the file, the name of one, or a target whose rows the screen shows."""

    row: str
    rows: tuple[Row, ...] | Ref | Aim
    do: tuple[Step, ...]
    at: str = ""


@dataclass(frozen=True, slots=True)
class Again:
    """repeat"""

    do: tuple[Step, ...]
    until: Want
    at_most: int | Ref
    at: str = ""


@dataclass(frozen=True, slots=True)
class Sub:
    """call; `flow` is what the called file says, None where it is not at hand."""

    workflow: str
    given: tuple[tuple[str, Row | tuple[Row, ...]], ...] = ()
    name: str | None = None
    flow: Flow | None = None
    at: str = ""


Step = Act | Choice | Each | Again | Sub


@dataclass(frozen=True, slots=True)
class Flow:
    """`start` is the address at which it begins."""

    name: str
    steps: tuple[Step, ...]
    goal: Template | None = None
    description: str = ""
    start: Template | None = None
    params: tuple[Param, ...] = ()
    secrets: tuple[str, ...] = ()
    done: Want | None = None


def inside(step: Step) -> tuple[tuple[Step, ...], ...]:
    """The lists of steps in a step."""
    match step:
        case Choice():
            return step.then, step.otherwise
        case Each() | Again():
            return (step.do,)
        case _:
            return ()


def every(steps: tuple[Step, ...]) -> Iterator[Step]:
    """All steps, those inside others too."""
    for step in steps:
        yield step
        for block in inside(step):
            yield from every(block)


def parts_of(want: Want | None) -> tuple[Want, ...]:
    """What has to hold, each by itself: `all` taken apart where it has no time of its own."""
    if want is None:
        return ()
    if want.kind == "all" and want.within is None:
        return tuple(part for one in want.parts for part in parts_of(one))
    return (want,)


def both(first: Want | None, second: Want | None) -> Want | None:
    """An expectation that holds when both hold."""
    parts = tuple(dict.fromkeys((*parts_of(first), *parts_of(second))))
    if len(parts) < 2:
        return parts[0] if parts else None
    return Want("all", parts=parts)


_LOOKS = frozenset({"wait", "extract", "ask", "scroll"})
"""Steps that change nothing, so that nothing is expected of them."""


def expecting(steps: list[Step], want: Want, at: str) -> None:
    """Adds a check to the step before it; where there is none that could carry it, a step that waits for it."""
    last = steps[-1] if steps else None
    if isinstance(last, Act) and last.verb not in _LOOKS:
        steps[-1] = replace(last, expect=both(last.expect, want))
    else:
        steps.append(Act("wait", want=want, at=at))
