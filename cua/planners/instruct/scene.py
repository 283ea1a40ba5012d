"""One clause before the screen: what has been done of it, what the words name, and the steps that follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Never

from cua.errors import GaveUp, Infeasible
from cua.expect import AnyOf, Exists, Expect
from cua.planners.instruct.intents import Clause
from cua.planners.instruct.patterns import Phrase
from cua.planners.instruct.screen import Screen
from cua.run import Done, Run
from cua.step import Step
from envs.action import Action, Look
from envs.observation import Element, Observation
from grounding.describe import quoted
from grounding.errors import BadTarget
from grounding.grounder import Grounder
from grounding.parse import parse
from grounding.shortest import shortest_target
from grounding.target import Target

MOST_TRIES = 2
"""How often the same step is tried before the planner gives up."""
PATIENCE = 5.0
"""Seconds that what a clause needs is given to appear."""


@dataclass(frozen=True)
class Scene:
    """`key` is the clause's part of step ids: "3", or "3+4" where two were read as one."""

    clause: Clause
    key: str
    now: Observation
    run: Run
    grounder: Grounder

    @cached_property
    def screen(self) -> Screen:
        return Screen(self.now)

    @cached_property
    def done(self) -> dict[str, Done]:
        """The proved steps of this clause, by their stage."""
        start = f"{self.key}."
        return {id_.removeprefix(start): done for id_, done in self.run.proved.items() if id_.startswith(start)}

    def did(self, stage: str) -> bool:
        return stage in self.done

    def failed(self, stage: str) -> tuple[Done, ...]:
        """Its tries that were not proved; one that was proved and then lost with a page is none."""
        return tuple(d for d in self.run.done if d.step.id == f"{self.key}.{stage}" and not d.verdict.holds)

    # ── naming ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def target(self, phrase: Phrase | str) -> Target:
        """The target of a person's words. Raises Infeasible where they make no sense as one."""
        words = phrase if isinstance(phrase, str) else quoted(phrase.text) if phrase.quoted else phrase.text
        try:
            return parse(words)
        except BadTarget as bad:
            self.stuck(bad.why)

    def seen(self, target: Target, action: Action | None = None) -> Element | None:
        """The element that the words surely mean, None where none or several do."""
        grounding = self.grounder.ground(target, self.now, action)
        return grounding.best.element if grounding.sure and grounding.best else None

    def aim(self, element: Element, action: Action) -> Target:
        """Words that the grounder surely takes for this element. Raises Infeasible where there are none."""
        words = shortest_target(element, self.now, self.grounder, action)
        if words is None:
            self.stuck(f"{element} cannot be told from others like it")
        return parse(words)

    def only(self, elements: Iterable[Element], what: str) -> Element | None:
        """The one of these; None where there are none. Raises Infeasible for several: nothing is guessed."""
        found = list({element.ref: element for element in elements}.values())
        if len(found) > 1:
            links = {element.attributes.get("href") for element in found}
            if len(links) == 1 and None not in links:
                return found[0]  # two links to the same place are one way
            listed = ", ".join(str(element) for element in found[:5])
            self.stuck(f"{what} is ambiguous: {listed}. Say which one, by its place or number")
        return found[0] if found else None

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def step(
        self,
        stage: str,
        action: Action,
        words: str,
        target: Target | None = None,
        *,
        expect: Expect | None = None,
        commit: bool = False,
        already: Expect | None = None,
    ) -> Step:
        """A step of this clause. Raises GaveUp where it has failed too often."""
        failed = [done for done in self.failed(stage) if done.step.target == target]
        once = (
            commit or stage == "submit"
        )  # what was sent is not sent again: a second wrong password may lock an account
        most = 1 if once and any(done.dispatched for done in failed) else MOST_TRIES
        if len(failed) >= most:
            raise GaveUp(f"{self.said}: {words} did not work: {failed[-1].verdict.why}")
        return Step(f"{self.key}.{stage}", action, words, target, expect=expect, commit=commit, already=already)

    def on(self, stage: str, action: Action, verb: str, element: Element, *, commit: bool = False,
           expect: Expect | None = None, already: Expect | None = None) -> Step:  # fmt: skip
        """A step on an element that is on the screen."""
        target = self.aim(element, action)
        return self.step(stage, action, f"{verb} {target}", target, commit=commit, expect=expect, already=already)

    def look(self, stage: str, words: str, expect: Expect) -> tuple[Step, ...]:
        """Nothing to do: it is so already, and a look proves it."""
        return (Step(f"{self.key}.{stage}", Look(), words, expect=expect),)

    def wait(self, stage: str, looked_for: str, targets: Iterable[Target]) -> tuple[Step, ...]:
        """Wait once for any of these to appear. Raises Infeasible when they have not."""
        stage = f"wait-{stage}"
        expect = AnyOf(tuple(Exists(target) for target in targets))
        if self.failed(stage) or self.did(stage) or not expect.parts:
            self.stuck(f"there is no {looked_for}")
        return (Step(f"{self.key}.{stage}", Look(), f"wait for {looked_for}", expect=expect, timeout=PATIENCE),)

    @property
    def said(self) -> str:
        words = self.clause.words or str(self.clause.intent)
        return f"clause {self.clause.number} (“{words}”)"

    def stuck(self, why: str) -> Never:
        """Raises Infeasible: the clause, what was looked for, what is there."""
        where = self.now.title or self.now.url
        raise Infeasible(f"{self.said}: {why} on “{where}”. There is {self.screen.summary()}")
