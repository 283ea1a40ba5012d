"""The proof of a step: what must be seen afterwards, stated or inferred, and that nothing speaks against it.

A proof is asked again and again while the world settles (`proof(observation)`), and once more at the end
(`proof.verdict(observation)`). It holds when

1. no request of the step was refused or lost;
2. what was stated holds, and is news: what was true before the step proves nothing of it;
3. what the kind of step promises holds (a field holds the text), or, where nothing was stated, its general effect is
seen;
4. every write that was sent by the time it was seen has been answered.

What pages do by themselves (`Habits`) speaks neither for a step nor against it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from cua.absence import denies
from cua.changes import changes
from cua.commits import carries, marks
from cua.effects import inferred
from cua.expect import Changed, Expect, Within
from cua.judge import Judge, View
from cua.ledger import Habits, weighs
from cua.login_pages import enters, signs_in, turned_away
from cua.step import Step
from cua.verdict import Verdict
from envs.action import Action, Click, Press
from envs.clock import Clock, SystemClock
from envs.events import (
    Answer,
    Asked,
    Blocked,
    Dialog,
    Downloaded,
    Event,
    Failure,
    Messages,
    Navigated,
    Request,
    WindowClosed,
    WindowOpened,
)
from envs.observation import Element, Observation

QUIET = 2.0
"""Seconds that a commit which has sent nothing yet is given to send it: a page that says "saved" first and asks the
server later is not believed at once. A page without a server costs these seconds for each commit."""


@dataclass(slots=True)
class Proof:
    """`action` is the resolved one (secrets filled in); it is compared with and never shown."""

    step: Step
    action: Action
    found: Element | None
    before: Observation
    judge: Judge
    clock: Clock = field(default_factory=SystemClock)
    habits: Habits = field(default_factory=Habits)
    signed_in: bool = False
    """Whether the run has signed in, and was not seen to be signed out since."""
    events: dict[Event, None] = field(default_factory=dict)
    """What has happened since the act; habits left out."""
    _writes: dict[str, Request] = field(default_factory=dict)
    """The writes that wait for their answer, habits too."""
    _ended: set[str] = field(default_factory=set)
    _hidden: bool = False
    """Whether a write that may be ours went to an address that pages ask by themselves (one endpoint for all)."""
    _shown: float | None = None
    """Since when the effect is to be seen."""
    _ready: float | None = None
    """Since when only answers are waited for."""
    _last: Observation | None = None
    _held: Verdict | None = None
    """The verdict on `_last`, where it holds."""
    _since: float = field(init=False)

    def __post_init__(self) -> None:
        self._since = self.clock.now()

    def __call__(self, after: Observation) -> bool:
        verdict = self.verdict(after)
        return verdict.holds or verdict.final

    def verdict(self, after: Observation) -> Verdict:
        """Judge the screen as it is now, with all that has happened since the act."""
        if after is self._last and self._held is not None:
            return self._held  # it was judged when it was seen, and holds
        verdict = self._judged(after)
        self._held = verdict if verdict.holds else None
        return verdict

    def _judged(self, after: Observation) -> Verdict:
        self._last = after
        self._take(after.events)
        view = View(after, self.before, tuple(self.events))
        for against in (self.refused(), self._late()):
            if against is not None:
                return against
        verdict = self._answered(self._hasty(self._agreeing(self._for(view), after)))
        if self.signed_in and self._vague and turned_away(self.before, after, self.found, self.events):
            verdict = Verdict.no("a sign-in page came instead")
        if not verdict.holds and not self._writes and signs_in(after) and not signs_in(self.before):
            return Verdict.no(verdict.why, final=True)  # what was asked for will not come any more
        return verdict

    @property
    def _vague(self) -> bool:
        """Whether nothing says what has to come, so that any page would do."""
        expect = self.step.expect
        return isinstance(expect.part if isinstance(expect, Within) else expect, Changed | None)

    def _take(self, events: Iterable[Event]) -> None:
        for event in events:
            if isinstance(event, Request) and weighs(event) and event.id not in self._ended:
                self._writes[event.id] = event
            elif isinstance(event, Answer | Failure):
                self._ended.add(event.id)
                self._writes.pop(event.id, None)
            if not self.habits.cover(event):
                self.events[event] = None
            elif isinstance(event, Request) and weighs(event) and carries(event, self.before) is not False:
                self._hidden = True

    def refused(self) -> Verdict | None:
        """The server's no to a request of this step; of a document that was loaded again the last answer counts."""
        came = {_page(event): event.at for event in self.events if _came(event)}
        for event in self.events:
            if isinstance(event, Answer | Failure) and not event.writes and event.at < came.get(_page(event), 0.0):
                continue
            if isinstance(event, Answer) and event.refused and self._weighs(event):
                said = event.refusal or f"status {event.status}"
                return Verdict.no(f"the server refused {event.method} {_path(event.url)}: {said}", final=True)
            if isinstance(event, Failure) and not event.canceled and self._weighs(event):
                return Verdict.no(f"{event.method} {_path(event.url)} got no answer: {event.why}", final=True)
        return self._given_up()

    def _given_up(self) -> Verdict | None:
        """A write that the page itself broke off (it went on to another page), and that none of its kind made good.

        Of an ordinary click only one that carries what was entered counts: pages log clicks, and break that off too.
        """
        ours = {event.id for event in self.events if isinstance(event, Request) and carries(event, self.before)}
        writes = [event for event in self.events if isinstance(event, Answer | Failure) and weighs(event)]
        accepted = {_path(event.url) for event in writes if isinstance(event, Answer)}
        whole = any(
            isinstance(event, Answer) and event.kind == "document" and event.id in ours and not event.refused
            for event in writes
        )
        for event in writes:
            # a form that was sent as a document with what was entered is the whole of it: a page that logs on the way
            # out, or beats for the first time just then, has nothing to do with it
            beside = bool(accepted) and (self.habits.asks(event) or (whole and event.id not in ours))
            lost = isinstance(event, Failure) and (self.step.commit or event.id in ours)
            if lost and _path(event.url) not in accepted and not beside:
                return Verdict.no(f"the page gave up {event.method} {_path(event.url)} before it was answered")
        return None

    @property
    def void(self) -> str:
        """Why what was asked for has certainly not happened, in words; "" where that is not certain."""
        if self._hidden:
            return ""
        if self._answered_no:
            return "the server said no"
        return "nothing was sent, and nothing on the screen changed" if self.idle else ""

    @property
    def _answered_no(self) -> bool:
        """Whether the server itself said no to every write (4xx, or a body that says so): then nothing was written."""
        writes = self._writes_ended()
        return bool(writes) and all(
            isinstance(e, Answer) and (400 <= e.status < 500 or (e.status < 500 and e.refusal is not None))
            for e in writes
        )

    @property
    def half(self) -> bool:
        """Whether a write was answered as taken (2xx) with a body that says no: some of it may have happened."""
        return any(isinstance(e, Answer) and e.status < 400 and e.refusal is not None for e in self._writes_ended())

    @property
    def explained(self) -> bool:
        """Whether the page shows which entry is wrong; or asks for a password, where asking twice may lock a door."""
        last = self._last
        asks = any("password" in element.states for element in self.before.elements)
        return asks or last is None or marks(self.before, last)

    def _writes_ended(self) -> list[Answer | Failure]:
        return [e for e in self.events if isinstance(e, Answer | Failure) and e.writes and e.first_party]

    @property
    def pending(self) -> bool:
        """Whether a write has not been answered yet."""
        return bool(self._writes)

    @property
    def statuses(self) -> frozenset[int]:
        """What the writes of this step were answered; 0 stands for no answer."""
        return frozenset(e.status if isinstance(e, Answer) else 0 for e in self._writes_ended())

    @property
    def idle(self) -> bool:
        """Whether the act has come to nothing at all: not a request, not a message, not a question, the screen as it
        was. Only of an application that has a server can that be told: what a page keeps to itself is not seen."""
        last = self._last
        if last is None or self._hidden or not self.before.url.startswith("http"):
            return False
        if self.clock.now() - self._since < QUIET:
            return False
        return not self._writes and not any(_tells(event) for event in self.events) and not changes(self.before, last)

    @property
    def wrote(self) -> bool:
        """Whether a click or a key that nobody called a commit turned out to be one: a write of it was not refused.

        A sign-in form that is still there has not taken it.
        """
        if not isinstance(self.action, Click | Press) or (self._last is not None and signs_in(self._last)):
            return False
        if signs_in(self.before) and not self.step.commit and all(enters(e) for e in self._writes_ended()):
            return False  # to sign in twice is to be signed in
        ended = [event for event in self.events if isinstance(event, Answer | Failure) and weighs(event)]
        open_ = [write for write in self._writes.values() if not self.habits.cover(write)]
        return bool(open_) or any(isinstance(event, Failure) or event.status < 400 for event in ended)

    def _weighs(self, event: Answer | Failure) -> bool:
        """Writes of the application and its documents count; images, telemetry and other parties do not."""
        return weighs(event) or (event.first_party and event.kind == "document")

    def _late(self) -> Verdict | None:
        limit = self.step.expect.seconds if isinstance(self.step.expect, Within) else None
        if limit is not None and self.clock.now() - self._since > limit:
            return Verdict.no(f"it did not hold within {limit:g} s", final=True)
        return None

    def _answered(self, verdict: Verdict) -> Verdict:
        """What was sent before the page showed its effect has to be answered before the effect is believed."""
        now = self.clock.now()
        self._ready = (self._ready or now) if verdict.holds else None
        last = next((write for write in self._writes.values() if write.at <= (self._ready or now)), None)
        if last is None or verdict.final:
            return verdict
        waiting = f"{last.method} {_path(last.url)} has not been answered"
        return Verdict.no(waiting if verdict.holds else f"{verdict.why}; {waiting}")

    def _for(self, view: View) -> Verdict:
        promised = inferred(self.step, self.action, self.found, view, self.judge)
        if self.step.expect is None:
            return promised.verdict
        stated = self.judge.check(self.step.expect, view)
        if not stated.holds:
            return stated
        news = self._is_news(self.step.expect, view)
        if promised.binding and not promised.verdict.holds and not (news and promised.gone):
            return promised.verdict
        if not news:
            if not promised.verdict.holds:
                return Verdict.no(f"{stated.why}, but it was so before the step too; and {promised.verdict.why}")
            return Verdict.yes(f"{stated.why} (as before the step); {promised.verdict.why}")
        return stated

    def _agreeing(self, verdict: Verdict, after: Observation) -> Verdict:
        """A page that says that a commit was done, and does not show it where it would be seen, is not believed."""
        already = self.step.already
        if not verdict.holds or not self.step.commit or already is None or not denies(already, self.judge, after):
            return verdict
        return Verdict.no(f"{verdict.why}, but {self.judge.check(already, View(after)).why}")

    def _is_news(self, expect: Expect, view: View) -> bool:
        """Of a commit, what held before proves nothing, even where something new bears it now."""
        if self.step.commit:
            return not self.judge.check(expect, View(self.before)).holds
        return self.judge.news(expect, view)

    def _hasty(self, verdict: Verdict) -> Verdict:
        """A commit that is said to be done before the application answered a write of it has to wait a little."""
        now = self.clock.now()
        self._shown = (self._shown or now) if verdict.holds else None
        if self._shown is None or not self.step.commit or now - self._since >= QUIET:
            return verdict
        for event in self.events:
            if isinstance(event, Answer) and (event.writes or event.kind == "document") and event.at <= self._shown:
                return verdict
        return Verdict.no(f"{verdict.why}, but nothing was sent before it was said")


def _path(url: str) -> str:
    return urlsplit(url).path or url


def _page(event: Event) -> str:
    return event.url.partition("#")[0] if isinstance(event, Answer | Failure) and event.kind == "document" else ""


def _came(event: Event) -> bool:
    """Whether a page came that was asked for without sending anything."""
    return isinstance(event, Answer) and event.kind == "document" and not event.writes and not event.refused


def _tells(event: Event) -> bool:
    """Whether this says that the act has come to something; pictures and fonts come late of themselves."""
    match event:
        case Request(kind=kind) | Answer(kind=kind) | Failure(kind=kind):
            return event.writes or kind not in {"image", "font", "media", "stylesheet", "script", "manifest"}
        case Messages(sent=sent):
            return sent > 0
    return isinstance(event, Dialog | Navigated | WindowOpened | WindowClosed | Downloaded | Asked | Blocked)
