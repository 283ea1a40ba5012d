"""From acts to the data of a task file: steps as a person would write them, what proves them, and what may vary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cua.expect import All, Checked, Expect, Selected, Value
from cua.judge import Judge, View
from cua.options import web_origin
from cua.record.anchoring import Aimed, anchors
from cua.record.committing import already, commits, entrance
from cua.record.gather import gather
from cua.record.landing import landing
from cua.record.proofs import expect_of, expectation, field_set, name_of
from cua.record.sift import element_of, sift
from cua.record.tape import Act, Tape
from cua.record.varying import filled, params, slug
from cua.record.wording import Named, name, named
from cua.taskfile.template import braced
from cua.taskfile.write import Comment
from envs.deeds import Watched
from envs.observation import Element, Observation
from grounding.grounder import Grounder
from grounding.parse import parse
from grounding.shortest import shortest_target

Form = dict[str, object]
PROVING = ("already", "expect")
SHORTEST = 2
"""Characters of what was typed, for it to be recognised in other words."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A step as data, and the act it came of. `hole`: why it has no words, where it has none."""

    act: Act
    form: Form = field(default_factory=dict)
    hole: str = ""
    element: Element | None = None
    """What its words mean."""
    proofs: tuple[str, ...] = ()
    """Targets that may have come to be there by it."""


@dataclass(frozen=True, slots=True)
class Workflow:
    """The data of a task file. `holes` are steps that are missing in it, in words."""

    data: Mapping[str, object]
    holes: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    """Other origins than the start's that were worked at: a run has to be granted them."""
    files: tuple[str, ...] = ()
    """Files that were given to the application; they have to lie beside the task file."""


def compose(tape: Tape, called: str = "recorded", url: str | None = None) -> Workflow:
    """The workflow on a tape. `url` is where it starts, if that is not the address of the first look."""
    grounder = Grounder()
    judge = Judge(grounder)
    looks = tape.looks()
    acts = sift(tape.seen(gather(tape)), tape)
    secrets: dict[str, None] = {}
    typed: dict[str, str] = {}
    where: dict[str, str] = {}
    steps: list[Drawn] = []
    for act in acts:
        drawn = _step(act, grounder, secrets)
        if act.verb == "type" and not act.secret and not drawn.hole:
            _remember(act, typed)
            where[" ".join(act.text.split())] = act.before.document if act.before is not None else ""
        if act.verb == "select":
            typed.update({option: slug(_field_of(act)) for option in act.options if len(option) >= SHORTEST})
        steps.append(_proved(drawn, judge, typed, where))
        if (
            not drawn.hole
            and "expect" not in drawn.form
            and (held := field_set(act, judge, _words(grounder))) is not None
        ):
            drawn.form["expect"] = held
    wishes = _noted(tape, steps, typed)
    done = _done(steps, looks, judge) if looks else None
    goal = _goal(steps, looks, typed, where)
    forms = [drawn.form for drawn in steps if not drawn.hole]
    given = params(typed, forms, wishes)
    data: Form = {"cua": 1, "name": called, "goal": filled(goal, given)}
    if looks:
        data["start"] = {"url": braced(url or looks[0].url)}
    if given:
        data["params"] = {param: value for value, param in given.items()}
    if secrets:
        data["secrets"] = list(secrets)
    data["steps"] = [Comment(d.hole) if d.hole else filled(d.form, given) for d in steps]
    if done is not None:
        data["done"] = filled(done, given)
    kept = anchors(_anchored(steps, data["steps"]))
    if kept:
        data["anchors"] = kept
    files = tuple(dict.fromkeys(file for act in acts if act.verb == "upload" for file in act.files))
    return Workflow(data, tuple(d.hole for d in steps if d.hole), _origins(acts), files)


def _anchored(steps: Sequence[Drawn], forms: object) -> Iterator[Aimed]:
    """The steps as they are written, those with an element."""
    assert isinstance(forms, list)
    for drawn, form in zip(steps, forms, strict=True):
        if drawn.element is not None and drawn.act.before is not None and isinstance(form, dict):
            yield Aimed(form, drawn.element, drawn.act.before)


def _origins(acts: Sequence[Act]) -> tuple[str, ...]:
    """Those that were worked at, but for the first page's."""
    worked = (one for act in acts if act.before is not None for one in (act.before.url, _origin(act)))
    found = tuple(dict.fromkeys(origin for url in worked if (origin := web_origin(url)) is not None))
    return found[1:]


