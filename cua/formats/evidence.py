"""What a selector tells a person: the name and role that it speaks of, from the best of several.

Best first: role with name, label, text, placeholder and the like, then words of a test id, a `name` or an id. What has
nothing of all that (div:nth-child(3)) names nothing, and is refused rather than guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cua.formats.flow import Aim, plain
from cua.formats.from_task import aim_of
from cua.taskfile.aims import aim as read_aim
from cua.taskfile.template import BadTemplate, Template, braced
from grounding.errors import BadTarget
from grounding.roles import role_of

ROLE, LABEL, TEXT, HINT, WORDS = 0, 1, 2, 3, 4
"""How good evidence is; `WORDS` are those of an id, which nobody sees."""

_TAGS = {
    "a": "link",
    "button": "button",
    "select": "combobox",
    "textarea": "textbox",
    "option": "option",
    "img": "img",
    "tr": "row",
    "td": "cell",
    "th": "columnheader",
    "li": "listitem",
    "table": "table",
    "dialog": "dialog",
    "nav": "navigation",
    "form": "form",
    **{f"h{number}": "heading" for number in range(1, 7)},
}
_TYPES = {
    "checkbox": "checkbox",
    "radio": "radio",
    "submit": "button",
    "button": "button",
    "reset": "button",
    "range": "slider",
    "number": "spinbutton",
    "search": "searchbox",
    "text": "textbox",
    "email": "textbox",
    "tel": "textbox",
    "url": "textbox",
    "password": "textbox",
    "file": "file",
}
_ATTRIBUTES = {
    "aria-label": LABEL,
    "placeholder": HINT,
    "title": HINT,
    "alt": HINT,
    "value": HINT,
    "name": WORDS,
    "data-testid": WORDS,
    "data-test": WORDS,
    "data-test-id": WORDS,
    "data-cy": WORDS,
    "data-qa": WORDS,
    "id": WORDS,
    "for": WORDS,
}
_SECRET = re.compile(
    r"pass[\s_-]?(word|phrase|code|wd)|passwd|\bpwd|pwd\b|secret|\bpin\b|\bpin code|kennwort|passwort|mot de passe|"
    r"contrase|\bsenha|wachtwoord|hasło|\bcvv|\bcvc|one[\s-]?time|\botp\b|\btotp|api[\s_-]?key|token|type=['\"]?password",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """`kind` orders it; `words` are those of a name, "" where only the role is known."""

    kind: int
    words: str
    role: str | None = None
    exact: bool = False

    @property
    def aim(self) -> Aim | None:
        """The target; of an id's words as a person would read them."""
        if not self.words.strip():
            return None
        if self.kind != WORDS:
            return Aim(plain(" ".join(self.words.split())), self.role, exact=self.exact)
        return _read(spelled(self.words), self.role)


def is_secret(texts: Iterable[str]) -> bool:
    """Whether what is typed there may not be written down, by the names and selectors of the field."""
    return any(_SECRET.search(text) or _SECRET.search(spelled(text)) for text in texts)


def best(found: Iterable[Evidence | None]) -> Evidence | None:
    """The one that says most; the first of equals. A role that another one knows is added."""
    there = [one for one in found if one is not None]
    named = sorted((one for one in there if one.aim is not None), key=lambda one: one.kind)
    if not named:
        return None
    first = named[0]
    role = first.role or next((one.role for one in there if one.role is not None), None)
    return Evidence(first.kind, first.words, role, first.exact)


def _read(words: str, role: str | None) -> Aim | None:
    if not words:
        return None
    try:
        aim = aim_of(read_aim(Template.parse(braced(words), 0)))
    except (BadTarget, BadTemplate):
        return None
    if aim.nth is not None or aim.where:
        return Aim(plain(words), role)
    return aim if aim.role is not None or role is None else Aim(aim.name, role, aim.nth, aim.exact, aim.where)


