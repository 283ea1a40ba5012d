"""The person at the terminal: questions before what cannot be undone, one step at a time, a pause where it failed.

Questions go to stderr and are answered on stdin. What a page says in them is stripped of everything that a terminal
would obey.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from rich.console import Console
from rich.text import Text

from cua.cli.steady import Steady
from cua.errors import BadInput, Interrupted, Skipped
from cua.interrupt import Interrupts
from cua.picking import picks
from cua.policy import ALLOWED, Decision, Mended
from cua.progress import Progress
from cua.run import Done
from cua.step import Step
from cua.visible import stripped
from envs.action import Ask
from envs.browser import Browser, BrowserOptions
from envs.env import Env
from envs.observation import Element, Observation


def attended() -> bool:
    """Whether somebody can be asked."""
    try:
        return sys.stdin.isatty() and sys.stderr.isatty()
    except (AttributeError, ValueError):  # closed, or none at all
        return False


def terminal(progress: Progress, interrupts: Interrupts) -> Terminal | None:
    """The person, None where nobody can be asked."""
    return Terminal(progress, interrupts) if attended() else None


class Terminal:
    """An Asker. While a question is open nothing is drawn, and Ctrl-C answers it."""

    def __init__(self, progress: Progress, interrupts: Interrupts) -> None:
        self._progress = progress
        self._interrupts = interrupts
        self._console = Console(file=Steady(sys.stderr), highlight=False)

    def approve(self, question: str) -> bool:
        """Raises Interrupted where no answer comes: nobody has said no."""
        try:
            return self._asked(question, "[y/N]").casefold() in {"y", "yes"}
        except EOFError:
            raise Interrupted("nobody answered at the terminal") from None

    def answer(self, question: str) -> str:
        return self._asked(question)

    def secret(self, name: str) -> str:
        with self._open():
            try:
                value = getpass.getpass(f"{stripped(name)} (not shown): ", stream=sys.stderr)
            except OSError:
                value = ""
        if not value:
            raise EOFError(f"no value for {name}")
        return value

    def go_on(self, words: str, *others: str) -> str:
        """ "" for Enter, which goes on; or the first letter of one of the `others` ("s skips"). Raises Interrupted for
        q, and where the terminal goes away."""
        try:
            said = self._asked(words, f"[{', '.join(('Enter', *others, 'q stops'))}]").casefold()
        except EOFError:
            said = "q"
        if said in {"q", "quit", "n", "no"}:
            raise Interrupted("stopped at the terminal")
        return next((other[0] for other in others if said[:1] == other[0]), "")

    def say(self, words: str) -> None:
        with self._open():
            self._console.print(Text(stripped(words)), soft_wrap=True)

    def _asked(self, question: str, choices: str = "") -> str:
        with self._open():
            asked = Text.assemble((stripped(question), "bold"), (f" {choices}" if choices else "", "dim"), " ")
            self._console.print(asked, end="", soft_wrap=True)
            line = _line()
        if not line:
            raise EOFError(question)
        return line.strip()

    @contextmanager
    def _open(self) -> Iterator[None]:
        with self._progress.paused(), self._interrupts.asking():
            yield


def _line() -> str:
    """What was typed; "" at the end, and where the terminal has gone away."""
    try:
        return sys.stdin.readline()
    except (OSError, ValueError):
        return ""


class OneByOne:
    """--step: the rule that asks before each step."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def decide(self, step: Step, found: Element | None, before: Observation) -> Decision:
        on = f" ({found})" if found is not None else ""
        if self._terminal.go_on(f"Next: {step.words}{on}.", *(("s skips",) if _can_be_skipped(step) else ())):
            raise Skipped(step.words)
        return ALLOWED


def _can_be_skipped(step: Step) -> bool:
    """Not what later steps need the value of, nor what the program itself does on the way."""
    return step.keep is None and not isinstance(step.action, Ask) and not step.mends and "~" not in step.id


class PauseOnFailure:
    """--pause-on-failure: the browser stays as it is until the person has looked, and perhaps mended the page, or has
    pointed at what the step is to be done to."""

    def __init__(self, terminal: Terminal, interrupts: Interrupts) -> None:
        self._terminal = terminal
        self._interrupts = interrupts
        self._browsers: list[Browser] = []

    def seeing(self, opens: Callable[[BrowserOptions], Env]) -> Callable[[BrowserOptions], Env]:
        """What opens browsers, with those kept in mind in which a person can point at something."""

        def opened(options: BrowserOptions) -> Env:
            env = opens(options)
            if isinstance(env, Browser) and env not in self._browsers and (options.headed or options.cdp_url):
                self._browsers.append(env)
            return env

        return opened

    def mended(self, done: Done) -> Mended:
        """Whether it is to be tried again on the page as it is now. The `why` names the candidates there were."""
        told = f"{done.step.words} failed: {done.verdict.why}. The browser is as it was left."
        if done.step.commit and done.dispatched:
            self._terminal.go_on(f"{told} It was sent, and is not done again; whether it has happened is looked up.")
            return Mended()
        others = ["again tries it once more on the page as it is now"]
        if done.step.target is not None and len(self._browsers) == 1:
            others.append("point lets you show in the browser what is meant")
        while True:
            said = self._terminal.go_on(told, *others)
            if said != "p":
                return Mended(again=said == "a")
            target = self._pointed()
            if target:
                return Mended(again=True, target=target)

    def _pointed(self) -> str:
        """What the person clicks in the browser, in the shortest words that mean it; "" where they let it be."""
        asked = partial(self._terminal.say, "Click it in the browser (Escape: leave it).")
        for pick in picks(self._browsers[0], self._interrupts, asked):
            if pick.target is not None:
                self._terminal.say(f'"{pick.target}" is meant ({pick.element}).')
                return pick.target
            self._terminal.say(f"{pick.element}: {pick.why}")
        return ""


def needs(found: Terminal | None, option: str) -> Terminal:
    """Raises BadInput where nobody is at the terminal that this option needs."""
    if found is None:
        raise BadInput(f"{option} needs somebody at a terminal, and there is none here")
    return found
