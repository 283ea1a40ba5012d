"""Native dialogs: answered by a policy the moment they come, and told as events."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Dialog, Error

from envs import events
from envs.clock import Clock

Answering = Callable[[str, str], "bool | str"]
"""Kind (alert, confirm, prompt, beforeunload) and message → accept it or not; a prompt may be accepted with a text."""
MOST = 100
"""Dialogs between two acts after which a page is shut: one that asks in a loop never comes to its end."""
TOLD = 20
"""As many of them are told."""
LONGEST = 4000
"""Characters of a message that are told."""


def careful(kind: str, message: str) -> bool:
    """Nothing is agreed to: alerts are closed, leaving a page is allowed, questions are answered with no."""
    return kind in ("alert", "beforeunload")


class Dialogs:
    """Answers the dialogs of all tabs. `shut` closes the page of a dialog, with the reason in words."""

    def __init__(
        self,
        clock: Clock,
        tell: Callable[[events.Event], None],
        answer: Answering,
        shut: Callable[[Dialog, str], None],
    ) -> None:
        self._clock, self._tell, self._answer, self._shut = clock, tell, answer, shut
        self._count = 0
        self.by_hand = False
        """A person answers them in the window itself."""

    def mark(self) -> None:
        """An act begins: counting starts anew."""
        self._count = 0

    def take(self, dialog: Dialog) -> None:
        if self.by_hand:
            return
        self._count += 1
        if self._count > MOST:
            self._shut(dialog, f"the page showed more than {MOST} dialogs in a row")
            return
        kind, message = dialog.type, dialog.message
        answer = self._answer(kind, message)
        accepted = answer is not False
        if self._count <= TOLD:
            said = message[:LONGEST]
            self._tell(events.Dialog(at=self._clock.now(), kind=kind, message=said, accepted=accepted))
        try:
            if not accepted:
                dialog.dismiss()
            elif isinstance(answer, str):
                dialog.accept(answer)
            else:
                dialog.accept()
        except Error:
            return  # its page went away, and the dialog with it