def _origin(act: Act) -> str:
    element = element_of(act)
    return element.origin if element is not None else ""


# ── a step ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _step(act: Act, grounder: Grounder, secrets: dict[str, None]) -> Drawn:
    """What was done, as a task file says it."""
    match act.verb:
        case "open":
            return Drawn(act, {"open": act.text})
        case "back" | "forward" | "reload":
            return Drawn(act, {act.verb: None})
        case "switch":
            return Drawn(act, {"switch": _window(act)})
        case "press":
            return Drawn(act, {"press": _press(act, grounder)})
    found = named(act, grounder)
    if found.words is None:
        return _hole(act, found)
    return replace(_aimed(act, found.words, grounder, secrets), element=found.element)


def _aimed(act: Act, words: str, grounder: Grounder, secrets: dict[str, None]) -> Drawn:
    """What was done to what these words mean."""
    match act.verb:
        case "type" if act.secret:
            secret = slug(_field_of(act)) or "secret"
            secrets[secret] = None
            return Drawn(act, {"type": {"into": words, "secret": secret}})
        case "type" if not act.text:
            return Drawn(act, {"clear": words})
        case "type":
            return Drawn(act, {"type": {"into": words, "text": act.text}})
        case "select" if len(act.options) == 1:
            return Drawn(act, {"select": {"from": words, "option": act.options[0]}})
        case "select":
            return Drawn(
                act, hole=f"HOLE select from {words}: {', '.join(act.options) or 'nothing'} (one option a step)"
            )
        case "upload":
            files: object = act.files[0] if len(act.files) == 1 else list(act.files)
            return Drawn(act, {"upload": {"into": words, "file": files}})
        case "download":
            return Drawn(act, {"download": {"target": words, "to": act.text}})
        case "drag":
            return _dragged(act, words, grounder)
    if act.modifiers and act.verb == "click":
        held: object = act.modifiers[0] if len(act.modifiers) == 1 else list(act.modifiers)
        return Drawn(act, {"click": {"target": words, "modifiers": held}})
    return Drawn(act, {act.verb: words})


def _words(grounder: Grounder) -> Callable[[Element, Observation], str | None]:
    return lambda element, screen: shortest_target(element, screen, grounder)


def _dragged(act: Act, words: str, grounder: Grounder) -> Drawn:
    """Beside what it lies now, where an order has changed; else what it was dropped on."""

    source = named(act, grounder).element
    if source is not None and act.before is not None and act.after is not None:
        landed = landing(source, act.before, act.after, _words(grounder))
        if landed is not None:
            return Drawn(act, {"drag": {"from": words, "to": landed.onto, "at": landed.at}}, proofs=landed.proofs)
    to = name(act.to, act.before, "drag", grounder)
    return Drawn(act, {"drag": {"from": words, "to": to.words}}) if to.words is not None else _hole(act, to)


def _hole(act: Act, found: Named) -> Drawn:
    return Drawn(act, hole=f"HOLE {act.verb.replace('_', ' ')}: {found.why}")


def _press(act: Act, grounder: Grounder) -> object:
    found = named(act, grounder) if act.path else Named(None)
    return {"keys": act.text, "into": found.words} if found.words is not None else act.text


def _window(act: Act) -> str:
    """The title of the window, where no other has it; else its number."""
    screen = act.after or act.before
    assert screen is not None
    title, windows = " ".join(screen.title.split()), screen.windows
    if title and sum(title.casefold() in window.title.casefold() for window in windows) == 1:
        return title
    return next((str(n) for n, window in enumerate(windows, 1) if window.id == screen.window), "new")


def _proved(drawn: Drawn, judge: Judge, typed: Mapping[str, str], where: Mapping[str, str]) -> Drawn:
    """The step with what proves it. `where`: the document that a text was typed in."""
    act = drawn.act
    commit = commits(act, element_of(act))
    expect = expectation(act, judge, typed, drawn.proofs, commit=commit)
    if commit:
        drawn.form["commit"] = True
        here = act.before.document if act.before is not None else None
        seen = already(act, [value for value in typed if where.get(value) == here])
        if seen is not None:
            drawn.form["already"] = seen
    if expect is not None:
        drawn.form["expect"] = expect
    return drawn


