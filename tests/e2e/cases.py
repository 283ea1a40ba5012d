"""The misbehaviours as data: what each page does, and what may be said of it.

HONEST pages store the item and show it: the run has to end as reached. LIES store nothing of ours: reached is a false
success. MUTE pages store it and leave the agent in doubt: reached or unclear, never a clean "not reached".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    HONEST = "honest"
    LIE = "lie"
    MUTE = "mute"


@dataclass(frozen=True)
class Case:
    name: str
    kind: Kind
    switches: dict[str, str | int]
    seconds: float
    """The deadline of the step that saves."""
    loose: bool = False
    """Whether a plain click (no commit) without a useful expectation is asked for the truth too: not where something
    did answer the click."""

    @property
    def hasty(self) -> bool:
        """It says so before it sends anything: only a commit waits for that, so a plain click is not asked."""
        return self.switches.get("says") == "before" and "wait" in self.switches


def _honest(name: str, **switches: str | int) -> Case:
    return Case(name, Kind.HONEST, {"via": "fetch", **switches}, 6.0)


def _lie(name: str, seconds: float = 1.2, loose: bool = False, **switches: str | int) -> Case:
    return Case(name, Kind.LIE, {"via": "fetch", **switches}, seconds, loose)


def _mute(name: str, **switches: str | int) -> Case:
    return Case(name, Kind.MUTE, {"via": "fetch", **switches}, 1.2)


MOMENTS = (50, 500, 2000)
LATE = (
    *(_honest(f"timer before the request {t} ms", wait=t) for t in MOMENTS),
    *(_honest(f"slow answer {t} ms", slow=t) for t in MOMENTS),
    *(_honest(f"late rendering {t} ms", render=t) for t in MOMENTS),
    *(_honest(f"native form, slow answer {t} ms", via="form", slow=t) for t in (200, 2000)),
    *(_honest(f"native form, timer {t} ms", via="form", wait=t) for t in (200, 2000)),
    *(_honest(f"list after a timer of {t} ms", then="list", wait=t) for t in (200, 1000)),
)
HONEST = (
    _honest("native form, redirect, message", via="form"),
    _honest("fetch, message"),
    _honest("fetch, the answer is not read", reads="nothing"),
    _honest("fetch, the answer is not read, the list", reads="nothing", then="list"),
    _honest("xhr, message", via="xhr"),
    _honest("PUT, message", via="put"),
    _honest("fetch, then the list", then="list"),
    _honest("fetch, the form is emptied", then="reset"),
    _honest("fetch, the page reloads itself after", then="reload"),
    *(
        _honest(f"message as {form}", shown=form)
        for form in ("line", "split", "cut", "upper", "shadow", "frame", "alert")
    ),
    _honest("toast of 300 ms", toast=300),
    _honest("toast of 3 s", toast=3000),
    _honest("saving, then saved", says="saving", slow=400),
    _honest("optimistic row, accepted later", optimistic="keep", wait=300),
    _honest("says it before, accepted 300 ms later", says="before", wait=300),
    _honest("says it before, slow yes", says="before", slow=1200),
    _honest("answer 204, message", answer="stored-204", believes="status"),
    _honest("client only", via="local"),
    _honest("client only, list", via="local", then="list"),
    _honest("client only, late", via="local", wait=800),
    *(
        _honest(f"noise: {kind}", noise=kind)
        for kind in ("clock", "feed", "poll", "beat", "badbeat", "badpoll", "socket", "longpoll", "metrics", "blink")
    ),
    _honest("noise of all kinds, native form", via="form", noise="clock,feed,poll,beat,badbeat,badpoll,socket,metrics"),
    _honest("noise of all kinds, late", noise="clock,feed,poll,beat,badbeat,badpoll,socket,metrics", wait=1000),
    _honest("autosave, accepted", autosave=1),
    _honest("button enabled late", button="late"),
    _honest("button appears late", button="appears"),
    _honest("button that slides away when the form is filled in", button="slides"),
    _honest("button replaced again and again", button="replaced"),
    _honest("button replaced while it is pressed", button="shy"),
    _honest("another button in its place", button="swapped"),
    _honest("field that trims", field="trim"),
    _honest("field that loses the first key", field="once"),
    *(
        _honest(f"the text was there: {form}", there=form)
        for form in ("status", "help", "row", "opacity", "aria", "placeholder", "title", "option", "script")
    ),
    _honest("the text was there, native form", there="status", via="form"),
)
NOTHING = (
    *(
        _lie(f"no effect: {effect}", effect=effect, loose=effect in {"none", "throw"})
        for effect in ("none", "throw", "help", "away", "cleared", "reload", "modal", "open", "spinner", "wheel")
    ),
    _lie("no effect: dead button", button="noop", loose=True),
    _lie("confirm, dismissed", confirm=1),
    _lie("native confirm, dismissed", confirm=1, via="form"),
    *(
        _lie(f"no effect, the text was there: {form}", effect="none", there=form)
        for form in ("line", "status", "help", "row", "opacity", "aria", "placeholder", "option", "shadow", "frame")
    ),
    *(
        _lie(f"nothing sent, {form} says so", effect="claim", shown=form, seconds=2.6)
        for form in ("visibility", "opacity", "aria", "ariabutton", "placeholder", "alt", "option", "template")
    ),
    *(
        _lie(f"{effect} with the text there before", effect=effect, there="status")
        for effect in ("cleared", "reload", "help", "away", "modal", "throw")
    ),
    *(
        _lie(f"{effect} in all the noise", effect=effect, noise="clock,feed,poll,beat,badbeat,socket")
        for effect in ("none", "help", "away", "cleared")
    ),
    _lie("the text was there, all the noise", effect="none", there="status", noise="clock,feed,poll,beat,socket"),
    _lie("the text was there, a heartbeat, away", effect="away", there="status", noise="beat"),
)
REFUSED = (
    *(
        _lie(f"says saved, answer {answer}", answer=answer, believes="anything", loose=True)
        for answer in (
            "400",
            "403",
            "409",
            "422",
            "500",
            "503",
            "close",
            "okfalse",
            "successfalse",
            "errors",
            "graphql",
            "statuserror",
            "page",
            "login",
        )
    ),
    *(
        _lie(f"looks only at the status, {answer}", answer=answer, believes="status")
        for answer in ("okfalse", "login", "page")
    ),
    *(
        _lie(f"says saved first, answer {answer}", answer=answer, says="before", slow=600, seconds=2.5)
        for answer in ("400", "500", "close", "okfalse", "login")
    ),
    *(
        _lie(f"says saved, sends {t} ms later, 500", answer="500", says="before", wait=t, seconds=3.5)
        for t in (300, 800, 1500)
    ),
    *(
        _lie(
            f"says saved, sends {t} ms later, 422, admits it",
            answer="422",
            says="before",
            admits=1,
            wait=t,
            seconds=3.5,
        )
        for t in (300, 1500)
    ),
    _lie(
        "says saved, sends later in all the noise",
        answer="500",
        says="before",
        wait=1500,
        noise="poll,beat,clock",
        seconds=3.5,
    ),
    *(
        _lie(f"optimistic row {what}, {t} ms", answer="409", optimistic=what, wait=t, says="before", seconds=3.5)
        for what in ("keep", "remove")
        for t in (300, 1500)
    ),
    *(
        _lie(f"honest about {answer}", answer=answer, loose=True)
        for answer in ("400", "409", "500", "close", "okfalse")
    ),
    *(
        _lie(f"native form, answer {answer}", via="form", answer=answer)
        for answer in ("400", "403", "500", "login", "back", "again", "home", "close")
    ),
    *(
        _lie(f"native form, {answer}", via="form", answer=answer, loose=True)
        for answer in ("says-400", "says-409", "says-500", "says-503")
    ),
    *(
        _lie(f"native form, {answer}, the text was there", via="form", answer=answer, there="status")
        for answer in ("back", "again", "home")
    ),
    _lie("does not wait for the answer", then="hurry", answer="500"),
    _lie("does not wait for the answer, slow", then="hurry", answer="500", slow=500),
    _lie("toast saving, then error", says="saving", answer="500", slow=300),
    _lie("fetch, redirected to sign-in, then the list", answer="login", believes="anything", then="list"),
)
WRONG = (
    _lie("another name stored, and said", stores="other"),
    _lie("another name stored, native form", via="form", stores="other"),
    *(_lie(f"field: {kind}", field=kind) for kind in ("upper", "mask", "max", "complete", "controlled", "late")),
    *(_lie(f"field: {kind}, native form", via="form", field=kind) for kind in ("upper", "mask", "complete", "late")),
)
DOUBT = (
    *(_mute(f"stored, answer {answer}", answer=answer) for answer in ("stored-close", "stored-500", "stored-502")),
    *(
        _mute(f"stored, native form, {answer}", via="form", answer=answer)
        for answer in ("stored-close", "stored-500", "stored-form", "stored-mute")
    ),
    _mute("stored, says nothing", says="never"),
    _mute("stored, says nothing, slow", says="never", slow=3000),
    _mute("stored, never answered in time", slow=4000),
    _mute("stored, the row only", then="row"),
    _mute("stored, hidden message", shown="opacity"),
    _mute("stored, by a beacon", via="beacon", believes="anything"),
    _mute("stored, spinner for ever", says="saving", slow=8000),
    _mute("autosave refused, saved all the same", autosave=1, draft=500),
    _mute("stored, the page does not wait for it", then="hurry"),
    _mute("button that jumps about", button="moves"),  # the click may miss it
    _mute("two clicks needed", button="two"),
    _mute("the page reloads itself", reload=500),
)
