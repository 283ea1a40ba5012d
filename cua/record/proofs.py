"""What must be true after a step, read off what changed: what a person would look for, and what will be so next time.

Each proposal is judged on the screens of the recording by the same rules as in a run: it holds afterwards, and is news.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice
from urllib.parse import urlsplit

from cua.commits import ANNOUNCING, DATA, TEXT_FIELDS, confirms, refuses
from cua.expect import DialogSeen, Exists, Expect, Gone, Text, Title, Url, Value, WindowOpen
from cua.judge import Judge, View
from cua.record.sift import element_of
from cua.record.tape import Act
from cua.wording import drawn_where, fold, says
from envs.events import Dialog, WindowOpened
from envs.observation import Element, Observation
from grounding.parse import parse
from grounding.roles import DIALOGS, ROWS

LONGEST, FEWEST = 60, 4
"""Characters of a text that is looked for."""
WRITTEN = frozenset({"text", "paragraph", "note", "caption", "legend"})
MANY = 40
"""So much of what is in an element is looked at."""
_SPLIT = re.compile(r"\s+[|–—·•]\s+|\s+-\s+")
_DATA = DATA | ROWS | {"rowheader", "cell", "gridcell", "columnheader", "listbox", "tree", "treeitem", "combobox"}
_DAYS = re.compile(
    r"(jan(uary)?|feb(ruary)?|march|apr(il)?|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?|"
    r"(mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow|ago|now|moments|seconds|minutes|hours)",
    re.IGNORECASE,
)


def expectation(
    act: Act, judge: Judge, typed: Mapping[str, str], there: Sequence[str] = (), *, commit: bool = False
) -> dict[str, str] | None:
    """What is looked for after this act, as in task files; None where there is nothing that will surely be so again.

    `typed` are texts that the person gave: they may be in it, as they will be parameters. `there` are targets that the
    act may have brought about.
    """
    if act.before is None or act.after is None or act.verb in {"type", "clear", "select", "check", "uncheck", "hover"}:
        return None
    view = View(act.after, act.before, act.events)
    proposals = _proposals(act, act.before, act.after, typed, commit)
    for key, text in chain((("element", one) for one in there), proposals):
        expect = EXPECTS[key](text)
        if judge.check(expect, view).holds and judge.news(expect, view):
            return {key: text}
    return None


EXPECTS: Mapping[str, Callable[[str], Expect]] = {
    "text": Text,
    "title": Title,
    "url": Url,
    "gone": Gone,
    "window": WindowOpen,
    "dialog": DialogSeen,
    "element": lambda text: Exists(parse(text)),
}


def expect_of(form: Mapping[str, object]) -> Expect:
    (key, said), *_ = form.items()
    if isinstance(said, Mapping):
        return Value(parse(str(said["target"])), str(said["is"]))
    return EXPECTS[key](str(said))


def field_set(act: Act, judge: Judge, words: Callable[[Element, Observation], str | None]) -> dict[str, object] | None:
    """The field that something else than typing has set, and what it holds: where its numbers are those of what was
    pressed (a day of a calendar), so that it holds the same next time. None where several changed."""
    pressed = element_of(act)
    if act.verb not in {"click", "double_click"} or pressed is None or act.before is None or act.after is None:
        return None
    changed = [
        (now, now.value)
        for now in act.after.elements
        if now.value and now.visible and now.role in TEXT_FIELDS and "password" not in now.states
        and (old := act.before.get(now.ref)) is not None and old.value != now.value
    ]  # fmt: skip
    if len(changed) != 1:
        return None
    (field, value), called = changed[0], words(changed[0][0], act.after)
    if called is None or not _numbers(value) <= _numbers(
        f"{pressed.name} {(act.before.get(field.ref) or field).value}"
    ):
        return None
    expect, view = Value(parse(called), value), View(act.after, act.before, act.events)
    if not judge.check(expect, view).holds or not judge.news(expect, view):
        return None
    return {"value": {"target": called, "is": value}}


def _numbers(text: str) -> set[int]:
    return {int(found) for found in re.findall(r"\d+", text)}


def _proposals(
    act: Act, before: Observation, after: Observation, typed: Mapping[str, str], commit: bool
) -> Iterator[tuple[str, str]]:
    """The best first."""
    for event in act.events:
        if isinstance(event, Dialog) and event.kind == "alert" and (text := stable(event.message, typed)):
            yield "dialog", text
    if any(isinstance(event, WindowOpened) for event in act.events) and (title := name_of(after, typed)):
        yield "window", title
    new = list(_new(before, after))
    said = [text for element, text in new if _announced(element, after)]
    written = [text for element, text in new if element.role in WRITTEN and not _in_data(element, after)]
    if commit:
        noted = [text for element, text in new if element.role in {*WRITTEN, "listitem"} and len(text) <= LONGEST]
        yield from (("text", s) for text in (*said, *noted) if confirms(text) and (s := stable(text, typed)))
    elsewhere = after.document != before.document or urlsplit(after.url)[:4] != urlsplit(before.url)[:4]
    if not elsewhere or commit:
        yield from (("text", s) for text in said if not refuses(text) and (s := stable(text, typed)))
    title = name_of(after, typed)
    again = says(fold(title), fold(before.title))
    if title and not again:
        yield "title", title
    dialogs = (element for element, _ in _appeared(before, after) if element.role in DIALOGS and element.name)
    yield from (("dialog", s) for element in dialogs if (s := stable(element.name, typed)))
    headings = (text for element, text in new if element.role == "heading")
    yield from (("text", s) for text in headings if (s := stable(text, typed)))
    yield from (("text", s) for text in (*said, *written) if (s := stable(text, typed)))
    if elsewhere and (path := urlsplit(after.url).path) and not re.search(r"\d|[0-9a-f]{8}", path):
        yield "url", path
    if title and again:
        yield "title", title
    if not elsewhere:
        if after.document == before.document:
            yield from (
                ("text", s) for element, text in new if not _in_rows(element, after) and (s := stable(text, typed))
            )
        lost = (e.name for e, _ in _appeared(after, before) if e.name and not _in_data(e, before))
        yield from (("gone", s) for text in lost if (s := stable(text, typed)) and s == text)


def name_of(screen: Observation, typed: Mapping[str, str]) -> str:
    """What a page is called: its title without what all titles of the application end in."""
    head = _SPLIT.split(screen.title.strip())[0]
    return stable(head, typed) or ""


def stable(text: str, typed: Mapping[str, str]) -> str | None:
    """The part of a text that will be there next time too: without numbers and dates; None where little is left."""
    words = " ".join(text.split())
    if not words:
        return None
    marked = _masked(words, typed)
    runs: list[list[str]] = [[]]
    for word, mark in zip(words.split(" "), marked.split(" "), strict=True):
        if re.search(r"\d", mark) or _DAYS.fullmatch(mark.strip(".,;:()")):
            runs.append([])
        else:
            runs[-1].append(word)
    whole = len(runs) == 1
    best = max((" ".join(run) for run in runs), key=len).strip(" ,;:-–(")
    if len(best) > LONGEST:
        cut = best[: LONGEST + 1].rsplit(" ", 1)[0].rstrip(" ,;:-–(")
        sentence = re.match(r".{8,}?[.!?](?=\s|$)", best)
        best = sentence[0] if sentence is not None and len(sentence[0]) <= LONGEST else cut
    enough = len(best) >= FEWEST and (whole or " " in best)
    return best if enough or (whole and len(best) > 1) else None


def _masked(words: str, typed: Mapping[str, str]) -> str:
    """With letters in place of the digits of what was typed: word borders stay where they are."""
    for value in sorted(typed, key=len, reverse=True):
        if any(char.isdigit() for char in value) and " ".join(value.split()) in words:
            words = words.replace(" ".join(value.split()), re.sub(r"\d", "x", " ".join(value.split())))
    return words


def _new(before: Observation, after: Observation) -> Iterator[tuple[Element, str]]:
    """What is written there now and was not."""
    old = {text for _, text in drawn_where(before, lambda role, text: True)}
    for element, _ in drawn_where(after, lambda role, text: text not in old):
        if _composed(element, after):
            continue
        if "offscreen" not in element.states or _announced(element, after):
            yield element, " ".join(element.name.split())


def _composed(element: Element, screen: Observation) -> bool:
    """Whether its name is only what is written in it, one thing after the other: those say so themselves."""
    if element.role in WRITTEN | ANNOUNCING | {"heading", "link", "button"}:
        return False
    name = fold(element.name)
    return sum(bool(one.name) and fold(one.name) in name for one in islice(screen.inside(element), MANY)) > 1


def _appeared(before: Observation, after: Observation) -> Iterator[tuple[Element, str]]:
    old = {(e.role, fold(e.name)) for e in before.elements if e.visible}
    for element in after.elements:
        if element.visible and (element.role, fold(element.name)) not in old:
            yield element, element.name


def _around(element: Element, screen: Observation) -> set[str]:
    return {element.role, *(above.role for above in screen.ancestors(element))}


def _announced(element: Element, screen: Observation) -> bool:
    return bool(_around(element, screen) & ANNOUNCING)


def _in_data(element: Element, screen: Observation) -> bool:
    return bool(_around(element, screen) & _DATA)


def _in_rows(element: Element, screen: Observation) -> bool:
    return bool(_around(element, screen) & {"table", "row", "grid", "treegrid", "listbox"})
