"""How much each kind of evidence says for an element being the recorded one: log-likelihood ratios, after Fellegi and
Sunter, "A theory for record linkage" (1969).

A weight is ln(m/u): m, how likely the evidence is of the same element after the application has changed; u, how likely
it is of another element of this page. What many bear tells little: u is counted on the page. What was learned of this
application replaces the m of experience, and what has happened to the others that stood around says how much to expect
of this one: where all names have changed, another name says nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from grounding.anchors import Anchor
from grounding.comparing import ALIKE, SAME_ROW, alike, same_row, same_texts, shared
from grounding.page import Page
from grounding.roles import related
from grounding.scoring import normal
from grounding.traits import Traits, loose, made_up, masked

FLUKE = 1 / 500
"""How often two different things that a person uses are called the same by chance."""
KEPT = {
    "name": 0.92, "testid": 0.9, "id": 0.75, "key name": 0.85, "href": 0.85, "action": 0.9, "placeholder": 0.8,
    "title": 0.8, "autocomplete": 0.9, "type": 0.95, "options": 0.85, "download": 0.9, "row": 0.85, "near": 0.8,
    "within": 0.85, "path": 0.6, "role": 0.93,
}  # fmt: skip
"""How often evidence of a kind is as it was after a change of the application, until more is known."""
WORTH = 4.0
"""So many replays is that experience worth."""
AGAINST = {
    "testid": -2.5, "id": -1.2, "name": -1.8, "href": -2.0, "action": -0.5, "placeholder": -1.0, "title": -0.8,
    "autocomplete": -0.5, "type": -0.5, "options": -1.0, "download": -0.5,
}  # fmt: skip
"""An attribute that says something else."""
CONTENT = frozenset({"options", "type", "autocomplete", "action", "download"})
"""Attributes that say what an element is for and not which it is: two may well be alike in them."""
CONTENT_MOST = 1.5
FEW = 4.0
"""So many names around a target is experience worth: a handful that have changed do not make another language."""
DROPPED = 0.25
"""What an attribute that is gone is worth, of one that says something else."""
AGAIN = 0.4
"""What further evidence of the same group is worth: what was made by one hand agrees, and changes, together."""
ANOTHER = -3.0
"""It is called, or keyed, as another element was that stood beside the target."""
OTHER_NAME, REWORDED = -4.2, -0.2
"""Another name; the same where the whole page is worded otherwise."""
NAME_BESIDE, BOTH_BESIDE, NAME_LOST = 1.5, 2.5, -1.5
"""The recorded name, as a text that only stands where a label would; the same where it was no more when it was
recorded; no name at all."""
OTHER_USE, NEAR_USE, OTHER_ROLE = -5.0, -1.0, -1.8
OTHER_ORIGIN, OTHER_FRAME = -40.0, -2.0
"""What a frame of another origin shows, or another world, is never the target, be it alike in everything."""
UNLIKE = {"row": SAME_ROW, "near": 0.2, "within": 0.01}
"""Context is another one below this share; as it was from ALIKE on."""
SAME_SPOT, NEAR_SPOT = 6, 60
"""CSS px."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """`weight` in nats (natural logarithm), for the element where positive."""

    kind: str
    weight: float
    said: str

    def __str__(self) -> str:
        return f"{self.said} {self.weight:+.1f}"


@dataclass(frozen=True, slots=True)
class Weighed:
    """All evidence on one element. `own` is what it is called, by people and by developers."""

    evidence: tuple[Evidence, ...]
    own: float
    place: float
    total: float
    apart: float
    """What tells it from others of its name (or from what has none either): attributes, context, place; infinite where
    there are no others."""


class Scales:
    """Weighs the elements of one page against one anchor."""

    def __init__(self, anchor: Anchor, page: Page) -> None:
        self.anchor = anchor
        self.was = anchor.traits
        self.page = page
        self.size = max(1, len(page.candidates))
        self._worth: dict[str, tuple[float, float]] = {}
        self.own_name = normal(self.was.name)
        self.own_called = self.own_name or f"<{self.was.role}>"
        self.other_names = {normal(o.name) for o in anchor.others if o.name} - {self.own_name, ""}
        self.other_keys = {o.key for o in anchor.others if o.key} - {f"{k}={v}" for k, v in self.was.keys.items()}

    @cached_property
    def _learned(self) -> dict[str, float]:
        counts = {kind: self.anchor.held.get(kind, (0, 0)) for kind in KEPT}
        return {kind: (KEPT[kind] * WORTH + held) / (WORTH + seen) for kind, (held, seen) in counts.items()}

    def kept(self, kind: str) -> float:
        """How likely evidence of this kind is to be as it was, by what was learned of this target."""
        return self._learned[kind]

    # ------------------------------------------------------------------------------- what happened to the others

    @cached_property
    def names_kept(self) -> float:
        """The share of names around the target that are still on the page."""
        found = lost = 0.0
        for other in self.anchor.others:
            low = normal(other.name)
            if not low or low == self.own_name:
                continue
            if low in self.page.names or low in self.page.texts:
                found += 1
            elif other.key and self._has(other.key):
                lost += 1
            else:
                lost += 0.5
        for text in (*self.was.before, *self.was.after, *(w.partition(" ")[2] for w in self.was.within)):
            if text and normal(text) != self.own_name:
                if normal(text) in self.page.texts:
                    found += 0.5
                else:
                    lost += 0.25
        return (found + FEW * KEPT["name"]) / (found + lost + FEW)

    @cached_property
    def reworded(self) -> float:
        """0..1: how far the page speaks otherwise as a whole (another language), so that another name says nothing."""
        return max(0.0, min(1.0, (0.9 - self.names_kept) / 0.3))

    @cached_property
    def keys_kept(self) -> float:
        """The share of the others' attributes that are still on the page, of those who are there by name."""
        found = lost = 0.0
        for other in self.anchor.others:
            if other.key:
                if self._has(other.key):
                    found += 1
                elif normal(other.name) in self.page.names:
                    lost += 1
        return (found + 1) / (found + lost + 1)

    def _has(self, key: str) -> bool:
        kind, _, value = key.partition("=")
        return (kind, value) in self.page.keys

    # ------------------------------------------------------------------------------- all of it

    def weigh(self, now: Traits) -> Weighed:
        name, called = self._name(now)
        keys = self._keys(now)
        there = self.page.names[self.own_called]
        unnamed = self.was.beside or not self.was.name
        namesakes = unnamed or (called and max(self.anchor.of, there) > 1)
        own = name.weight + _joint([one.weight for one in keys if one.kind not in CONTENT], AGAIN)
        content = _joint([one.weight for one in keys if one.kind in CONTENT], AGAIN)
        around = self._around(now, namesakes=namesakes)
        place = self._place(now, settled=not namesakes or there == self.anchor.of)
        use = self._use(now)
        room = 3.0 + 3.0 * self.reworded if own <= 0 else 6.0
        placed = max(-1.2, min(room, _joint([one.weight for one in place], 0.6)))
        apart = math.inf
        if namesakes and (unnamed or self.anchor.of > 1):
            mine = [one.weight for one in keys if one.weight < 0 or one.kind not in self.anchor.common]
            apart = _joint(mine, AGAIN) + _joint([one.weight for one in around], 1.0) + placed
        total = own + content + _joint([one.weight for one in around], 0.5) + placed + sum(one.weight for one in use)
        return Weighed((name, *keys, *use, *around, *place), own, placed, total, apart)

    def _name(self, now: Traits) -> tuple[Evidence, bool]:
        kept = self.kept("name")
        other = OTHER_NAME + (REWORDED - OTHER_NAME) * self.reworded
        if not self.was.name:
            if not now.name:
                others = max(self.anchor.of, self.page.names[self.own_called]) - 1
                return Evidence("name", min(0.0, math.log(0.9 / (others / self.size + 0.1))), "nameless"), True
            return Evidence("name", -1.5, f'called "{now.name}", and was nameless'), False
        if not now.name:
            beside = {normal(text) for text in (*now.before[:2], *now.after[:1])}
            if self.own_name in beside and not self.page.names[self.own_name]:
                return Evidence("name", NAME_BESIDE, "its name stands beside it"), False
            return Evidence("name", max(other, NAME_LOST), "nameless now"), False
        low = normal(now.name)
        if low == self.own_name:
            others = max(self.anchor.of - 1, self.page.names[low] - 1, 0)
            weight = math.log(kept / (others / self.size + FLUKE))
            if now.beside or self.was.beside:
                weight = min(weight, BOTH_BESIDE if now.beside and self.was.beside else NAME_BESIDE)
            return Evidence("name", weight, "name equal"), True
        if now.beside or self.was.beside:
            return Evidence("name", max(other, NAME_LOST), f'beside "{now.name}"'), False
        if low in self.other_names:
            return Evidence(
                "name", min(other, -0.5) + ANOTHER * (1 - self.reworded), f'called "{now.name}", as another was'
            ), False
        likely = alike(self.was.name, now.name)
        if likely == "decorated":
            others = max(self.anchor.of - 1, self.page.bares[loose(now.name)] - 1, 0)
            return Evidence(
                "name", math.log(kept / 2 / (others / self.size + FLUKE)), "name equal but for decoration"
            ), True
        if likely in {"numbers", "synonym"}:
            others = max(0, self.page.bares[loose(now.name)] - 1)
            weight = math.log(0.12 / (others / self.size + 4 * FLUKE))
            return Evidence(
                "name", weight, "name equal but for numbers" if likely == "numbers" else "a name that means the same"
            ), False
        if likely == "part":
            return Evidence("name", max(other, -1.5), f'a name that is alike: "{now.name}"'), False
        return Evidence("name", other, f'called "{now.name}"'), False

    def _keys(self, now: Traits) -> list[Evidence]:
        found = []
        for kind, value in self.was.keys.items():
            there = now.keys.get(kind)
            if there == value:
                found.append(Evidence(kind, self._key_equal(kind, value), f"{kind} equal"))
            elif not (kind == "id" and (made_up(value) or made_up(there or ""))):
                against = AGAINST[kind] * self.keys_kept * self.kept("key name" if kind == "name" else kind)
                if there is None:
                    found.append(Evidence(kind, against * DROPPED, f"no {kind}"))
                else:
                    close = kind in {"href", "action"} and masked(there) == masked(value)
                    found.append(Evidence(kind, against * (0.6 if close else 1.0), f"another {kind}"))
        if any(f"{kind}={value}" in self.other_keys for kind, value in now.keys.items()):
            found.append(Evidence("others", ANOTHER, "keyed as another was"))
        return found

    def _key_equal(self, kind: str, value: str) -> float:
        others = max(1, self.page.keys[kind, value], self.anchor.common.get(kind, 1)) - 1
        chance = others / self.size + FLUKE
        if kind == "id" and made_up(value):
            chance += 0.1
        weight = math.log(self.kept("key name" if kind == "name" else kind) / chance)
        return max(0.0, min(weight, CONTENT_MOST)) if kind in CONTENT else max(0.0, weight)

    def _use(self, now: Traits) -> list[Evidence]:
        found = []
        was = self.was
        if now.kind != was.kind:
            near = {now.kind, was.kind} <= {"write", "choose", "slide"} or {now.kind, was.kind} <= {"push", "tick"}
            found.append(
                Evidence(
                    "kind",
                    NEAR_USE if near else OTHER_USE,
                    f"it takes {now.kind or 'nothing'}, and took {was.kind or 'nothing'}",
                )
            )
        if now.role == was.role:
            share = self.page.roles[now.role] / self.size
            found.append(Evidence("role", min(1.6, math.log(self.kept("role") / (share * 0.95 + 0.05))), "role equal"))
        else:
            found.append(
                Evidence(
                    "role",
                    NEAR_USE if related(was.role, now.role) else OTHER_ROLE,
                    f"a {now.role}, and was a {was.role}",
                )
            )
        if now.place != was.place:
            found.append(Evidence("place", OTHER_ORIGIN, f"in {now.place or 'the first world'}"))
        if now.origin != was.origin:
            found.append(
                Evidence(
                    "origin",
                    OTHER_ORIGIN,
                    f"of {now.origin or 'the page itself'}, not of {was.origin or 'the page itself'}",
                )
            )
        elif now.frame != was.frame:
            found.append(Evidence("frame", OTHER_FRAME, "in another frame"))
        return found

    def _around(self, now: Traits, *, namesakes: bool) -> list[Evidence]:
        """What stands around it. It tells those of one name apart, where it did so when they were recorded; of what has
        a name to itself it says little."""
        found = []
        trust = 1 - self.reworded
        for kind, share, alone, said in self._context(now):
            pro, con = alone if not namesakes else self._apart(kind)
            if share >= (SAME_ROW if kind == "row" else ALIKE):
                found.append(Evidence(kind, pro * share if kind == "row" else pro, said))
            elif share < UNLIKE[kind]:
                found.append(Evidence(kind, con * trust * (1 - share), f"not {said}"))
        return found

    def _context(self, now: Traits) -> Iterator[tuple[str, float, tuple[float, float], str]]:
        """Kind, how much of it is there still, what it is worth of one of a kind (for, against), in words."""
        if self.was.row:
            yield "row", same_row(self.was, now, self.page), (1.0, -1.0), "in the same row"
        if self.was.before or self.was.after:
            yield "near", same_texts(self.was, now), (1.2, -0.7), "beside the same texts"
        if self.was.within:
            yield "within", shared(self.was.within, now.within), (1.0, -1.0), f"in {self.was.within[0]}"

    def _apart(self, kind: str) -> tuple[float, float]:
        if kind not in self._worth:
            self._worth[kind] = self._worth_apart(kind)
        return self._worth[kind]

    def _worth_apart(self, kind: str) -> tuple[float, float]:
        """What a kind of context is worth among namesakes, for and against, by how many of them it fits as well."""
        others = max(1, self.anchor.common.get("alike", self.anchor.of) - 1)
        as_well = min(1.0, (self.anchor.common.get(kind, 1) - 1) / others)
        pro = max(0.0, math.log(self.kept(kind) / (as_well * 0.9 + 0.05)))
        con = min(0.0, math.log((1 - self.kept(kind)) / (1.05 - as_well * 0.9)))
        if kind == "near" and self.was.row:  # the row says it already
            return min(pro, 1.2), max(con, -0.7)
        return min(pro, 3.0), con * (2.0 if kind == "row" else 1.5)

    def _place(self, now: Traits, *, settled: bool) -> list[Evidence]:
        """Where it is. Of little worth: it is what a decoy takes over, and what a sibling takes when another goes; of
        none where there are more or fewer of this name than there were (`settled`)."""
        if not settled:
            return []
        found = []
        was = self.was
        rank = math.log(0.6 * self.size + 1)
        if was.path and now.path == was.path:
            trust = self.kept("path") / KEPT["path"]
            found.append(Evidence("path", min(2.5, rank) * trust, "path equal"))
        elif was.path[:1] == now.path[:1]:
            found.append(Evidence("path", 0.6, "place among its siblings equal"))
        else:
            found.append(Evidence("path", -0.4, "another path"))
        if was.spot is not None and now.spot is not None:
            away = max(abs(was.spot.x - now.spot.x), abs(was.spot.y - now.spot.y))
            size = abs(was.spot.width - now.spot.width) <= 2 and abs(was.spot.height - now.spot.height) <= 2
            weight = 2.0 if away <= SAME_SPOT else 0.7 if away <= NEAR_SPOT else -0.4
            found.append(Evidence("spot", weight + 0.6 * size, f"{away} px from where it was"))
        if was.order[1] and now.order[1] == was.order[1]:
            found.append(
                Evidence(
                    "order",
                    min(3.5, rank) if now.order == was.order else -0.5,
                    f"control {now.order[0]} of {now.order[1]}",
                )
            )
        return found


def _joint(weights: list[float], again: float) -> float:
    """Weights of evidence that hangs together: the strongest for and against in full, of the others a part."""
    pro = sorted((w for w in weights if w > 0), reverse=True)
    con = sorted(w for w in weights if w < 0)
    return sum(side[0] + again * sum(side[1:]) for side in (pro, con) if side)
