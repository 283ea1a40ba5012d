"""What of a recording may vary: texts that occur again, under names; and their names in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from cua.taskfile.template import braced


def slug(words: str) -> str:
    found = re.sub(r"[^a-z0-9]+", "_", words.casefold()).strip("_")
    return re.sub(r"^(?=\d)", "n", found)[:30].rstrip("_")


def params(typed: Mapping[str, str], forms: Sequence[Mapping[str, object]], wishes: Sequence[str]) -> dict[str, str]:
    """Values that occur again, in what proves a step or in another one, with the names of their params."""
    given: dict[str, str] = {}
    for value, wish in typed.items():
        wanted = value in wishes
        often = sum(_times(value, form) for form in forms) > 1 and re.search(r"[^\W\d]", value) is not None
        if not wanted and not often:
            continue
        word, number = wish or "value", 2
        while word in given.values() or word == "row":
            word, number = f"{wish or 'value'}_{number}", number + 1
        given[value] = word
    return given


def _times(value: str, data: object) -> int:
    if isinstance(data, Mapping):
        return sum(_times(value, one) for one in data.values())
    if isinstance(data, list | tuple):
        return sum(_times(value, one) for one in data)
    return len(_whole(value).findall(data)) if isinstance(data, str) else 0


def _whole(value: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(value)}(?!\w)")


def filled(data: object, given: Mapping[str, str]) -> object:
    """The same with names in the place of values; braces that are text are doubled."""
    if isinstance(data, Mapping):
        return {key: filled(value, given) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [filled(one, given) for one in data]
    if not isinstance(data, str):
        return data
    pieces: list[tuple[str, bool]] = [(data, True)]
    for value in sorted(given, key=len, reverse=True):
        pieces = [one for piece in pieces for one in _cut(piece, value, given[value])]
    return "".join(braced(text) if plain else text for text, plain in pieces)


def _cut(piece: tuple[str, bool], value: str, param: str) -> Iterator[tuple[str, bool]]:
    text, plain = piece
    if not plain:
        yield piece
        return
    end = 0
    for found in _whole(value).finditer(text):
        yield text[end : found.start()], True
        yield f"{{{param}}}", False
        end = found.end()
    yield text[end:], True
