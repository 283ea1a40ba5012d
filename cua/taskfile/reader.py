"""Reading the steps of a task file, and the file itself."""

from __future__ import annotations

from collections.abc import Iterable

from cua.taskfile import kinds as k
from cua.taskfile.contracts import of_run, of_step, remedies
from cua.taskfile.expects import BESIDE, WANT
from cua.taskfile.forms import Call, Do, Fields, ForEach, GivenForm, If, Node, Repeat, RowsForm, TargetForm
from cua.taskfile.grammar import (
    AIMING,
    BARE,
    CONTROL_KEYS,
    CONTROLS,
    FILE,
    NO_COMMIT,
    NOT_YET,
    STEP_KEYS,
    VERBS,
    VERSION,
    WAIT_HINT,
)
from cua.taskfile.problems import MISSING, Missing, Problems, did_you_mean, listed
from cua.taskfile.shapes import shape, short
from cua.taskfile.source import Entries, Items, Scalar
from cua.taskfile.source import Node as Yaml
from cua.taskfile.template import Ref
from cua.taskfile.values import Values

_OWN = frozenset({"value", "checked", "enabled", "focused", "changed"})
"""Expectations that can be about the step's own target, when they name no other."""
_BESIDE = frozenset(key.name for key in BESIDE)
_STEP = {key.name: key for key in STEP_KEYS}


def read_file(root: Entries, problems: Problems) -> Fields | Missing:
    """The file by its form; MISSING when something is wrong with it."""
    version = root.get("cua")
    if version is None:
        return problems.add(root.line, "this is no task file: it does not say `cua: 1`")
    if not isinstance(version, Scalar) or version.number != VERSION:
        return problems.add(version.line, f"cua is {shape(version)}; this program reads version {VERSION}")
    reader = Reader(problems)
    read = reader.values.fields(root, FILE, "a task file")
    if isinstance(read, Fields):
        done = read.get("done", Fields)
        if done is not None:
            reader.no_own(done, own=False)
        for want in of_run(read, problems):
            reader.no_own(want, own=False)
    return read


