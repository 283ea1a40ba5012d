"""Clauses that are one step, the same on every screen."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

from cua.expect import Url
from cua.planners.instruct import intents as it
from cua.planners.instruct.scene import Scene
from cua.planners.instruct.screen import plain
from cua.step import Step
from envs.action import Action, Back, Click, Download, Drag, Forward, Hover, Open, Reload, Scroll, Switch, Upload
from grounding.target import Target

_SCROLLS: dict[str, Action] = {
    "down": Scroll(dy=600), "up": Scroll(dy=-600), "right": Scroll(dx=400), "left": Scroll(dx=-400),
    "top": Scroll(to="top"), "bottom": Scroll(to="bottom"),
}  # fmt: skip
_MOVES: dict[str, Action] = {"back": Back(), "forward": Forward(), "reload": Reload()}


def visit(intent: it.Visit, scene: Scene) -> tuple[Step, ...]:
    url = urljoin(scene.now.url, intent.url)
    if scene.did("1"):
        return ()
    if scene.now.url == url:
        return scene.look("1", f"see that {url} is open", Url(url))
    return (scene.step("1", Open(url), f"go to {url}"),)


def move(intent: it.Move, scene: Scene) -> tuple[Step, ...]:
    return () if scene.did("1") else (scene.step("1", _MOVES[intent.to], str(intent)),)


def hover(intent: it.Hover, scene: Scene) -> tuple[Step, ...]:
    return () if scene.did("1") else (_aimed(Hover(), str(intent), scene.target(intent.what), scene),)


def scroll(intent: it.Scrolling, scene: Scene) -> tuple[Step, ...]:
    if scene.did("1"):
        return ()
    if intent.to is not None:
        return (_aimed(Scroll(), str(intent), scene.target(intent.to), scene),)
    return (scene.step("1", _SCROLLS[intent.direction], str(intent)),)


def upload(intent: it.Uploading, scene: Scene) -> tuple[Step, ...]:
    if scene.did("1"):
        return ()
    action = Upload((Path(intent.path),))
    if intent.to is not None:
        return (_aimed(action, str(intent), scene.target(intent.to), scene),)
    files = [e for e in scene.screen.elements if e.attributes.get("type") == "file" or e.role == "file"]
    field = scene.only(files, "the field that takes a file")
    if field is None:
        return scene.wait("1", "field that takes a file", [Target("", "file", text="file field")])
    return (scene.on("1", action, f'upload "{intent.path}" to', field),)


def download(intent: it.Downloading, scene: Scene) -> tuple[Step, ...]:
    if scene.did("1"):
        return ()
    name = intent.to or str(Path("downloads") / Path(intent.what.text).name)
    return (_aimed(Download(Path(name)), str(intent), scene.target(intent.what), scene),)


def switch(intent: it.Switching, scene: Scene) -> tuple[Step, ...]:
    """A tab of the page where there is one of that name, otherwise one of the browser."""
    if scene.did("1"):
        return ()
    tabs = [e for e in scene.screen.elements if e.role == "tab" and plain(e.name) == plain(intent.to)]
    tab = scene.only(tabs, f'the tab "{intent.to}"')
    if tab is not None:
        return (scene.on("1", Click(), "open", tab),)
    window = [w for w in scene.now.windows if plain(intent.to) in plain(w.title)]
    if not window and intent.to not in {"new", "1"} and scene.screen.named([intent.to]):
        found = scene.only(scene.screen.named([intent.to]), f'"{intent.to}"')
        assert found is not None
        return (scene.on("1", Click(), "open", found),)
    return (scene.step("1", Switch(intent.to), str(intent)),)


def drag(intent: it.Dragging, scene: Scene) -> tuple[Step, ...]:
    if scene.did("1"):
        return ()
    step = _aimed(Drag(""), str(intent), scene.target(intent.what), scene)
    return (Step(step.id, step.action, step.words, step.target, to=scene.target(intent.to)),)


def avoid(intent: it.Avoid, scene: Scene) -> tuple[Step, ...]:
    """Only what is asked for is done, so there is nothing to do."""
    return ()


def _aimed(action: Action, words: str, target: Target, scene: Scene) -> Step:
    return scene.step("1", action, words, target)
