"""Params: what a file declares, and the typed values made of what was given."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from cua.run import Json
from cua.taskfile.forms import Fields, literal
from cua.taskfile.problems import Missing, Problems, did_you_mean, listed
from cua.taskfile.template import Template


class BadValue(ValueError):
    """A value that is not of its param's type; the message says of which it has to be."""


@dataclass(frozen=True, slots=True)
class Param:
    """`default` is None when a value has to be given."""

    name: str
    type: str = "text"
    default: Json = None
    options: tuple[str, ...] = ()
    required: bool = True
    description: str = ""
    line: int = 0

    def parse(self, given: object) -> Json:
        """The value in the type of the param: text as from the command line, or already typed. Raises BadValue."""
        return _PARSE[self.type](self, given)

    @property
    def how(self) -> str:
        """How it is given on the command line."""
        return f"--param {self.name}={'|'.join(self.options) or _SHOWN.get(self.type, 'VALUE')}"


_SHOWN = {"number": "NUMBER", "integer": "NUMBER", "boolean": "true|false", "date": "YYYY-MM-DD", "list": "A,B,C"}
_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+")


def _text(param: Param, given: object) -> Json:
    if isinstance(given, bool):
        return "true" if given else "false"
    if not isinstance(given, str | int | float):
        raise BadValue("has to be text")
    return str(given)


def _number(param: Param, given: object) -> Json:
    if isinstance(given, int | float) and not isinstance(given, bool):
        return given
    text = str(given).strip() if isinstance(given, str) else ""
    if re.fullmatch(r"[-+]?\d{1,15}", text):
        return int(text)
    if re.fullmatch(r"[-+]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][-+]?\d{1,2})?", text):
        return float(text)
    raise BadValue("has to be a number")


def _integer(param: Param, given: object) -> Json:
    try:
        number = _number(param, given)
    except BadValue:
        number = None
    if not isinstance(number, int):
        raise BadValue("has to be a whole number")
    return number


def _boolean(param: Param, given: object) -> Json:
    if isinstance(given, bool):
        return given
    word = given.strip().casefold() if isinstance(given, str) else ""
    if word in ("true", "yes", "on", "1"):
        return True
    if word in ("false", "no", "off", "0"):
        return False
    raise BadValue("has to be true or false")


def _date(param: Param, given: object) -> Json:
    if isinstance(given, date):
        return given.isoformat()[:10]
    try:
        return date.fromisoformat(given.strip() if isinstance(given, str) else "").isoformat()
    except ValueError:
        raise BadValue("has to be a date as YYYY-MM-DD") from None


def _choice(param: Param, given: object) -> Json:
    text = _text(param, given)
    if text not in param.options:
        hint = did_you_mean(str(text), param.options)
        raise BadValue(f"has to be {listed(param.options)}{f'; {hint}' if hint else ''}")
    return text


def _email(param: Param, given: object) -> Json:
    if not isinstance(given, str) or not _EMAIL.fullmatch(given.strip()):
        raise BadValue("has to be an e-mail address")
    return given.strip()


def _list(param: Param, given: object) -> Json:
    value: object = given
    if isinstance(given, str) and given.lstrip().startswith("["):
        try:
            value = json.loads(given)
        except (ValueError, RecursionError) as error:
            raise BadValue(f"begins with [ and is no JSON list ({error})") from None
    elif isinstance(given, str):
        value = [part.strip() for part in given.split(",") if part.strip()]
    if not isinstance(value, list | tuple):
        raise BadValue("has to be a list: A,B,C or JSON")
    return [_row(one) for one in value]


def _row(value: object) -> Json:
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    if isinstance(value, Mapping):
        row = {str(name): cell for name, cell in value.items()}
        if all(isinstance(cell, str | int | float | bool) or cell is None for cell in row.values()):
            return row
    raise BadValue("has to be a list of values, or of mappings of values")


_PARSE: dict[str, Callable[[Param, object], Json]] = {
    "text": _text,
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
    "date": _date,
    "choice": _choice,
    "email": _email,
    "list": _list,
}


def declared(fields: Fields | None, problems: Problems) -> tuple[Param, ...]:
    """The params of a file."""
    if fields is None:
        return ()
    params = (_declared(name, form, fields.line_of(name), problems) for name, form in fields.values.items())
    return tuple(param for param in params if not isinstance(param, Missing))


def _declared(name: str, form: object, line: int, problems: Problems) -> Param | Missing:
    if not isinstance(form, Fields):
        return _short(name, form, line)
    options = tuple(str(_plain(option)) for option in form.many("options", object))
    optional = form.values.get("required") is False
    type_ = form.get("type", str) or ("choice" if options else "text")
    param = Param(name, type_, None, options, not optional, form.get("description", str) or "", line)
    if type_ == "choice" and not options:
        return problems.add(line, f'the param "{name}" is a choice without options', "write options: [A, B]")
    if options and type_ != "choice":
        return problems.add(line, f'the param "{name}" has options, and is no choice', "write type: choice")
    if "default" not in form.values:
        return param if not optional else _with_default(param, [] if type_ == "list" else "", problems)
    return _with_default(param, _plain(form.values["default"]), problems)


def _with_default(param: Param, default: Json, problems: Problems) -> Param | Missing:
    """The param with this default, which has to be of its type (or empty, where it may stay empty)."""
    if default is None:
        return param
    if default == "" and not param.required:
        value: Json = ""
    else:
        try:
            value = param.parse(default)
        except BadValue as error:
            return problems.add(param.line, f'the default of the param "{param.name}" {error}')
    return Param(param.name, param.type, value, param.options, param.required, param.description, param.line)


def _short(name: str, form: object, line: int) -> Param:
    """`name: default`: the type is that of the default."""
    value = _plain(form)
    match value:
        case bool():
            return Param(name, "boolean", value, line=line)
        case int():
            return Param(name, "integer", value, line=line)
        case float():
            return Param(name, "number", value, line=line)
        case list():
            return Param(name, "list", value, line=line)
        case _:
            return Param(name, "text", value, line=line)


def _plain(form: object) -> Json:
    if isinstance(form, tuple):
        return [_plain(one) for one in form]
    return literal(form) if isinstance(form, Template | bool | int | float) else None


def parsed(params: tuple[Param, ...], given: Mapping[str, object]) -> dict[str, Json]:
    """A value for every param. Raises BadValue for one that is missing, unknown or of another type; all in one line."""
    known = {param.name: param for param in params}
    for name in given:
        if name not in known:
            hint = did_you_mean(name, known) or (f"it has {listed(known, 'and')}" if known else "it has none")
            raise BadValue(f'there is no param "{name}"; {hint}')
    missing = [param for param in params if param.name not in given and param.default is None]
    if missing:
        names = listed((f'"{param.name}" ({param.type})' for param in missing), "and")
        needs = "the param" if len(missing) == 1 else "the params"
        raise BadValue(f"{needs} {names} needs a value; give it with {' '.join(param.how for param in missing)}")
    values: dict[str, Json] = {}
    for param in params:
        if param.name not in given:
            values[param.name] = param.default
            continue
        try:
            values[param.name] = param.parse(given[param.name])
        except BadValue as error:
            raise BadValue(f'the param "{param.name}" {error}') from None
    return values
