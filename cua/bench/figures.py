"""What came of the cases of the drift benchmark, counted; as a table and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from envs.observation import Element
from grounding.choice import leads_on


class Truth(StrEnum):
    THERE = "there"
    GONE = "gone"
    UNSEEN = "unseen"
    """In the document, and not to be seen (a narrow window hides it)."""


class Outcome(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    """The target is there, and something else was chosen."""
    ABSTAINED = "abstained"
    ACTED = "acted"
    """The target is not there, and something was chosen."""
    REFUSED = "refused"
    TWIN = "twin"
    """Another link of the same name to the same address was chosen: it does the same."""


@dataclass(frozen=True, slots=True)
class Case:
    """`by` is who looked for the target: "anchor", or a rival's name."""

    page: str
    kind: str
    strength: int
    target: str
    truth: Truth
    outcome: Outcome
    by: str = "anchor"


def judged(was: Element, now: Element | None, chosen: Element | None, *, gone: bool) -> tuple[Truth, Outcome]:
    """`now` is what the target has become, None where it cannot be seen or is `gone`; `chosen` what was found."""
    truth = Truth.THERE if now is not None else Truth.GONE if gone else Truth.UNSEEN
    if chosen is None:
        return truth, Outcome.ABSTAINED if now is not None else Outcome.REFUSED
    if now is not None and chosen.ref == now.ref:
        return truth, Outcome.RIGHT
    if _same_link(was, chosen) or (now is not None and _same_link(now, chosen)):
        return truth, Outcome.TWIN
    return truth, Outcome.WRONG if now is not None else Outcome.ACTED


def _same_link(one: Element, other: Element) -> bool:
    href = one.attributes.get("href", "")
    return leads_on(href) and href == other.attributes.get("href") and one.name == other.name


APART = ("duplicate",)
"""Kinds that are told apart: of a target and its exact copy no one can say which is which."""


@dataclass(frozen=True, slots=True)
class Line:
    """How the cases of one kind came out. Shares are of 1."""

    name: str
    there: int
    right: float
    wrong: float
    abstained: float
    gone: int
    acted: float


def line(name: str, cases: Iterable[Case]) -> Line:
    """Twins count as right, and as refused where the target is gone: they are one thing with it."""
    counts = Counter((case.truth, case.outcome) for case in cases)
    there = sum(n for (truth, _), n in counts.items() if truth is Truth.THERE)
    gone = sum(n for (truth, _), n in counts.items() if truth is not Truth.THERE)

    def share(truths: set[Truth], outcomes: set[Outcome], whole: int) -> float:
        return sum(n for (t, o), n in counts.items() if t in truths and o in outcomes) / whole if whole else 0.0

    here, not_here = {Truth.THERE}, {Truth.GONE, Truth.UNSEEN}
    return Line(
        name,
        there,
        share(here, {Outcome.RIGHT, Outcome.TWIN}, there),
        share(here, {Outcome.WRONG}, there),
        share(here, {Outcome.ABSTAINED}, there),
        gone,
        share(not_here, {Outcome.ACTED}, gone),
    )


def lines(cases: Sequence[Case]) -> list[Line]:
    """By kind and strength, then all kinds; of one finder."""
    found = []
    for kind in dict.fromkeys(case.kind for case in cases):
        mine = [case for case in cases if case.kind == kind]
        found += [line(f"{kind} {s}", (c for c in mine if c.strength == s)) for s in sorted({c.strength for c in mine})]
    return [*found, *totals(cases)]


def totals(cases: Sequence[Case]) -> list[Line]:
    return [
        line("all but duplicates", (case for case in cases if case.kind not in APART)),
        line("combined", (case for case in cases if case.kind == "combined")),
        line("duplicates", (case for case in cases if case.kind in APART)),
        line("all", cases),
    ]


def table(cases: Sequence[Case]) -> str:
    """Markdown."""
    rows = [
        "| change, strength | there | right | wrong | abstained | gone, decoy or hidden | acted on |",
        "| --- " * 7 + "|",
    ]
    for one in lines(cases):
        here = f"{one.right:.1%} | {one.wrong:.1%} | {one.abstained:.1%}" if one.there else "– | – | –"
        rows.append(f"| {one.name} | {one.there} | {here} | {one.gone} | {f'{one.acted:.1%}' if one.gone else '–'} |")
    return "\n".join(rows)


def beside(cases: Sequence[Case]) -> str:
    """Markdown: one line a finder."""
    rows = [
        "| | there: right / wrong / abstained | gone or decoy: acted on | combined | duplicate beside it |",
        "| --- " * 5 + "|",
    ]
    for by in dict.fromkeys(case.by for case in cases):
        whole, combined, duplicates, _ = totals([case for case in cases if case.by == by])
        rows.append(f"| {by} | {_three(whole)} | {whole.acted:.1%} | {_three(combined)} | {_three(duplicates)} |")
    return "\n".join(rows)


def _three(one: Line) -> str:
    return f"{one.right:.1%} / {one.wrong:.1%} / {one.abstained:.1%}"


def as_data(cases: Sequence[Case]) -> dict[str, Any]:
    """For `--json`."""
    by = {}
    for name in dict.fromkeys(case.by for case in cases):
        mine = [case for case in cases if case.by == name]
        by[name] = [
            {
                "change": one.name, "there": one.there, "right": round(one.right, 4), "wrong": round(one.wrong, 4),
                "abstained": round(one.abstained, 4), "gone": one.gone, "acted_on": round(one.acted, 4),
            }
            for one in lines(mine)
        ]  # fmt: skip
    misses = [
        {"page": c.page, "change": f"{c.kind} {c.strength}", "target": c.target, "outcome": c.outcome.value}
        for c in cases
        if c.by == "anchor" and c.outcome in {Outcome.WRONG, Outcome.ACTED}
    ]
    return {"suite": "drift", "cases": len(cases), "figures": by, "misses": misses}
