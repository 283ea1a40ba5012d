"""The map on disk: how soon the first screen of a run is placed in it, and what each screen costs after that."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from cua.journal import Journal
from cua.run import Done
from cua.step import Step
from cua.tracker.identity import State, digest
from cua.tracker.memory import MapMemory
from cua.tracker.ways import Walk, path
from cua.verdict import Verdict
from envs.action import Click
from grounding.target import Target
from tests.bench.sections.identity import measured, said, state
from tests.bench.table import Cell, Table

NAME = "map"
ABOUT = "The application map on disk: opened by its first screen, and asked for paths."
STATES, ROUNDS = 5_000, 15
LOOKS = 3
"""Of each state on disk."""
PLACE = "http://a.example"


def run(quick: bool) -> Sequence[Table]:
    states, rounds = (60, 2) if quick else (STATES, ROUNDS)
    rows = [_measured(states, addresses, rounds) for addresses in (max(1, states // 5), 100, 1)]
    head = (
        "addresses",
        "the very look, ms",
        "another look, ms",
        "a new screen, ms",
        "each look after it, ms",
        "path, ms",
    )
    notes = (
        f"a map of {states:,} states with {LOOKS} looks each and two ways out of each; a new memory each time",
        "the very look: known by its id; another look: known by its address; a new screen: all looks at addresses that "
        "may be its own are read and compared by the index",
        "each look after it: of a state that was not read yet, by its id",
        "each cell: median / p95 by the clock; p95 of processor time, which a busy machine does not stretch",
        "path: all ways are read, then the cheapest of at most four steps is sought",
    )
    return (Table(head, rows, "Until the first screen has its state", notes),)


def _measured(states: int, addresses: int, rounds: int) -> tuple[Cell, ...]:
    with TemporaryDirectory() as folder:
        journal = Journal(Path(folder))
        known = [_sound(state(number, addresses)) for number in range(states)]
        _filled(journal, known)
        choose = random.Random(addresses)
        picked = choose.sample(known, rounds)

        def fresh(look: Callable[[State], State], number: int) -> tuple[float, float]:
            memory = MapMemory(journal, PLACE)
            return measured(lambda: memory.known(look(picked[number])))

        exact = [fresh(lambda one: one, number) for number in range(rounds)]
        other = [fresh(lambda one: _changed(one, "never seen"), number) for number in range(rounds)]
        new = [
            fresh(lambda one: _sound(state(states + hash(one.id) % 99, addresses)), n) for n in range(min(rounds, 3))
        ]
        memory = MapMemory(journal, PLACE)
        memory.known(known[0])
        later = [measured(lambda one=one: memory.known(one)) for one in choose.sample(known, rounds)]  # type: ignore[misc]
        paths = [measured(lambda: path(memory.ways(), known[0].id, known[7].id, 4)) for _ in range(min(rounds, 3))]
        journal.close()
    return addresses, *map(said, (exact, other, new, later, paths))


def _filled(journal: Journal, known: Sequence[State]) -> None:
    memory = MapMemory(journal, PLACE)
    for number, one in enumerate(known):
        memory._find(one) if number == 0 else None
        memory._atlas.add(one)
        for look in (one, _changed(one), _changed(one, "later"))[:LOOKS]:
            memory._looked(look, one.id)
        memory.saw(one)
        for to in (number * 3 + 1, number * 5 + 2):
            step = Step("1", Click(), f"click {to}", Target(f"button {to}"))
            after = known[to % len(known)]
            memory.went(one, Done(step, Verdict.yes("seen"), True, ms=float(to % 90)), after, Walk(PLACE, PLACE))
    memory.flush()


def _changed(one: State, heading: str = "other") -> State:
    kept = {feature for feature in one.features if not feature.startswith("heading:")}
    return _sound(State("", one.name, one.place, one.address, frozenset(kept | {f"heading:1 {heading}", "row:link @"})))


def _sound(one: State) -> State:
    return State(digest(one.place, one.address, one.features), one.name, one.place, one.address, one.features)
