"""A page as a tree, read by the strict rules that matter here: what opens is closed, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input"}


@dataclass
class Tag:
    name: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list[Tag | str] = field(default_factory=list)

    def all(self, name: str = "", **attributes: str) -> Iterator[Tag]:
        """The tags below this one with this name, whose attributes hold these words (`class_` is class)."""
        for child in self.children:
            if isinstance(child, Tag):
                if name in {"", child.name} and all(
                    value in (child.attributes.get(key.rstrip("_")) or "").split() for key, value in attributes.items()
                ):
                    yield child
                yield from child.all(name, **attributes)

    def one(self, name: str = "", **attributes: str) -> Tag:
        (found,) = self.all(name, **attributes)
        return found

    @property
    def text(self) -> str:
        parts = (child if isinstance(child, str) else child.text for child in self.children)
        return " ".join(" ".join(parts).split())

    def skeleton(self) -> list[tuple[str, tuple[str, ...]]]:
        """Every tag with the names of its attributes: what no text may change (lines of text in a drawing aside)."""
        return [(tag.name, tuple(sorted(tag.attributes))) for tag in self.all() if tag.name != "tspan"]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Tag("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute twice in {tag}"
        new = Tag(tag, dict(attrs))
        self.open[-1].children.append(new)
        if tag not in VOID:
            self.open.append(new)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Tag(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"a processing instruction: {data}")


def read(html: str) -> Tag:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == [reader.root], "something was left open"
    return reader.root
