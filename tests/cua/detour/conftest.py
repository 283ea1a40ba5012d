"""Folders of runs that know the office."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from cua import expect as ex
from cua.errors import Outcome
from envs.fake import Fake
from tests.cua.detour.office import TOUR, drive, office
from tests.cua.world import click


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of runs that knows the office, and how steps that failed there were undone."""
    folder = tmp_path_factory.mktemp("office")
    assert drive(Fake(office()), folder, click("0", "Help", ex.Text("nowhere"))).outcome is Outcome.NOT_REACHED
    assert drive(Fake(office()), folder, *TOUR).outcome is Outcome.REACHED
    return folder


@pytest.fixture
def toured(known: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return copytree(known, tmp_path / "runs")
