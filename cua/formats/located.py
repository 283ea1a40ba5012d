"""What a Playwright locator means: a chain of get_by_role, filter, nth and so on, as a target in words.

The Python reader and the jsonl reader both bring their locators into `Part`s.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cua.formats import evidence
from cua.formats.flow import EMPTY, Act, Aim, plain
from cua.formats.losses import CannotSay, Losses
from cua.taskfile.template import Template
from grounding.roles import role_of
from grounding.target import Relation

_ROWS = frozenset({"row", "listitem", "article"})
_NAMED = {"label": None, "placeholder": None, "title": None, "alt": "img", "text": None}


@dataclass(frozen=True, slots=True)
class Part:
    """One step of a locator. `kind`: role, label, placeholder, title, alt, text, test-id, css, has-text, nth, frame."""

    kind: str
    words: Template = EMPTY
    role: str | None = None
    exact: bool = False
    nth: int | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """`weak`: only an id told its name. `said` is all that was read, to see whether it is a password field."""

    aim: Aim
    weak: bool = False
    said: tuple[str, ...] = ()


def located(parts: tuple[Part, ...]) -> Located:
    """The target. Raises CannotSay for a locator with nothing in it that a person could see."""
    aims: list[Aim] = []
    weak = False
    for part in parts:
        match part.kind:
            case "nth" if aims:
                aims[-1] = replace(aims[-1], nth=part.nth)
            case "has-text" if aims:
                aims[-1] = _having(aims[-1], part.words)
            case "nth" | "has-text":
                raise CannotSay("the locator does not say of what")
            case "frame":
                aims.clear()
            case _:
                aim, weak = _aim(part)
                if aim is not None:
                    aims.append(aim)
    if not aims or not (aims[-1].name.parts or aims[-1].role):
        raise CannotSay("the locator has nothing in it that a person could see")
    *outer, last = aims
    where = tuple(
        (Relation.ROW if one.role in _ROWS else Relation.IN, _holder(one)) for one in outer if one.name.parts or one.nth
    )
    said = tuple(str(part.words) for part in parts)
    return Located(replace(last, where=(*where, *last.where)), weak, said)


def _holder(aim: Aim) -> Aim:
    """What the target is inside: a row is known by what stands in it."""
    return replace(aim, role=None, exact=False) if aim.role in _ROWS and aim.name.parts else aim


def _having(aim: Aim, words: Template) -> Aim:
    if not aim.name.parts:
        return replace(aim, name=words)
    return replace(aim, where=(*aim.where, (Relation.ROW, Aim(words))))


def _aim(part: Part) -> tuple[Aim | None, bool]:
    match part.kind:
        case "role":
            return Aim(part.words, part.role, exact=part.exact), False
        case "within" | "field" | "called":
            return Aim(part.words, None, exact=part.exact), False
        case "test-id":
            found = evidence.Evidence(evidence.WORDS, part.words.plain or "")
            if found.aim is None:
                raise CannotSay(f'the test id "{part.words}" is no name of anything')
            return found.aim, True
        case "css":
            return _of_selector(part.words.plain or "")
        case kind:
            return Aim(part.words, _NAMED.get(kind), exact=part.exact), False


def _of_selector(selector: str) -> tuple[Aim | None, bool]:
    """A frame or a bare `div` says nothing, and is passed over; what is the target has to say something."""
    text = selector.strip()
    if text.startswith("text="):
        quoted = text[5:].strip()
        exact = quoted[:1] == quoted[-1:] == '"' and len(quoted) > 1
        return Aim(plain(quoted[1:-1] if exact else quoted), exact=exact), False
    path = text.removeprefix("xpath=")
    found = evidence.of_xpath(path) if path.startswith(("/", "(", "..")) else evidence.of_css(text.removeprefix("css="))
    if found is None or not found.words:
        return (Aim(EMPTY, found.role) if found is not None and found.role else None), False
    return found.aim, found.kind == evidence.WORDS


def own_label(act: Act, losses: Losses) -> Act:
    """A label around a list holds the options too, run together: "Colour RedGreenBlue". Where the one that is chosen
    stands in the last word like that, the field is called by the words before."""
    name = act.aim.name.plain if act.aim is not None else None
    option = act.text.plain if act.text is not None else None
    if act.verb != "select" or act.aim is None or not name or not option:
        return act
    *before, last = name.split(" ")
    if not before or option not in last or option == last:
        return act
    own = " ".join(before)
    losses.note(act.at, f'the label "{name}" seems to hold the options too; the field is called "{own}" now')
    return replace(act, aim=replace(act.aim, name=plain(own)))


def role(word: str) -> str:
    """The role as `grounding` calls it. Raises CannotSay for one that it does not know."""
    known = role_of(word)
    if known is None:
        raise CannotSay(f'there is no role "{word}" here')
    return known
