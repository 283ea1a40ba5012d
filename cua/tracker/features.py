"""What a screen is made of, apart from its data: its features, each a string "kind:what".

Worked out part by part and kept with the parts, so that a look costs what changed. What a part cannot know by itself
comes from around it (`Context`) or is settled when the parts are put together (`_Table`: a table is data, unless it
lays out a form).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial

from cua.commits import refuses
from cua.parts import of_content
from cua.tracker.address import DATA, bare
from cua.wording import fold
from envs.observation import Element, Observation

TYPED = frozenset(
    {"textbox", "searchbox", "combobox", "listbox", "spinbutton", "date", "time", "datetime", "slider", "color", "file"}
)
TICKED = frozenset({"checkbox", "radio", "switch"})
OPENS = frozenset({"button", "link", "combobox", "menuitem", "tab", "textbox", "searchbox"})
"""Roles that open something, and say so while it is open."""
ROWS = frozenset({"row", "cell", "gridcell", "rowheader"})
RECORDS = frozenset({"treeitem", "option"})
ITEMS = frozenset({"listitem", "article"})
TABLES = frozenset({"table", "grid", "treegrid"})
CHROME = frozenset({"banner", "navigation", "contentinfo"})
LAYERS = {"dialog": "dialog", "alertdialog": "dialog", "menu": "menu", "listbox": "listbox"}
"""What lies over a page, or may."""
LANDMARKS = frozenset(
    {"form", "main", "search", "table", "grid", "treegrid", "tree", "complementary", "tabpanel", "banner", "menubar",
     "radiogroup", "feed"}
)  # fmt: skip
NAMED_LANDMARKS = frozenset({"navigation", "region", "toolbar", "tablist", "group"})
ALOUD = frozenset({"alert", "status"})
CLOSERS = frozenset("×✕✖✗")
NAME, REMARK = 60, 200
"""Characters of a name that count, and of a text that may be a complaint."""

_ASKS = re.compile(r"\b(required|must|no such|please (choose|correct|enter|fill|provide|select|type))\b")
"""What may be a complaint (folded English). What a screen always says makes no difference: only what it says anew."""
_NUMBERS = re.compile(r"\d+([.,:/-]\d+)*")
_QUOTED = re.compile(r"""["“„«'‘][^"”“»'’]{1,80}["”»'’]""")


@lru_cache(maxsize=16384)
def static(name: str) -> str:
    """A name without its data: numbers, dates and times are "#", what stands in quotes is "…"."""
    return " ".join(_NUMBERS.sub("#", _QUOTED.sub("…", name.casefold())).split())[:NAME]


@dataclass(frozen=True, slots=True)
class Context:
    """What an element stands in: a layer; a record; an item of a list; the frame of the page (`chrome`); a form; a
    menu bar; an alert or status (`aloud`); a table (its ref), and a row of it."""

    layer: str = ""
    record: bool = False
    item: bool = False
    chrome: bool = False
    form: bool = False
    bar: bool = False
    aloud: bool = False
    table: str = ""
    row: bool = False

    def below(self, element: Element) -> Context:
        """The context of what stands inside this element."""
        role = element.role
        if role not in _ENCLOSING:
            return self
        if role in TABLES:
            return replace(self, table=element.ref, row=False)
        if role in LAYERS and not self.data:
            return replace(self, layer=LAYERS[role])
        return replace(
            self,
            record=self.record or role in RECORDS or (role in ROWS and not self.table),
            row=self.row or (role in ROWS and bool(self.table)),
            item=self.item or role in ITEMS,
            chrome=self.chrome or role in CHROME,
            form=self.form or role == "form",
            bar=self.bar or role == "menubar",
            aloud=self.aloud or role in ALOUD,
        )

    @property
    def data(self) -> bool:
        return self.record or self.row


_ENCLOSING = ROWS | RECORDS | TABLES | CHROME | frozenset(LAYERS) | ITEMS | ALOUD | {"form", "menubar"}


@dataclass(slots=True)
class _Table:
    """What the rows of a table add, taken as data and taken as the layout of a form."""

    form: bool = False
    """A field with a label of its own was seen in a row: it lays out a form."""
    as_data: set[str] = field(default_factory=set)
    as_form: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Traits:
    """What one part adds. `layers` counts those that it holds by kind."""

    features: frozenset[str]
    layers: tuple[tuple[str, int], ...]
    tables: tuple[tuple[str, bool, frozenset[str], frozenset[str]], ...]


def features(screen: Observation, records: frozenset[str]) -> frozenset[str]:
    """The features of a screen; `records` are the words (bare) that its address names a record by."""
    return _joined(tuple(_traits(screen, records)))


@lru_cache(maxsize=64)
def _joined(traits: tuple[_Traits, ...]) -> frozenset[str]:
    """The features of all parts together: their order and where they were cut makes no difference."""
    found = set().union(*(one.features for one in traits))
    layers: Counter[str] = Counter()
    tables: dict[str, _Table] = {}
    for one in traits:
        layers.update(dict(one.layers))
        for ref, form, as_data, as_form in one.tables:
            table = tables.setdefault(ref, _Table())
            table.form |= form
            table.as_data |= as_data
            table.as_form |= as_form
    for table in tables.values():
        found |= table.as_form if table.form else table.as_data
    return frozenset(found | {f"layers:{kind} {count}" for kind, count in layers.items()})


def _traits(screen: Observation, records: frozenset[str]) -> Iterator[_Traits]:
    known: dict[str, Context] = {}
    for part in screen.parts:
        tops = of_content(part, "tops", _tops)
        around = {top: _context(screen, top, known) for top in tops}
        key = ("features", records, tuple(around.values()))
        yield of_content(part, key, partial(_read, around=around, records=records))


def _tops(elements: Sequence[Element]) -> tuple[str, ...]:
    """The refs of parents that stand in other parts."""
    here = {element.ref for element in elements}
    return tuple(dict.fromkeys(e.parent for e in elements if e.parent is not None and e.parent not in here))


def _context(screen: Observation, ref: str, known: dict[str, Context]) -> Context:
    """What stands below this element stands in; `known` are those that were worked out of this screen."""
    if ref not in known:
        element = screen.get(ref)
        if element is None:
            known[ref] = Context()
        else:
            above = _context(screen, element.parent, known) if element.parent is not None else Context()
            known[ref] = above.below(element)
    return known[ref]


def _read(elements: Sequence[Element], around: Mapping[str, Context], records: frozenset[str]) -> _Traits:
    inside = dict(around)
    found: set[str] = set()
    layers: Counter[str] = Counter()
    tables: dict[str, _Table] = {}
    for element in elements:
        context = inside.get(element.parent, _NOWHERE) if element.parent is not None else _NOWHERE
        inside[element.ref] = context.below(element)
        if not element.visible:
            continue
        if element.role in LAYERS and not context.data:
            layers[LAYERS[element.role]] += 1
        if not context.row or context.record:
            found.update(_told(element, context, records))
            continue
        table = tables.setdefault(context.table, _Table())
        table.form |= _labelled(element)
        table.as_data.update(_told(element, context, records))
        table.as_form.update(_told(element, replace(context, row=False), records, laid_out=True))
    return _Traits(
        frozenset(found),
        tuple(layers.items()),
        tuple((ref, one.form, frozenset(one.as_data), frozenset(one.as_form)) for ref, one in tables.items()),
    )


_NOWHERE = Context()


def _labelled(element: Element) -> bool:
    """A field that brings its label; what stands in the rows of data is named by its column, if at all."""
    return (element.role in TYPED or element.role == "radio") and element.attributes.get("labelled") == "1"


def _told(element: Element, context: Context, records: frozenset[str], *, laid_out: bool = False) -> Iterator[str]:
    """The features of one element; `laid_out`: in a table that lays out a form."""
    name = static(element.name)
    if "invalid" in element.states:
        yield "complaint:invalid"
    if _complains(element, context, laid_out=laid_out):
        yield f"complaint:{name}"
    if context.data and element.role in ROWS:
        yield "has:rows"
    control = _control(element, context, name)
    if control is not None:
        yield control
        yield from (f"{mark}:{control}" for mark in _marks(element, context))
        if not context.data and (key := _key(element)):
            yield f"key:{key} {control}"
    structure = _structure(element, context, name, records)
    if structure is not None:
        yield f"{context.layer}/{structure}" if context.layer else structure


def _marks(element: Element, context: Context) -> Iterator[str]:
    """What is particular about a control as it is now."""
    states = element.states
    if "expanded" in states and element.role in OPENS and not context.data:
        yield "open"
    if "covered" in states:
        yield "under"
    if "password" in states:
        yield "secret"
    if "selected" in states and element.role == "tab":
        yield "picked"


def _structure(element: Element, context: Context, name: str, records: frozenset[str]) -> str | None:
    role = element.role
    if role == "columnheader":
        return f"column:{name}"
    if context.data or context.item:
        return None
    if role == "heading":
        level = element.attributes.get("level", "")
        return f"heading:{level} {DATA if bare(element.name) in records else name}"
    if role in LANDMARKS:
        return f"landmark:{role}"
    return f"landmark:{role} {name}" if role in NAMED_LANDMARKS else None


def _control(element: Element, context: Context, name: str) -> str | None:
    """The feature of a control; None for what is none, or says nothing."""
    if context.aloud or name in CLOSERS:
        return None  # it comes and goes with a message
    kind, what = _kind(element, context), f"{element.role} {name}"
    if kind is None:
        return None
    if context.data:
        key = _NUMBERS.sub("#", element.attributes.get("name", "")) if kind in {"field", "tick"} else ""
        kind, what = "field" if key and kind == "field" else "row", f"{element.role} @{key}"
    elif context.item and kind == "tick":
        kind, what = "item", element.role
    elif kind == "tick":
        kind = "field"
    return f"{context.layer}/{kind}:{what}" if context.layer else f"{kind}:{what}"


def _key(element: Element) -> str:
    """What its developer calls a control; "" where that says nothing, or is made up by a program."""
    given = element.attributes
    key = given.get("testid") or given.get("name") or given.get("id") or ""
    return "" if len(key) < 3 or " " in key or any(char.isdigit() for char in key) else key


def _kind(element: Element, context: Context) -> str | None:
    role = element.role
    if role in TYPED:
        return None if "readonly" in element.states else "field"
    if role in TICKED:
        return "tick"
    if role == "tab":
        return None if context.data else "tab"
    if role.startswith("menuitem"):
        if context.data:
            return None
        return "item" if context.layer or context.bar else "chrome" if context.chrome else "loose"
    if role == "button" and context.form and not context.chrome:
        return "button"
    if role in {"button", "link"}:
        return "chrome" if context.chrome else "item" if context.item else role
    return None


def _complains(element: Element, context: Context, *, laid_out: bool) -> bool:
    """Whether it says that something was refused. A list of records may speak of failures; a form speaks of its own."""
    if len(element.name) > REMARK:
        return False
    if laid_out:
        speaks = element.role in {"cell", "listitem", "text"}
    elif element.role in ALOUD or context.aloud:
        speaks = not context.data
    else:
        speaks = element.role == "text" and not context.data and (context.form or not context.item)
    return speaks and (refuses(element.name) or bool(_ASKS.search(fold(element.name))))
