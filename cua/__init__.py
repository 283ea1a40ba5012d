"""A computer-use agent that can be trusted: every step is proved, every failure is undone or listed.

    import cua

    run = cua.load("flow.yaml", url="http://127.0.0.1:8000/", yes=True)(name="Editors")
    assert run.outcome == "reached", run.why

What is exported here is the public interface. Importing it opens nothing; each name is loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cua import expect
    from cua.agent import Agent
    from cua.api import Flow, instruct, load
    from cua.errors import BadInput, Outcome
    from cua.options import Options
    from cua.run import Run
    from cua.step import Step
    from cua.task import Task
    from envs.errors import CuaError
    from grounding.target import Target

_PLACES = {
    "Agent": "cua.agent",
    "BadInput": "cua.errors",
    "CuaError": "envs.errors",
    "Flow": "cua.api",
    "Options": "cua.options",
    "Outcome": "cua.errors",
    "Run": "cua.run",
    "Step": "cua.step",
    "Target": "grounding.target",
    "Task": "cua.task",
    "instruct": "cua.api",
    "load": "cua.api",
}

__all__ = [
    "Agent",
    "BadInput",
    "CuaError",
    "Flow",
    "Options",
    "Outcome",
    "Run",
    "Step",
    "Target",
    "Task",
    "expect",
    "instruct",
    "load",
]


def __getattr__(name: str) -> object:
    if name == "expect":
        return import_module("cua.expect")
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_PLACES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