def _noted(tape: Tape, steps: Sequence[Drawn], typed: dict[str, str]) -> list[str]:
    """What the person said of their steps in the panel, put into these; the values that they gave a name to."""
    wishes: list[str] = []
    for at, entry in enumerate(tape.entries):
        if not isinstance(entry, Watched) or entry.deed.kind != "note":
            continue
        done = [drawn for drawn in steps if not drawn.hole and drawn.act.first < at]
        match entry.deed.key, entry.deed.value:
            case "commit", _ if done:
                step = done[-1].form
                rest = {key: step.pop(key) for key in PROVING if key in step}
                step.update({"commit": True, **rest})
            case "check", text if done:
                done[-1].form["expect"] = {"text": text}
            case "param", text:
                texts = [
                    " ".join(drawn.act.text.split()) for drawn in done if drawn.act.verb == "type" and drawn.act.text
                ]
                if texts and slug(text):
                    typed[texts[-1]] = slug(text)
                    wishes.append(texts[-1])
    return wishes


# ── what may vary ────────────────────────────────────────────────────────────────────────────────────────────────────


def _remember(act: Act, typed: dict[str, str]) -> None:
    value = " ".join(act.text.split())
    if len(value) >= SHORTEST and not (act.before is not None and entrance(act.before)):
        typed.setdefault(value, slug(_field_of(act)))


def _field_of(act: Act) -> str:
    element = element_of(act)
    if element is None:
        return ""
    return element.name or element.attributes.get("placeholder", "") or element.attributes.get("name", "")


# ── the goal and its end ─────────────────────────────────────────────────────────────────────────────────────────────


def _done(steps: Sequence[Drawn], looks: Sequence[Observation], judge: Judge) -> Form | None:
    """What is true at the end and was not at the start: what the last steps were proved by, or what they set."""
    first, last = looks[0], looks[-1]
    own = next((drawn for drawn in reversed(steps) if not drawn.hole), None)
    end = _set(own.form) if own is not None else None
    if end is not None and not (own is not None and set(PROVING) & own.form.keys()) and isinstance(end[1], All):
        return end[0]  # a file that came, and nothing on the screen says so
    for form in _ends(steps, last):
        expect = expect_of(form)
        if judge.check(expect, View(last)).holds and not judge.check(expect, View(first)).holds:
            return dict(form)
    return end[0] if end is not None and judge.check(end[1], View(last)).holds else None


def _set(form: Form) -> tuple[Form, Expect] | None:
    """What a step has set by itself, as an end."""
    match form:
        case {"type": {"into": str(into), "text": str(text)}}:
            return {"value": {"target": into, "is": text}}, Value(parse(into), text)
        case {"select": {"from": str(source), "option": str(option)}}:
            return {"selected": {"option": option, "from": source}}, Selected(option, parse(source))
        case {"check": str(target)}:
            return {"checked": target}, Checked(parse(target))
        case {"uncheck": str(target)}:
            return {"not": {"checked": target}}, Checked(parse(target), on=False)
        case {"download": {"to": str(to)}}:
            return {"file": to}, All(())
    return None


def _ends(steps: Sequence[Drawn], last: Observation) -> Iterator[dict[str, object]]:
    for drawn in reversed(steps):
        for key in ("already", "expect"):
            form = drawn.form.get(key)
            if isinstance(form, dict) and next(iter(form)) in {"text", "title", "gone", "url", "element", "value"}:
                yield form
    if title := name_of(last, {}):
        yield {"title": title}


def _goal(
    steps: Sequence[Drawn], looks: Sequence[Observation], typed: Mapping[str, str], where: Mapping[str, str]
) -> str:
    """In words: the page where the last commit was made and what was given there; else the page at the end."""
    committed = next((drawn for drawn in reversed(steps) if drawn.form.get("commit")), None)
    if committed is not None and committed.act.before is not None:
        page = committed.act.before
        element = element_of(committed.act)
        what = name_of(page, typed) or (element.name if element is not None else "")
        here = (value for value in typed if where.get(value) == page.document)
        value = next((value for value in here if what and value not in what), "")
        return f"{what}: {value}" if value else what or "Recorded"
    return f"Come to {name_of(looks[-1], typed) or looks[-1].url}" if looks else "Recorded"
