"""A fuse: counts the calls that leave a process, and kills at one of them."""

from __future__ import annotations

from collections.abc import Callable


class Fuse:
    """Calls `kill` at the `at`-th point that is passed; counts them all."""

    def __init__(self, at: int | None, kill: Callable[[], None]) -> None:
        self.at, self.kill, self.passed = at, kill, 0

    def point(self) -> None:
        self.passed += 1
        if self.passed == self.at:
            self.kill()

    def around(self, owner: object, name: str) -> None:
        """Just before and just after every call of this method."""
        inner: Callable[..., object] = getattr(owner, name)

        def outer(*args: object, **kwargs: object) -> object:
            self.point()
            result = inner(*args, **kwargs)
            self.point()
            return result

        object.__setattr__(owner, name, outer)
