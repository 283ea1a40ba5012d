"""Which screen is this: a screen located among many known states, and states added to them."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from statistics import median

from cua.tracker.atlas import Atlas
from cua.tracker.identity import State
from tests.bench.table import Cell, Table

NAME = "identity"
ABOUT = "Locating a screen among the known states of an application, and adding states to them."
SIZES = (1_000, 10_000, 100_000)
ASKED = 1_000
FRAME = frozenset(
    {f"button:button tool {n}" for n in range(12)}
    | {f"link:link area {n}" for n in range(15)}
    | {"landmark:main", "landmark:form", "title:the application", "field:searchbox search"}
)
"""What every screen has."""


def run(quick: bool) -> Sequence[Table]:
    sizes = (200,) if quick else SIZES
    asked = 20 if quick else ASKED
    rows = [_measured(size, addresses, asked) for addresses in (1, 100) for size in sizes]
    notes = (
        "each cell: median / p95 by the clock; p95 of processor time, which a busy machine does not stretch",
        "a state has the 31 features of the frame and 8 to 24 of its own",
        "changed: a known state with another heading and other rows; new: one that is not known",
        "at one address nothing but what is on a screen tells it from the others",
    )
    head = ("states", "addresses", "changed: found", "changed, ms", "new: not found", "new, ms", "added, ms")
    return (Table(head, rows, "Locate and add", notes),)


def _measured(size: int, addresses: int, asked: int) -> tuple[Cell, ...]:
    atlas = Atlas(state(number, addresses) for number in range(size))
    numbers = random.Random(size).choices(range(size), k=asked)
    known = [state(number, addresses) for number in numbers]
    looks = [changed(one) for one in known]
    new = [state(number, addresses) for number in range(size, size + asked)]
    hits: list[State | None] = []
    misses: list[State | None] = []
    again = [measured(lambda look=look: hits.append(atlas.locate(look))) for look in looks]  # type: ignore[misc]
    never = [measured(lambda look=look: misses.append(atlas.locate(look))) for look in new]  # type: ignore[misc]
    added = [measured(lambda one=one: atlas.add(one)) for one in new]  # type: ignore[misc]
    right = sum(hit is not None and hit.id == one.id for hit, one in zip(hits, known, strict=True))
    none = sum(miss is None for miss in misses)
    return size, addresses, f"{right}/{asked}", said(again), f"{none}/{asked}", said(never), said(added)


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """ms by the clock, and of processor time."""
    clock, processor = time.perf_counter(), time.thread_time()
    work()
    return (time.perf_counter() - clock) * 1000, (time.thread_time() - processor) * 1000


def said(taken: Sequence[tuple[float, float]]) -> str:
    clock, processor = (sorted(ms) for ms in zip(*taken, strict=True))
    at = int(len(taken) * 0.95)
    return f"{median(clock):.2f} / {clock[at]:.2f}; {processor[at]:.2f}"


def state(number: int, addresses: int) -> State:
    """A screen of an application of many; the same for the same number."""
    choose = random.Random(number)
    own = {f"field:textbox {choose.randrange(3_000)}" for _ in range(choose.randrange(3, 12))}
    own |= {f"button:button {choose.randrange(500)}" for _ in range(choose.randrange(3, 6))}
    own |= {f"column:{choose.randrange(900)}" for _ in range(choose.randrange(6))}
    own |= {f"heading:1 screen {number}", f"title:screen {number}"}
    address = "http://a.example/app" if addresses == 1 else f"http://a.example/{_route(number % addresses)}"
    return State(f"{addresses}-{number}", f"screen {number}", "web", address, FRAME | own)


def changed(one: State) -> State:
    """The same screen with other data."""
    kept = {feature for feature in one.features if not feature.startswith("heading:")}
    return State(f"{one.id}-", one.name, one.place, one.address, frozenset(kept | {"heading:1 other", "row:link @"}))


def _route(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in str(number))
