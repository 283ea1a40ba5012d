# ruff: noqa: E501 - pages are written on one line
"""The pages of our own and one component library in both trees; all the others: `python -m tests.names`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from envs.browser import Browser, BrowserOptions
from tests.names import packages
from tests.names.compare import Both, compare, look
from tests.names.listeners import heard, listeners
from tests.widgets import farm

PAGES = Path(__file__).resolve().parent / "pages"
PATTERNS = ("apg-checkbox", "apg-combobox", "apg-grid", "apg-menubar", "apg-tree")

KNOWN = {
    "accname-content": {
        ("button 'nobreak'", "button 'no break'"),  # a place where a line may break is no space
        (
            "button 'framed rest'",
            "button 'Unable to play media. canvas fallback framed rest'",
        ),  # nobody sees a fallback
        ("button 'combo picked'", "button 'combo'"),  # what a closed list shows is part of what a person reads
        ("link 'pic Caption'", "link ''"),
    },
    "accname-labels": {
        ("button 'File title'", "button 'Choose File'"),
        ("textbox 'Title instead'", "textbox ''"),  # an empty label says nothing: the title does
        ("spinbutton 'Number list'", "combobox 'Number list'"),  # HTML-AAM: a list makes only text fields comboboxes
    },
    "roles": {
        ("math ''", "math '1+1'"),
        ("generic 'ch'", "doc-chapter 'ch'"),
        ("option 'opt in option'", "generic ''"),  # an option outside a list: ours says what it was meant to be
        ("generic 'address'", "group ''"),
        ("generic 'hg'", "group ''"),
        ("nothing", "button 'obj'"),  # documents of object elements are not read
        ("video 'film'", "video 'Unable to play media.'"),
        ("audio 'song'", "audio 'Unable to play media.'"),
    },
}
"""Where the two differ: ours, Chromium's."""


class Shown:
    """A browser, and the addresses of what it shows."""

    def __init__(self, browser: Browser, stack: ExitStack) -> None:
        self.browser, self._stack = browser, stack
        self._sites: dict[Path, str] = {}

    def at(self, url: str) -> Both:
        self.browser.options = BrowserOptions(url=url)
        self.browser.reset()
        return look(self.browser)

    def page(self, name: str, folder: Path = PAGES) -> Both:
        if folder not in self._sites:
            self._sites[folder] = self._stack.enter_context(packages.folder(folder))
        return self.at(f"{self._sites[folder]}/{name}.html")


@pytest.fixture(scope="module")
def shown() -> Iterator[Shown]:
    browser = Browser()
    with ExitStack() as stack:
        yield Shown(browser, stack)
        browser.close()


@pytest.mark.parametrize("name", PATTERNS)
def test_authoring_practices_read_alike(shown: Shown, name: str) -> None:
    compared = compare(shown.page(name))
    assert compared.counted >= 4
    assert [str(finding) for finding in compared.of("role", "name", "missed", "extra")] == []


@pytest.mark.parametrize("name", KNOWN)
def test_rules_one_by_one_differ_only_as_known(shown: Shown, name: str) -> None:
    compared = compare(shown.page(name))
    assert compared.agree > 90
    assert [
        str(finding)
        for finding in compared.of("role", "name", "missed", "extra")
        if tuple(str(finding).partition(": ours ")[2].split(", Chromium ", 1)) not in KNOWN[name]
    ] == []


def test_a_component_library_in_shadow_roots_reads_alike(shown: Shown) -> None:
    try:
        server = farm.serve()
    except farm.NotThere as missing:
        pytest.skip(str(missing))
    try:
        compared = compare(shown.at(f"http://127.0.0.1:{server.server_address[1]}/shoelace.html"))
    finally:
        server.shutdown()
        server.server_close()
    assert compared.counted > 20
    assert [str(finding) for finding in compared.of("role", "name", "missed", "extra")] == []


def test_a_wrong_name_and_a_missing_element_are_noticed(shown: Shown) -> None:
    both = shown.page("apg-tabs")
    tabs = {key: element for key, element in both.ours.items() if element.role == "tab"}
    wrong, lost = list(tabs)[:2]
    ours = {key: element for key, element in both.ours.items() if key != lost}
    ours[wrong] = replace(tabs[wrong], name="Something else")
    compared = compare(Both(both.tab, both.ax, both.dom, ours))
    assert [finding.verdict for finding in compared.of("role", "name", "missed", "extra")] == ["name", "missed"]


LISTENING = """<!doctype html><title>Listening</title>
<div id=one>one</div> <div id=bar><button>in a bar</button></div> <div id=unseen style="opacity:0">unseen</div>
<label id=label for=field>label</label><input id=field> <button id=button><b id=inner>in a button</b></button>
<div id=rows><p id=row>row</p></div> <div id=open></div> <div id=shut></div> <iframe id=frame srcdoc="<p>in a frame</p>"></iframe>
<script>
const on = (node, kind = 'click') => node.addEventListener(kind, () => {});
for (const id of ['one', 'bar', 'unseen', 'label', 'inner', 'rows', 'row']) on(document.getElementById(id));
on(document); on(document.body);
const open = document.getElementById('open').attachShadow({ mode: 'open' }), shut = document.getElementById('shut').attachShadow({ mode: 'closed' });
open.innerHTML = shut.innerHTML = '<i>inside</i>';
on(open.firstChild, 'pointerdown'); on(shut.firstChild, 'mousedown');
document.getElementById('frame').onload = (e) => on(e.target.contentDocument.querySelector('p'));
</script>"""


def test_what_only_scripts_make_clickable_is_known_from_the_protocol(shown: Shown, tmp_path: Path) -> None:
    (tmp_path / "listening.html").write_text(LISTENING, encoding="utf-8")
    both = shown.page("listening", tmp_path)
    truth = [both.dom[key] for key in listeners(both) if key in both.dom]
    assert {dom.attributes.get("id", dom.tag) for dom in truth} >= {"one", "bar", "label", "inner", "row", "i", "p"}
    assert len([dom for dom in truth if dom.tag == "i"]) == 2, "in the open and in the closed shadow root"
    found = heard(both)
    assert found.asked == 5, "one, row, two in shadow roots, one in the frame"
    assert found.said == found.asked - len(found.missed)
