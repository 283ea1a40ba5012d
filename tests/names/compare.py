"""Role and name of every interactive element, as our reader says them and as Chromium's accessibility tree does.

The union is compared: what either takes for interactive. Chromium: a node that is not ignored and has a widget role, or
can be focused. Ours: a widget role, or the state `listens`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from envs.browser import Browser
from envs.browser.tab import Tab
from envs.observation import Element
from tests.names.axtree import AxNode, DomNode, Key, ask_nodes, ax_nodes, dom_nodes, keys_of

Verdict = Literal["same", "meant", "role", "name", "missed", "extra", "apart"]

Said = tuple[str, str]
"""Role and name."""

# fmt: off
WIDGETS = frozenset((
    "button", "checkbox", "combobox", "link", "listbox", "menuitem", "menuitemcheckbox", "menuitemradio", "option",
    "radio", "scrollbar", "searchbox", "slider", "spinbutton", "switch", "tab", "textbox", "treeitem",
))
# fmt: on

VOCABULARY = {
    # Chromium's own words for what ARIA has another word for, or none (HTML-AAM).
    "image": "img",
    "presentation": "none",
    "Iframe": "iframe",
    "IframePresentational": "iframe",
    "Canvas": "img",
    "SvgRoot": "img",
    "Video": "video",
    "Audio": "audio",
    "DisclosureTriangle": "button",  # summary: HTML-AAM asks for no role that fits; it acts as a button
    "DisclosureTriangleGrouped": "button",
    "PopUpButton": "button",
    "ToggleButton": "button",
    "MenuListOption": "option",
    "ListBoxOption": "option",
    "TextField": "textbox",
    "TextFieldWithComboBox": "combobox",
    "Date": "textbox",  # input type=date and its kin: HTML-AAM knows no role; ours says textbox and the type
    "DateTime": "textbox",
    "InputTime": "textbox",
    "ColorWell": "textbox",
    "LabelText": "generic",
    "Label": "generic",
    "LayoutTable": "table",
    "LayoutTableRow": "row",
    "LayoutTableCell": "cell",
    "": "generic",
    # Roles that only say what a text is: ours keeps none of them, and says generic where something can be done there.
    "none": "generic",
    "paragraph": "generic",
    "StaticText": "generic",
    "code": "generic",
    "emphasis": "generic",
    "strong": "generic",
    "caption": "generic",
    "Figcaption": "generic",
    "Legend": "generic",
    "Pre": "generic",
    "Abbr": "generic",
    "time": "generic",
    "term": "generic",
    "definition": "generic",
    "DescriptionList": "generic",
    "mark": "generic",
    "suggestion": "generic",
    "comment": "generic",
    "blockquote": "generic",
    "figure": "generic",
    "doc-backlink": "link",  # DPUB-ARIA: each is a kind of link
    "doc-biblioref": "link",
    "doc-glossref": "link",
    "doc-noteref": "link",
    "PluginObject": "img",
    "EmbeddedObject": "img",
}
"""Chromium's role → ours."""

SILENT = frozenset(("generic", "", "text", "iframe"))
"""Roles that ARIA gives no name: Chromium says none, ours what is written there, so that words find it."""

NOISE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\ue000-\uf8ff\U000f0000-\U0010ffff]")
"""What no person reads: zero-width and soft characters, private use (the glyphs of icon fonts)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One element of the union, and what the two trees say. `why` is set where they differ for a stated reason."""

    verdict: Verdict
    node: str
    ours: Said | None
    chromium: Said | None
    why: str = ""

    def __str__(self) -> str:
        ours = f"{self.ours[0]} {self.ours[1]!r}" if self.ours else "nothing"
        chromium = f"{self.chromium[0]} {self.chromium[1]!r}" if self.chromium else "nothing"
        return f"{self.verdict:6} {self.node}: ours {ours}, Chromium {chromium}" + (
            f" ({self.why})" if self.why else ""
        )


@dataclass(frozen=True, slots=True)
class Compared:
    """What a page came to. Those `apart` are in one tree only for a stated reason, and are not in the count; of those
    counted, those `meant` are named by ours on purpose where Chromium names nothing, and do not agree."""

    findings: tuple[Finding, ...]

    def of(self, *verdicts: Verdict) -> list[Finding]:
        return [finding for finding in self.findings if finding.verdict in verdicts]

    @property
    def counted(self) -> int:
        return len(self.findings) - len(self.of("apart"))

    @property
    def agree(self) -> int:
        return len(self.of("same"))

    def reasons(self) -> Counter[str]:
        return Counter(finding.why for finding in self.of("apart", "meant"))


