"""What the commands of Selenium IDE that only look (assert, verify, wait for) say has to be seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from cua.formats.flow import Want
from cua.formats.located import Located
from cua.formats.losses import CannotSay
from cua.formats.reading import Value
from cua.formats.selenium_locators import text_in
from cua.taskfile.template import Template

_STATES = {
    "ElementPresent": ("element", True),
    "ElementNotPresent": ("element", False),
    "ElementVisible": ("element", True),
    "ElementNotVisible": ("element", False),
    "Checked": ("checked", True),
    "NotChecked": ("checked", False),
    "Editable": ("enabled", True),
    "NotEditable": ("enabled", False),
    "ElementEditable": ("enabled", True),
    "ElementNotEditable": ("enabled", False),
}
WAIT = "30000"
"""Milliseconds that Selenium IDE itself writes when a wait is added."""
_DIALOGS = frozenset({"Alert", "Confirmation", "Prompt"})


def wanted(command: Value, words: Callable[[str], Template], locate: Callable[[Value], Located]) -> Want:
    """What it asks for; `words` reads its texts, `locate` its target. Raises CannotSay for every other command."""
    name, target, value = command.get("command").text, command.get("target").words, command.get("value").words
    kind = next((name.removeprefix(word) for word in ("assert", "verify", "waitFor") if name.startswith(word)), None)
    if kind is None:
        raise CannotSay(f"the command `{name[:60]}` is not carried over")
    if kind in _STATES:
        state, on = _STATES[kind]
        milliseconds = value if name.startswith("waitFor") else ""
        within = int(milliseconds) / 1000 if re.fullmatch(r"\d{1,7}", milliseconds) and milliseconds != WAIT else None
        if state == "element":
            text = text_in(target.removeprefix("xpath="))
            if text is not None:
                return Want("text" if on else "gone", words(text), within=within)
            want = Want("element", aim=locate(command).aim)
            return replace(want if on else Want("not", parts=(want,)), within=within)
        return Want(state, aim=locate(command).aim, on=on, within=within)
    match kind:
        case "Title":
            return Want("title", words(target))
        case "Text":
            return Want("text", words(value)) if value.strip() else Want("element", aim=locate(command).aim)
        case "NotText":
            return Want("gone", words(value))
        case "Value":
            return Want("value", words(value), locate(command).aim)
        case "SelectedLabel":
            return Want("selected", words(value), locate(command).aim)
        case _ if kind in _DIALOGS:
            return Want("dialog", words(target))
        case _:
            raise CannotSay(f"the command `{name[:60]}` is not carried over")