class Reader:
    """Reads steps; what is wrong goes on the list."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.values = Values(problems, self.steps, self.remedies, AIMING)

    def steps(self, node: Yaml, key: str) -> object:
        if not isinstance(node, Items) or not node.items:
            self.problems.add(node.line, f"{key} has no steps" if _empty(node) else f"{key} has to be a list of steps")
            return MISSING
        read = [self.step(item) for item in node.items]
        good = tuple(step for step in read if not isinstance(step, Missing))
        return good if len(good) == len(read) else MISSING

    def step(self, node: Yaml) -> Node | Missing:
        if isinstance(node, Scalar):
            node = self.bare(node) or node
        if not isinstance(node, Entries):
            return self.wrong(
                node, f"a step is a verb and what it is done to, as in `click: Save`; this is {shape(node)}"
            )
        verb = self.verb(node)
        if isinstance(verb, Missing):
            return verb
        form = VERBS[verb.text]
        value = self.together(node, verb, form)
        before = len(self.problems.found)
        beside = self.beside(node, verb, form)
        fields = self.of_verb(value, form, verb, frozenset(node.keys))
        if isinstance(fields, Missing) or len(self.problems.found) > before:
            return MISSING
        return self.control(fields, beside, verb) if verb.text in CONTROLS else self.do(fields, beside, verb)

    def wrong(self, node: Yaml, what: str, hint: str = "") -> Missing:
        return self.problems.add(node.line, what, hint)

    def bare(self, node: Scalar) -> Entries | None:
        """`- back` for `- back:`"""
        if node.text in BARE:
            return Entries(((node, Scalar("", True, node.line)),), node.line)
        return None

    # Which verb

    def verb(self, node: Entries) -> Scalar | Missing:
        verbs = [name for name, _ in node.pairs if name.text in VERBS or name.text in NOT_YET]
        if len(verbs) == 1 and verbs[0].text in NOT_YET:
            return self.wrong(verbs[0], NOT_YET[verbs[0].text])
        if len(verbs) == 1:
            return verbs[0]
        if verbs:
            names = listed((f"`{name.text}`" for name in verbs), "and")
            return self.wrong(verbs[0], f"{names} in one step", "make a step of each")
        others = [name for name, _ in node.pairs if name.text not in _STEP]
        if not others:
            return self.wrong(node, "this step has no verb", "to wait for something, write `wait: {…}`")
        hint = did_you_mean(others[0].text, VERBS) or f"the verbs are {listed(VERBS, 'and')}"
        return self.wrong(others[0], f'there is no verb "{short(others[0].text)}"', hint)

    def together(self, node: Entries, verb: Scalar, form: k.Form) -> Yaml:
        """What belongs to the verb: what stands under it, and its relations and `as` that stand beside it."""
        own = [(name, value) for name, value in node.pairs if self.belongs(name, form)]
        value = next(value for name, value in node.pairs if name is verb)
        if not own or isinstance(value, Items) or (isinstance(value, Scalar) and (value.null or form.short is None)):
            return value
        pairs = value.pairs if isinstance(value, Entries) else ((Scalar(form.short or "", True, value.line), value),)
        for name, _ in own:
            if any(inner.text == name.text for inner, _ in pairs):
                self.wrong(name, f'"{name.text}" is said twice in this step')
                own = [pair for pair in own if pair[0] is not name]
        return Entries((*pairs, *own), value.line)

    def belongs(self, name: Scalar, form: k.Form) -> bool:
        return (form.aimed is not None and name.text in _BESIDE) or (name.text == "as" and form.key("as") is not None)

    def beside(self, node: Entries, verb: Scalar, form: k.Form) -> dict[str, object]:
        """The keys beside the verb."""
        read: dict[str, object] = {}
        allowed = CONTROL_KEYS if verb.text in CONTROLS else tuple(_STEP)
        for name, value in node.pairs:
            if name is verb or self.belongs(name, form):
                continue
            if name.text in allowed:
                read[name.text] = self.values.read(value, _STEP[name.text].kind, name.text)
            elif name.text in _STEP:
                self.wrong(name, f"{name.text} cannot stand beside {verb.text}", "it belongs to a step that acts")
            elif form.key(name.text) is not None:
                self.wrong(name, f"{name.text} belongs inside {verb.text}", f"write {verb.text}: {{…, {name.text}: …}}")
            else:
                known = (*allowed, *(_BESIDE if form.aimed else ()))
                hint = did_you_mean(name.text, known) or f"beside the verb can stand {listed(allowed, 'and')}"
                self.wrong(name, f'a step has no "{short(name.text)}"', hint)
        return read

    def of_verb(self, value: Yaml, form: k.Form, verb: Scalar, beside: frozenset[str]) -> Fields | Missing:
        """What stands under the verb. `beside`: what stands beside it, perhaps in the wrong place."""
        if verb.text in BARE:
            if _empty(value) or (isinstance(value, Scalar) and value.flag is True):
                return Fields(form.name, verb.line)
            return self.wrong(value, f"{verb.text} takes nothing", f"write `- {verb.text}:`")
        if _empty(value) and not isinstance(value, Items):
            return self.wrong(verb, f"{verb.text} has nothing to act on" if form.aimed else f"{verb.text} says nothing")
        if verb.text == "wait":
            return self.wait(value)
        return self.values.fields(value, form, verb.text, beside)

    def wait(self, value: Yaml) -> Fields | Missing:
        if isinstance(value, Scalar):
            return self.wrong(value, f"wait is {shape(value)}", WAIT_HINT)
        if isinstance(value, Entries) and value.keys in (("within",), ("seconds",)):
            return self.wrong(value, "wait says how long, and not for what", WAIT_HINT)
        return self.want(value, "wait")

    def want(self, node: Yaml, key: str) -> Fields | Missing:
        read = self.values.read(node, k.Want(), key)
        return read if isinstance(read, Fields) else MISSING

    # The step

    def remedies(self, node: Yaml, kind: k.Remedies, key: str) -> object:
        read = self.steps(node, key)
        return remedies(read, node, kind, self.problems) if isinstance(read, tuple) else read

    def do(self, fields: Fields, beside: dict[str, object], verb: Scalar) -> Do | Missing:
        expect, already = beside.get("expect"), beside.get("already")
        timeout, within = beside.get("timeout"), beside.get("within")
        step = Do(
            verb.text,
            fields,
            verb.line,
            expect if isinstance(expect, Fields) else None,
            beside.get("commit") is True,
            already if isinstance(already, Fields) else None,
            timeout if isinstance(timeout, float) else None,
            within if isinstance(within, float) else None,
            **of_step(beside, self.problems),
        )
        form = VERBS[verb.text]
        own = form.aimed is not None and form.aimed in fields.values
        for want in (step.expect, step.already, step.pre, *step.always, *step.never):
            if want is not None:
                self.no_own(want, own)
        if verb.text == "wait":
            self.no_own(fields, own=False)
        if step.commit:
            self.committing(step, verb)
        return step

    def committing(self, step: Do, verb: Scalar) -> None:
        if verb.text in NO_COMMIT:
            self.wrong(verb, f"{verb.text} changes nothing that cannot be undone, so it is no commit")
        elif step.expect is not None and _proves_nothing(step.expect):
            what = "`changed` is no proof of a commit"
            self.wrong(verb, what, "say what must be seen when it has happened, as in expect: {text: was saved}")

    def no_own(self, want: Fields, own: bool) -> None:
        """Refuses `value: x` and the like where there is no target that they could be about."""
        for name, value, line in _states(want):
            if not own and name != "changed" and not isinstance(value, Fields | TargetForm):
                self.problems.add(line, f"{name} does not say of what", f"write {name}: {{target: …, is: …}}")

    # Control

    def control(self, fields: Fields, beside: dict[str, object], verb: Scalar) -> Node | Missing:
        timeout = beside.get("timeout")
        seconds = timeout if isinstance(timeout, float) else None
        match verb.text:
            case "if":
                return self.if_(fields, verb, seconds)
            case "for_each":
                rows = fields.values["in"]
                if (
                    isinstance(rows, TargetForm)
                    and len(rows.holes) == 1
                    and str(rows.holes[0][1]) == rows.words.strip()
                ):
                    rows = rows.holes[0][1]
                assert isinstance(rows, RowsForm | Ref | TargetForm)
                return ForEach(fields.get("row", str) or "row", rows, _nodes(fields, "do"), verb.line, seconds)
            case "repeat":
                self.no_own(fields.need("until", Fields), own=False)
                at_most = fields.values["at_most"]
                assert isinstance(at_most, int | Ref)
                return Repeat(_nodes(fields, "do"), fields.need("until", Fields), at_most, verb.line, seconds)
            case _:
                given = fields.get("with", GivenForm) or GivenForm((), verb.line)
                return Call(fields.need("workflow", str), given, fields.get("as", str), verb.line)

    def if_(self, fields: Fields, verb: Scalar, seconds: float | None) -> If | Missing:
        own = {name: value for name, value in fields.values.items() if WANT.key(name) is not None}
        question = fields.get("expect", Fields)
        if question is not None and own:
            return self.wrong(verb, "if asks twice", f"put {listed(own, 'and')} into `expect`")
        if question is None and not own.keys() - {"within"}:
            return self.wrong(verb, "if asks nothing", "as in if: {text: Log in, then: […]}")
        question = question or Fields(WANT.name, verb.line, own, fields.lines)
        self.no_own(question, own=False)
        return If(question, _nodes(fields, "then"), _nodes(fields, "else"), verb.line, seconds)


def _nodes(fields: Fields, key: str) -> tuple[Node, ...]:
    return tuple(node for node in fields.many(key, object) if isinstance(node, Do | If | ForEach | Repeat | Call))


def _empty(node: Yaml) -> bool:
    match node:
        case Scalar():
            return node.null
        case Items():
            return not node.items
        case Entries():
            return not node.pairs


def _states(want: Fields) -> Iterable[tuple[str, object, int]]:
    """The expectations about an element's state, also those inside all, any and not."""
    for name, value in want.values.items():
        if name in _OWN:
            yield name, value, want.line_of(name)
        elif name in ("all", "any"):
            for part in want.many(name, Fields):
                yield from _states(part)
        elif name == "not":
            yield from _states(want.need(name, Fields))


def _proves_nothing(want: Fields) -> bool:
    """Whether it says only that something is different."""
    return set(want.values) <= {"changed", "within"}