@dataclass(frozen=True, slots=True)
class Both:
    """One moment of a page in both trees."""

    tab: Tab
    ax: Mapping[Key, AxNode]
    dom: Mapping[Key, DomNode]
    ours: Mapping[Key, Element]
    told: dict[Key, dict[str, Any]] = field(default_factory=dict)
    """What why.js has said of nodes."""

    def explain(self, *keys: Key) -> dict[str, Any]:
        """Of the first: `unseen`, why it cannot be seen, or ""; `shouts`, whether CSS changes the case of letters."""
        missing = [key for key in keys if key not in self.told]
        if missing:
            gone = {"unseen": "gone", "shouts": False}
            answers = ask_nodes(self.tab, missing, _why())
            self.told.update((key, answers.get(key) or gone) for key in missing)
        return self.told[keys[0]] if keys else {}

    def above(self, key: Key) -> list[DomNode]:
        """The node and those around it, from the inside out."""
        chain, at = [], self.dom.get(key)
        while at is not None:
            chain.append(at)
            at = self.dom.get(at.above) if at.above is not None else None
        return chain

    def inside(self, key: Key) -> Iterator[Key]:
        """All nodes below one, in document order."""
        for inner in self.dom[key].below:
            if inner in self.dom:
                yield inner
                yield from self.inside(inner)

    def text(self, key: Key) -> str:
        """What Chromium's static texts and pictures below a node say."""
        node, dom = self.ax.get(key), self.dom.get(key)
        if dom is not None and dom.internal:
            return ""
        if (
            node is not None
            and not node.ignored
            and (node.role in ("StaticText", "img", "image") or role_of(node) in WIDGETS)
        ):
            return node.name
        return " ".join(filter(None, (self.text(inner) for inner in dom.below))) if dom is not None else ""


def look(browser: Browser) -> Both:
    """Both trees of one moment: looked at again where the page has changed in between (a toast that slides in)."""
    tab = browser.active
    elements = controls(browser)
    for _ in range(5):
        both = Both(tab, ax_nodes(tab), dom_nodes(tab), keys_of(tab, elements))
        before, elements = elements, controls(browser)
        if outline(before) == outline(elements):
            return both
        browser.settle()
    raise AssertionError(f"{tab.url} changes all the time")


def controls(browser: Browser) -> list[Element]:
    return [element for element in browser.observe().elements if element.role != "text"]


def outline(elements: list[Element]) -> list[tuple[str, str, str]]:
    return [(element.ref, element.role, element.name) for element in elements]


def compare(both: Both) -> Compared:
    """A verdict on every element of the union, in document order."""
    union = {key for key, element in both.ours.items() if ours_acts(element)}
    union |= {key for key, node in both.ax.items() if chromium_acts(both, node)}
    order = {key: n for n, key in enumerate(both.dom)}
    ordered = sorted(union, key=lambda key: order.get(key, len(order)))
    both.explain(*(key for key in ordered if key not in both.ours))
    return Compared(tuple(judge(both, key) for key in ordered))


def ours_acts(element: Element) -> bool:
    return element.role in WIDGETS or element.is_("listens")


def chromium_acts(both: Both, node: AxNode) -> bool:
    """A widget role, or a stop of the Tab key; a box that Chromium makes a stop because it scrolls is no control."""
    if node.ignored or node.key not in both.dom:
        return False
    if role_of(node) in WIDGETS:
        return True
    dom = both.dom[node.key]
    if "focusable" not in node.states or node.role in ("RootWebArea", "Iframe", "IframePresentational"):
        return False
    tabindex = dom.attributes.get("tabindex", "").strip()
    editable = dom.attributes.get("contenteditable", "false").lower() != "false"
    return editable or dom.tag in ("a", "area", "summary", "video", "audio") or (tabindex.lstrip("+").isdigit())


def role_of(node: AxNode) -> str:
    role = VOCABULARY.get(node.role, node.role)
    return VOCABULARY.get(role, role)


def said(text: str) -> str:
    return " ".join(NOISE.sub("", text).split())


def judge(both: Both, key: Key) -> Finding:
    node, element = both.ax.get(key), both.ours.get(key)
    dom = both.dom.get(key)
    shown = str(dom) if dom else str(key)
    chromium = (role_of(node), said(node.name)) if node is not None and not node.ignored else None
    ours = (element.role, said(element.name)) if element is not None else None
    if ours is None:
        return only_chromium(both, key, shown, chromium)
    if chromium is None:
        return only_ours(both, key, shown, ours)
    assert node is not None
    if not same_role(ours[0], chromium[0], node, dom):
        return Finding("role", shown, ours, chromium)
    names = {chromium[1]}
    if node.name and not chromium[1]:
        names.add(said(node.description))  # its name is the glyph of an icon font: the tooltip has become a description
    if (
        ours[0] in SILENT
        or chromium[0] in SILENT
        or (element is not None and element.role not in WIDGETS and not chromium[1])
    ):
        names.add(said(both.text(key)))
    if ours[1] in names or (ours[0] in SILENT and spaceless(ours[1]) in map(spaceless, names)):
        return Finding("same", shown, ours, chromium)
    if ours[1].casefold() in {name.casefold() for name in names} and both.explain(key)["shouts"]:
        return Finding("same", shown, ours, chromium, "text-transform: the letters are those of the document")
    if ours[0] == chromium[0] == "generic" and not chromium[1]:
        return Finding("apart", shown, ours, chromium, UNNAMED)
    if ours[1] and not chromium[1] and (why := on_purpose(both, key, ours[1])):
        return Finding("meant", shown, ours, chromium, why)
    return Finding("name", shown, ours, chromium)


