"""Fake worlds that draw only what they are scrolled to: a list of rows, and a feed that loads more at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from envs.errors import Stale
from envs.fake import Fake, FakeSite, Hides, Item, Shows, item, screen, text
from envs.observation import Element
from envs.scrolling import Scroller

LINE, TOP = 30.0, 100.0
"""CSS px: the height of a row, and where the list begins."""
COST = 0.05
"""Seconds that scrolling takes."""


def opens(name: str) -> Item:
    """A row that says so when it is clicked."""
    return Item("option", name, triggers={"click": (Shows(text(f"{name} is open")),)})


class Rolling(Fake):
    """A list "Films" of so many lines, which draws the rows that are in view and `spare` ones around; `at`: the row it
    stands at. `rolled`: where it was scrolled to, in rows."""

    def __init__(
        self, rows: Sequence[str], *, lines: int = 10, at: int = 0, spare: int = 0, around: Sequence[Item] = ()
    ) -> None:
        self.rows, self.lines, self.spare = list(rows), lines, spare
        self.asked = 0
        self.rolled: list[float] = []
        self.gone = False
        self._at = at * LINE
        films = item("listbox", "Films", *self._drawn())
        super().__init__(FakeSite("films", {"films": screen("Films", *around, films)}))

    def scrollers(self, around: Element | None = None) -> tuple[Scroller, ...]:
        self.asked += 1
        inside = around is None or around.name == "Films" or around.role == "option"
        return (self._scroller(),) if inside and not self.gone else ()

    def roll(self, scroller: Scroller, to: float | None) -> Scroller:
        if self.gone:
            raise Stale("the list is not there any more")
        if to is not None:
            self.clock.advance(COST)
            assert scroller.least <= to <= scroller.most
            self.rolled.append(to / LINE)
            self._at = to
            self._draw()
        return replace(
            scroller, **{name: getattr(self._scroller(), name) for name in ("at", "most", "before", "after")}
        )

    @property
    def most(self) -> float:
        return max(0.0, (len(self.rows) - self.lines) * LINE)

    def _scroller(self) -> Scroller:
        first, last = self._range
        before, after = self._at - first * LINE, last * LINE - self._at - self.lines * LINE
        part = self.lines * LINE
        return Scroller(
            "films", 'the listbox "Films"', "y", self._at, 0, self.most, part, TOP, max(0, before), max(0, after)
        )

    @property
    def _range(self) -> tuple[int, int]:
        first = int(self._at // LINE) - self.spare
        return max(0, first), min(len(self.rows), int(-(-self._at // LINE)) + self.lines + self.spare)

    def _drawn(self) -> list[Item]:
        first, last = self._range
        return [self._row(n) for n in range(first, last)]

    def _row(self, n: int) -> Item:
        place = n * LINE - self._at
        row = opens(self.rows[n]).at(20, TOP + place, 300, LINE).known_as(f"row {n}")
        return row if -LINE < place < self.lines * LINE else row.being("offscreen")

    def _draw(self) -> None:
        shown = [node.item.key for node in self._stage.front.page.nodes() if node.item.role == "option"]
        self.happen(*map(Hides, shown), Shows(self._drawn(), into="Films"))


class Feed(Rolling):
    """A list that keeps what it has drawn, and loads ten rows more some time after its end was reached."""

    def __init__(self, rows: Sequence[str], *, takes: float = 0.4, endless: bool = False) -> None:
        self._waiting, self.takes, self._more = rows[20:], takes, 0
        self.endless, self._loading = endless, False
        super().__init__(rows[:20], spare=10_000)

    def roll(self, scroller: Scroller, to: float | None) -> Scroller:
        rolled = super().roll(scroller, to)
        if to is not None and to >= self.most and not self._loading:
            self._loading = True
            self._stage.after(self.takes, self._load)
        return rolled

    def _load(self) -> None:
        more = [f"More {self._more + n}" for n in range(10)] if self.endless else list(self._waiting[:10])
        self._waiting, self._more, self._loading = self._waiting[10:], self._more + 10, False
        self.rows += more
        self._draw()
