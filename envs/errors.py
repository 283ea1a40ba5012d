"""The error tree. Every expected failure of the project is a `CuaError`; anything else is a bug of ours.

    CuaError
    ├── EnvError                 the world did not do what was asked
    │   ├── Unavailable          no browser, no display, nothing to attach to        (exit 4)
    │   ├── Crashed              the browser, tab or program died during the run     (exit 4)
    │   ├── Stale                the element is not what was seen any more: ground again
    │   ├── ActFailed            the element is there and cannot take the action
    │   ├── Unsupported          this environment has no such action
    │   ├── OutOfOrder           used before reset or after close
    │   └── Exhausted            the acts or seconds granted to this environment are used up
    ├── grounding.GroundingError
    │   ├── NotFound             no candidate above the floor
    │   └── Ambiguous            candidates too close to choose between
    └── cua.errors               the mind's own: steps that fail, ways to finish, bad input

It lives in the lowest layer so that the loop can catch one type; each layer adds its own leaves.
"""

from __future__ import annotations


class CuaError(Exception):
    """An expected failure, said in one sentence that a user can act on."""

    @property
    def why(self) -> str:
        return str(self)


class EnvError(CuaError):
    """The world did not do what was asked of it."""


class Unavailable(EnvError):
    """The environment cannot be opened on this machine (no browser, no display, nothing listening)."""


class Crashed(EnvError):
    """The browser, the tab or the program died; what was pending has an unknown outcome."""


class Stale(EnvError):
    """Between looking and acting the element moved, changed or went away; nothing was dispatched."""


class ActFailed(EnvError):
    """The element cannot take the action (disabled, covered, no such option).

    `dispatched` tells whether any input reached the application before the failure was noticed.
    """

    def __init__(self, why: str, *, dispatched: bool = False) -> None:
        super().__init__(why)
        self.dispatched = dispatched


class Unsupported(EnvError):
    """This environment has no such action; nothing was dispatched."""


class OutOfOrder(EnvError):
    """The environment was used before reset or after close; nothing was dispatched."""


class Exhausted(EnvError):
    """The number of acts or seconds granted to this environment is used up; nothing was dispatched."""
