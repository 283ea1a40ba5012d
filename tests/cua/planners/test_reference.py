"""The script planner takes the same steps as a reference interpreter of the same program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cua.errors import GaveUp
from cua.expect import Text
from tests.cua.planners.scripted import World, decision, rows, said, script


class Enough(Exception):
    """A repeat has been at it too often."""


def interpret(program: list[Any], seed: int, called: list[Any]) -> Iterator[str]:
    yield from block(program, "", {"letters": ["a", "b"]}, seed, called)


def block(nodes: list[Any], prefix: str, names: dict[str, Any], seed: int, called: list[Any]) -> Iterator[str]:
    for number, node in enumerate(nodes, 1):
        ((verb, value),) = node.items()
        yield from do(verb, value, f"{prefix}{number}", names, seed, called)


def do(verb: str, value: Any, id_: str, names: dict[str, Any], seed: int, called: list[Any]) -> Iterator[str]:
    match verb:
        case "click":
            yield f"{id_} {fill(value, names)}"
        case "extract":
            yield f"{id_} {fill(value['target'], names)}"
            names[value["as"]] = f"read at {id_}"
        case "if":
            yield f"{id_} {Text(fill(value['text'], names))}"
            branch = "then" if decision(id_, seed) else "else"
            yield from block(value.get(branch, []), f"{id_}.{branch}.", names, seed, called)
        case "for_each":
            yield from for_each(value, id_, names, seed, called)
        case "repeat":
            for number in range(1, value["at_most"] + 1):
                yield from block(value["do"], f"{id_}[{number}].do.", names, seed, called)
                yield f"{id_}[{number}].until {Text(fill(value['until']['text'], names))}"
                if decision(f"{id_}[{number}].until", seed):
                    return
            raise Enough
        case "call":
            yield from block(called, f"{id_}.call.", {"p": fill(value["with"]["p"], names)}, seed, [])
            yield f"{id_}.done {Text('called')}"


def for_each(value: Any, id_: str, names: dict[str, Any], seed: int, called: list[Any]) -> Iterator[str]:
    source = value["in"]
    if isinstance(source, dict):
        yield f"{id_} {fill(source['target'], names)}"
        items: list[Any] = rows(id_, seed)
    else:
        items = names["letters"] if source == "{letters}" else source
    for number, item in enumerate(items, 1):
        inner = names | {value["row"]: item}
        yield from block(value["do"], f"{id_}[{number}].do.", inner, seed, called)
        names |= {name: made for name, made in inner.items() if name != value["row"]}


def fill(text: str, names: dict[str, Any]) -> str:
    for name, value in names.items():
        if isinstance(value, dict):
            text = text.replace(f"{{{name}.x}}", str(value["x"]))
        elif not isinstance(value, list):
            text = text.replace(f"{{{name}}}", str(value))
    return text


SOURCES = {"list": ["one", "in the row of two"], "param": "{letters}"}


@st.composite
def programs(draw: st.DrawFn, names: tuple[str, ...] = (), depth: int = 0, calls: bool = True) -> list[Any]:
    """A block of steps; the names that it may use grow as its steps are drawn."""
    nodes: list[Any] = []
    for _ in range(draw(st.integers(1, 3))):
        kinds = ["click", "click", "extract"]
        if depth < 3:
            kinds += ["if", "list", "screen", "param", "repeat"] if calls else ["if", "list", "screen", "repeat"]
        if calls:
            kinds.append("call")
        word = f"Word {draw(st.integers(0, 99))}"
        text = (
            " ".join([word, *(f"{{{name}}}" for name in draw(st.lists(st.sampled_from(names), max_size=2)))])
            if names
            else word
        )
        kind = draw(st.sampled_from(kinds))
        row = f"r{depth}{'' if calls else 'c'}"
        match kind:
            case "click":
                nodes.append({"click": text})
            case "extract":
                name = f"v{draw(st.integers(0, 3))}"
                nodes.append({"extract": {"target": text, "as": name}})
                if depth == 0:  # inside a branch it may never get a value
                    names = (*names, name)
            case "if":
                value = {"text": text, "then": draw(programs(names, depth + 1, calls))}
                if draw(st.booleans()):
                    value["else"] = draw(programs(names, depth + 1, calls))
                nodes.append({"if": value})
            case "repeat":
                body = draw(programs(names, depth + 1, calls))
                nodes.append({"repeat": {"do": body, "until": {"text": text}, "at_most": draw(st.integers(1, 5))}})
            case "call":
                nodes.append({"call": {"workflow": "called.yaml", "with": {"p": text}}})
            case _:
                source: Any = {"list": ["one", "in the row of two"], "screen": {"target": text}, "param": "{letters}"}[
                    kind
                ]
                inner = (*names, f"{row}.x" if kind == "screen" else row)
                nodes.append({"for_each": {"row": row, "in": source, "do": draw(programs(inner, depth + 1, calls))}})
    return nodes


@settings(deadline=None, max_examples=150)
@given(programs(), programs(("p",), 1, calls=False), st.integers(0, 1000), st.sampled_from([0.0, 0.3]))
def test_same_steps_as_the_reference(program: list[Any], called: list[Any], seed: int, fails: float) -> None:
    with TemporaryDirectory() as folder:
        task = {"cua": 1, "params": {"letters": {"type": "list", "default": ["a", "b"]}}, "steps": program}
        other = {"cua": 1, "params": {"p": {"type": "text"}}, "steps": called, "done": {"text": "called"}}
        planner = script(Path(folder), json.dumps(task), called=json.dumps(other))
    expected: list[str] = []
    world = World(planner, seed=seed, fails=fails)
    try:
        for step in interpret(program, seed, called):
            expected.append(step)  # noqa: PERF402 - what came before the end counts
    except Enough:
        with pytest.raises(GaveUp, match="it is still not so"):
            world.go()
        assert [said(done.step) for done in world.run.done if done.proved] == expected
    else:
        assert world.go() == expected
