"""A built distribution, and an environment that holds it and nothing but what it says it needs."""

import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]


def needed(name: str) -> Iterator[Distribution]:
    """Yields what the distribution needs on this machine, itself left out, as it is installed here."""
    seen = {name}
    waiting = [name]
    while waiting:
        for line in distribution(waiting.pop()).requires or ():
            wanted = Requirement(line)
            if wanted.name in seen or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
                continue
            seen.add(wanted.name)
            waiting.append(wanted.name)
            yield distribution(wanted.name)


@dataclass(frozen=True)
class Installed:
    """A virtual environment with the wheel in it, and a folder outside any checkout to run commands from."""

    bin: Path
    elsewhere: Path

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs a program of the environment to its end, without this process's `PYTHON*` settings."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        return subprocess.run(
            [self.bin / program, *arguments],
            cwd=self.elsewhere,
            env={**environment, "HOME": str(self.elsewhere)},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the source distribution and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel, installed without a network.

    Its requirements are linked from the environment of the tests, where they have their locked versions; whatever it
    does not declare is not there.
    """
    place = tmp_path_factory.mktemp("installed")
    venv.create(place / "venv", with_pip=True)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    site = place / "venv" / "lib" / version / "site-packages"
    for package in needed("provenstep"):
        for top in {file.parts[0] for file in package.files or () if file.parts[0] != ".."}:
            link = site / top
            if not link.exists():
                link.symlink_to(Path(str(package.locate_file(top))))
    elsewhere = place / "elsewhere"
    elsewhere.mkdir()
    environment = Installed(place / "venv" / "bin", elsewhere)
    (wheel,) = built.glob("*.whl")
    outcome = environment.run("python", "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel))
    assert outcome.returncode == 0, outcome.stderr
    return environment
