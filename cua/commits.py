"""What shows that an application took a commit, when nobody stated it: an accepted write and a form left, or words.

What a page says is read in English. Everything else (answers, fields marked as invalid, what was entered being shown)
is the same in every language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import unquote_plus

from cua.judge import View
from cua.login_pages import signs_in
from cua.parts import differing_content, each_content, of_content
from cua.verdict import Verdict
from cua.wording import drawn, drawn_where, fold, says
from envs.events import Answer, Dialog, Navigated, Request
from envs.observation import Element, Observation
from envs.parts import Part

REFUSAL = re.compile(
    r"\b(errors?|invalid|incorrect|failed|failure|denied|forbidden|rejected|refused|unable|expired|unauthori[sz]ed|"
    r"(not|n't|cannot|can't) (be |been )?\w+|try again)\b"
)
"""What a page says when it refuses (folded English), even beside a word of success ("could not be saved")."""

RESERVE = re.compile(r"\b(required|must|already exists|wrong|please (correct|fix|check|enter))\b")
"""What may be a refusal, unless the same text says that it has been done."""

SUCCESS = re.compile(
    r"\b(saved|added|created|success|successful|successfully|updated|changed|deleted|removed|sent|submitted|done|"
    r"completed?|confirmed|accepted|published|stored|thanks?|thank you|received|registered|uploaded|moved|ok)\b"
)
"""What a page says when it has done it (folded English)."""

NO_ERRORS = re.compile(r"\b(no|0|zero|without) (errors?|failures?)\b")


def refuses(text: str) -> bool:
    """Whether a new text on the page says no."""
    text = NO_ERRORS.sub("", fold(text))
    return bool(REFUSAL.search(text)) or (bool(RESERVE.search(text)) and not SUCCESS.search(text))


def confirms(text: str) -> bool:
    """Whether a new text on the page says that it has been done."""
    return not refuses(text) and bool(SUCCESS.search(fold(text)))


def taken(found: Element | None, view: View) -> Verdict:
    """The application took it: nothing new says no, a write was accepted or new text says so, and the form is left."""
    assert view.before is not None
    spoken, written = _new_texts(view)
    accepted = _accepted(view)
    # a page that was loaded anew says much that is not about us: without a write it has to name what was entered
    ours = [text for text in written if accepted or any(says(line, fold(text)) for line in _entered(view.before))]
    yes = next((text for text in (*spoken, *ours) if confirms(text)), None)
    no = next((text for text in (*spoken, *(written if yes is None else ())) if refuses(text)), None)
    if no is not None:
        return Verdict.no(f'the page says "{no[:120]}"')
    if marks(view.before, view.after):
        return Verdict.no("a field is marked as invalid now")
    if signs_in(view.after) and not signs_in(view.before):
        return Verdict.no("a sign-in page came instead")
    sent = any(isinstance(e, Request) and e.kind in {"document", "xhr", "fetch"} for e in view.events)
    about = _about_another(yes, view) if yes is not None else None
    if about is not None:
        return Verdict.no(f'the page says "{(yes or "")[:120]}", and nothing called "{about}" was entered')
    if yes is not None and (sent or any(isinstance(e, Navigated) for e in view.events)):
        return Verdict.yes(f'the page says "{yes[:120]}"')
    left = found is None or not _still_there(found, view.after)
    if accepted and left and not _echoed(view):
        return Verdict.no("the form is left, but nothing says that it was saved, and nothing shows what was entered")
    if accepted and left:
        answer = accepted[-1]
        return Verdict.yes(f"{answer.method} was answered {answer.status} and the form is left")
    if accepted:
        return Verdict.no("the server answered, but the same form is still there and nothing says that it was saved")
    if yes is not None:
        return Verdict.yes(f'the page says "{yes[:120]}" (nothing was sent to a server)')
    return Verdict.no("nothing was sent and nothing says that it has been done")


def _accepted(view: View) -> list[Answer]:
    """The writes that were accepted and are this commit's own: a form that was sent as a document, or a request that
    carries something of what was entered. A heartbeat that is answered meanwhile proves nothing."""
    assert view.before is not None
    before = view.before
    sent = {event.id: event for event in view.events if isinstance(event, Request)}

    def own(answer: Answer) -> bool:
        request = sent.get(answer.id)
        return answer.kind == "document" or request is None or carries(request, before) is not False

    writes = (e for e in view.events if isinstance(e, Answer) and e.writes and e.first_party and not e.refused)
    return [answer for answer in writes if own(answer)]


def carries(request: Request, screen: Observation) -> bool | None:
    """Whether a request carries something of what stood in the fields of this screen; None where that is not known."""
    entered = _entered(screen)
    if not entered or request.body is None:
        return None
    body = fold(f"{request.body}\n{unquote_plus(request.body)}")
    return any(line in body for line in entered)


def _new_texts(view: View) -> tuple[list[str], list[str]]:
    """Texts that were not there before: those that the page says to the person (an alert, a status, or anything that
    came into a page which stayed), and those that are merely written on a page that was loaded anew.

    Not the data of tables and lists, not the words of links and buttons. A text that was there is new when it is
    there once more.
    """
    assert view.before is not None
    spoken = [event.message for event in view.events if isinstance(event, Dialog) and event.kind == "alert"]
    written: list[str] = []
    more = _more(view.before, view.after)
    stayed = view.after.document == view.before.document
    for element, _ in drawn_where(view.after, lambda role, text: role in MESSAGES and bool(more[role, text])):
        if _was_there(element, view.before):
            continue
        around = {element.role, *(ancestor.role for ancestor in view.after.ancestors(element))}
        if around & ANNOUNCING:
            spoken.append(element.name)
        elif not around & DATA:
            (spoken if stayed else written).append(element.name)
    return spoken, written


def _entered(screen: Observation) -> set[str]:
    """The lines that stood in the text fields, folded; what is too short to be told from anything else left out."""
    return set(each_content(screen, "entered", _lines))


def _lines(elements: Sequence[Element]) -> list[str]:
    fields = (e for e in elements if e.role in TEXT_FIELDS and e.visible and "password" not in e.states)
    lines = (fold(line).strip(" =*#-") for field in fields for line in (field.value or "").split("\n"))
    return [line for line in lines if len(line) >= 3]


def _echoed(view: View) -> bool:
    """Whether the page that came shows something of what was entered, where it was not shown before."""
    assert view.before is not None
    entered = _entered(view.before)
    more = _more(view.before, view.after)
    return (
        not entered
        or any(says(line, name) for line in entered for _, name in more)
        or bool(entered & _entered(view.after))
    )


def _about_another(text: str, view: View) -> str | None:
    """The name in quotes in a message of success, when it is nothing that was on the form (numbered names are made by
    the application, and say nothing)."""
    assert view.before is not None
    known = [*(fold(e.name) for e in view.before.elements), *(fold(e.value or "") for e in view.before.elements)]
    for name in QUOTED.findall(fold(text)):
        if not any(char.isdigit() for char in name) and not any(name in line for line in known):
            return str(name)
    return None


QUOTED = re.compile(r'"([^"]{2,})"')
TEXT_FIELDS = frozenset({"textbox", "searchbox", "combobox"})


def _more(before: Observation, after: Observation) -> Counter[tuple[str, str]]:
    """What is written now and was not before, or not as often: role and folded text."""
    old, new = differing_content(before, after)
    return _written(new) - _written(old)


def _written(parts: Sequence[Part]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for part in parts:
        found.update(said for _, said in of_content(part, "drawn", drawn))
    return found


def _was_there(element: Element, before: Observation) -> bool:
    same = before.get(element.ref)
    return same is not None and same.name == element.name


ANNOUNCING = frozenset({"alert", "status", "log", "alertdialog"})
MESSAGES = frozenset({"text", "alert", "status", "log", "paragraph", "listitem", "note", "heading"})
DATA = frozenset({"table", "row", "grid", "treegrid", "navigation", "menu", "link", "button", "option", "contentinfo"})


def marks(before: Observation, after: Observation) -> bool:
    """Whether a field is marked as invalid (`aria-invalid`) that was not."""
    return bool(_invalid(after) - _invalid(before))


def _invalid(screen: Observation) -> set[str]:
    return {f"{e.role} {e.name}" for e in screen.elements if "invalid" in e.states and e.value is not None}


def _still_there(found: Element, screen: Observation) -> bool:
    return any(e.role == found.role and e.name == found.name and e.visible for e in screen.elements)