def on_purpose(both: Both, key: Key, name: str) -> str:
    """Where ours follows accname 1.2 and what a person sees, and Chromium says nothing."""
    for inner in both.inside(key):
        if said(both.dom[inner].attributes.get("title", "")) == name:
            return "named by the tooltip of what is inside (accname 1.2, 2I)"
    if both.ours[key].attributes.get("labelled") == "1":
        return "named by a label that is hidden (accname 1.2, 2A)"
    return ""


def same_role(ours: str, chromium: str, node: AxNode, dom: DomNode | None) -> bool:
    if VOCABULARY.get(ours, ours) == VOCABULARY.get(chromium, chromium):
        return True
    if dom is not None and dom.tag == "svg" and (ours, chromium, said(node.name)) == ("generic", "img", ""):
        return True  # a drawing that says nothing: what is done with it is what scripts make of it
    # An editable part has no role of its own in HTML-AAM; ours says what one does with it.
    return ours == "textbox" and chromium == "generic" and dom is not None and "contenteditable" in dom.attributes


def only_chromium(both: Both, key: Key, shown: str, chromium: Said | None) -> Finding:
    chain = both.above(key)
    if chain and chain[0].internal:
        return Finding("apart", shown, None, chromium, "part of one control of the browser's own")
    if chain and chain[0].tag == "option":
        select = next((dom for dom in chain if dom.tag == "select"), None)
        element = both.ours.get(select.key) if select else None
        if element is not None and "options" in element.attributes:
            offered = {said(option) for option in element.attributes["options"].split("\n")}
            if chromium is not None and chromium[1] in offered:
                return Finding("apart", shown, None, chromium, "option of a closed select, listed in its attributes")
        elif select is not None and both.explain(select.key)["unseen"]:
            return Finding("apart", shown, None, chromium, "not to be seen: option of a select that is not")
    unseen = both.explain(key)["unseen"]
    if unseen:
        return Finding("apart", shown, None, chromium, "not to be seen: " + re.sub(r" \(.*\)| of .*", "", unseen))
    return Finding("missed", shown, None, chromium)


HIDDEN = {
    "ariaHiddenElement": "aria-hidden, and to be seen",
    "ariaHiddenSubtree": "aria-hidden, and to be seen",
    "activeModalDialog": "behind a modal dialog, and to be seen (ours says disabled or covered)",
    "activeAriaModalDialog": "behind a modal dialog, and to be seen (ours says disabled or covered)",
    "inertElement": "inert, and to be seen (ours says disabled)",
    "inertSubtree": "inert, and to be seen (ours says disabled)",
}


UNNAMED = "only scripts make it clickable: Chromium has no name there to compare with"


def only_ours(both: Both, key: Key, shown: str, ours: Said) -> Finding:
    node = both.ax.get(key)
    for reason in node.why if node is not None else ():
        if reason in HIDDEN:
            return Finding("apart", shown, ours, None, HIDDEN[reason])
    element = both.ours[key]
    if any(dom.attributes.get("aria-hidden", "").lower() == "true" for dom in both.above(key)):
        return Finding("apart", shown, ours, None, HIDDEN["ariaHiddenElement"])
    if element.role not in WIDGETS:
        return listening(both, key, shown, ours)
    if element.is_("hidden"):
        return Finding("apart", shown, ours, None, "a hidden input that its label or button works")
    return Finding("extra", shown, ours, None, ", ".join(node.why) if node is not None else "not in the tree")


def listening(both: Both, key: Key, shown: str, ours: Said) -> Finding:
    """What only scripts make clickable: Chromium's tree ignores it, and says what is written there further below."""
    text = said(both.text(key))
    silent = ("generic", text)
    if spaceless(ours[1]) in ("", spaceless(text)):
        return Finding("same", shown, ours, silent)
    if spaceless(text).casefold() == spaceless(ours[1]).casefold() and both.explain(key)["shouts"]:
        return Finding("same", shown, ours, silent)
    return Finding("apart", shown, ours, silent, UNNAMED)


def spaceless(text: str) -> str:
    """Where Chromium names nothing, its texts have no order of lines and words to compare spaces with."""
    return text.replace(" ", "")


@cache
def _why() -> str:
    text = Path(__file__).with_name("why.js").read_text(encoding="utf-8")
    return text[text.index("function ()") :]
