"""The page that is read: cards of controls, text and table rows, of any size, served on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.serving import serve

A_CARD = 20
"""Elements of a card; 8 of them are interactive."""

_CARD = """
<div class=card id=card-{n}><h3>Item {n}</h3><p>Stored on shelf <span>{n}</span> since spring</p>
<button aria-pressed=false id=open-{n}>Open item {n}</button><a href="#item-{n}">Details of item {n}</a>
<label for=note-{n}>Note {n}</label><input id=note-{n}><input type=checkbox aria-label="Choose item {n}" id=choose-{n}>
<table><tr><td>Price of {n}</td><td><button>Remove item {n}</button></td></tr></table>
<div><div><a href="#more-{n}">More like {n}</a><button>Share item {n}</button></div></div>
<input type=search aria-label="Search in {n}"></div>
"""
_PAGE = """<!doctype html><meta charset=utf-8><title>Stock of {elements}</title>
<style>.card {{border: 1px solid #ccc; margin: 4px; padding: 4px}} .card.late {{color: #234}}
.card:hover {{background: #f4f4f4}} td {{padding: 2px 8px}}</style>
<body><main>{cards}</main><script>
document.addEventListener('click', event => {{
  const button = event.target.closest('button[aria-pressed]');
  if (button) button.setAttribute('aria-pressed', button.getAttribute('aria-pressed') !== 'true');
}});
</script>"""


def page(elements: int) -> str:
    """HTML with that many elements in its cards, 40% of them interactive."""
    return _PAGE.format(elements=elements, cards="".join(_CARD.format(n=n) for n in range(1, cards(elements) + 1)))


def cards(elements: int) -> int:
    """How many cards a page of so many elements has, at least 5."""
    return max(5, elements // A_CARD)


@contextmanager
def served() -> Iterator[str]:
    """The address of a server of these pages; what is added to it is the number of elements."""

    def answer(path: str, _: bytes) -> str:
        size = path.strip("/")
        return page(int(size)) if size.isdigit() else ""

    server = serve(answer)
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
