"""Recording: a person acts in a browser, and what they did becomes a workflow."""

from __future__ import annotations

from collections.abc import Callable

from cua.record.tape import Tape
from envs.deeds import Deed, Watched
from envs.env import Watchable, Watching

LOOK = 0.25
"""Seconds after which a page that reports no change is looked at, and a signal is noticed."""

LOOKS = 64
"""Of the tape, how far back the last look is searched."""


class Recorder:
    """Fills a tape while a person acts. `paused` leaves out what is done meanwhile."""

    def __init__(self, world: Watchable, on_deed: Callable[[Watched], None] = lambda watched: None) -> None:
        self.tape = Tape()
        self.paused = self.stopped = False
        self._world, self._on_deed = world, on_deed
        self._window = ""

    def run(self, stop: Callable[[], bool]) -> Tape:
        """Until `stop` says so or the person has closed the window."""
        with self._world.watch(self.take) as watching:
            self.turn(watching, 0.0)
            while not watching.over and not self.stopped and not stop():
                self.turn(watching, LOOK)
            self.turn(watching, LOOK)
        return self.tape

    def turn(self, watching: Watching, seconds: float) -> None:
        """Look once; what was done meanwhile is on the tape before that."""
        now = watching.look(seconds)
        window, self._window = self._window, ""
        if window and now is not None and now.window != window and watching.follow(window):
            now = watching.look(0.0)
        if now is not None and not self.paused:
            self.tape.add(now)

    def press(self, button: str, text: str) -> None:
        """A button of the panel: pause, go, stop; commit, check, param are about what was done last."""
        match button:
            case "pause" | "go":
                self.paused = button == "pause"
            case "stop":
                self.stopped = True
            case "commit" | "check" | "param":
                self.tape.add(Watched(Deed(kind="note", key=button, value=text), None))

    def take(self, watched: Watched) -> None:
        """A deed, as it happens."""
        if self.paused:
            return
        looks = self.tape.looks(-LOOKS)
        if watched.deed.kind in {"down", "key"} and looks and looks[-1].window != watched.deed.window:
            self._window = watched.deed.window
        self.tape.add(watched)
        self._on_deed(watched)
