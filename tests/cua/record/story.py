"""Tapes written down by hand: what a person saw, what they did, what they saw then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cua.record.compose import Workflow, compose
from cua.record.tape import Tape
from cua.taskfile.write import write
from envs.deeds import Deed, Watched
from envs.events import Answer, Event, Navigated, Request
from envs.geometry import Box
from envs.observation import Element, Observation, Window

MOMENT = 0.25
"""Seconds."""


def element(ref: str, role: str, name: str = "", *states: str, value: str | None = None, **more: Any) -> Element:
    number = int("".join(filter(str.isdigit, ref)) or 0)
    return Element(
        ref, role, name, Box(20, 20 + 40 * number, 200, 30), value, frozenset(states), origin="http://shop", **more
    )


class Story:
    """Looks and deeds, a moment apart. Refs of elements are the paths of deeds."""

    def __init__(self) -> None:
        self.tape = Tape()
        self.now: Observation | None = None
        self._at = 0.0
        self._seq = 0

    def sees(
        self, *elements: Element, title: str = "Shop", url: str = "http://shop/", window: str = "w1",
        events: tuple[Event, ...] = (), windows: Mapping[str, str] | None = None,
    ) -> Story:  # fmt: skip
        self._at += MOMENT
        self._seq += 1
        listed = {window: title} | dict(windows or {})
        self.now = Observation(
            self._seq, "web", url, title, elements, events, document=url, window=window, at=self._at,
            viewport=Box(0, 0, 1000, 800),
            windows=tuple(Window(key, value, active=key == window) for key, value in sorted(listed.items())),
        )  # fmt: skip
        self.tape.add(self.now)
        return self

    def does(self, kind: str, *path: str, before: Observation | None = None, **more: Any) -> Story:
        self._at += MOMENT
        seen = before or self.now
        assert seen is not None
        window = more.pop("window", seen.window)
        self.tape.add(Watched(Deed(kind=kind, path=path, window=window, at=self._at, **more), seen))
        return self

    def clicks(self, *path: str, **more: Any) -> Story:
        return self.does("down", *path, **more).does("click", *path, count=1, **more)

    def types(self, ref: str, *values: str, secret: bool = False) -> Story:
        for value in values:
            self.does("type", ref, value="" if secret else value, secret=secret)
        return self

    def wrote(self, path: str = "/save", kind: str = "document", body: str | None = None) -> tuple[Event, ...]:
        """A write that is sent and answered after the last deed."""
        url = f"http://shop{path}"
        told: tuple[Event, ...] = (
            Request(at=self._at + 0.1, id="1", method="POST", url=url, kind=kind, body=body),
            Answer(at=self._at + 0.2, id="1", method="POST", url=url, kind=kind, status=200),
        )
        return (*told, Navigated(at=self._at + 0.3, url=url)) if kind == "document" else told

    @property
    def workflow(self) -> Workflow:
        return compose(self.tape, "story")

    @property
    def steps(self) -> list[Any]:
        steps = self.workflow.data["steps"]
        assert isinstance(steps, list)
        return steps

    @property
    def text(self) -> str:
        return write(self.workflow.data)
