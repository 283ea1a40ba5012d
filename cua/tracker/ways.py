"""Ways that were gone and can be gone again; the cheapest known path from state to state."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import count
from urllib.parse import urljoin

from cua.codec import Unreadable, decode, encode
from cua.ledger import weighs
from cua.proof import Proof
from cua.sealed import seal, unseal
from cua.step import Step
from cua.tracker.features import CHROME, ITEMS, RECORDS, ROWS
from cua.tracker.naming import says
from envs.action import Action, Click, Hover, Open
from envs.events import Answer, Failure, Request
from envs.observation import Element, Observation
from grounding.target import Target

GOOD = 0.5
"""A way that works less often than this is not planned with."""
LEAST = 1.0
"""Milliseconds that a step costs at least."""
MENUS = frozenset({"menu", "menubar", "tablist", "toolbar"})
RECORD, ITEM = "record", "item"
_MASKED = "‹"


@dataclass(frozen=True, slots=True)
class Walk:
    """The circumstances of a step. `left`, `led`: the full addresses before and after it; `says`: what the screen that
    it led to said of itself; `plain`: it followed a link, or opened an address, and came to just that address; `picks`:
    what it chose stands among its like (RECORD: in a row, ITEM: in a list that is no menu); `wrote`: the application
    was asked to store something; `loaded`: another document came."""

    left: str = ""
    led: str = ""
    says: str = ""
    plain: bool = False
    picks: str = ""
    wrote: bool = False
    loaded: bool = False

    @property
    def harmless(self) -> bool:
        """Whether a step did no more than show something: what asks one address and comes to another (a redirect) may
        have done something on the way."""
        return self.plain or not self.loaded


@dataclass(frozen=True, slots=True)
class Way:
    """A step that led from one state to another. `rate`: how often it has led there of late, 0..1; `ms`: the mean of
    what it took."""

    before: str
    step: Step
    after: str
    walk: Walk = Walk()
    rate: float = 1.0
    ms: float = 0.0

    @property
    def cost(self) -> float:
        """Milliseconds to be expected until it has led there."""
        return max(self.ms, LEAST) / max(self.rate, 0.01)

    @property
    def closable(self) -> tuple[str, str]:
        """By what it is known that it is closed: where it begins, and its words."""
        return self.before, self.step.words


def walked(proof: Proof, now: Observation) -> Walk:
    """The circumstances of a step whose proof was asked of this screen."""
    before, found, action = proof.before, proof.found, proof.action
    asked = action.url if isinstance(action, Open) else found.attributes.get("href") if found is not None else None
    return Walk(
        left=before.url,
        led=now.url,
        says=says(now),
        plain=asked is not None and urljoin(before.url, asked) == now.url,
        picks=_picks(before, found) if found is not None else "",
        loaded=now.document != before.document,
        wrote=any(isinstance(event, Request | Answer | Failure) and weighs(event) for event in proof.events),
    )


def _picks(screen: Observation, found: Element) -> str:
    at: Element | None = found
    picks = ""
    while at is not None:
        if at.role in ROWS | RECORDS:
            return RECORD
        if at.role in CHROME | MENUS:
            return ""
        picks = ITEM if at.role in ITEMS else picks
        at = screen.get(at.parent) if at.parent is not None else None
    return picks


def kept(step: Step, walk: Walk) -> str:
    """What it takes to do a step again, sealed; "" for one that is not to be done again by itself: what types, commits
    or brings something home, what was followed by a write, what goes by position or names a secret."""
    if not isinstance(step.action, Click | Hover | Open) or step.commit or step.keep or step.ask or walk.wrote:
        return ""
    if step.target is not None and _by_position(step.target):
        return ""
    return _act(step.action, step.words, step.target, step.timeout, walk)


@lru_cache(maxsize=256)
def _act(action: Action, words: str, target: Target | None, timeout: float, walk: Walk) -> str:
    act = [encode(Step("", action, words, target, timeout=timeout)), asdict(walk)]
    return "" if _MASKED in str(act) else seal(act)


def known(before: str, words: str, after: str, act: str, rate: object, ms: object) -> Way:
    """The way in a row of the map. Raises Unreadable for one that is not what was written."""
    try:
        data, circumstances = unseal(act)
        step, walk = decode(data), Walk(**circumstances)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(str(error)) from error
    sound = isinstance(step, Step) and step.words == words and not step.commit
    if not sound or not isinstance(rate, float) or not isinstance(ms, int | float) or not (0 <= rate <= 1 and ms >= 0):
        raise Unreadable("it is not what was written")
    return Way(before, step, after, walk, rate, float(ms))


def _by_position(target: Target) -> bool:
    """Whether it is named by where it stands among others: tomorrow something else may stand there."""
    return target.nth is not None or not target.name or any(_by_position(one.target) for one in target.clauses)


def alike(one: Step, other: Step) -> bool:
    """Whether two steps do the same to the same."""
    return (one.words, one.action, one.target) == (other.words, other.action, other.target)


def path(
    ways: Iterable[Way], start: str, goal: str, most: int, closed: Collection[tuple[str, str]] = ()
) -> tuple[Way, ...] | None:
    """The cheapest path of at most so many ways that are good and not closed; None where there is none (Dijkstra, over
    states and the steps taken to them)."""
    out: dict[str, list[Way]] = {}
    for way in ways:
        if way.rate >= GOOD and way.before != way.after and way.closable not in closed:
            out.setdefault(way.before, []).append(way)
    number = count()  # of two that cost the same the one that was found first
    waiting: list[tuple[float, int, str, tuple[Way, ...]]] = [(0.0, next(number), start, ())]
    fewest: dict[str, int] = {}
    while waiting:
        cost, _, here, taken = heapq.heappop(waiting)
        if here == goal:
            return taken
        if len(taken) >= min(most, fewest.get(here, most + 1)):
            continue  # it was reached as cheaply, in no more steps
        fewest[here] = len(taken)
        for way in out.get(here, ()):
            heapq.heappush(waiting, (cost + way.cost, next(number), way.after, (*taken, way)))
    return None
