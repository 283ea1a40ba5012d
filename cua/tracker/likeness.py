"""How alike two screens are, by kinds of evidence; and what sets them apart whatever else they share.

Measured on labelled pairs of real applications (`python -m tests.identity`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from cua.tracker.evidence import LAYERS, NOTHING, Evidence, Scope

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "field": 3.0, "button": 2.0, "heading": 1.0, "title": 1.0, "landmark": 1.0, "tab": 0.5, "column": 0.5,
        "link": 0.5, "item": 0.5, "chrome": 0.3, "row": 0.3,
    }
)  # fmt: skip
"""What each kind of evidence weighs. Fields and buttons are what a developer wrote; links and items are half data."""
OF_ROWS = frozenset({"column", "row", "item", "link"})
"""Kinds that a list without rows has nothing of: they count only where both screens have some."""
WITH_ROWS = frozenset({"field", "button", "landmark", "link"})
"""Kinds of which a list without rows may lack some: what acts on rows, what turns pages."""
EXTRAS = ("field", "button", "link", "item", "column", "heading", "row")
"""Kinds in which something that lies over a page without saying so shows itself."""

ELSEWHERE = 0.8
"""What likeness is worth at addresses that go together and are not equal."""
EXCHANGED = 3
"""So many controls and headings, some here and some there, are not what data does to a screen."""
MORE = 4
"""Nor are so many controls more on one of them; twice as many where a list is empty on the other."""
COVERS = 2
"""So many controls are covered, and so many are new, before something is taken to lie over the page."""


def likeness(one: Evidence, other: Evidence, address: float) -> float:
    """0..1: the weighted mean, over the kinds that either has, of how much of them is common (Jaccard index); of the
    page, or of what lies over it where that is less alike. `address` is how well the addresses agree."""
    emptied = address == 1.0 and one.page.has_rows != other.page.has_rows and _called_alike(one.page, other.page)
    renamed = _renamed(one, other)
    alike = _likeness(one.page, other.page, renamed.get("", {}), emptied=emptied)
    for layer in LAYERS:
        if layer in one.scopes or layer in other.scopes:
            alike = min(alike, _likeness(_layer(one, layer), _layer(other, layer), renamed.get(layer, {})))
    return alike if address == 1.0 else alike * ELSEWHERE


def _layer(screen: Evidence, layer: str) -> Scope:
    return screen.scopes.get(layer, NOTHING)


def _likeness(one: Scope, other: Scope, renamed: Mapping[str, str], *, emptied: bool = False) -> float:
    """`renamed`: controls of the one as they are called on the other."""
    common = whole = 0.0
    for kind, weight in WEIGHTS.items():
        ours, theirs = one.of(kind), other.of(kind)
        if ours and theirs:
            shared = len(ours & theirs) + sum(control.startswith(f"{kind}:") for control in renamed)
            least = emptied and kind in WITH_ROWS
            common += weight * shared / (min(len(ours), len(theirs)) if least else len(ours) + len(theirs) - shared)
            whole += weight
        elif (ours or theirs) and kind not in OF_ROWS:
            whole += weight
    return common / whole if whole else 1.0


def _called_alike(one: Scope, other: Scope) -> bool:
    """Whether title or headings have something in common: a page that says that nothing is there is no empty list."""
    return any(one.of(kind) & other.of(kind) for kind in ("title", "heading"))


def difference(one: Evidence, other: Evidence) -> str | None:
    """What sets two screens apart, in words; None where nothing does."""
    for why, holds in (
        ("a dialog, a menu or a list is open on one of them", _layers),
        ("something else is expanded", _expanded),
        ("another tab is selected", _picked),
        ("one of them says that something was refused", _refused),
        ("one of them asks for a password", _secret),
        ("something lies over one of them", _overlaid),
    ):
        if holds(one, other) or holds(other, one):
            return why
    return _exchanged(one, other)


def _layers(one: Evidence, other: Evidence) -> bool:
    return one.of("layers") != other.of("layers") or bool(one.of("loose")) != bool(other.of("loose"))


def _expanded(one: Evidence, other: Evidence) -> bool:
    """Whether a control is expanded here that is not expanded there, or is not there."""
    return bool(one.of("open") - other.of("open"))


def _picked(one: Evidence, other: Evidence) -> bool:
    """Whether a tab is selected here that the other screen has, and not selected."""
    return any(tab in other.features for tab in one.of("picked") - other.of("picked"))


def _refused(one: Evidence, other: Evidence) -> bool:
    """Whether there are complaints here that are not there, and none the other way round: what a page always says is
    on both, and two screens that complain are alike in that."""
    ours, theirs = one.of("complaint"), other.of("complaint")
    return bool(ours - theirs) and not theirs - ours


def _secret(one: Evidence, other: Evidence) -> bool:
    """Whether there is a password field here, and none there; a field that shows what was typed is still there."""
    return bool(one.of("secret")) and not other.of("secret") and not one.of("secret") & other.features


def _overlaid(one: Evidence, other: Evidence) -> bool:
    """Whether controls are covered here that are not on the other screen, and there are new things: a pop-up that no
    role announces. Something that stays in place while the page scrolls covers as well, and brings nothing."""
    covered = sum(control in other.features for control in one.of("under") - other.of("under"))
    if covered < COVERS:
        return False
    return sum(len(one.page.of(kind) - other.page.of(kind)) for kind in EXTRAS) >= COVERS


def _exchanged(one: Evidence, other: Evidence) -> str | None:
    """Controls and headings that each has for itself, or that one has more: a frame that stays may hold most of a
    screen, and something else stands in it now."""
    renamed = _renamed(one, other)
    for layer in ("", *LAYERS):
        a, b, same = _layer(one, layer), _layer(other, layer), renamed.get(layer, {})
        gone, come = a.controls - b.controls - same.keys(), b.controls - a.controls - frozenset(same.values())
        more = max(len(gone), len(come))
        if more >= MORE * (2 if a.has_rows != b.has_rows else 1):
            return f"one of them has {more} controls more"
        ours = _named(gone | (a.headings - b.of("heading")))
        theirs = _named(come | (b.headings - a.of("heading")))
        if ours and theirs and len(ours) + len(theirs) >= EXCHANGED:
            return f'one has "{min(ours)}", the other "{min(theirs)}"'
    return None


def _renamed(one: Evidence, other: Evidence) -> Mapping[str, Mapping[str, str]]:
    """By layer, the controls that are called otherwise on the other screen, and the same by their developer, with what
    they are called there."""
    found: dict[str, dict[str, str]] = {}
    for key in one.keys.keys() & other.keys.keys():
        (layer, ours), (there, theirs) = _placed(one.keys[key]), _placed(other.keys[key])
        alike = layer == there and ours.partition(":")[0] == theirs.partition(":")[0]
        if alike and one.keys[key] not in other.features and other.keys[key] not in one.features:
            found.setdefault(layer, {})[ours] = theirs
    return found


def _placed(control: str) -> tuple[str, str]:
    """ "dialog/button:button OK" → its layer, and the rest."""
    kind, colon, what = control.partition(":")
    layer, _, kind = kind.rpartition("/")
    return layer, f"{kind}{colon}{what}"


def _named(things: Iterable[str]) -> frozenset[str]:
    """Without their kinds and levels: a button and a heading of one name say one thing."""
    return frozenset(thing.partition(" ")[2] for thing in things)
