"""Passwords in an instruction: each gets a name, and only the name goes on."""

from __future__ import annotations

import re
from dataclasses import replace

from cua.planners.instruct import intents as it
from cua.planners.instruct.intents import Intent, Value
from cua.planners.instruct.phrases import SECRET_FIELDS
from envs.action import Secret

_REFERENCE = re.compile(r"\{(\w+)\}|‹(\w+)›")
"""A secret by its name: in braces as in task files, or as a masked text shows it."""


class Vault:
    """The literal secrets of one text, by name ("password", "password2"); the same value has one name."""

    def __init__(self) -> None:
        self.literals: dict[str, str] = {}

    def hide(self, intent: Intent) -> Intent:
        """The intent with names in the place of passwords."""
        match intent:
            case it.LogIn(_, password) if password is not None:
                return replace(intent, password=self._named(password))
            case it.Fill(field, value) if field is not None and SECRET_FIELDS.search(field.text):
                return replace(intent, value=self._named(value))
            case it.Create(_, _, fields):
                pairs = tuple(
                    (name, self._named(value) if SECRET_FIELDS.search(name) else value) for name, value in fields
                )
                return replace(intent, fields=pairs)
        return intent

    def _named(self, value: Value) -> Secret:
        if isinstance(value, Secret):
            return value
        if reference := _REFERENCE.fullmatch(value):
            return Secret(reference[1] or reference[2])
        for name, known in self.literals.items():
            if known == value:
                return Secret(name)
        name = "password" if not self.literals else f"password{len(self.literals) + 1}"
        self.literals[name] = value
        return Secret(name)

    def masked(self, text: str) -> str:
        """The text with every password replaced by its name. A short one is replaced only where it stands as a
        password."""
        for name, value in sorted(self.literals.items(), key=lambda pair: -len(pair[1])):
            if not value:
                continue
            written = re.escape(value)
            left, right = (r"(?<!\w)" if value[0].isalnum() else ""), (r"(?!\w)" if value[-1].isalnum() else "")
            behind = r"(?:(?<=[:/=\"'“‘«]))" if len(value) < 4 else ""
            pattern = f"{left}{behind}{written}{right}"
            if len(value) < 4:
                named = r"(?i:(?<=password )|(?<=passphrase )|(?<=pin )|(?<=pass ))"
                pattern = rf"{named}[\"'“‘«]?{written}[\"'”’»]?(?!\w)|{pattern}"
            text = re.sub(pattern, f"‹{name}›", text)
        return text
