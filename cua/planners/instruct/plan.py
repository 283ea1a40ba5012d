"""The planner of instructions: takes clause after clause to the live screen and plans only what that screen makes sure.

It holds no state: what was decided before is found back from the ids of the proved steps ("2.add": clause 2, the step
that
begins the new thing; "3+4.1": clauses 3 and 4 read as one).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cua.errors import GaveUp
from cua.goal import Goal
from cua.planners.instruct import intents as it
from cua.planners.instruct.intents import Clause, Intent
from cua.planners.instruct.reading import Instruction, understand
from cua.planners.instruct.repairs import lost
from cua.planners.instruct.scene import Scene
from cua.planners.instruct.screen import Screen, plain
from cua.planners.instruct.ways import entry, forms, looking, pressing, reach, records, simple
from cua.run import Run
from cua.step import Plan, Step
from envs.observation import Observation
from grounding.grounder import Grounder
from grounding.roles import TICKABLE

WAYS: Mapping[type[Intent], Callable[[Any, Scene], tuple[Step, ...]]] = {
    it.LogIn: entry.log_in,
    it.LogOut: entry.log_out,
    it.Visit: simple.visit,
    it.Open: reach.open_,
    it.Click: pressing.click,
    it.Push: pressing.push,
    it.Hover: simple.hover,
    it.Fill: forms.fill,
    it.Clear: forms.clear,
    it.Choose: forms.choose,
    it.Tick: forms.tick,
    it.Rows: forms.tick_rows,
    it.Create: records.create,
    it.Delete: records.delete,
    it.Save: pressing.save,
    it.Confirm: pressing.confirm,
    it.Dismiss: pressing.dismiss,
    it.Search: looking.search,
    it.Filter: looking.filter_,
    it.Sort: looking.sort,
    it.Keys: pressing.keys,
    it.See: looking.see,
    it.Move: simple.move,
    it.Scrolling: simple.scroll,
    it.Uploading: simple.upload,
    it.Downloading: simple.download,
    it.Switching: simple.switch,
    it.Dragging: simple.drag,
    it.Avoid: simple.avoid,
}


class InstructPlanner:
    """Plans an instruction. The whole text is understood when it is made.

    Raises BadInput then. `literals` are the passwords in it, by the names under which they stand in the steps.
    """

    name = "instruct"

    def __init__(
        self, text: str | Instruction, *, grounder: Grounder | None = None, params: Mapping[str, str] | None = None
    ) -> None:
        self.instruction = understand(text, params) if isinstance(text, str) else text
        self.grounder = grounder or Grounder()

    @property
    def literals(self) -> Mapping[str, str]:
        return self.instruction.literals

    def plan(self, goal: Goal, now: Observation, run: Run) -> Plan:
        """The steps of the first clause that is not finished; none when all are.

        Raises Infeasible (the screen offers no way, or several) or GaveUp (the ways there are have failed).
        """
        clauses = self.instruction.clauses
        place = _reached(clauses, run)
        while place < len(clauses):
            clause = clauses[place]
            key, intent, size = self._reading(place, now, run)
            scene = Scene(clause, key, now, run, self.grounder)
            repairs = lost(scene)
            steps = repairs or WAYS[type(intent)](intent, scene)
            if steps:
                _fresh(steps, run)
                return Plan(steps, f"{clause.number}. {intent}")
            place += size
        return Plan((), "all clauses are done")

    def _reading(self, place: int, now: Observation, run: Run) -> tuple[str, Intent, int]:
        """Which reading of a clause counts on this screen: its key, its meaning, how many clauses it takes."""
        clause = self.instruction.clauses[place]
        number = clause.number
        tried = {done.step.id.rsplit(".", 1)[0] for done in run.done}
        both = f"{number}+{number + 1}"
        if (
            clause.joined is not None
            and str(number) not in tried
            and (both in tried or _there(clause.joined, Screen(now)))
        ):
            return both, clause.joined, 2
        if not clause.others:
            return str(number), clause.intent, 1
        screen = Screen(now)
        exact = [intent for intent in (clause.intent, *clause.others) if _there(intent, screen)]
        longest = max(exact, key=_length, default=clause.intent)
        return str(number), longest, 1


def _reached(clauses: tuple[Clause, ...], run: Run) -> int:
    """The last clause of which something is proved: those before it are finished."""
    numbers = [int(id_.rsplit(".", 1)[0].split("+")[0]) for id_ in run.proved]
    return max(numbers, default=1) - 1


def _there(intent: Intent, screen: Screen) -> bool:
    """Whether just what the reading names is on the screen."""
    match intent:
        case it.Click(what) | it.Save(what) | it.Open(what, None) if what is not None:
            return bool(screen.named([what.text]))
        case it.Tick(boxes, _, None):
            names = {plain(e.name) for e in screen.all_fields if e.role in TICKABLE}
            return all(plain(box.text) in names or len(screen.rows(box.text)) == 1 for box in boxes)
        case it.Fill(field) | it.Choose(_, field) if field is not None:
            return any(plain(e.name) == plain(field.text) for e in screen.all_fields)
        case it.Search(_, where) if where is not None:
            return any(plain(e.name) == plain(where.text) for e in screen.all_fields)
    return False


def _length(intent: Intent) -> int:
    match intent:
        case it.Open(what) | it.Click(what) if what is not None:
            return len(what.text)
        case it.Fill(field) | it.Choose(_, field) if field is not None:
            return len(field.text)
        case it.Tick(boxes):
            return sum(len(box.text) for box in boxes)
    return 0


def _fresh(steps: tuple[Step, ...], run: Run) -> None:
    """A plan that only repeats what has failed for good is no plan."""
    for step in steps:
        failed = [done for done in run.done if done.step.id == step.id and not done.verdict.holds]
        if len(failed) >= MOST_FAILURES:
            raise GaveUp(f"{step.words} failed {MOST_FAILURES} times: {failed[-1].verdict.why}")


MOST_FAILURES = 4
"""Of one step, whatever its target was."""
