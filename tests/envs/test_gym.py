"""The Gymnasium adapter passes Gymnasium's own checker, and says what was refused."""

from __future__ import annotations

import sys

import pytest
from gymnasium.utils.env_checker import check_env

from envs.errors import Unavailable
from envs.fake import Fake
from envs.fake.standard import STANDARD_SITE
from envs.gym import Verdict, to_gym
from envs.observation import Observation
from envs.standard import STANDARD as S
from envs.wrappers import Limited


def judge(now: Observation) -> Verdict:
    there = now.title == S.second
    return Verdict(reward=float(there), done=there)


def number(seen: dict[str, tuple[str, ...]], line: str) -> int:
    return seen["elements"].index(line)


def test_gymnasium_is_content() -> None:
    check_env(to_gym(Fake(STANDARD_SITE)), skip_render_check=True)


def test_an_episode() -> None:
    env = to_gym(Fake(STANDARD_SITE), judge)
    seen, info = env.reset()
    assert (seen["title"], info) == (S.title, {"refused": ""})
    name = number(seen, 'textbox "Name" (editable)')
    seen, reward, done, cut, info = env.step({"verb": "type", "element": name, "text": "Ada"})
    assert seen["elements"][name] == 'textbox "Name" = Ada (editable, focused)'
    assert (reward, done, cut, info["refused"]) == (0.0, False, False, "")
    go = number(seen, 'link "Second page"')
    seen, reward, done, cut, info = env.step({"verb": "click", "element": go, "text": ""})
    assert (seen["title"], reward, done, cut) == (S.second, 1.0, True, False)
    picture = env.render()
    assert getattr(picture, "shape", None) == (600, 800, 3)
    env.close()


@pytest.mark.parametrize(
    ("action", "why"),
    [
        ({"verb": "juggle", "element": 0, "text": ""}, 'no verb is "juggle"'),
        ({"verb": "click", "element": 900, "text": ""}, "there is no element 900"),
        ({"verb": "type", "element": 0, "text": "x"}, "takes no text"),
        ({"verb": "back", "element": 0, "text": ""}, "no page to go back to"),
    ],
    ids=["verb", "number", "field", "back"],
)
def test_what_is_refused_is_said_in_words(action: dict[str, object], why: str) -> None:
    env = to_gym(Fake(STANDARD_SITE))
    env.reset()
    *_, cut, info = env.step(action)
    assert why in info["refused"]
    assert not cut


def test_an_exhausted_environment_is_truncated() -> None:
    env = to_gym(Limited(Fake(STANDARD_SITE), acts=1))
    env.reset()
    look = {"verb": "look", "element": 0, "text": ""}
    assert [env.step(look)[3] for _ in range(2)] == [False, True]


def test_without_gymnasium_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gymnasium", None)
    with pytest.raises(Unavailable, match="pip install gymnasium"):
        to_gym(Fake(STANDARD_SITE))
