"""What is kept of a document between two looks: the units that units.js told of, as runs of elements that are made when
somebody asks for them."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from envs.geometry import Box
from envs.observation import Element
from envs.parts import Part

STATES: tuple[str, ...] = tuple(
    re.findall(
        r"\w+",
        "checked mixed selected pressed expanded collapsed disabled focused required invalid readonly editable "
        "multiline multiselectable modal busy current haspopup password hidden offscreen covered listens renamed",
    )
)
"""In the order of the bits in a row (names.js)."""
FIELD, APART = "\x7f", "\x7f\n\x7f"
FIXED = 11
"""Fields of a row before its attributes: number, parent, role, name, value, states, box (4), how many attributes."""
STRETCH = 64
PX = 64
"""Boxes come in the browser's own layout units, of 1/64 CSS px."""

_masks: dict[str, frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class Owner:
    """What all elements of one document have in common."""

    prefix: str
    """How refs begin."""
    above: str | None
    """The ref of the iframe element that shows the topmost document, None where that is the tab's own."""
    place: str
    window: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A document of this process: the ref of the iframe element that shows it ("" at the top) and its origin."""

    holder: str
    origin: str


@dataclass(slots=True)
class Run:
    """Up to 64 rows as they came; `x`, `y` in 1/64 CSS px of the page, to which their boxes are relative."""

    text: str
    size: int
    x: int
    y: int
    shown: Shown
    owner: Owner
    content: dict[object, Any] = field(default_factory=dict)
    """What was worked out of its rows but for their boxes."""
    _part: tuple[tuple[int, int], Part] | None = None

    def at(self, scroll: tuple[int, int]) -> Part:
        """Its elements where the window was scrolled to `scroll` (1/64 px)."""
        if self._part is None or self._part[0] != scroll:
            x, y = (self.x - scroll[0]) / PX, (self.y - scroll[1]) / PX
            self._part = (scroll, Part(lambda: self._made(x, y), self.size, self.content, self._may_hold))
        return self._part[1]

    def _may_hold(self, ref: str) -> bool:
        """By its text alone, in which a name or a value may look like a number."""
        number = ref.removeprefix(self.owner.prefix)
        return self.text.startswith(number + FIELD) or f"{FIELD}{number}{FIELD}" in self.text

    def _made(self, left: float, top: float) -> tuple[Element, ...]:
        collecting = gc.isenabled()
        gc.disable()  # many small objects that all stay: collecting on the way doubles the time
        try:
            return tuple(self._rows(left, top))
        finally:
            if collecting:
                gc.enable()

    def _rows(self, left: float, top: float) -> Iterator[Element]:
        owner, shown = self.owner, self.shown
        prefix, above = owner.prefix, owner.above
        fields = self.text.split(FIELD)
        at = 0
        while at < len(fields):
            n, parent, role, name, value, mask, x, y, width, height, count = fields[at : at + FIXED]
            at += FIXED
            end = at + 2 * int(count)
            states = _masks.get(mask)
            if states is None:
                bits = int(mask)
                states = _masks[mask] = frozenset(word for bit, word in enumerate(STATES) if bits >> bit & 1)
            yield Element(
                prefix + n,
                role,
                name,
                Box(int(x) / PX + left, int(y) / PX + top, int(width) / PX, int(height) / PX),
                value[1:] if value else None,
                states,
                prefix + parent if parent != "0" else above,
                owner.place,
                owner.window,
                shown.holder,
                shown.origin,
                attributes=dict(zip(fields[at:end:2], fields[at + 1 : end : 2], strict=True)),
            )
            at = end


@dataclass(frozen=True, slots=True)
class Hole:
    """Where a document of another process is shown; `n` is the number of its iframe element."""

    n: int


Inner = Callable[[int], Sequence[Part]]
"""What a document of another process shows, by the number of its iframe element."""


class _Stretch:
    """Up to 64 items of a unit, one after the other. Never changed."""

    __slots__ = ("_flat", "holes", "items")

    def __init__(self, items: list[Run | Hole | Bunch]) -> None:
        self.items = items
        self.holes: bool = any(isinstance(item, Hole) or (isinstance(item, Bunch) and item.holes) for item in items)
        self._flat: tuple[tuple[int, int], tuple[Part, ...]] | None = None

    def parts(self, scroll: tuple[int, int], inner: Inner) -> tuple[Part, ...]:
        if self._flat is not None and self._flat[0] == scroll:
            return self._flat[1]
        parts: list[Part] = []
        for item in self.items:
            if isinstance(item, Run):
                parts.append(item.at(scroll))
            elif isinstance(item, Bunch):
                parts.extend(item.parts(scroll, inner))
            else:
                parts.extend(inner(item.n))
        flat = tuple(parts)
        if not self.holes:  # what another process shows changes by itself
            self._flat = (scroll, flat)
        return flat


class Bunch:
    """A unit with what is in it. Never changed: a new one takes its place, and that of all above it.

    A unit of thousands is cut into stretches, and each remembers its parts, so that a new one is made without going
    through them all.
    """

    __slots__ = ("_stretches", "holes")

    def __init__(self, stretches: list[_Stretch]) -> None:
        self._stretches = stretches
        self.holes: bool = any(stretch.holes for stretch in stretches)
        """Whether documents of other processes are shown in it."""

    @classmethod
    def of(cls, items: list[Run | Hole | Bunch]) -> Bunch:
        return cls([_Stretch(items[at : at + STRETCH]) for at in range(0, len(items), STRETCH)])

    def with_(self, changed: dict[int, Bunch]) -> Bunch:
        """The same with other items at these places."""
        fresh: dict[int, list[Run | Hole | Bunch]] = {}
        for place, item in changed.items():
            stretch, at = divmod(place, STRETCH)
            if stretch not in fresh:
                fresh[stretch] = list(self._stretches[stretch].items)
            fresh[stretch][at] = item
        stretches = list(self._stretches)
        for stretch, items in fresh.items():
            stretches[stretch] = _Stretch(items)
        return Bunch(stretches)

    def parts(self, scroll: tuple[int, int], inner: Inner) -> tuple[Part, ...]:
        """What stands in it where the window was scrolled to `scroll` (1/64 px), in document order."""
        flat = [stretch.parts(scroll, inner) for stretch in self._stretches]
        return flat[0] if len(flat) == 1 else tuple(chain.from_iterable(flat))


@dataclass(slots=True)
class _Unit:
    frame: int
    where: tuple[int, int]
    items: list[Run | Hole | int]
    bunch: Bunch | None = None
    """As it is now; None until it is made."""
    above: int = 0
    below: dict[int, int] = field(default_factory=dict)
    """The units in it → their places."""


class Kept:
    """The units of one document, and of those that it may look into."""

    def __init__(self) -> None:
        self.generation = 0
        self._units: dict[int, _Unit] = {}
        self._root = 0
        self.arrivals = 0
        """Elements that came into the page since it was last asked who listens there."""

    def take(self, answer: str, owner: Owner) -> tuple[dict[str, Any], Bunch]:
        """An answer of `cua.read`: what it says of the document, and the tree of units as it is now."""
        first, *rest = answer.split(APART)
        said: dict[str, Any] = json.loads(first)
        if said["all"]:
            self._units.clear()
        self.generation, self._root, self.arrivals = said["generation"], said["root"], said["arrivals"]
        for unit in said["gone"]:
            self._units.pop(unit, None)
        frames = {
            index: Shown(owner.prefix + str(holder) if holder else owner.above or "", origin)
            for index, holder, origin in said["frames"]
        }
        stale: set[int] = set()
        lines = iter(rest)
        for head in lines:
            unit, frame, x, y, runs, *items = head.split(" ")
            self._told(
                int(unit), int(frame), (int(x), int(y)), items, [next(lines) for _ in range(int(runs))], owner, frames
            )
            stale.add(int(unit))
        places = iter(said["places"])
        for unit, place in zip(places, places, strict=True):
            x, y = place.split(" ")
            self._moved(unit, (int(x), int(y)))
            stale.add(unit)
        return said, self._bunch(stale)

    def _told(
        self,
        unit: int,
        frame: int,
        where: tuple[int, int],
        items: list[str],
        texts: list[str],
        owner: Owner,
        frames: dict[int, Shown],
    ) -> None:
        before = self._units.get(unit)
        known: dict[str, Run] = {}
        if before is not None and before.where == where and before.frame == frame:
            known = {run.text: run for run in before.items if isinstance(run, Run)}
        made: list[Run | Hole | int] = []
        below: dict[int, int] = {}
        rows = iter(texts)
        shown = frames[frame]
        for item in items:
            if not item:
                continue
            if item[0] == "#":
                text = next(rows)
                run = known.get(text)
                made.append(run if run is not None else Run(text, int(item[1:]), *where, shown, owner))
            elif item[0] == "@":
                made.append(Hole(int(item[1:])))
            else:
                below[int(item)] = len(made)
                made.append(int(item))
        self._units[unit] = _Unit(frame, where, made, above=before.above if before else 0, below=below)

    def _moved(self, unit: int, where: tuple[int, int]) -> None:
        it = self._units[unit]
        it.where = where
        it.bunch = None
        it.items = [
            Run(item.text, item.size, *where, item.shown, item.owner, item.content) if isinstance(item, Run) else item
            for item in it.items
        ]

    def _bunch(self, stale: set[int]) -> Bunch:
        """The whole tree, made anew only on the way from the root to what has changed."""
        units = self._units
        for number in stale:
            for child in units[number].below:
                if child in units:
                    units[child].above = number
        beneath: dict[int, list[int]] = {}
        changed = set(stale)
        for number in stale:
            above = units[number].above
            while above and number in units and above in units:
                beneath.setdefault(above, []).append(number)
                if above in changed:
                    break
                changed.add(above)
                number, above = above, units[above].above
        return self._made(self._root, changed, beneath) if self._root in units else Bunch([])

    def _made(self, number: int, changed: set[int], beneath: dict[int, list[int]]) -> Bunch:
        unit = self._units[number]
        if unit.bunch is None:
            made = (self._made(item, changed, beneath) if isinstance(item, int) else item for item in unit.items)
            unit.bunch = Bunch.of(list(made))
        elif number in changed:  # its own items are what they were
            below = {unit.below[child]: self._made(child, changed, beneath) for child in beneath.get(number, ())}
            unit.bunch = unit.bunch.with_(below)
        return unit.bunch
