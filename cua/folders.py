"""Where a user's things are: the runs, and their policy file."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from cua import policyfile
from cua.errors import BadInput
from cua.journal import Journal
from cua.policyfile import UserPolicy

NAME = "provenstep"
RUNS = "CUA_RUNS"
"""The environment variable that names the folder of the runs."""


def runs(given: Path | None = None) -> Path:
    """The folder of the journal: --runs, else $CUA_RUNS, else the user's data folder. Raises BadInput."""
    named = os.environ.get(RUNS)
    folder = given or (Path(named) if named else Path(platformdirs.user_data_dir(NAME)))
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is a file; the runs need a folder")
    return folder


def journal(folder: Path) -> Journal:
    """The journal that is there; a look makes none. Raises BadInput, JournalBroken."""
    if not (folder / "cua.sqlite").exists():
        raise BadInput(f"no runs in {folder} yet")
    return Journal(folder)


def policy_file() -> Path:
    """The user's own policy, which need not be there."""
    return Path(platformdirs.user_config_dir(NAME)) / "policy.yaml"


def policy_of(given: Path | None) -> UserPolicy:
    """What --policy names, else the user's own policy, else what holds without one. Raises BadInput."""
    if given is not None:
        return policyfile.load(given)
    own = policy_file()
    return policyfile.load(own) if own.is_file() else UserPolicy()


def report_of(folder: Path, run: str) -> Path:
    """Where the report of a run is written."""
    return folder / "reports" / f"{run}.html"
