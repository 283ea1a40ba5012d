"""Expectations and contracts in words, as a person would ask for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cua.contract import Before, Contract, Eventually, Rule, Until, What
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


def brief(text: str, most: int = 60) -> str:
    """One line of it, cut where it gets long."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def question(expect: Expect) -> str:
    """the text "Saved" is there"""
    return _WORDS[type(expect)](expect)


def promises(contract: Contract) -> list[str]:
    """always the text "Ada" is there"""
    lines = [f"always {question(expect)}" for expect in contract.always]
    lines += [f"never {question(expect)}" for expect in contract.never]
    return lines + [rule(one) for one in contract.order]


def rule(rule: Rule) -> str:
    """the text "Total" is there has to be seen before "place the order" is done"""
    match rule:
        case Before(first, then, name):
            said = f"{_what(first, 'has to be')} before {_what(then, 'is')}"
        case Until(keep, until, name):
            said = f"it holds that {question(keep)} until {_what(until, 'is')}"
        case Eventually(what, name):
            said = f"{_what(what, 'is')} at some time"
        case _:
            raise TypeError(f"{type(rule).__name__} is no rule about the order of things")
    return f"{said} ({name})" if name else said


def _what(what: What, be: str) -> str:
    return f'step "{what}" {be} done' if isinstance(what, str) else f"it {be} seen that {question(what)}"


def _quoted(text: str) -> str:
    return f'"{brief(text)}"'


def _text(want: Text) -> str:
    return f"the text {_quoted(want.text)} is there" + (f" inside {want.inside}" if want.inside else "")


def _selected(want: Selected) -> str:
    return f"{_quoted(want.option)} is chosen" + (f" in {want.target}" if want.target else "")


def _count(want: Count) -> str:
    if want.exactly is not None:
        return f"there are {want.exactly} of {want.target}"
    ends = [f"at least {want.at_least}"] if want.at_least is not None else []
    ends += [f"at most {want.at_most}"] if want.at_most is not None else []
    return f"there are {' and '.join(ends)} of {want.target}"


def _http(want: Http) -> str:
    asked = " ".join(str(word) for word in (want.method, want.url) if word) or "a request"
    return f"{asked} is answered" + (f" with {want.status}" if want.status is not None else "")


def _many(word: str) -> Callable[[Any], str]:
    return lambda want: f" {word} ".join(question(part) for part in want.parts)


_WORDS: dict[type[Expect], Callable[[Any], str]] = {
    Text: _text,
    Gone: lambda want: f"{_quoted(want.text)} is gone",
    Url: lambda want: f"the address is {_quoted(want.pattern)}",
    Title: lambda want: f"the title has {_quoted(want.text)}",
    Value: lambda want: f"{want.target} shows {_quoted(want.value)}",
    Checked: lambda want: f"{want.target} is {'' if want.on else 'not '}checked",
    Selected: _selected,
    Enabled: lambda want: f"{want.target} is {'enabled' if want.on else 'disabled'}",
    Focused: lambda want: f"{want.target} has the focus",
    Exists: lambda want: f"{want.target} is there",
    Count: _count,
    WindowOpen: lambda want: f"a window {_quoted(want.text)} is open",
    FileThere: lambda want: f"the file {want.path.name} is there",
    DownloadDone: lambda want: f"a file {_quoted(want.name)} has arrived",
    DialogSeen: lambda want: f"a dialog {_quoted(want.text)} was shown",
    InState: lambda want: f"the screen is {_quoted(want.name)}",
    Changed: lambda want: f"{want.target or 'something'} has changed",
    Http: _http,
    All: _many("and"),
    AnyOf: _many("or"),
    Not: lambda want: f"not ({question(want.part)})",
    Within: lambda want: f"{question(want.part)} within {want.seconds:g} s",
}
