"""Playwright Python (codegen, pytest or by hand) to a flow. The source is read as a syntax tree and never run."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

from cua.errors import BadInput
from cua.formats import python_source as source
from cua.formats.evidence import is_secret
from cua.formats.flow import Act, Again, Choice, Each, Flow, Row, Step, every, expecting, plain
from cua.formats.located import own_label
from cua.formats.losses import CannotSay, Losses
from cua.formats.playwright_steps import WEAK, Pages, acted, located_of
from cua.formats.playwright_wants import asked, asserted
from cua.formats.python_words import ref_of
from cua.formats.secrets import secret_name
from cua.taskfile.params import Param
from cua.taskfile.template import Ref, Template

_OVER = frozenset(
    {
        "close",
        "new_context",
        "new_page",
        "launch",
        "storage_state",
        "set_default_timeout",
        "start",
        "stop",
        "set_default_navigation_timeout",
        "wait_for_load_state",
        "bring_to_front",
        "tracing",
    }
)
"""What begins and ends a script, and waits without saying for what."""
_MAX_DEPTH = 32


def read(text: str, file: Path, losses: Losses) -> Flow:
    """Raises BadInput for what is no Python, or does nothing to a page."""
    tree = source.tree_of(text, file)
    function = _function(tree)
    reader = _Reader(losses)
    body = function.body if function is not None else tree.body
    steps = reader.block(body, 0)
    start = None
    if (
        steps
        and isinstance(steps[0], Act)
        and steps[0].verb == "open"
        and steps[0].expect is None
        and not str(steps[0].text).startswith("/")
    ):
        start, steps = steps[0].text, steps[1:]
    if not steps and start is None:
        line = function.lineno if function is not None else 1
        raise BadInput("there is nothing in it that is done to a page", file=file, line=line)
    if not steps:
        raise BadInput("it opens a page and does nothing there", file=file, line=body[0].lineno)
    params = _params(function, losses) if function is not None else ()
    own = {param.name for param in params}
    name = (
        function.name.removeprefix("test_")
        if function is not None and function.name not in ("run", "main")
        else file.stem
    )
    flow = Flow(
        name.split(".")[0].replace("_", "-"), tuple(steps), start=start, params=params, secrets=tuple(reader.secrets)
    )
    return _known(replace(flow, goal=_goal(tree)), own, losses)


def _function(tree: ast.Module) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    """The function that does most to a page."""
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    helpers = {"whole", "part", "address", "field", "called", "within", "tab"}
    found = [one for one in functions if one.name not in helpers]
    return max(found, key=lambda one: sum(isinstance(node, ast.Call) for node in ast.walk(one)), default=None)


def _goal(tree: ast.Module) -> Template | None:
    text = ast.get_docstring(tree)
    if not text or len(text.splitlines()) > 1:
        return None
    try:
        return Template(Template.parse(text, 0).parts, 0)
    except ValueError:
        return plain(text)


def _params(function: ast.FunctionDef | ast.AsyncFunctionDef, losses: Losses) -> tuple[Param, ...]:
    arguments = function.args.args
    defaults = dict(zip([one.arg for one in arguments][::-1], function.args.defaults[::-1], strict=False))
    params: list[Param] = []
    for argument in arguments:
        value = defaults.get(argument.arg)
        match value:
            case None:
                continue
            case ast.Constant(str(text)):
                params.append(Param(ref_of(argument.arg), "text", text))
            case ast.List(elements) if all(isinstance(one, ast.Constant) for one in elements):
                rows = [one.value for one in elements if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                params.append(Param(ref_of(argument.arg), "list", list(rows)))
            case _ if source.secret(value) is not None:
                params.append(Param(ref_of(argument.arg), "text"))
            case _:
                losses.add(f"line {function.lineno}", f"the default of {argument.arg} is no plain text")
    return tuple(params)


def _known(flow: Flow, params: set[str], losses: Losses) -> Flow:
    """Variables that nothing gives a value have to be params."""
    given = set(params) | {step.name for step in every(flow.steps) if isinstance(step, Act) and step.name}
    rows = {step.row for step in every(flow.steps) if isinstance(step, Each)}
    lacking = dict.fromkeys(ref.name for ref in refs_of(flow) if ref.name not in given | rows)
    for name in lacking:
        losses.note("", f'the variable "{name}" is now a param; give it with --param {name}=VALUE')
    return replace(flow, params=(*flow.params, *(Param(name) for name in lacking)))


def refs_of(flow: Flow) -> list[Ref]:
    """Every name that the flow uses."""
    from cua.formats.plainer import put_flow

    found: list[Ref] = []

    def note(ref: Ref) -> tuple[str | Ref, ...]:
        found.append(ref)
        return (ref,)

    put_flow(flow, note)
    return found


class _Reader:
    def __init__(self, losses: Losses) -> None:
        self.losses = losses
        self.secrets: dict[str, None] = {}
        self.pages = Pages()

    def block(self, body: list[ast.stmt], depth: int) -> list[Step]:
        steps: list[Step] = []
        if depth > _MAX_DEPTH:
            self.losses.add(f"line {body[0].lineno}", "this is nested too deep")
            return steps
        for node in body:
            try:
                self.statement(node, steps, depth)
            except CannotSay as why:
                self.losses.add(f"line {node.lineno}", str(why))
        return steps

    def statement(self, node: ast.stmt, steps: list[Step], depth: int) -> None:
        at = f"line {node.lineno}"
        match node:
            case (
                ast.Expr(ast.Constant())
                | ast.Pass()
                | ast.Import()
                | ast.ImportFrom()
                | ast.FunctionDef()
                | ast.ClassDef()
            ):
                return
            case ast.Return(None):
                return
            case ast.Expr(value):
                self.call(value, steps, at)
            case ast.Assign([ast.Name(name)], value):
                self.assign(name, value, steps, at)
            case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
                self.with_(items, body, steps, at, depth)
            case ast.If(test, _, _) if isinstance(test, ast.Compare) and "__name__" in source.shown(test):
                steps += self.block(node.body, depth + 1)
            case ast.If(test, then, otherwise):
                steps.append(
                    Choice(asked(test), tuple(self.block(then, depth + 1)), tuple(self.block(otherwise, depth + 1)), at)
                )
            case ast.For(
                ast.Name("_"), ast.Call(ast.Name("range"), [most]), [*do, ast.If(until, [ast.Break()], [])], _
            ):
                self.again(most, do, until, steps, at, depth)
            case ast.For(ast.Name(name), rows, do, []):
                steps.append(Each(ref_of(name), _rows(rows), tuple(self.block(do, depth + 1)), at))
            case ast.Assert(test):
                expecting(steps, asked(test), at)
            case ast.Raise(ast.Call(_, [ast.Constant(str(why)), *_])):
                raise CannotSay(f"a step is missing in it: {why}")
            case _:
                raise CannotSay(f"this is nothing that a workflow says: {source.shown(node)}")

    def again(
        self, most: ast.expr, do: list[ast.stmt], until: ast.expr, steps: list[Step], at: str, depth: int
    ) -> None:
        match most:
            case ast.Constant(int(count)) if count >= 1:
                at_most: int | Ref = count
            case ast.Call(ast.Name("int"), [ast.Name(name)]):
                at_most = Ref(ref_of(name))
            case _:
                raise CannotSay(f"it does not say how often at most: {source.shown(most)}")
        steps.append(Again(tuple(self.block(do, depth + 1)), asked(until), at_most, at))

    # Statements

    def call(self, value: ast.expr, steps: list[Step], at: str) -> None:
        value = value.value if isinstance(value, ast.Await) else value
        base, calls = source.chain(value)
        last = calls[-1] if calls else None
        if last is None:
            return
        if not base and calls[0].name == "expect":
            self.on(self.pages.of(calls[0].args), steps, at)
            want = asserted(calls)
            if want is not None:
                expecting(steps, want, at)
            return
        if (
            base in self.pages.gone
            or (last.name in _OVER and base not in self.pages.known)
            or base in ("playwright", "browser")
        ):
            return
        if base in ("context", "browser_context") or last.name in _OVER:
            if last.name == "close" and base in self.pages.known:
                self.closing(base, at)
            return
        if base.startswith("download"):
            self.kept(last, steps, at)
            return
        if not base and calls[0].name == "input":
            steps.append(Act("ask", text=source.words(calls[0].args[0] if calls[0].args else None), at=at))
            return
        if last.name in ("once", "on"):
            self.losses.add(at, "how a dialog is answered is not carried over; cua answers dialogs by its policy")
            return
        if last.name in ("wait_for_timeout", "sleep"):
            self.losses.note(at, "a wait for a time is left out: every step waits until it is proved")
            return
        page = base or self.pages.of(calls[0].args)
        self.on(page, steps, at)
        self.add(acted(calls, at), steps)

    def add(self, done: tuple[Act, bool, tuple[str, ...]] | None, steps: list[Step]) -> None:
        if done is None:
            return
        act, weak, said = done
        if weak:
            self.losses.note(act.at, WEAK.format(act.aim))
        steps.append(own_label(self.guarded(act, said), self.losses))

    def guarded(self, act: Act, said: tuple[str, ...]) -> Act:
        """What is typed into a field of that kind becomes a secret."""
        if act.secret is not None:
            self.secrets[act.secret] = None
        elif act.verb == "type" and is_secret(said):
            name = secret_name(act.aim, self.secrets)
            self.secrets[name] = None
            self.losses.note(act.at, f"what was typed is now the secret {name}; its value is not written")
            return replace(act, text=None, secret=name)
        return act

    def on(self, page: str, steps: list[Step], at: str) -> None:
        to = self.pages.switch(page)
        if to is not None:
            steps.append(Act("switch", text=plain(to), at=at))

    def closing(self, page: str, at: str) -> None:
        self.pages.gone.add(page)

    def kept(self, last: source.Call, steps: list[Step], at: str) -> None:
        if (
            last.name == "save_as"
            and steps
            and isinstance(steps[-1], Act)
            and steps[-1].verb == "download"
            and last.args
        ):
            steps[-1] = replace(steps[-1], path=source.words(last.args[0]))

    def assign(self, name: str, value: ast.expr, steps: list[Step], at: str) -> None:
        value = value.value if isinstance(value, ast.Await) else value
        match value:
            case ast.Attribute(ast.Name(info), "value") if info in self.pages.popups:
                self.pages.opened(name)
                if name == "page":
                    steps.append(Act("switch", text=plain("new"), at=at))
                    self.pages.current = "page"
                return
            case ast.Attribute(ast.Name(_), "value"):
                return  # a download
            case ast.Call(ast.Name("input"), [question]):
                steps.append(Act("ask", text=source.words(question), name=ref_of(name), at=at))
                return
        base, calls = source.chain(value)
        match calls:
            case (*_, source.Call("new_page")):
                self.pages.first(name)
            case (*_, source.Call("launch" | "new_context" | "connect" | "launch_persistent_context")):
                return
            case (source.Call("context"), source.Call("pages"), source.Call("[]", (index,))):
                number = source.number(index) or 0
                to = "new" if number == -1 else f"{number + 1:.0f}"
                steps.append(Act("switch", text=plain(to), at=at))
            case (source.Call("tab", (_, words)),):
                steps.append(Act("switch", text=source.words(words), at=at))
            case (*found, source.Call("inner_text" | "text_content" | "input_value" | "get_attribute" as what) as call):
                self.on(base or self.pages.of(found[0].args if found else ()), steps, at)
                self.extract(name, tuple(found), what, call, steps, at)
            case _:
                raise CannotSay(f"this is nothing that a workflow says: {source.shown(value)}")

    def extract(
        self, name: str, found: tuple[source.Call, ...], what: str, call: source.Call, steps: list[Step], at: str
    ) -> None:
        place = located_of(found)
        read = {"input_value": "value"}.get(what)
        if what == "get_attribute" and call.args:
            read = source.words(call.args[0]).plain
        steps.append(Act("extract", aim=place.aim, name=ref_of(name), what=read, at=at))

    def with_(self, items: list[ast.withitem], body: list[ast.stmt], steps: list[Step], at: str, depth: int) -> None:
        waited = ""
        for item in items:
            match item.context_expr:
                case ast.Call(ast.Attribute(ast.Name(), name)) if name.startswith("expect_"):
                    waited = name
                    if name == "expect_popup" and isinstance(item.optional_vars, ast.Name):
                        self.pages.popups.add(item.optional_vars.id)
        before = len(steps)
        steps += self.block(body, depth + 1)
        done = steps[before:]
        if waited == "expect_download" and done and isinstance(done[-1], Act) and done[-1].verb == "click":
            number = sum(isinstance(step, Act) and step.verb == "download" for step in steps) + 1
            steps[-1] = replace(done[-1], verb="download", path=plain(f"downloads/file-{number}"))
        elif waited and waited not in ("expect_popup", "expect_navigation", "expect_page"):
            self.losses.add(at, f"what {waited} waits for is not carried over")


def _rows(rows: ast.expr) -> tuple[Row, ...] | Ref:
    match rows:
        case ast.Name(name):
            return Ref(ref_of(name))
        case ast.List(elements) | ast.Tuple(elements) if elements:
            return tuple(_row(one) for one in elements)
        case _:
            raise CannotSay(f"this is no list: {source.shown(rows)}")


def _row(node: ast.expr) -> Row:
    if isinstance(node, ast.Dict):
        return tuple(
            (source.words(key).plain or "", source.words(value))
            for key, value in zip(node.keys, node.values, strict=True)
        )
    return source.words(node)
