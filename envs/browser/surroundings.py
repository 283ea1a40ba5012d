"""What stands around an element and tells it from its like: the row it is in, the dialog that it answers.

Lists reuse their rows and dialogs their buttons. The same node with the same name means something else there as soon as
the words around it have changed.
"""

from __future__ import annotations

from envs.observation import Element, Observation

NAMED = frozenset({"row", "treeitem", "option", "cell", "gridcell"})
"""Roles whose name is all that they say (WAI-ARIA: name from content)."""
ITEMS = NAMED | {"listitem", "article"}
DIALOGS = frozenset({"dialog", "alertdialog"})
PIECES = 40
"""Pieces of text that are compared at most."""


def surroundings(seen: Observation | None, found: Element) -> list[dict[str, object]]:
    """Of the nearest item and dialog that it stands in: the node, and its name or the texts in it, as they were read.

    Only what the same document numbers: texts in frames are not compared.
    """
    if seen is None or seen.get(found.ref) is None:
        return []
    key, _, _ = found.ref.partition(".")
    out: list[dict[str, object]] = []
    wanted = [ITEMS - {"cell", "gridcell"}, DIALOGS]
    for above in seen.ancestors(found):
        if above.role == "iframe" or above.ref.partition(".")[0] != key:
            break
        for roles in wanted:
            if above.role in roles:
                wanted.remove(roles)
                out.append(_said(seen, above, key))
                break
        if not wanted:
            break
    return out


def _said(seen: Observation, item: Element, key: str) -> dict[str, object]:
    number = int(item.ref.partition(".")[2])
    if item.role in NAMED and item.name:
        return {"n": number, "name": item.name}
    texts: list[list[object]] = []
    for part in seen.inside(item):
        where, _, n = part.ref.partition(".")
        if part.role == "text" and where == key:
            texts.append([int(n), part.name])
            if len(texts) == PIECES:
                break
    return {"n": number, "texts": texts}
