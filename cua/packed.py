"""Steps that lie far behind, packed: a tenth of the memory, and at hand what planners ask of all of them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cua.run import Done

_last: list[tuple[Packed, tuple[Done, ...]]] = []
"""The steps that were unpacked last: whoever asks for one asks for its neighbours next."""


class Packed:
    """Some steps. What came of each (its value) is at hand; everything else is unpacked when it is asked for."""

    __slots__ = ("_data", "_proved", "_values")

    def __init__(self, steps: Sequence[Done]) -> None:
        from cua.codec import encode  # it knows runs, and runs are made of this

        text = json.dumps([encode(done) for done in steps], ensure_ascii=False, separators=(",", ":"))
        self._data = zlib.compress(text.encode("utf-8", "surrogatepass"), 6)
        self._proved = bytes(done.proved for done in steps)
        self._values = {number: done.value for number, done in enumerate(steps) if done.value is not None}

    def steps(self) -> tuple[Done, ...]:
        from cua.codec import decode

        if not _last or _last[0][0] is not self:
            text = zlib.decompress(self._data).decode("utf-8", "surrogatepass")
            _last[:] = [(self, tuple(decode(done) for done in json.loads(text)))]
        return _last[0][1]

    def glance(self, number: int) -> Done:
        """One of them, to be asked for its value, or whether it is proved, without unpacking it."""
        from cua.run import Glance

        return Glance(self, number, bool(self._proved[number]), self._values.get(number))

    def get(self, number: int, name: str) -> Any:
        return getattr(self.steps()[number], name)
