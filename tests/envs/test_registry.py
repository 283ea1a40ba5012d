"""The public interface of `envs`: a tested list, cheap to import; environments by name."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint, EntryPoints

import pytest

import envs
from envs import registry
from envs.fake import Fake
from envs.fake.standard import STANDARD_SITE


def test_the_public_names_are_these() -> None:
    assert envs.__all__ == sorted(set(envs.__all__))
    missing = [name for name in envs.__all__ if not hasattr(envs, name)]
    assert missing == []
    for name in ("make", "Env", "Observation", "Element", "Action", "Desk", "CuaError", "Box"):
        assert name in envs.__all__


def test_importing_it_brings_in_nothing_heavy() -> None:
    heavy = ["playwright", "gymnasium", "cv2", "PIL", "mss", "pyautogui", "envs.browser", "envs.fake", "envs.gym"]
    code = f"import sys, envs; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_an_environment_is_made_by_name() -> None:
    env = envs.make("fake", site=STANDARD_SITE, latency=0.1)
    assert isinstance(env, Fake)
    assert env.latency == 0.1


def test_an_unknown_name_lists_those_there_are() -> None:
    with pytest.raises(envs.UnknownEnv, match='"bowser"; there are: browser, desk, fake, person'):
        envs.make("bowser")


def test_plug_ins_are_found_and_take_no_built_in_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def installed(group: str) -> EntryPoints:
        assert group == "cua.envs"
        return EntryPoints(
            [EntryPoint("phone", "envs.fake:Fake", group), EntryPoint("fake", "somebody_elses:Thing", group)]
        )

    monkeypatch.setattr(registry, "entry_points", installed)
    assert isinstance(envs.make("phone", site=STANDARD_SITE), Fake)
    assert isinstance(envs.make("fake", site=STANDARD_SITE), Fake)
    assert "phone" in envs.known()
