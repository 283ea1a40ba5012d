"""Our frozen data as JSON and back. A dataclass becomes {"is": its name, ...fields}, a tuple a list; what is not listed
here is refused."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from cua import contract, expect, goal, run, step, verdict
from cua.errors import Outcome
from envs import action, geometry
from grounding import target

_MODULES = (expect, contract, goal, run, step, verdict, action, geometry, target)
_TYPES: dict[str, type] = {
    kind.__name__: kind
    for module in _MODULES
    for kind in vars(module).values()
    if isinstance(kind, type) and "__dataclass_fields__" in vars(kind)  # one itself, no subclass of one
}
_ENUMS: dict[str, type[Enum]] = {kind.__name__: kind for kind in (geometry.Space, target.Relation, Outcome)}


class Unreadable(ValueError):
    """The JSON is not what `encode` wrote: damaged, or of a newer version."""


def encode(value: Any) -> Any:
    """A JSON value. Raises TypeError for a type that does not belong to the record."""
    if isinstance(value, Enum):
        return {"is": type(value).__name__, "of": value.value}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Path):
        return {"is": "Path", "of": str(value)}
    if isinstance(value, tuple):
        return [encode(part) for part in value]
    if isinstance(value, list):
        return {"is": "list", "of": [encode(part) for part in value]}
    if isinstance(value, Mapping):
        return {"is": "map", "of": [[encode(key), encode(part)] for key, part in value.items()]}
    if dataclasses.is_dataclass(value) and _TYPES.get(type(value).__name__) is type(value):
        fields = {f.name: encode(getattr(value, f.name)) for f in dataclasses.fields(value) if f.init}
        return {"is": type(value).__name__, **fields}
    raise TypeError(f"{type(value).__name__} is no part of the record")


def decode(data: Any) -> Any:
    """What `encode` was given. Raises Unreadable."""
    if isinstance(data, list):
        return tuple(decode(part) for part in data)
    if not isinstance(data, dict):
        return data
    name = data.get("is")
    if name == "Path":
        return Path(data["of"])
    if name == "list":
        return [decode(part) for part in data["of"]]
    if name == "map":
        return {decode(key): decode(part) for key, part in data["of"]}
    if name in _ENUMS:
        return _ENUMS[name](data["of"])
    if name not in _TYPES:
        raise Unreadable(f"unknown kind of record: {name!r}")
    try:
        return _TYPES[name](**{key: decode(part) for key, part in data.items() if key != "is"})
    except TypeError as error:
        raise Unreadable(f"{name}: {error}") from error
