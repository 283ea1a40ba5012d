"""One-time codes (TOTP, RFC 6238): from a seed, which is kept like any secret, to the code of a moment."""

from __future__ import annotations

import hashlib
import re
from base64 import b32decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlsplit

MARGIN = 2.0
"""A code with fewer seconds left is not typed: it may be over when it arrives."""
DIGITS = range(6, 9)
PERIODS = range(5, 601)
_ALGORITHMS = {"SHA1": hashlib.sha1, "SHA256": hashlib.sha256, "SHA512": hashlib.sha512}
_BETWEEN = (" ", "\u00a0", "\u2009", "\u202f", "-", "\u2011", "\u2013", "\u00b7", ".", "+", "%20")
"""What groups of digits are told apart by, on pages and in addresses."""


class NoSeed(ValueError):
    """What was given makes no codes. The message never repeats it."""


@dataclass(frozen=True, slots=True)
class Totp:
    """`seed` is base32 without spaces or padding; `period` in seconds."""

    seed: str = field(repr=False)
    digits: int = 6
    period: int = 30
    algorithm: str = "SHA1"
    written: str = field(default="", repr=False, compare=False)
    """The seed as it was given."""

    def turn(self, at: float) -> int:
        """Which code it is at this Unix time: codes are counted from 1970."""
        return int(at // self.period)

    def left(self, at: float) -> float:
        """Seconds until the next code."""
        return self.period - at % self.period

    def code(self, turn: int) -> str:
        """The code of a turn."""
        from pyotp.totp import TOTP  # only who types a code needs it

        algorithm = _ALGORITHMS[self.algorithm]
        return TOTP(self.seed, digits=self.digits, digest=algorithm, interval=self.period).generate_otp(turn)

    def spellings(self) -> Iterator[str]:
        """Every spelling of the seed that a page may show."""
        yield self.written
        key = b32decode(_padded(self.seed))
        for text in (self.seed, key.hex()):
            for letters in (text.upper(), text.lower()):
                yield from grouped(letters, (3, 4, 5, 6, 8), (" ", "-"))


def of_seed(text: str) -> Totp:
    """From a seed in base32; spaces, hyphens, padding and small letters do not matter. Raises NoSeed."""
    seed = re.sub(r"[\s-]+", "", text).upper().rstrip("=")
    if not seed:
        raise NoSeed("the seed of its codes is empty")
    try:
        b32decode(_padded(seed))
    except ValueError:
        raise NoSeed("the seed of its codes is no base32 (the letters A to Z and the digits 2 to 7)") from None
    return Totp(seed, written=text.strip())


def of_uri(uri: str) -> Totp:
    """From what a QR code says: otpauth://totp/Label?secret=…&digits=6&period=30&algorithm=SHA1. Raises NoSeed.

    https://github.com/google/google-authenticator/wiki/Key-Uri-Format
    """
    try:
        parts = urlsplit(uri.strip())
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        raise NoSeed("its otpauth address cannot be read") from None
    if parts.scheme != "otpauth" or parts.netloc.lower() not in ("totp", "hotp"):
        raise NoSeed("its address is no otpauth://totp/…")
    if parts.netloc.lower() == "hotp":
        raise NoSeed("its address is one of codes that are counted (hotp); only otpauth://totp/… is understood")
    given = dict(pairs)
    if len(given) < len(pairs):
        raise NoSeed("its otpauth address says something twice")
    if "encoder" in given:
        raise NoSeed("its otpauth address asks for codes that are no digits")
    algorithm = (given.get("algorithm") or "SHA1").upper().replace("-", "")
    if algorithm not in _ALGORITHMS:
        raise NoSeed(f"its otpauth address names an algorithm that is none of {', '.join(_ALGORITHMS)}")
    seed = of_seed(given.get("secret", ""))
    digits = _whole(given.get("digits") or "6", DIGITS, "digits")
    period = _whole(given.get("period") or "30", PERIODS, "period")
    return replace(seed, digits=digits, period=period, algorithm=algorithm)


def _whole(text: str, among: range, what: str) -> int:
    if not re.fullmatch("[0-9]{1,4}", text) or int(text) not in among:
        raise NoSeed(f"the {what} of its otpauth address has to be from {among[0]} to {among[-1]}")
    return int(text)


def _padded(seed: str) -> str:
    return seed + "=" * (-len(seed) % 8)


def grouped(text: str, sizes: Sequence[int] = (1, 2, 3, 4), betweens: Sequence[str] = _BETWEEN) -> Iterator[str]:
    """The text, and in groups of so many characters, as 123 456."""
    yield text
    for size in sizes:
        if size < len(text):
            parts = [text[at : at + size] for at in range(0, len(text), size)]
            yield from (between.join(parts) for between in betweens)
