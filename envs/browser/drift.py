"""A page changed by script as its developers would change it, and changed back: what benchmarks of anchors need.

Which node a target has become is known to our world alone: it is nothing that a page, the reader or a locator can see.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from playwright.sync_api import Error, Locator

from envs.browser.browser import Browser

PAGE_WIDE = (
    "ids",
    "text",
    "translate",
    "reorder",
    "wrap",
    "tags",
    "attributes",
    "theme",
    "viewport",
    "layout",
    "combined",
)
"""Kinds of change that leave every target on the page (unless a narrow window hides it)."""
AT_TARGETS = ("duplicate", "remove", "decoy")
"""Kinds of change that are made to the targets chosen."""
KINDS = PAGE_WIDE + AT_TARGETS
STRENGTHS = (1, 2, 3)
MARK = "data-cua-drift"
"""An attribute that an element has for the moment in which another tool is shown it."""
_TAKE = f"""(() => {{
  const under = (root) => [...root.querySelectorAll('*')];
  const all = (root) => under(root).flatMap((el) => [el, ...(el.shadowRoot ? all(el.shadowRoot) : [])]);
  const el = all(document).find((el) => el.hasAttribute('{MARK}'));
  el?.removeAttribute('{MARK}');
  return el ? cua.id(el) : null;
}})()"""
SIZES = ((1100, 700), (820, 1100), (400, 850))
"""CSS px of the window, by strength of the change `viewport`."""


@dataclass(frozen=True, slots=True)
class Drifted:
    """What a change did. `now`: the ref of each target → that of the node that it is now, None where it is gone.
    `chosen`: the refs that the change was made to; `decoys`: the refs of what stands in their place, for decoys."""

    now: dict[str, str | None]
    chosen: tuple[str, ...]
    decoys: tuple[str, ...] = ()


class Drift:
    """Changes the page that a browser shows; one change at a time, each taken back by `undo`."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._sized: tuple[int, int] | None = None

    def mutate(self, kind: str, strength: int, seed: int, targets: Sequence[str], chosen: Sequence[str]) -> Drifted:
        """Make a change of a kind and strength (1 to 3), the same for the same seed. Targets are refs of the top
        frame; only `text` and what is in AT_TARGETS look at those chosen."""
        page = self._browser.active.page
        if kind == "viewport":
            size = page.viewport_size or {"width": 1280, "height": 720}
            self._sized = size["width"], size["height"]
            width, height = SIZES[strength - 1]
            page.set_viewport_size({"width": width, "height": height})
            kind = "nothing"
        key = self._key(targets)
        numbers = [_number(ref) for ref in targets]
        now, done, decoys = self._run(
            f"mutate({json.dumps(kind)},{strength},{seed},{numbers},{[_number(r) for r in chosen]})"
        )
        return Drifted(
            {f"{key}.{before}": f"{key}.{after}" if after else None for before, after in now},
            tuple(f"{key}.{number}" for number in done),
            tuple(f"{key}.{number}" for number in decoys),
        )

    def undo(self) -> None:
        """Take the last change back. What the page did about it by itself stays."""
        self._run("undo()")
        if self._sized is not None:
            self._browser.active.page.set_viewport_size({"width": self._sized[0], "height": self._sized[1]})
            self._sized = None

    def ask(self, script: str, expression: str) -> Any:
        """The value of an expression in our world of the top document, after a script (which may have run before)."""
        world = self._browser.active.world
        context = world.context()
        world.run(context, script)
        return world.run(context, expression)

    def locator(self, ref: str) -> Locator | None:
        """What Playwright's code generator would write for an element of the top frame; None where it finds nothing."""
        number = _number(ref)
        page = self._browser.active.page
        self._mark(f"cua.nodeOf({number})?.setAttribute?.('{MARK}','')")
        try:
            return page.locator(f"[{MARK}]").normalize()
        except Error:
            return None
        finally:
            self._mark(f"cua.nodeOf({number})?.removeAttribute?.('{MARK}')")

    def located(self, locator: Locator | None) -> str | None:
        """The ref of the one element that a locator finds; None where it finds none or several."""
        if locator is None:
            return None
        try:
            if locator.evaluate_all(f"all => (all.length === 1 && all[0].setAttribute('{MARK}', ''), all.length)") != 1:
                return None
            found = self._mark(_TAKE)
        except Error:
            return None
        return str(found) if found else None

    def _mark(self, expression: str) -> Any:
        world = self._browser.active.world
        return world.run(world.context(), expression)

    def _run(self, call: str) -> tuple[list[tuple[int, int]], list[int], list[int]]:
        world = self._browser.active.world
        context = world.context()
        world.run(context, _source())
        answer = world.run(context, f"cuaDrift.{call}")
        return answer or ([], [], [])

    @staticmethod
    def _key(refs: Sequence[str]) -> str:
        return refs[0].rpartition(".")[0] if refs else ""


def _number(ref: str) -> int:
    return int(ref.rpartition(".")[2])


def _source() -> str:
    return (resources.files("envs.browser") / "drift.js").read_text(encoding="utf-8")
