"""What is written to the journal comes back equal; what is not ours is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cua import expect as ex
from cua.codec import Unreadable, decode, encode
from cua.contract import Before, Contract, Eventually, Rule, Until
from cua.goal import Goal
from cua.run import Done, Effect, Rollback, Seen
from cua.step import Keep, Step
from cua.verdict import Verdict
from envs import action as act
from envs.geometry import Box
from grounding.target import Clause, Relation, Target

targets = st.recursive(
    st.builds(Target, st.text(max_size=8), st.none() | st.just("button"), st.none() | st.integers(-1, 3)),
    lambda inner: st.builds(
        Target,
        st.text(max_size=8),
        clauses=st.lists(st.builds(Clause, st.sampled_from(Relation), inner), max_size=2).map(tuple),
    ),
    max_leaves=3,
)
expects = st.recursive(
    st.builds(ex.Text, st.text(max_size=9), st.none() | targets)
    | st.builds(ex.Count, targets, st.none() | st.integers(0, 5))
    | st.builds(ex.FileThere, st.just(Path("a/b.txt")))
    | st.builds(ex.Http, st.none() | st.integers(100, 599)),
    lambda inner: (
        st.builds(ex.All, st.lists(inner, max_size=2).map(tuple))
        | st.builds(ex.Not, inner)
        | st.builds(ex.Within, inner, st.floats(0, 60))
    ),
    max_leaves=4,
)
actions = st.sampled_from(
    [
        act.Click(modifiers=("Shift",)),
        act.Type(act.Secret("pw")),
        act.Type("text", append=True),
        act.Upload((Path("a.txt"),)),
        act.Open("https://a.test/"),
        act.Look(),
    ]
)
steps = st.builds(
    Step,
    st.text(min_size=1, max_size=5),
    actions,
    st.text(max_size=9),
    st.none() | targets,
    expect=st.none() | expects,
    keep=st.none() | st.builds(Keep, st.text(max_size=4)),
    pre=st.none() | expects,
    always=st.lists(expects, max_size=1).map(tuple),
    recover=st.sampled_from([(), (Step("", act.Reload(), "reload"),)]),
    mends=st.sampled_from(["", "3"]),
)
rules = (
    st.builds(Before, expects | st.text(max_size=3), expects | st.text(max_size=3), st.text(max_size=3))
    | st.builds(Until, expects, expects | st.text(max_size=3))
    | st.builds(Eventually, expects | st.text(max_size=3))
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(step=steps, value=values, why=st.text(max_size=9))
def test_a_step_that_was_done_comes_back_equal(step: Step, value: object, why: str) -> None:
    done = Done(
        step,
        Verdict.yes(why),
        True,
        Seen("button", "Save", Box(1, 2, 3, 4), "web", "https://a.test", "structure", 0.9),
        value=value,  # type: ignore[arg-type]
        effects=(Effect("write", "POST /"),),
        pictures=("a", "b"),
        notes=("n",),
        seen=(("a",), ("a", "b")),
        breach=why,
        lost=("2",),
    )
    assert decode(json.loads(json.dumps(encode(done)))) == done


@given(order=st.lists(rules, max_size=3).map(tuple), always=expects)
def test_a_contract_comes_back_equal(order: tuple[Rule, ...], always: ex.Expect) -> None:
    goal = Goal("words", contract=Contract((always,), (), order))
    assert decode(json.loads(json.dumps(encode(goal)))) == goal


def test_goals_and_rollbacks_come_back_equal() -> None:
    for value in (
        Goal("words", ex.AnyOf((ex.Gone("x"),)), "http://a", {"name": "E", "n": 3, "l": ("a",)}, True),
        Rollback("3", "url", "s", "why", True, 1.5, ("1", "2")),
    ):
        again = decode(json.loads(json.dumps(encode(value))))
        assert encode(again) == encode(value)


def test_what_is_no_part_of_the_record_is_refused() -> None:
    with pytest.raises(TypeError):
        encode(object())


@pytest.mark.parametrize("data", [{"is": "Popen", "args": ["rm"]}, {"is": "Step"}, {"a": 1}, {"is": "Text", "evil": 1}])
def test_what_we_did_not_write_is_unreadable(data: object) -> None:
    with pytest.raises(Unreadable):
        decode(data)
