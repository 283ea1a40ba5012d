"""From options to a run that is ready to go: the same for the command line and for Python.

    with open_run("flow.yaml", Options(url="http://127.0.0.1:8000/")) as session:
        run = session.go()

Everything that can be wrong is found before a browser opens: BadInput, NeedsApproval, Denied. What the loop meets
later is in the run's outcome.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from cua import folders, policyfile
from cua.agent import Agent
from cua.codes import recall as recall_codes
from cua.errors import BadInput, NeedsApproval, Outcome
from cua.interrupt import Interruptible, Interrupts
from cua.journal import Journal, Request
from cua.judge import Judge
from cua.limits import Limits
from cua.options import Login, Options, SecretSource, binding, logins_of, secrets_of, web_origin
from cua.policy import Grants, Mender, Policy, Rule
from cua.policyfile import UserPolicy
from cua.progress import Progress, Silent
from cua.run import Run
from cua.task import Task
from cua.taskfile.recalled import recall, remembered
from cua.tracker import Tracker
from cua.tracker.application import place_of
from cua.tracker.memory import MapMemory
from cua.vault import Binding, Vault
from envs.browser import Browser
from envs.browser.options import BrowserOptions
from envs.desk import PERSON, Desk
from envs.env import Env
from envs.errors import CuaError, Unavailable
from envs.origins import is_loopback
from envs.person import Person
from grounding.grounder import Grounder

CIRCLES = 5
"""Rounds that a planner which is no task file may go in a circle."""


class Asker(Protocol):
    """The person at the terminal. Where nobody is, there is no Asker."""

    def approve(self, question: str) -> bool:
        """Yes or no; no also when the terminal goes away."""
        ...

    def answer(self, question: str) -> str:
        """Free text. Raises EOFError when the terminal goes away."""
        ...

    def secret(self, name: str) -> str:
        """A value that is not shown while it is typed. Raises EOFError."""
        ...


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds a run: who can be asked, who is told, what stops it, further rules of the policy; what opens a
    browser, and the row of a batch that it is for."""

    asker: Asker | None = None
    progress: Progress = field(default_factory=Silent)
    interrupts: Interrupts = field(default_factory=Interrupts)
    rules: tuple[Rule, ...] = ()
    mender: Mender | None = None
    browser: Callable[[BrowserOptions], Env] = Browser
    row: tuple[str, str, int] | None = None


@dataclass(slots=True)
class Session:
    """A run that is ready to go, and all that it holds open. `resumed` is the run that is gone on with."""

    agent: Agent
    task: Task
    request: Request
    journal: Journal
    memory: MapMemory
    resumed: Run | None = None

    def go(self) -> Run:
        """To the outcome. Raises JournalBroken; what is no CuaError is a bug of ours."""
        run = self.agent.run(self.task.goal, self.request, self.resumed)
        self.memory.pictured(run)
        self.memory.flush()  # the report wants the names of the states
        return run

    def close(self) -> None:
        """Browser and journal; harmless when repeated."""
        try:
            self.agent.env.close()
        except CuaError:
            pass  # it died before us
        finally:
            self.memory.flush()
            self.journal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_run(what: str | Task, options: Options, around: Around | None = None) -> Session:
    """A new run. Raises BadInput, NeedsApproval, Denied, JournalBroken, Unavailable."""
    around = around or Around()
    task = what if isinstance(what, Task) else Task.of(what, options)
    return _session(task, options, around, None)


def reopen(wanted: str | None, options: Options, around: Around | None = None) -> Session:
    """A run of the journal, to be gone on with; None is the newest. `options` adds to what it was started with.

    Raises BadInput for one that has reached its goal or is running, NeedsApproval when its file has changed since.
    """
    around = around or Around()
    journal = folders.journal(folders.runs(options.runs))
    try:
        run, request = journal.load(wanted)
        if run.outcome in (Outcome.REACHED, Outcome.ALREADY):
            raise BadInput(f"run {run.id} has reached its goal; there is nothing to go on with")
        options = as_before(request, options)
        task = Task.of(request.what, options)
        if task.digest != request.digest:
            changed = f"{Path(request.what).name} has changed since run {run.id} began"
            _granted(options.yes, around.asker, f"{changed}. Go on with it as it is now?", f"{changed}: {_LOOK}")
        run = journal.take_over(run)
    finally:
        journal.close()
    return _session(task, options, around, run)


