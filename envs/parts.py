"""The elements of a screen, kept in parts: what did not change between two looks is the same object in both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from envs.observation import Element


class Part:
    """A run of elements in document order, made when first asked for.

    Successive observations share the object as long as nothing in it has changed; `memo` is free for what others work
    out of these elements alone, each under a key of its own. `content` is the same for what looks at no box and keeps
    no element: parts share it that differ in nothing but where they are.
    """

    __slots__ = ("__dict__", "_make", "content", "may_hold", "memo", "size")

    def __init__(
        self,
        make: Callable[[], tuple[Element, ...]],
        size: int,
        content: dict[object, Any] | None = None,
        may_hold: Callable[[str], bool] = lambda ref: True,
    ) -> None:
        """`may_hold` is False of refs that are certainly not among them: told without making any."""
        self._make = make
        self.may_hold = may_hold
        self.size = size
        self.memo: dict[object, Any] = {}
        self.content: dict[object, Any] = {} if content is None else content

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        return self._make()

    @cached_property
    def by_ref(self) -> dict[str, Element]:
        return {element.ref: element for element in self.elements}

    @cached_property
    def children(self) -> dict[str | None, tuple[Element, ...]]:
        """By the ref of their parent, which may stand in another part."""
        lists: dict[str | None, list[Element]] = {}
        for element in self.elements:
            lists.setdefault(element.parent, []).append(element)
        return {parent: tuple(below) for parent, below in lists.items()}


class Elements(Sequence["Element"]):
    """All elements of one moment, in document order: the parts one after the other. Never changes."""

    def __init__(self, parts: Callable[[], tuple[Part, ...]]) -> None:
        self._parts = parts

    @classmethod
    def of(cls, elements: Sequence[Element]) -> Elements:
        """Plain elements as one part."""
        if isinstance(elements, Elements):
            return elements
        whole = tuple(elements)
        parts = (Part(lambda: whole, len(whole)),)
        return cls(lambda: parts)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return self._parts()

    @cached_property
    def _flat(self) -> tuple[Element, ...]:
        return tuple(element for part in self.parts for element in part.elements)

    @cached_property
    def _length(self) -> int:
        return sum(part.size for part in self.parts)

    @cached_property
    def _above(self) -> dict[str | None, list[Part]]:
        """The parts that hold children of a ref."""
        found: dict[str | None, list[Part]] = {}
        for part in self.parts:
            for parent in part.children:
                found.setdefault(parent, []).append(part)
        return found

    @cached_property
    def _found(self) -> dict[str, Element | None]:
        return {}

    def get(self, ref: str) -> Element | None:
        """The element of this ref; None where there is none."""
        found = self._found
        if ref not in found:
            found[ref] = next(
                (part.by_ref[ref] for part in self.parts if part.may_hold(ref) and ref in part.by_ref), None
            )
        return found[ref]

    def children(self, ref: str | None) -> tuple[Element, ...]:
        """The elements right below this one, in document order; None asks for the roots."""
        parts = self._above.get(ref, ())
        if len(parts) == 1:
            return parts[0].children[ref]
        return tuple(element for part in parts for element in part.children[ref])

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Element]:
        for part in self.parts:
            yield from part.elements

    @overload
    def __getitem__(self, index: int) -> Element: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Element, ...]: ...
    def __getitem__(self, index: int | slice) -> Element | tuple[Element, ...]:
        return self._flat[index]

    def __contains__(self, element: object) -> bool:
        return element in self._flat

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if isinstance(other, Elements) and self.parts == other.parts:
            return True
        return self._flat == (other._flat if isinstance(other, Elements) else other)

    def __hash__(self) -> int:
        return hash(self.parts)

    def __add__(self, other: Sequence[Element]) -> Elements:
        """Those of both, one after the other; the parts stay what they are."""
        more = Elements.of(other)
        return Elements(lambda: self.parts + more.parts)

    def __repr__(self) -> str:
        return f"Elements({', '.join(map(str, self._flat[:8]))}{', ...' if len(self) > 8 else ''})"
