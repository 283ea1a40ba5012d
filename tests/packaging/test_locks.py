"""The locks are what set-up installs: complete, hashed, in step with pyproject.toml, and free of this machine."""

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.packaging.conftest import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def pinned(name: str) -> dict[str, set[str]]:
    """Maps each package of a lock to its versions: one, or one per Python where a marker splits it."""
    versions: dict[str, set[str]] = {}
    for line in (ROOT / "requirements" / f"{name}.lock").read_text().splitlines():
        if match := re.match(r"([a-z0-9-]+)==([^ ]+)", line):
            versions.setdefault(match[1], set()).add(match[2])
    return versions


def declared(group: str) -> list[Requirement]:
    entries = PROJECT["dependency-groups"][group]
    return list(
        chain.from_iterable(
            [Requirement(entry)] if isinstance(entry, str) else declared(entry["include-group"]) for entry in entries
        )
    )


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_package_has_hashes(lock: Path) -> None:
    for entry in re.split(r"\n(?=\S)", lock.read_text().strip()):
        assert re.match(r"\S+==\S+.* \\\n( +--hash=sha256:[0-9a-f]{64}( \\\n)?)+$", entry), entry


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_no_address_and_no_path_is_in_a_lock(lock: Path) -> None:
    assert not re.search(r"://|--(extra-)?index|--find-links|(^|\s)/", lock.read_text())


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("build", declared("build")),
        ("run", [*map(Requirement, PROJECT["project"]["dependencies"]), *declared("demo")]),
        ("dev", [*map(Requirement, PROJECT["project"]["dependencies"]), *declared("dev")]),
    ],
    ids=["build", "run", "dev"],
)
def test_lock_holds_what_the_project_declares(lock: str, wanted: list[Requirement]) -> None:
    versions = pinned(lock)
    stale = [
        str(requirement)
        for requirement in wanted
        if not all(map(requirement.specifier.contains, versions.get(canonicalize_name(requirement.name), ["none"])))
    ]
    assert not stale, "run scripts/lock"


def test_packages_in_several_locks_have_one_version() -> None:
    build, run, dev = map(pinned, ("build", "run", "dev"))
    assert run.items() <= dev.items()
    assert all(dev.get(name, version) == version for name, version in build.items())
