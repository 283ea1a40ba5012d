"""What a case asks with, and what it may call the element that was found."""

from __future__ import annotations

from collections.abc import Callable

from envs.action import Check, Click, Select, Type
from envs.observation import Observation
from grounding import Grounder

CLICK, TYPE, CHECK, SELECT = Click(), Type("x"), Check(), Select("x")
GROUNDER = Grounder()
Screens = Callable[[], Observation]


def place(observation: Observation, ref: str) -> set[str]:
    """What a case may call an element: its name, its height on the page, row head or container and name."""
    element = observation.get(ref)
    assert element is not None
    above = list(observation.ancestors(element))
    name = element.name or next((a.attributes["colheader"] for a in above if "colheader" in a.attributes), "")
    names = {name, f"y{element.box.y:.0f}", *(f"{a.name}/{name}" for a in above)}
    row = next((a for a in above if a.role == "row"), None)
    heads = [e.name for e in observation.inside(row) if e.role in {"rowheader", "cell"} and e.name] if row else []
    return names | {f"{heads[0]}/{name}" for _ in heads[:1]}
