"""A screen of its own (Xvfb), and a hand at its pointer and keyboard: events of the X server itself (XTEST).

Nothing here knows of a browser. Programs that are started with `Screen.environment` show their windows on it.
"""

from __future__ import annotations

import os
import secrets
import select
import shutil
import socket
import struct
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

SIZE = (1400, 1000)
MEND = "apt-get install xvfb"
STEPS = 8
"""Motions on the way from one place to another."""
BEAT = 0.02
"""Seconds between two motions, and between two strokes of a key: nobody is faster."""
LEFT, MIDDLE, RIGHT, UP, DOWN = 1, 2, 3, 4, 5
"""Buttons of the pointer as X counts them; the wheel has two."""
NAMED = {
    "Enter": "Return", "ArrowDown": "Down", "ArrowUp": "Up", "Control": "Control_L", "Shift": "Shift_L",
}  # fmt: skip


LOCAL = 256
"""The family of addresses on this machine (Xauth.h)."""


class NotThere(Exception):
    """There is no X server to be started, or no library to speak to it; with what helps."""


class Screen:
    """While it is entered there is a screen. `pause` waits for a moment."""

    def __init__(self, pause: Callable[[float], None] = time.sleep) -> None:
        self.pause = pause
        self._server: subprocess.Popen[bytes] | None = None
        self._display: Any = None
        self._home = tempfile.TemporaryDirectory(prefix="screen-")
        self._key_file = Path(self._home.name) / "key"
        self.name = ""

    def __enter__(self) -> Self:
        if shutil.which("Xvfb") is None:
            raise NotThere(f"Xvfb is not installed: {MEND}")
        key = secrets.token_bytes(16)
        self._key_file.write_bytes(_xauthority(0, key))
        reads, writes = os.pipe()
        width, height = SIZE
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writes), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp",
             "-auth", str(self._key_file)],
            pass_fds=(writes,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(writes)
        said = b""
        while not said.endswith(b"\n"):  # it writes the number and the end of the line apart
            part = os.read(reads, 20) if select.select([reads], [], [], 20.0)[0] else b""
            if not part:
                os.close(reads)
                self.close()
                raise NotThere("Xvfb does not start")
            said += part
        os.close(reads)
        self.name = f":{int(said)}"
        self._key_file.write_bytes(_xauthority(int(said), key))
        self._display = self._opened()
        return self

    def _opened(self) -> Any:
        from Xlib import display

        before = os.environ.get("XAUTHORITY")
        os.environ["XAUTHORITY"] = str(self._key_file)  # where the library looks for it
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ResourceWarning)  # the library leaves that file open
                return display.Display(self.name)
        finally:
            os.environ.pop("XAUTHORITY")
            if before is not None:
                os.environ["XAUTHORITY"] = before

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the server, and with it all that it shows."""
        display, self._display = self._display, None
        if display is not None:
            display.close()
        server, self._server = self._server, None
        if server is not None:
            server.kill()
            server.wait()
        self._home.cleanup()

    @property
    def environment(self) -> Mapping[str, str]:
        return {**os.environ, "DISPLAY": self.name, "XAUTHORITY": str(self._key_file)}

    # ── the pointer ──────────────────────────────────────────────────────────────────────────────────────────────────

    def move(self, x: float, y: float) -> None:
        """Bring the pointer there, over what lies on the way."""
        from Xlib import X

        now = self._display.screen().root.query_pointer()
        for step in range(1, STEPS + 1):
            across, down = now.root_x + (x - now.root_x) * step / STEPS, now.root_y + (y - now.root_y) * step / STEPS
            self._told(X.MotionNotify, x=round(across), y=round(down))
            self.pause(BEAT)

    def down(self, button: int = LEFT) -> None:
        """Press a button; the window that is pressed gets the keyboard, as window managers have it."""
        from Xlib import X

        if button == LEFT:
            self._enter()
        self._told(X.ButtonPress, button)

    def up(self, button: int = LEFT) -> None:
        from Xlib import X

        self._told(X.ButtonRelease, button)

    def click(self, button: int = LEFT) -> None:
        self.down(button)
        self.pause(2 * BEAT)
        self.up(button)
        self.pause(BEAT)

    # ── the keyboard ─────────────────────────────────────────────────────────────────────────────────────────────────

    def type(self, text: str) -> None:
        """Characters that are on the keyboard."""
        for char in text:
            code, shifted = self._key(ord(char))
            self._stroke(code, ("Shift",) if shifted else ())

    def key(self, keys: str) -> None:
        """Enter, Control+a, …"""
        *held, last = keys.split("+")
        self._stroke(self._code(last), held)

    def _stroke(self, code: int, held: list[str] | tuple[str, ...]) -> None:
        from Xlib import X

        for name in held:
            self._told(X.KeyPress, self._code(name))
        self._told(X.KeyPress, code)
        self._told(X.KeyRelease, code)
        for name in held:
            self._told(X.KeyRelease, self._code(name))
        self.pause(2 * BEAT)

    def _code(self, name: str) -> int:
        from Xlib import XK

        return int(self._display.keysym_to_keycode(XK.string_to_keysym(NAMED.get(name, name))))

    def _key(self, symbol: int) -> tuple[int, bool]:
        code = self._display.keysym_to_keycode(symbol)
        if not code:
            raise ValueError(f"there is no key for {chr(symbol)!r}")
        plain = self._display.keycode_to_keysym(code, 0)
        return int(code), plain != symbol and self._display.keycode_to_keysym(code, 1) == symbol

    def _told(self, kind: int, detail: int = 0, x: int = 0, y: int = 0) -> None:
        from Xlib.ext import xtest

        xtest.fake_input(self._display, kind, detail, x=x, y=y)
        self._display.sync()

    def picture(self, file: Path) -> None:
        """What is on the screen, as a file."""
        from PIL import Image
        from Xlib import X

        width, height = SIZE
        seen = self._display.screen().root.get_image(0, 0, width, height, X.ZPixmap, 0xFFFFFFFF)
        Image.frombytes("RGB", SIZE, seen.data, "raw", "BGRX").save(file)

    # ── windows ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def windows(self) -> dict[int, str]:
        """The windows that are shown, by their ids, with their titles; the last one lies above the others."""
        from Xlib import X
        from Xlib.error import XError

        found: dict[int, str] = {}
        for window in self._display.screen().root.query_tree().children:
            try:
                if window.get_attributes().map_state == X.IsViewable:
                    found[window.id] = str(window.get_wm_name() or "")
            except XError:
                continue  # it closed meanwhile
        return found

    def place(self, window: int) -> tuple[int, int, int, int]:
        """Its left and upper edge, width and height, in screen px."""
        found = self._display.create_resource_object("window", window).get_geometry()
        return found.x, found.y, found.width, found.height

    def _enter(self) -> None:
        now = self._display.screen().root.query_pointer()
        for window in reversed(self.windows()):
            left, top, width, height = self.place(window)
            if left <= now.root_x < left + width and top <= now.root_y < top + height:
                if not self._display.create_resource_object("window", window).get_attributes().override_redirect:
                    self.focus(window)  # the list of a field, say, takes none
                return

    def focus(self, window: int) -> None:
        """Let this window have the keyboard, as a window manager does with one that opens."""
        from Xlib import X

        self._display.create_resource_object("window", window).set_input_focus(X.RevertToParent, X.CurrentTime)
        self._display.sync()


def _xauthority(number: int, key: bytes) -> bytes:
    """The file by which programs show that they may use the screen (Xau(3), MIT-MAGIC-COOKIE-1)."""
    parts = (socket.gethostname().encode(), str(number).encode(), b"MIT-MAGIC-COOKIE-1", key)
    return struct.pack(">H", LOCAL) + b"".join(struct.pack(">H", len(part)) + part for part in parts)
