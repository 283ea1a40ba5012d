"""What may help a step that failed, by what kept it from succeeding; each is tried once before the step is tried
again.

After Kephart and Chess's autonomic loop (monitor, analyse, plan, execute): no remedy is believed, the step's own proof
is.
"""

from __future__ import annotations

from cua.errors import Cause
from cua.proof import Proof
from cua.tracker.claims import LASTING
from envs.action import Click, Press
from envs.observation import Element

DISMISS = "dismiss"
"""Close what has come over the page."""
KEYBOARD = "keyboard"
"""Press the key that does what a click does."""
RELOAD = "reload"
"""Load the page anew; what was filled in there is filled in again."""
FILL = "fill in"
"""Fill in again what was changed."""
WAIT = "wait"
"""Come back a little later, to the page loaded anew."""

REMEDIES: dict[Cause, tuple[str, ...]] = {
    Cause.NOT_THERE: (DISMISS, RELOAD),
    Cause.LATE: (DISMISS, RELOAD, WAIT),
    Cause.AMBIGUOUS: (RELOAD,),
    Cause.BLOCKED: (DISMISS, RELOAD),
    Cause.NO_EFFECT: (KEYBOARD, RELOAD),
    Cause.BUSY: (WAIT, WAIT),
    Cause.OUTDATED: (RELOAD,),
    Cause.REFUSED: (RELOAD,),
    Cause.SPOILT: (FILL, RELOAD),
    Cause.UNPROVED: (),
}
LOOK = "look up"
"""It was looked up, and has not happened."""
SIGN_IN = "sign in"
"""Sign in again: the session had ended."""

PAUSES = (2.0, 4.0)
"""Seconds before the first and the second time that a server is asked again which was too busy, or behind."""

OUTDATED = frozenset({403, 409, 412, 419, 425})
"""Statuses that loading the form again may mend: a token or a version that has run out."""

WRONG = frozenset({400, 422})
"""Statuses of a form that was not taken as it was filled in."""

_BY_SPACE = frozenset({"checkbox", "switch", "radio", "option"})
_BY_ENTER = frozenset({"button", "link", "tab", "menuitem", "menuitemcheckbox", "menuitemradio", "treeitem"})


def cause_of(proof: Proof) -> Cause:
    """What the world says about an act that was dispatched and not proved."""
    if isinstance(proof.action, LASTING):
        return Cause.SPOILT
    if proof.idle:
        return Cause.NO_EFFECT
    if proof.void and proof.statuses & {429}:
        return Cause.BUSY
    if proof.void and proof.statuses & OUTDATED:
        return Cause.OUTDATED
    if proof.void and proof.statuses <= WRONG and not proof.explained:
        return Cause.REFUSED
    return Cause.UNPROVED


def remedies(cause: Cause, used: tuple[str, ...]) -> tuple[str, ...]:
    """What is left to try, in order."""
    left = list(REMEDIES[cause])
    for one in used:
        if one in left:
            left.remove(one)
    return tuple(left)


def by_key(click: Click, found: Element) -> Press | None:
    """The key for a plain click on this element (WAI-ARIA Authoring Practices, keyboard interface); None where there
    is none."""
    if click != Click(agrees=click.agrees, holding=click.holding):
        return None
    if found.role in _BY_SPACE:
        return Press("Space", agrees=click.agrees)
    return Press("Enter", agrees=click.agrees) if found.role in _BY_ENTER else None
