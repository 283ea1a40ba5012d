"""The monitors say what linear temporal logic says, about every row of letters; and a run is enough to know how they
stand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cua import expect as ex
from cua.contract import Before, Contract, Eventually, Rule, Until, What
from cua.monitors import Deed, Letter, Monitor, Sight, Truth, after_all, followed, mark, sightings
from cua.run import Done
from cua.step import Step
from cua.verdict import Verdict
from envs.action import Look

A, B = ex.Text("A"), ex.Text("B")
letters = st.builds(Deed, st.sampled_from(["a", "b", "c"])) | st.builds(
    Sight, st.sets(st.sampled_from([mark(A), mark(B)])).map(frozenset)
)
things = st.sampled_from([A, B, "a", "b"])
rules = (
    st.builds(Before, things, things)
    | st.builds(Until, st.sampled_from([A, B]), things)
    | st.builds(Eventually, things)
)

# ── the textbook: formulas, rewritten letter by letter (Bacchus and Kabanza, 1998) ───────────────────────────────────

Formula = bool | tuple[object, ...]
"""("is", what), ("look",), ("not", f), ("and", f, g), ("or", f, g), ("until", f, g), ("unless", f, g)"""


def meant(rule: Rule) -> Formula:
    match rule:
        case Before(first, then):
            return ("unless", ("not", ("is", then)), ("is", first))
        case Until(keep, until):
            return ("until", ("or", ("not", ("look",)), ("is", keep)), ("is", until))
        case Eventually(what):
            return ("until", True, ("is", what))
    raise AssertionError(rule)


def progressed(formula: Formula, letter: Letter) -> Formula:
    """What has to hold from the next letter on."""
    if isinstance(formula, bool):
        return formula
    kind, *parts = formula
    match kind:
        case "is":
            return true_of(parts[0], letter)  # type: ignore[arg-type]
        case "look":
            return isinstance(letter, Sight)
        case "not":
            inner = progressed(parts[0], letter)  # type: ignore[arg-type]
            return (not inner) if isinstance(inner, bool) else ("not", inner)
        case "and" | "or":
            return joined(str(kind), *(progressed(part, letter) for part in parts))  # type: ignore[arg-type]
        case "until" | "unless":
            left, right = (progressed(part, letter) for part in parts)  # type: ignore[arg-type]
            return joined("or", right, joined("and", left, formula))
    raise AssertionError(kind)


def joined(kind: str, left: Formula, right: Formula) -> Formula:
    absorbing = kind == "or"
    if absorbing in (left, right):
        return absorbing
    rest = [part for part in (left, right) if not isinstance(part, bool)]
    return (kind, *rest) if len(rest) == 2 else rest[0] if rest else not absorbing


def true_of(what: What, letter: Letter) -> bool:
    if isinstance(what, str):
        return letter == Deed(what)
    return isinstance(letter, Sight) and mark(what) in letter.marks


def textbook(rule: Rule, row: Sequence[Letter]) -> Truth:
    formula = meant(rule)
    for letter in row:
        formula = progressed(formula, letter)
    return {True: Truth.KEPT, False: Truth.BROKEN}.get(formula, Truth.OPEN)  # type: ignore[arg-type]


@given(rule=rules, row=st.lists(letters, max_size=8))
def test_a_monitor_says_what_the_textbook_says(rule: Rule, row: list[Letter]) -> None:
    (monitor,) = after_all((Monitor(rule),), row)
    assert monitor.truth is textbook(rule, row)


@given(rule=rules, row=st.lists(letters, max_size=5), more=st.lists(letters, max_size=5))
def test_kept_and_broken_are_for_good(rule: Rule, row: list[Letter], more: list[Letter]) -> None:
    (monitor,) = after_all((Monitor(rule),), row)
    (later,) = after_all((monitor,), more)
    assert monitor.truth is Truth.OPEN or later == monitor


@given(rule=rules, row=st.lists(letters, max_size=5))
def test_what_is_open_can_still_be_kept(rule: Rule, row: list[Letter]) -> None:
    (monitor,) = after_all((Monitor(rule),), row)
    wanted = {Before: "first", Until: "until", Eventually: "what"}[type(rule)]
    what = getattr(rule, wanted)
    letter = Deed(what) if isinstance(what, str) else Sight(frozenset({mark(what)}))
    assert monitor.truth is not Truth.OPEN or monitor.after(letter).truth is Truth.KEPT
    assert monitor.owes is (monitor.truth is Truth.OPEN and not isinstance(rule, Before))


# ── from a run ───────────────────────────────────────────────────────────────────────────────────────────────────────


def done(name: str, before: Sequence[ex.Expect] = (), after: Sequence[ex.Expect] = (), *, undone: bool = False) -> Done:
    seen = (tuple(map(mark, before)), tuple(map(mark, after)))
    return Done(Step(name, Look(), name, name=name), Verdict.yes(""), True, seen=seen, undone=undone)


def stands(rule: Rule, *run: Done) -> Truth:
    (monitor,) = followed((Monitor(rule),), run)
    return monitor.truth


def test_a_step_comes_between_the_screens_before_and_after_it() -> None:
    assert stands(Before(A, "b"), done("b", [A])) is Truth.KEPT
    assert stands(Until(A, "b"), done("c", [A], [A]), done("b", [A], [B])) is Truth.KEPT


def test_only_what_is_proved_counts() -> None:
    assert stands(Eventually("a"), done("a", undone=True)) is Truth.OPEN
    assert stands(Eventually(A), done("a", [A], [A], undone=True)) is Truth.OPEN
    assert stands(Before("a", "b"), done("a", undone=True), done("c")) is Truth.OPEN


def test_a_step_that_lost_what_had_allowed_it_breaks_nothing_looking_back() -> None:
    assert stands(Before("a", "b"), done("a", undone=True), done("b")) is Truth.OPEN
    assert stands(Before("a", "b"), done("a", undone=True), done("b"), done("a")) is Truth.KEPT


def test_a_record_without_sightings_is_a_deed_all_the_same() -> None:
    looked_up = Done(Step("3", Look(), "save", name="b"), Verdict.yes("it had happened"), False)
    assert stands(Eventually("b"), looked_up) is Truth.KEPT


@given(
    rule=rules,
    row=st.lists(
        st.builds(
            done,
            st.sampled_from("abc"),
            st.lists(things.filter(lambda what: isinstance(what, ex.Expect)), max_size=2),
            undone=st.booleans(),
        ),
        max_size=6,
    ),
    cut=st.integers(0, 6),
)
def test_a_run_can_be_followed_in_parts(rule: Rule, row: list[Done], cut: int) -> None:
    whole = followed((Monitor(rule),), row)
    assert followed(followed((Monitor(rule),), row[:cut]), row[cut:]) == whole


def test_every_sighting_is_asked_for_once() -> None:
    order = (Before(A, "x"), Until(A, B), Eventually(B), Before("y", A))
    assert sightings(Contract(order=order)) == (A, B)
    with pytest.raises(TypeError):
        sightings(Contract(order=(Rule(),)))