def spelled(identifier: str) -> str:
    """The words of an id: id_user_name → user name; "" where they are none (ember1234, css-1q2w3e)."""
    text = re.sub(r"([a-z])([A-Z])", r"\1 \2", identifier)
    parts = [part.casefold() for part in re.split(r"[^A-Za-z]+|(?<=[A-Za-z])(?=\d)", text) if part]
    parts = [_SHORT.get(part, part) for part in parts]
    kept = [part for part in parts if part not in _EMPTY and re.search(r"[aeiouy]", part) and len(part) > 1]
    made_up = len(re.findall(r"\d", identifier)) > 2 or (len(kept) < len(parts) / 2)
    return "" if not kept or made_up else " ".join(kept)


_SHORT = {
    "btn": "button",
    "txt": "",
    "chk": "",
    "lbl": "",
    "ddl": "",
    "pwd": "password",
    "passwd": "password",
    "usr": "user",
    "msg": "message",
    "img": "image",
    "tbl": "table",
}
_EMPTY = frozenset(
    {"", "id", "input", "ember", "react", "mui", "css", "ng", "el", "js", "ctl", "radix", "headlessui", "fld"}
)

# CSS

_ATTRIBUTE = re.compile(
    r"\[\s*([\w-]+)\s*[*^$~|]?=\s*(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|([^\]\s\"']+))\s*[is]?\s*\]"
)
_HAS_TEXT = re.compile(r":(?:contains|has-text|text|text-is)\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)]*))\s*\)")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")


def of_css(selector: str) -> Evidence | None:
    """What the last part of a CSS selector tells."""
    if len(selector) > 2_000:
        return None
    holder = _QUOTED.sub(lambda quoted: re.sub(r"[\s>+~]", "\0", quoted[0]), selector)
    last = re.split(r"\s*(?:>>>|[\s>+~])\s*", holder.strip())[-1]
    last = selector.strip()[len(selector.strip()) - len(last) :]
    tag = match[0].casefold() if (match := re.match(r"[a-zA-Z][\w-]*", last)) else ""
    named = [(name.casefold(), a or b or c) for name, a, b, c in _ATTRIBUTE.findall(last)]
    role = _role(tag, dict(named))
    found = [Evidence(_ATTRIBUTES[name], _plain_css(value), role) for name, value in named if name in _ATTRIBUTES]
    found += [Evidence(TEXT, (a or b or c).strip(), role) for a, b, c in _HAS_TEXT.findall(last)]
    bare = _ATTRIBUTE.sub("", last)
    found += [Evidence(WORDS, _plain_css(name), role) for name in re.findall(r"#((?:[\w-]|\\.)+)", bare)]
    return best(found) or (Evidence(WORDS, "", role) if role is not None else None)


def _plain_css(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value)


def _role(tag: str, attributes: dict[str, str]) -> str | None:
    if "role" in attributes:
        return role_of(attributes["role"])
    kind = attributes.get("type", "").casefold()
    if tag in ("input", "") and kind:
        return _TYPES.get(kind)
    return "textbox" if tag == "input" and "placeholder" in attributes else _TAGS.get(tag)


# XPath

_STEP = re.compile(r"/(?:[\w-]+::)?([\w*.-]+)((?:\[(?:[^\[\]'\"]|'[^']*'|\"[^\"]*\"|\[[^\]]*\])*\])*)\s*$")
_EQUALS = re.compile(
    r"(?:(?:contains|starts-with)\(\s*)?(?:normalize-space\(\s*)?(@[\w-]+|text\(\)|\.|normalize-space\(\))\s*\)?\s*[=,]\s*"
    r"(?:\"([^\"]*)\"|'([^']*)')"
)


def of_xpath(path: str) -> Evidence | None:
    """What the last step of an XPath tells."""
    if len(path) > 2_000 or (match := _STEP.search(path if path.startswith("/") else "/" + path.lstrip("(."))) is None:
        return None
    tag, predicates = match[1].casefold(), match[2]
    said = [(name, a or b) for name, a, b in _EQUALS.findall(predicates)]
    role = _role("" if tag == "*" else tag, {name[1:]: value for name, value in said if name.startswith("@")})
    found = [
        Evidence(_ATTRIBUTES[name[1:]], value, role) if name.startswith("@") else Evidence(TEXT, value, role)
        for name, value in said
        if not name.startswith("@") or name[1:] in _ATTRIBUTES
    ]
    return best(found) or (Evidence(WORDS, "", role) if role is not None else None)
