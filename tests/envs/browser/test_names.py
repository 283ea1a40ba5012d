# ruff: noqa: E501 - pages are written on one line
"""Names that take more than an attribute: what style sheets write, what is inside, what is referred to (accname 1.2)."""

from __future__ import annotations

import pytest

from tests.envs.browser.conftest import Seen

STYLE = """<style>.b::before { content: "New " } .a::after { content: " *" } .alt::before { content: "★" / "Starred" } .mute::before { content: "★" / "" }
.attr::before { content: attr(data-x) " " } .gone { display: none } .blind { visibility: hidden } .blind .seen { visibility: visible } .ib { display: inline-block }
@media (min-width: 1px) { .media::before { content: "In media " } } .off::before { content: "Off "; display: none } .parent { & .nested::before { content: "Nested " } }</style>"""

CASES = [
    ("<button class=b>apple</button>", "button", "New apple"),
    ("<button><i class=a></i>x</button>", "button", "*x"),
    ("<label class=a for=f>Name</label><input id=f>", "textbox", "Name *"),
    ("<a href=/x><b class=alt></b></a>", "link", "Starred"),
    ("<button class=mute>item</button>", "button", "item"),
    ("<button class=attr data-x=Given>thing</button>", "button", "Given thing"),
    ("<button class=media>part</button>", "button", "In media part"),
    ("<button class=off>kept</button>", "button", "kept"),
    ("<div class=parent><button class=nested>rule</button></div>", "button", "Nested rule"),
    ("<button>C<span class=blind>blind <i class=seen>seen</i></span>D</button>", "button", "CseenD"),
    ("<button>E<span aria-hidden=true>not said</span>F</button>", "button", "EF"),
    ("<button>one<span class=ib>two</span>three</button>", "button", "one two three"),
    ("<button><svg width=9 height=9><title>Drawn</title><path/></svg></button>", "button", "Drawn"),
    ("<button><i title='Tip inside'></i></button>", "button", "Tip inside"),
    (
        "<button><span aria-labelledby=r>ignored</span> tail</button><span id=r>Referred</span>",
        "button",
        "Referred tail",
    ),
    ("<button><span aria-owns=o>owner</span></button><span id=o> owned</span>", "button", "owner owned"),
    (
        "<div role=button tabindex=0>slider <i role=slider aria-valuetext=five></i> end</div>",
        "button",
        "slider five end",
    ),
    ("<div role=checkbox tabindex=0>Flash <input value=3> times</div>", "checkbox", "Flash 3 times"),
    ("<ul role=tree><li role=treeitem tabindex=0>Up<ul role=group><li role=treeitem>Down</ul></ul>", "treeitem", "Up"),
    (
        "<ul role=menu><li role=menuitem tabindex=0>File<ul role=menu><li role=menuitem>Open</ul></ul>",
        "menuitem",
        "File",
    ),
    ("<span id=r class=gone>hidden <b>part</b></span><input aria-labelledby=r>", "textbox", "hidden part"),
    ("<span id=r aria-hidden=true>unheard</span><input aria-labelledby=r>", "textbox", "unheard"),
    ("<span id=r>One</span><input id=s value=typed aria-labelledby='r s'>", "textbox", "One typed"),
    ("<button id=d aria-label=Delete aria-labelledby='d r'>x</button><i id=r>this</i>", "button", "Delete this"),
    ("<label for=s>Labelled</label><input id=s type=submit value=Send>", "button", "Labelled"),
    ("<input type=file>", "button", "Choose File"),
    ("<input aria-placeholder=Held>", "textbox", "Held"),
    ("<input list=nowhere aria-label=Plain>", "textbox", "Plain"),
    ("<select multiple size=1 aria-label=Drop><option>x</select>", "combobox", "Drop"),
    ("<span role='foo button' tabindex=0>fallback</span>", "button", "fallback"),
    ("<button role=none>kept</button>", "button", "kept"),
    ("<a href=/x role=doc-backlink>back</a>", "link", "back"),
    ("<table role=none><tr><td tabindex=0>layout</table>", "generic", "layout"),
    ("<svg width=60 height=20><a xlink:href='#1'><text y=15>svg link</text></a></svg>", "link", "svg link"),
    (
        "<x-b><template shadowrootmode=open><style>b::after { content: '!' }</style><button>Pre <slot></slot><b></b></button></template>slotted</x-b>",
        "button",
        "Pre slotted!",
    ),
]


def test_names_of_every_kind(seen: Seen) -> None:
    """All on one page, a frame each, so that ids and styles do not meet."""
    seen.open(
        "".join(
            f'<iframe title="#{i}" srcdoc="{(STYLE + html).replace("&", "&amp;").replace(chr(34), "&quot;")}" width=300 height=60></iframe>'
            for i, (html, _, _) in enumerate(CASES)
        )
    )
    frames = {e.name: e.ref for e in seen.all("iframe")}
    missing = []
    for i, (html, role, name) in enumerate(CASES):
        inside = [(e.role, e.name) for e in seen.now.elements if e.frame == frames[f"#{i}"]]
        if (role, name) not in inside:
            missing.append((html, role, name, inside))
    assert not missing


@pytest.mark.parametrize("how", ["insertRule", "adopted"])
def test_a_rule_that_comes_later_names_too(seen: Seen, how: str) -> None:
    seen.open("<style>p { margin: 0 }</style><button>apple</button>")
    assert seen.names("button") == ["apple"]
    rule = "button::before { content: 'New ' }"
    script = f"document.styleSheets[0].insertRule({rule!r})" if how == "insertRule" else (
        f"document.adoptedStyleSheets = [(() => {{ const s = new CSSStyleSheet(); s.replaceSync({rule!r}); return s }})()]"
    )  # fmt: skip
    seen.browser.active.page.evaluate(script)
    seen.settle(lambda now: any(e.name == "New apple" for e in now.elements), timeout=2.0)
    assert seen.names("button") == ["New apple"]


def test_content_of_a_field_in_a_row_is_in_the_name_of_the_row(seen: Seen) -> None:
    seen.open(
        "<table><tr><td><input type=checkbox aria-label='Select Ann'><td>Ann<td><button><b>Open</b></button></table>"
    )
    assert seen.names("row") == ["Select Ann Ann Open"]
    assert seen.names("cell") == ["Select Ann", "Ann", "Open"]
