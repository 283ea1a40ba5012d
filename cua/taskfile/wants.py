"""Expectations as written to expectations as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cua.expect import (
    All,
    AnyOf,
    Changed,
    Checked,
    Count,
    DialogSeen,
    DownloadDone,
    Enabled,
    Exists,
    Expect,
    FileThere,
    Focused,
    Gone,
    Http,
    InState,
    Not,
    Selected,
    Text,
    Title,
    Url,
    Value,
    WindowOpen,
    Within,
)
from cua.taskfile.aims import filled
from cua.taskfile.forms import Fields, PathForm, TargetForm
from cua.taskfile.paths import within
from cua.taskfile.template import NoValue, Ref, Scope, Template
from grounding.target import Target


@dataclass(frozen=True, slots=True)
class Filler:
    """Fills names with the values of a scope; paths are below `folder`. All of it raises NoValue, paths BadPath."""

    scope: Scope
    folder: Path

    def text(self, template: Template) -> str:
        return template.fill(self.scope)

    def target(self, form: TargetForm) -> Target:
        return filled(form, self.scope)

    def path(self, form: PathForm) -> Path:
        return within(self.folder, form.template.fill(self.scope))

    def count(self, number: object) -> int | None:
        """A number, or the value of a name, which has to be one."""
        if not isinstance(number, Ref):
            return number if isinstance(number, int) else None
        value = self.scope.value(number)
        if isinstance(value, str) and value.strip().isdecimal() and len(value) < 10:
            return int(value)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        raise NoValue(f"{number} is {value!r}, and has to be a whole number")


def expectation(form: Fields, fill: Filler, own: Target | None = None) -> Expect:
    """The expectation; several keys are all of them. `own` is what `value: x` and the like are about."""
    parts = tuple(_ONE[key](form.values[key], fill, own) for key in form.values if key != "within")
    whole = parts[0] if len(parts) == 1 else All(parts)
    seconds = form.get("within", float)
    return whole if seconds is None else Within(whole, seconds)


def _texts(value: object, fill: Filler, own: Target | None) -> Expect:
    match value:
        case tuple():
            parts = tuple(_texts(one, fill, own) for one in value)
            return parts[0] if len(parts) == 1 else All(parts)
        case Fields():
            inside = value.get("in", TargetForm)
            return Text(fill.text(value.need("text", Template)), fill.target(inside) if inside else None)
        case _:
            return Text(_text(value, fill))


def _text(value: object, fill: Filler) -> str:
    if not isinstance(value, Template):
        raise TypeError(f"{type(value).__name__} is no text")
    filled_ = fill.text(value)
    if value.refs and not filled_.strip():
        raise NoValue(f"{value.refs[0]} is empty, and an empty text proves nothing")
    return filled_


def _gone(value: object, fill: Filler, own: Target | None) -> Expect:
    parts = tuple(Gone(_text(one, fill)) for one in value) if isinstance(value, tuple) else ()
    return parts[0] if len(parts) == 1 else All(parts)


def _url(value: object, fill: Filler, own: Target | None) -> Expect:
    return Url(_pattern(value, fill))


def _pattern(value: object, fill: Filler) -> str:
    """An address in which a value cannot become a wildcard."""
    filled_ = _text(value, fill)
    if isinstance(value, Template) and filled_.count("*") != sum(
        part.count("*") for part in value.parts if isinstance(part, str)
    ):
        raise NoValue(f"{value} would put a * into the address, which stands for any characters")
    return filled_


def _of(value: object, fill: Filler, own: Target | None) -> tuple[Target, bool]:
    """The target of a state, and whether it is so or not."""
    match value:
        case Fields():
            return fill.target(value.need("target", TargetForm)), value.get("is", bool) is not False
        case TargetForm():
            return fill.target(value), True
        case _:
            return _own(own), value is True


def _own(own: Target | None) -> Target:
    if own is None:
        raise TypeError("this expectation does not say of what")
    return own


def _value(value: object, fill: Filler, own: Target | None) -> Expect:
    if isinstance(value, Fields):
        shown = value.get("is", Template) or value.need("value", Template)
        return Value(fill.target(value.need("target", TargetForm)), fill.text(shown))
    if not isinstance(value, Template):
        raise TypeError(f"{type(value).__name__} is no text")
    return Value(_own(own), fill.text(value))


def _checked(value: object, fill: Filler, own: Target | None) -> Expect:
    return Checked(*_of(value, fill, own))


def _enabled(value: object, fill: Filler, own: Target | None) -> Expect:
    return Enabled(*_of(value, fill, own))


def _focused(value: object, fill: Filler, own: Target | None) -> Expect:
    target, on = _of(value, fill, own)
    return Focused(target) if on else Not(Focused(target))


def _selected(value: object, fill: Filler, own: Target | None) -> Expect:
    if isinstance(value, Fields):
        field = value.get("from", TargetForm)
        return Selected(_text(value.need("option", Template), fill), fill.target(field) if field else None)
    return Selected(_text(value, fill))


def _element(value: object, fill: Filler, own: Target | None) -> Expect:
    if not isinstance(value, TargetForm):
        raise TypeError(f"{type(value).__name__} is no target")
    return Exists(fill.target(value))


def _count(value: object, fill: Filler, own: Target | None) -> Expect:
    form = _fields(value)
    exactly = form.values.get("is", form.values.get("exactly"))
    least, most = form.values.get("at_least"), form.values.get("at_most")
    return Count(fill.target(form.need("target", TargetForm)), fill.count(exactly), fill.count(least), fill.count(most))


def _fields(value: object) -> Fields:
    if not isinstance(value, Fields):
        raise TypeError(f"{type(value).__name__} is no mapping")
    return value


def _file(value: object, fill: Filler, own: Target | None) -> Expect:
    form = _fields(value)
    contains = form.get("contains", Template)
    return FileThere(fill.path(form.need("path", PathForm)), _text(contains, fill) if contains else None)


def _changed(value: object, fill: Filler, own: Target | None) -> Expect:
    return Changed(fill.target(value) if isinstance(value, TargetForm) else None)


def _http(value: object, fill: Filler, own: Target | None) -> Expect:
    form = _fields(value)
    url = form.get("url", Template)
    return Http(form.get("status", int), form.get("method", str), _pattern(url, fill) if url else None)


def _all(value: object, fill: Filler, own: Target | None) -> Expect:
    parts = tuple(expectation(part, fill, own) for part in value) if isinstance(value, tuple) else ()
    return parts[0] if len(parts) == 1 else All(parts)


def _any(value: object, fill: Filler, own: Target | None) -> Expect:
    parts = tuple(expectation(part, fill, own) for part in value) if isinstance(value, tuple) else ()
    return parts[0] if len(parts) == 1 else AnyOf(parts)


def _not(value: object, fill: Filler, own: Target | None) -> Expect:
    return Not(expectation(_fields(value), fill, own))


_ONE: dict[str, Callable[[object, Filler, Target | None], Expect]] = {
    "text": _texts,
    "gone": _gone,
    "url": _url,
    "title": lambda value, fill, own: Title(_text(value, fill)),
    "value": _value,
    "checked": _checked,
    "selected": _selected,
    "enabled": _enabled,
    "focused": _focused,
    "element": _element,
    "count": _count,
    "window": lambda value, fill, own: WindowOpen(_text(value, fill)),
    "file": _file,
    "download": lambda value, fill, own: DownloadDone(_text(value, fill)),
    "dialog": lambda value, fill, own: DialogSeen(_text(value, fill)),
    "state": lambda value, fill, own: InState(_text(value, fill)),
    "changed": _changed,
    "http": _http,
    "all": _all,
    "any": _any,
    "not": _not,
}