_LOOK = "look at it, then `cua resume RUN --yes`, or run it anew"


def _session(task: Task, options: Options, around: Around, resumed: Run | None) -> Session:
    user = folders.policy_of(options.policy)
    origins = _origins(task, options, user, around.asker)
    vault = _vault(task, options, origins, around.asker if resumed is not None else None)
    journal = Journal(folders.runs(options.runs), vault)
    try:
        recall_codes(journal)
        env = Interruptible(_world(task, options, origins, around), around.interrupts)
        kept = remembered(task.file) if task.file is not None else ()
        memory = MapMemory(journal, place_of(task.goal.start), partial(recall, kept))
        asker = around.asker
        policy = Policy(
            Grants(
                frozenset(origins.granted),
                commits=options.yes or user.commits is policyfile.Stance.ALLOW,
                uploads=options.yes or user.uploads is policyfile.Stance.ALLOW,
            ),
            vault,
            asker.approve if asker is not None else None,
            (around.interrupts, user, *around.rules),
            around.mender,
        )
        tracker = Tracker(env, Judge(Grounder(), memory.called), memory)
        limits = Limits(circles=0 if task.planner.name == "script" else CIRCLES)
        agent = Agent(env, task.planner, tracker, policy, journal, limits, progress=around.progress)
        request = replace(_request(task, options), row=around.row)
        return Session(agent, task, vault.masked(request), journal, memory, resumed)
    except BaseException:
        journal.close()
        raise


# Origins


@dataclass(frozen=True, slots=True)
class _Origins:
    start: str
    granted: tuple[str, ...]


def _origins(task: Task, options: Options, user: UserPolicy, asker: Asker | None) -> _Origins:
    """What may be visited: the start, if the person named or grants it or it is this machine itself; what the policy
    names; what is granted when asked. Raises NeedsApproval for a start elsewhere that only the file names."""
    if options.app is not None or any(start.app for start in task.starts):
        raise Unavailable("desktop programs are not available yet: this version drives a browser, named by --url")
    granted = dict.fromkeys(user.origins)
    for number, start in enumerate(task.starts):
        origin = web_origin(start.url or "") or ""
        if origin in granted or (number == 0 and (task.named or is_loopback(origin))):
            granted.setdefault(origin)
            continue
        asks = f"the file asks to open {start.url}"
        how = "name it with --url, or say --yes" if number == 0 else "say --yes, or add it to your policy file"
        _granted(options.yes, asker, f"{asks}. Open it?", f"{asks}: {how}")
        granted[origin] = None
    if task.file is not None and asker is not None:
        for origin in task.file.asks_with(task.goal.params).origins:
            known = web_origin(origin) is None or origin in granted or origin in _replaced(task)
            if not known and asker.approve(f"the file asks to open {origin} as well. Allow it?"):
                granted[origin] = None
    return _Origins(web_origin(task.starts[0].url or "") or "", tuple(granted))


def _replaced(task: Task) -> frozenset[str]:
    """The start that the file names and --url has taken the place of."""
    starts = task.file.start(task.goal.params) if task.file is not None and task.named else ()
    return frozenset(filter(None, (web_origin(start.url or "") for start in starts[:1])))


def _granted(yes: bool, asker: Asker | None, question: str, otherwise: str) -> None:
    if yes or (asker is not None and asker.approve(question)):
        return
    raise NeedsApproval(otherwise)


# Secrets


