"""The goal that most tests of the loop go for: to add a group, in three steps, the last of which commits."""

from __future__ import annotations

from pathlib import Path

from cua import expect as ex
from cua.goal import Goal
from cua.run import Run
from cua.step import Step
from envs.fake import Fake
from tests.cua.world import ASKED, agent, click, typing

ADDED = ex.Text("was added successfully")
GOAL = Goal("add the group Editors", ADDED, commits=True)
ADD = (click("1", "Add group"), typing("2", "Name", "Editors"), click("3", "Save", ADDED, commit=True))


def drive(env: Fake, folder: Path, goal: Goal = GOAL, steps: tuple[Step, ...] = ADD) -> Run:
    return agent(env, steps, folder).run(goal, ASKED)
