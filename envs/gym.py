"""An environment of ours as a Gymnasium environment (https://gymnasium.farama.org, `pip install gymnasium`).

Gymnasium is no dependency: `to_gym` imports it when it is called.

    gym = to_gym(envs.make("browser", url=...), judge=lambda now: Verdict(reward=1.0, done=now.title == "Thanks"))
    seen, info = gym.reset()
    seen, reward, terminated, truncated, info = gym.step({"verb": "click", "element": 3, "text": ""})
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from envs.action import Action, Back, Check, Clear, Click, Forward, Look, Open, Press, Reload, Select, Type
from envs.env import Env
from envs.errors import ActFailed, Exhausted, Stale, Unavailable, Unsupported
from envs.observation import Observation

if TYPE_CHECKING:
    import gymnasium

BUILD: dict[str, Callable[[str], Action]] = {
    "look": lambda text: Look(),
    "click": lambda text: Click(),
    "type": Type,
    "clear": lambda text: Clear(),
    "press": Press,
    "select": Select,
    "check": lambda text: Check(True),
    "uncheck": lambda text: Check(False),
    "open": Open,
    "back": lambda text: Back(),
    "forward": lambda text: Forward(),
    "reload": lambda text: Reload(),
}
"""The verbs an agent can choose from, and what `text` is for each."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a task says about a moment."""

    reward: float = 0.0
    done: bool = False


Judge = Callable[[Observation], Verdict]


def _indifferent(now: Observation) -> Verdict:
    return Verdict()


def to_gym(
    env: Env, judge: Judge = _indifferent, *, elements: int = 1000, timeout: float = 10.0
) -> gymnasium.Env[dict[str, Any], dict[str, Any]]:
    """Wraps `env`. Raises Unavailable where Gymnasium is not installed.

    An observation is {"url", "title", "elements"}: `elements` has one line for each of the first so many elements, as
    'role "name" = value (states)', in document order. An action is {"verb", "element", "text"}: `element` is the number
    of a line, from 0 (ignored by verbs that need none). The full `Observation` is `unwrapped.now`; an act that was
    refused is no exception but info["refused"], in words. A step settles for at most `timeout` seconds.
    """
    try:
        import gymnasium
    except ImportError:
        raise Unavailable("Gymnasium is not installed: pip install gymnasium") from None

    class Words(gymnasium.Space[str]):
        """Any text: gymnasium's own Text knows only a fixed alphabet."""

        def __init__(self, choice: tuple[str, ...] = ()) -> None:
            super().__init__(shape=(), dtype=None)
            self.choice = choice

        def sample(self, mask: Any = None, probability: Any = None) -> str:
            return self.choice[self.np_random.integers(len(self.choice))] if self.choice else ""

        def contains(self, x: Any) -> bool:
            return isinstance(x, str) and (not self.choice or x in self.choice)

    class GymEnv(gymnasium.Env[dict[str, Any], dict[str, Any]]):
        metadata = {"render_modes": ["rgb_array"]}  # noqa: RUF012 (Gymnasium's own name and form)
        render_mode = "rgb_array"
        observation_space = gymnasium.spaces.Dict(
            {"url": Words(), "title": Words(), "elements": gymnasium.spaces.Sequence(Words())}
        )
        action_space = gymnasium.spaces.Dict(
            {"verb": Words(tuple(BUILD)), "element": gymnasium.spaces.Discrete(elements), "text": Words()}
        )

        def reset(
            self, *, seed: int | None = None, options: dict[str, Any] | None = None
        ) -> tuple[dict[str, Any], dict[str, Any]]:
            super().reset(seed=seed)
            self.now = env.reset()
            return listing(self.now, elements), {"refused": ""}

        def step(self, action: dict[str, Any]) -> tuple[dict[str, Any], float, bool, bool, dict[str, Any]]:
            refused, spent = "", False
            try:
                do(env, self.now, action)
            except Exhausted as limit:
                refused, spent = limit.why, True
            except (ActFailed, Stale, Unsupported) as failed:
                refused = failed.why
            self.now = env.settle(timeout=timeout)
            verdict = judge(self.now)
            return listing(self.now, elements), verdict.reward, verdict.done, spent, {"refused": refused}

        def render(self) -> Any:
            return self.now.frame().pixels

        def close(self) -> None:
            env.close()

    return GymEnv()


def listing(now: Observation, most: int) -> dict[str, Any]:
    """An observation as plain text."""
    lines = []
    for element in now.elements[:most]:
        value = f" = {element.value}" if element.value else ""
        states = f" ({', '.join(sorted(element.states))})" if element.states else ""
        lines.append(f"{element}{value}{states}")
    return {"url": now.url, "title": now.title, "elements": tuple(lines)}


def do(env: Env, now: Observation, action: dict[str, Any]) -> None:
    """The act that {"verb", "element", "text"} means. Raises ActFailed for a number that is not there, Unsupported."""
    build = BUILD.get(action["verb"])
    if build is None:
        raise Unsupported(f'no verb is "{action["verb"]}"; there are: {", ".join(BUILD)}')
    act = build(action["text"])
    if not act.aimed:
        env.act(act)
    elif 0 <= action["element"] < len(now.elements):
        env.act(act, now.elements[action["element"]])
    else:
        raise ActFailed(f"there is no element {action['element']}; there are {len(now.elements)}")
