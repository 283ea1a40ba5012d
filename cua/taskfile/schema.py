"""The JSON Schema (2020-12) of task files, written from the same tables that read them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cua.run import Json
from cua.taskfile import kinds as k
from cua.taskfile.expects import BESIDE, TARGET, WANT
from cua.taskfile.grammar import AIMING, BARE, CONTROL_KEYS, CONTROLS, FILE, NO_COMMIT, STEP_KEYS, VERBS, VERSION
from cua.taskfile.pledges import NO_REMEDY
from cua.taskfile.template import NAME
from grounding.anchors import VERSION as ANCHORS

Schema = dict[str, Json]

_TEXT: Json = ["string", "number", "boolean"]
"""YAML reads 007 and true as no text; a task file takes them as they are written."""
_CELL: Schema = {"type": ["string", "number", "boolean", "null"]}
_ONE_NAME = rf"^\s*\{{{NAME}(\.[^{{}}]+)?\}}\s*$"


def schema() -> Schema:
    """The whole schema, as `cua schema` prints it."""
    whole = _form(FILE)
    properties = whole["properties"]
    assert isinstance(properties, dict)
    properties["cua"] = {"const": VERSION, "description": "The version of the format."}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Task file of the computer-use agent",
        **whole,
        "$defs": {"target": _form(TARGET), "expectation": _expectation(), "step": _step(), "remedy": _remedy()},
    }


def _expectation() -> Schema:
    return {**_form(WANT), "minProperties": 1, "not": {"required": ["within"], "maxProperties": 1}}


def _step() -> Schema:
    bare: list[Json] = [*sorted(BARE)]
    return {"anyOf": [{"enum": bare}, *(_verb(form) for form in VERBS.values())]}


def _remedy() -> Schema:
    """A step that is tried where another has failed."""
    bare: list[Json] = [*sorted(BARE)]
    verbs = (form for form in VERBS.values() if form.name not in CONTROLS | NO_REMEDY)
    return {"anyOf": [{"enum": bare}, *(_verb(form, remedy=True) for form in verbs)]}


def _verb(form: k.Form, *, remedy: bool = False) -> Schema:
    """A step of this verb. What belongs to its target, and `as`, may also stand beside it."""
    keys = [key for key in STEP_KEYS if form.name not in CONTROLS or key.name in CONTROL_KEYS]
    keys += BESIDE if form.aimed is not None else ()
    keys += [key for key in form.keys if key.name == "as"]
    properties: Schema = {form.name: _described(_under(form), form.doc)}
    properties |= {key.name: _described(_kind(key.kind), key.doc) for key in keys}
    for name in ("name", "recover") if remedy else ():
        properties.pop(name, None)
    if form.name in NO_COMMIT or remedy:
        properties["commit"] = {"const": False}
    return {"type": "object", "properties": properties, "required": [form.name], "additionalProperties": False}


def _under(form: k.Form) -> Schema:
    """What stands under a verb."""
    if form.name in BARE:
        return {"enum": [None, True]}
    if form.name == "wait":
        return _kind(k.Want())
    if form.name == "if":
        asked: list[Json] = [{"required": [name]} for name in ("expect", *WANT.names) if name != "within"]
        return {**_form(form), "anyOf": asked}
    if form.key("as") is not None and form.some_of:  # `as` may stand beside the verb instead
        form = k.Form(form.name, form.keys, form.doc, form.short, form.aimed, form.one_of)
    return _record(k.Record(form))


def _described(schema: Schema, doc: str) -> Schema:
    return {"description": doc, **schema} if doc else schema


def _form(form: k.Form) -> Schema:
    """A mapping with these keys."""
    keys = (*form.keys, *(key for key in BESIDE if form.aimed is not None and form.key(key.name) is None))
    required: list[Json] = [key.name for key in form.keys if key.required and key.name != form.aimed]
    whole: Schema = {
        "type": "object",
        "properties": {key.name: _described(_kind(key.kind), key.doc) for key in keys},
        "additionalProperties": False,
    }
    if form.doc:
        whole["description"] = form.doc
    if required:
        whole["required"] = required
    rules: list[Json] = []
    if form.aimed is not None and any(key.required and key.name == form.aimed for key in form.keys):
        rules.append({"anyOf": [{"required": [form.aimed]}, {"required": ["role"]}]})
    if form.one_of:
        rules.append({"oneOf": [{"required": [name]} for name in form.one_of]})
    if form.some_of:
        rules.append({"anyOf": [{"required": [name]} for name in form.some_of]})
    for name, beside in form.needs:
        only_one: Json = {"oneOf": [{"required": [one]} for one in beside]}
        rules.append({"if": {"required": [name]}, "then": only_one})
    if rules:
        whole["allOf"] = rules
    return whole


def _kind(kind: k.Kind) -> Schema:
    return _OF[type(kind)](kind)


def _either(*schemas: Schema) -> Schema:
    """Any of these, those that are the same once."""
    different: list[Json] = []
    for one in schemas:
        inner = one.get("anyOf") if one.keys() == {"anyOf"} else None
        different += [each for each in (inner if isinstance(inner, list) else [one]) if each not in different]
    first = different[0]
    return first if len(different) == 1 and isinstance(first, dict) else {"anyOf": different}


def _words(kind: k.Words) -> Schema:
    return {"type": _TEXT} if kind.empty else {"type": _TEXT, "pattern": r"\S"}


def _url(kind: k.Url) -> Schema:
    path = r"|/(?![/\\])" if kind.path else ""
    return {"type": "string", "pattern": rf"^([A-Za-z][A-Za-z0-9+.-]*:\S|\{{[A-Za-z_]{path})"}


def _fixed(kind: k.Fixed) -> Schema:
    return {"type": _TEXT, "pattern": f"^({kind.pattern})$" if kind.pattern else r"\S"}


def _number(kind: k.Number) -> Schema:
    number: Schema = {"type": "integer" if kind.whole else "number"}
    if kind.least is not None:
        number["minimum"] = kind.least
    return _either(number, {"type": "string", "pattern": _ONE_NAME}) if kind.names else number


def _path(kind: k.FilePath) -> Schema:
    return {"type": "string", "pattern": r"^(?!/|~|[A-Za-z]:)[^\\]+$"}


def _many(kind: k.Many) -> Schema:
    several: Schema = {"type": "array", "items": _kind(kind.of), "minItems": 1}
    return _either(_kind(kind.of), several) if kind.single else several


def _record(kind: k.Record) -> Schema:
    short = kind.form.key(kind.form.short) if kind.form.short is not None else None
    return _form(kind.form) if short is None else _either(_kind(short.kind), _form(kind.form))


def _memory() -> Schema:
    """An anchor (grounding.Anchor.as_data), and whose it is."""
    text: Schema = {"type": _TEXT}
    said: dict[str, Json] = dict.fromkeys(("role", "name", "kind", "frame", "origin", "place", "picture"), text)
    said |= {name: {"type": "array"} for name in ("row", "within", "before", "after", "path", "others")}
    said |= {name: {"type": "array", "items": {"type": "integer"}} for name in ("nth", "spot", "order")}
    said |= {name: {"type": "object"} for name in ("keys", "common", "held")}
    whose: dict[str, Json] = {
        "for": {
            "type": "string",
            "pattern": rf"^({'|'.join(sorted(AIMING))}) \S",
            "description": "The verb and target of a step.",
        },
        "at": {"type": "string", "description": "The page, where the same words mean several things."},
        "v": {"const": ANCHORS, "description": "The version of the format of anchors."},
        "beside": {"type": "boolean"},
    }
    return {
        "type": "object",
        "properties": whose | said,
        "required": ["for", "v", "role"],
        "additionalProperties": False,
    }


def _map(kind: k.Map) -> Schema:
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^{NAME}$"},
        "additionalProperties": _kind(kind.of),
        "minProperties": 1,
    }


_REF_TARGET: Schema = {"$ref": "#/$defs/target"}
_REF_WANT: Schema = {"$ref": "#/$defs/expectation"}
_ROW: Schema = _either(_CELL, {"type": "object", "additionalProperties": _CELL})

_OF: dict[type[k.Kind], Callable[[Any], Schema]] = {
    k.Words: _words,
    k.Url: _url,
    k.Name: lambda kind: {"type": "string", "pattern": f"^{NAME}$"},
    k.Fixed: _fixed,
    k.Number: _number,
    k.Flag: lambda kind: {"type": "boolean"} if kind.only is None else {"const": kind.only},
    k.OneOf: lambda kind: {"enum": list(kind.options)},
    k.Keys: lambda kind: {"type": ["string", "integer"], "examples": ["Enter", "Control+S"]},
    k.Aim: lambda kind: {"anyOf": [{"type": ["string", "number"], "pattern": r"\S"}, _REF_TARGET]},
    k.Relations: lambda kind: {"anyOf": [{"type": ["string", "number"], "pattern": r"\S"}, _REF_TARGET]},
    k.Want: lambda kind: {"anyOf": [_REF_WANT, {"type": "array", "items": _REF_WANT, "minItems": 1}]},
    k.Steps: lambda kind: {"type": "array", "items": {"$ref": "#/$defs/step"}, "minItems": 1},
    k.Remedies: lambda kind: {
        "type": "array",
        "items": {"$ref": "#/$defs/remedy"},
        "minItems": 1,
        "maxItems": kind.most,
    },
    k.FilePath: _path,
    k.Rows: lambda kind: {"type": "array", "items": _ROW, "minItems": 1},
    k.Given: lambda kind: {"type": "object", "additionalProperties": _either(_CELL, {"type": "array", "items": _CELL})},
    k.Literal: lambda kind: _either(_CELL, {"type": "array", "items": _CELL}),
    k.Memory: lambda kind: _memory(),
    k.Many: _many,
    k.Either: lambda kind: _either(*(_kind(one) for one in kind.kinds)),
    k.Map: _map,
    k.Record: _record,
}
