"""What a step is believed to have done."""

from __future__ import annotations

import pytest

from cua.effects import inferred
from cua.judge import Judge, View
from cua.step import Step
from envs.action import Click
from envs.events import Dialog
from envs.observation import Observation
from grounding.grounder import Grounder

CLICK = Step("1", Click(), "click it")


@pytest.mark.parametrize(("kind", "shown"), [("beforeunload", False), ("alert", True)])
def test_being_asked_whether_to_leave_is_not_having_left(kind: str, shown: bool) -> None:
    before = Observation(seq=1, place="web", url="http://a.test/", title="A")
    after = Observation(seq=2, place="web", url="http://a.test/", title="A")
    view = View(after, before, (Dialog(at=1.0, kind=kind, message="Done", accepted=True),))
    assert inferred(CLICK, CLICK.action, None, view, Judge(Grounder())).verdict.holds is shown