def _vault(task: Task, options: Options, origins: _Origins, asker: Asker | None) -> Vault:
    """Every secret that the task names, bound. Raises BadInput for one that nobody bound, before anything opens."""
    sources = {source.name: source for source in options.secrets}
    bindings: dict[str, Binding] = {
        name: binding(name, value, origins.start)
        for name, value in task.literals.items()
        if value and name not in sources
    }
    for name in task.secrets:
        if name in sources or name in bindings:
            continue
        try:
            if asker is None:
                raise EOFError
            bindings[name] = binding(name, asker.secret(name), origins.start)
        except EOFError:
            how = f"--secret {name}=ENV_VARIABLE@{origins.start}"
            file = task.file.path if task.file is not None else None
            raise BadInput(f"the secret {name} has no value; give it one with {how}", file=file) from None
    bindings |= {name: source.bind(origins.start) for name, source in sources.items()}
    unknown = sorted(set(sources) - set(task.secrets) - set(task.literals))
    if unknown and task.file is not None:
        there = f"it names {', '.join(task.secrets)}" if task.secrets else "it names none"
        raise BadInput(f'--secret {unknown[0]}: the file names no secret "{unknown[0]}"; {there}', file=task.file.path)
    for login in options.logins:  # nobody types it, and whatever shows it is masked all the same
        known = login.bind()
        bindings[f"password of {login.user}"] = Binding(known.password, known.origin)
    return Vault(bindings)


# The world


def _world(task: Task, options: Options, origins: _Origins, around: Around) -> Env:
    places: dict[str, Env] = {}
    for start in task.starts:
        place = start.place or "web"
        how = replace(
            options.browser,
            url=start.url or "about:blank",
            origins=origins.granted,
            credentials=tuple(login.bind() for login in options.logins),
            place=place,
        )
        places[place] = around.browser(how)
    first = next(iter(places))
    if task.asks_a_person:
        places[PERSON] = Person(around.asker.answer if around.asker is not None else None)
    return Desk(places, first) if len(places) > 1 else places[first]


# The journal's copy


def _request(task: Task, options: Options) -> Request:
    return request_of(task.what, task.starts[0].url, task.digest, options)


def request_of(what: str, url: str | None, digest: str, options: Options) -> Request:
    """What it takes to ask the same again; never the value of a secret."""
    how = asdict(options.browser)
    view = {key: str(how[key]) if isinstance(how[key], Path) else how[key] for key in _KEPT if how[key]}
    return Request(
        what=what,
        url=url,
        params={name: _text(value) for name, value in options.params.items()},
        digest=digest,
        options={
            "secrets": [str(source) for source in options.secrets if source.variable],
            "logins": [str(login) for login in options.logins],
            "planner": options.planner,
            "policy": str(options.policy.resolve()) if options.policy is not None else None,
            "from": options.start_at,
            "browser": view,
        },
    )


_KEPT = (
    *("headed", "channel", "executable", "cdp_url", "profile", "auth"),
    *("viewport", "locale", "timezone", "proxy", "permissions"),
)
_PATHS = frozenset({"executable", "profile", "auth"})


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def as_before(request: Request, options: Options) -> Options:
    """The options that the run was started with, with what is given now in their place."""
    before: Mapping[str, Any] = request.options or {}
    given = {source.name for source in options.secrets}
    kept: tuple[SecretSource, ...] = tuple(s for s in secrets_of(before.get("secrets", ())) if s.name not in given)
    anew = {login.origin for login in options.logins}
    logins: tuple[Login, ...] = tuple(s for s in logins_of(before.get("logins", ())) if s.origin not in anew)
    view: dict[str, Any] = {
        key: Path(value) if key in _PATHS else tuple(value) if isinstance(value, list) else value
        for key, value in before.get("browser", {}).items()
    }
    policy = options.policy or (Path(before["policy"]) if before.get("policy") else None)
    return replace(
        options,
        url=request.url,
        params=dict(request.params or {}),
        secrets=(*kept, *options.secrets),
        logins=(*logins, *options.logins),
        planner=before.get("planner"),
        policy=policy,
        start_at=int(before.get("from", 1)),
        browser=replace(options.browser, **view, headed=options.browser.headed or bool(view.get("headed"))),
    )
