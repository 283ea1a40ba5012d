"""What became of many rides, as Markdown: a line for each kind of fault, and the reasons of what was not recovered."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from statistics import median

from tasks.faulty.depot.catalogue import FAULTS
from tests.faults.ride import BUG, Ride

HEAD = (
    *("kind", "way", "runs", "noticed", "recovered", "false success", "double", "effects"),
    *("late", "spoiled", "invites", "bugs", "s"),
)
"""`way`: what it takes to reach the goal all the same. `effects`: told truly. `late`: a commit was proved that had not
been stored. `spoiled`: something is stored that nobody asked for. `invites`: something was stored, and the outcome is
"not reached". `s`: seconds, the median."""


def table(rides: Iterable[Ride]) -> str:
    """Runs in which the fault did not fire are left out; "recovered" is of the kinds with a way only."""
    groups: dict[str, list[Ride]] = defaultdict(list)
    for one in rides:
        if one.fired:
            groups[one.cell.fault].append(one)
    known = [name for name in FAULTS if name in groups]
    lines = [_line(HEAD), _line(["---"] * len(HEAD))]
    lines += [_line(_row(name, groups[name])) for name in known]
    everything = [one for name in known for one in groups[name]]
    possible = [one for one in everything if FAULTS[one.cell.fault].way.exists]
    if everything:
        lines.append(_line(_row("all", everything, possible)))
    return "\n".join(lines)


def side_by_side(rides: Iterable[Ride]) -> str:
    """A line for each variant of the agent, over the same faults; of seconds and steps the median."""
    groups: dict[str, list[Ride]] = defaultdict(list)
    for one in rides:
        if one.fired:
            groups[one.cell.variant].append(one)
    head = ("agent", "runs", "goal reached", "false success", "double", "said so", "s", "steps")
    lines = [_line(head), _line(["---"] * len(head))]
    for name, group in groups.items():
        reached = [one for one in group if one.recovered]
        lines.append(
            _line(
                (
                    name,
                    str(len(group)),
                    _share(group, lambda one: one.recovered),
                    _number(one.false_success for one in group),
                    _number(one.twice > 0 for one in group),
                    _share(group, lambda one: one.noticed),
                    f"{median(one.seconds for one in reached):.1f}" if reached else "–",
                    f"{median(one.steps for one in reached):g}" if reached else "–",
                )
            )
        )
    return "\n".join(lines)


def _row(name: str, rides: Sequence[Ride], possible: Sequence[Ride] | None = None) -> list[str]:
    fault = FAULTS.get(name)
    possible = rides if possible is None else possible
    recovers = fault is None or fault.way.exists
    seconds = sorted(one.seconds for one in rides)[len(rides) // 2]
    return [
        name,
        fault.way.name.lower() if fault else "",
        str(len(rides)),
        _share(rides, lambda one: one.noticed),
        _share(possible, lambda one: one.recovered) if recovers else "–",
        _number(one.false_success for one in rides),
        _number(one.twice > 0 for one in rides),
        _share(rides, lambda one: one.true_effects),
        _number(one.late > 0 for one in rides),
        _number(one.spoiled for one in rides),
        _number(one.invites for one in rides),
        _number(one.outcome == BUG for one in rides),
        f"{seconds:.0f}",
    ]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _number(flags: Iterable[bool]) -> str:
    count = sum(flags)
    return str(count) if count else "·"


def _share(rides: Sequence[Ride], holds: Callable[[Ride], bool]) -> str:
    return f"{100 * sum(map(holds, rides)) / len(rides):.0f}%" if rides else "–"


def reasons(rides: Iterable[Ride]) -> str:
    """Why runs were not recovered though there is a way, by kind; the words of one page and run left out."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in rides:
        if one.fired and not one.recovered:
            counts[one.cell.fault][f"{one.word}: {plain(one.why)}"] += 1
    lines = []
    for name in FAULTS:
        if name in counts:
            lines.append(f"- {name}")
            lines += [f"  - {count} × {why}" for why, count in counts[name].most_common()]
    return "\n".join(lines)


def plain(why: str) -> str:
    """A reason without names, numbers and addresses, so that like can be counted with like."""
    why = re.sub(r'"[^"]*"|‹[^›]*›', "…", why)
    why = re.sub(r"https?://\S+|(?<=\s)/[\w/-]+", "PATH", why)
    why = re.sub(r"\(([^()]*)\)", "", why)
    why = re.sub(r"\d+", "N", why)
    return " ".join(why.split())[:200]
