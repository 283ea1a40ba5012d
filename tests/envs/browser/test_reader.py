# ruff: noqa: E501 - pages are written on one line
"""What is read of a page: roles, names, values, states, text, frames."""

from __future__ import annotations

import pytest

from envs.observation import Observation
from tests.envs.browser.conftest import Reply, Seen, Site


def texts(now: Observation) -> list[str]:
    return [e.name for e in now.elements if e.role == "text"]


NAMED = [
    ("<button>Save</button>", "button", "Save"),
    ("<button aria-label='Close it'>x</button>", "button", "Close it"),
    ("<input type=submit value='Log in'>", "button", "Log in"),
    ("<input type=submit>", "button", "Submit"),
    ("<input type=reset>", "button", "Reset"),
    ("<a href=/x>Home</a>", "link", "Home"),
    ("<a href=/x><img alt='Our logo' src=x></a>", "link", "Our logo"),
    ("<a href=/x title=Tip><i>&nbsp;</i></a>", "link", "Tip"),
    ("<label for=a>First name:</label><input id=a>", "textbox", "First name:"),
    ("<label>Wrapped <input></label>", "textbox", "Wrapped"),
    ("<label><input type=checkbox> I <b>agree</b></label>", "checkbox", "I agree"),
    ("<label><input type=radio> Red</label>", "radio", "Red"),
    ("<span id=s>Said</span><input aria-labelledby=s>", "textbox", "Said"),
    ("<span id=s>Old</span> <span id=t>name</span><input aria-labelledby='s t'>", "textbox", "Old name"),
    ("<input placeholder='Type here'>", "textbox", "Type here"),
    ("<input title=Titled placeholder=Held>", "textbox", "Titled"),
    ("<input type=search aria-label=Find>", "searchbox", "Find"),
    ("<input type=number aria-label=Age>", "spinbutton", "Age"),
    ("<input type=range aria-label=Size>", "slider", "Size"),
    ("<input list=l aria-label=Town><datalist id=l><option>A</datalist>", "combobox", "Town"),
    ("<label for=t>Notes</label><textarea id=t></textarea>", "textbox", "Notes"),
    ("<label for=q>Pick</label><select id=q><option>A</select>", "combobox", "Pick"),
    ("<label for=q>Many</label><select id=q multiple><option>A</select>", "listbox", "Many"),
    ("<fieldset><legend>Address</legend><input></fieldset>", "group", "Address"),
    ("<table><caption>Disks</caption><tr><td>a</table>", "table", "Disks"),
    ("<h2>News</h2>", "heading", "News"),
    ("<nav aria-label=Main><a href=x>x</a></nav>", "navigation", "Main"),
    ("<section aria-labelledby=h><h2 id=h>Part</h2></section>", "region", "Part"),
    ("<dialog open aria-label=Sure>?</dialog>", "dialog", "Sure"),
    ("<div role=alert>Oh</div>", "alert", ""),
    ("<div role=tab tabindex=0>Two</div>", "tab", "Two"),
    ("<details><summary>More</summary>x</details>", "button", "More"),
    ("<img alt=Cat src=x width=9 height=9>", "img", "Cat"),
    ("<svg width=9 height=9><title>Drawn</title></svg>", "img", "Drawn"),
    ("<progress value=3 max=10 aria-label=Done></progress>", "progressbar", "Done"),
    ("<div contenteditable aria-label=Body>hi</div>", "textbox", "Body"),
    ("<iframe title=Inner srcdoc=x></iframe>", "iframe", "Inner"),
    ("<button>A<span style='display:none'>hidden</span>B</button>", "button", "AB"),
    ("<button><div>A</div><div>B</div></button>", "button", "A B"),
    ("<button>A<br>B</button>", "button", "A B"),
]


def test_names_and_roles(seen: Seen) -> None:
    """All on one page, a frame of a section each, so that ids do not meet."""
    seen.open(
        "<title>T</title>"
        + "".join(
            f'<iframe title="#{i}" srcdoc="{html.replace(chr(34), "&quot;")}"></iframe>'
            for i, (html, _, _) in enumerate(NAMED)
        )
    )
    frames = {e.name: e.ref for e in seen.all("iframe")}
    missing = []
    for i, (html, role, name) in enumerate(NAMED):
        inside = [(e.role, e.name) for e in seen.now.elements if e.frame == frames[f"#{i}"]]
        if (role, name) not in inside:
            missing.append((html, role, name, inside))
    assert not missing


def test_a_sentence_with_a_link_is_one_text(seen: Seen) -> None:
    now = seen.open(
        "<p>The group “<a href=/x>Editors</a>”\n   was <b>added</b> successfully.</p><p><a href=/y>Only a link</a></p>"
    )
    assert texts(now) == ["The group “Editors” was added successfully."]
    assert seen.names("link") == ["Editors", "Only a link"]


def test_text_that_controls_say_is_not_said_twice(seen: Seen) -> None:
    now = seen.open(
        "<h1>Head</h1><label>Name <input></label><button>Go</button><ul><li>Item</ul><div>One</div><div>Two</div>"
        "<table><tr><th>A<tr><td>cell</table><pre>a\n b</pre>"
    )
    assert texts(now) == ["Item", "One", "Two", "a\n b"]


def test_values_and_states(seen: Seen) -> None:
    seen.open(
        "<input aria-label=a value=one><input aria-label=p type=password value=secret><textarea aria-label=t>x\ny</textarea>"
        "<select aria-label=s><option value=1>Red<option selected value=2>Green</select>"
        "<input type=checkbox aria-label=c checked><input type=checkbox aria-label=m><button disabled>d</button>"
        "<fieldset disabled><button>f</button></fieldset><input aria-label=r readonly required>"
        "<button aria-expanded=false aria-haspopup=menu aria-pressed=true>b</button>"
        "<script>document.querySelector('[aria-label=m]').indeterminate=true; document.querySelector('[aria-label=a]').focus()</script>"
    )
    assert seen.one("textbox", "a").value == "one"
    assert seen.one("textbox", "a").is_("focused", "editable")
    password = seen.one("textbox", "p")
    assert password.value == "••••••"
    assert password.is_("password")
    assert seen.one("textbox", "t").value == "x\ny"
    assert seen.one("textbox", "t").is_("multiline")
    select = seen.one("combobox", "s")
    assert (select.value, select.attributes["options"]) == ("Green", "Red\nGreen")
    assert seen.one("checkbox", "c").is_("checked")
    assert seen.one("checkbox", "m").is_("mixed")
    assert seen.one("button", "d").is_("disabled")
    assert seen.one("button", "f").is_("disabled")
    assert seen.one("textbox", "r").is_("readonly", "required")
    assert seen.one("button", "b").is_("collapsed", "haspopup", "pressed")


def test_tables_have_headers_and_parents(seen: Seen) -> None:
    seen.open(
        "<table><thead><tr><th>Name<th>Size<th></thead><tbody><tr><th scope=row>vda1<td>20<td><button>Delete</button>"
        "<tr><th scope=row>vda2<td>30<td><button>Delete</button></table>"
    )
    cell = seen.one("cell", "30")
    assert (cell.attributes["colheader"], cell.attributes["rowheader"], cell.attributes["colindex"]) == (
        "Size",
        "vda2",
        "2",
    )
    button = seen.all("button")[1]
    assert [e.role for e in seen.now.ancestors(button)] == ["cell", "row", "table"]
    assert next(e for e in seen.now.ancestors(button) if e.role == "row").name == "vda2 30 Delete"


HIDDEN = [
    "<button style='display:none'>No</button>",
    "<button style='visibility:hidden'>No</button>",
    "<div style='opacity:0'><button>No</button></div>",
    "<button style='position:absolute;left:-9999px'>No</button>",
    "<div style='height:0;overflow:hidden'><button>No</button></div>",
    "<a href=x style='position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)'>No</a>",
    "<details><summary>s</summary><button>No</button></details>",
    "<button style='width:0;height:0;padding:0;border:0;overflow:hidden'>No</button>",
    "<button style='clip-path:inset(100%)'>No</button>",
    "<button style='transform:scale(0)'>No</button>",
    "<button hidden>No</button>",
]


@pytest.mark.parametrize("html", HIDDEN)
def test_what_cannot_be_seen_is_left_out(seen: Seen, html: str) -> None:
    seen.open(f"<p>Yes</p>{html}")
    assert not [e for e in seen.now.elements if e.name == "No"]


def test_what_is_rendered_is_kept(seen: Seen) -> None:
    seen.open(
        "<button aria-hidden=true>Hidden from readers</button><div style='visibility:hidden'><button style='visibility:visible'>Back</button></div>"
        "<div style='display:contents'><button>Contents</button></div><button style='margin-top:3000px'>Far</button>"
    )
    assert seen.names("button") == ["Hidden from readers", "Back", "Contents", "Far"]
    assert seen.one("button", "Far").is_("offscreen")


def test_styled_inputs_stay_with_their_label_as_place(seen: Seen) -> None:
    seen.open(
        "<label style='display:block;width:200px'><input type=checkbox style='display:none'> Styled</label>"
        "<input type=file id=f style='display:none' aria-label=Attach><button>Attach it</button>"
    )
    assert seen.one("checkbox", "Styled").is_("hidden")
    assert seen.one("checkbox", "Styled").box.width == 200
    assert seen.one("button", "Attach").is_("hidden")


def test_only_scripts_make_it_clickable(seen: Seen) -> None:
    seen.open(
        "<div style='cursor:pointer'><b>Card</b></div><span onclick='1'>Attr</span><div tabindex=0>Tabbed</div><p>Plain</p>"
        "<a href=x><span style='cursor:pointer'>In a link</span></a>"
    )
    assert [e.name for e in seen.now.elements if e.is_("listens")] == ["Card", "Attr", "Tabbed"]


def test_names_that_are_not_what_is_shown(seen: Seen) -> None:
    seen.open(
        "<button aria-label=Delete>Save</button><button aria-label=Save>Save</button><button aria-label=Icon>\ue001</button>"
    )
    assert [e.is_("renamed") for e in seen.all("button")] == [True, False, False]


def test_covered(seen: Seen) -> None:
    seen.open(
        "<button id=a style='position:absolute;left:0;top:0;width:90px;height:30px'>Under</button>"
        "<div style='position:absolute;left:0;top:0;width:300px;height:30px'></div><button style='margin-top:60px'>Free</button>"
    )
    assert seen.one("button", "Under").is_("covered")
    assert not seen.one("button", "Free").is_("covered")


def test_shadow_roots_and_slots(seen: Seen) -> None:
    seen.open(
        "<x-box><span slot=s>Slotted</span></x-box><script>customElements.define('x-box', class extends HTMLElement {"
        "constructor() { super(); this.attachShadow({mode:'open'}).innerHTML = '<label for=i>In shadow</label><input id=i><button><slot name=s></slot>!</button>' } })</script>"
    )
    assert seen.names("textbox") == ["In shadow"]
    assert seen.names("button") == ["Slotted!"]


def test_frames_of_all_kinds(seen: Seen, other_site: Site) -> None:
    other_site.pages["/deep"] = "<button style='margin:7px'>Deep</button>"
    other_site.pages["/far"] = (
        f"<button>Far</button><iframe srcdoc='<button>Nested</button>'></iframe><iframe src='{seen.site.url('/home')}'></iframe>"
    )
    seen.site.pages["/home"] = "<button>Home again</button>"
    seen.site.pages["/near"] = "<button>Near</button>"
    seen.open(
        f"<button>Top</button><iframe title=near src=/near></iframe><iframe title=far src='{other_site.url('/far')}' width=700 height=400></iframe>"
        "<iframe title=box sandbox srcdoc='<button>Boxed</button>'></iframe>"
    )
    seen.settle(lambda now: {"Home again", "Boxed"} <= {e.name for e in now.elements})
    assert seen.names("button") == ["Top", "Near", "Far", "Nested", "Home again", "Boxed"]
    far = seen.one("button", "Far")
    assert far.origin == other_site.origin
    assert seen.one("button", "Near").origin == seen.site.origin
    assert seen.one("button", "Boxed").origin == "null"
    frame = seen.one("iframe", "far")
    assert far.frame == far.parent == frame.ref
    assert frame.box.intersection(far.box) == far.box


def test_refs_live_as_long_as_their_node(seen: Seen) -> None:
    seen.open("<button>A</button><div id=d><button>B</button></div>")
    before = {e.name: e.ref for e in seen.all("button")}
    seen.browser.active.page.evaluate(
        "document.querySelector('#d').innerHTML = '<button>B</button>'; document.body.prepend(document.querySelector('button'))"
    )
    seen.settle()
    after = {e.name: e.ref for e in seen.all("button")}
    assert after["A"] == before["A"]
    assert after["B"] != before["B"]


def test_the_page_cannot_see_or_tamper(seen: Seen) -> None:
    seen.open(
        """<form id=f action=/post><input name=action aria-label=A><input name=getAttribute><input name=parentNode>
        <button>Real</button></form><img name=querySelectorAll><img name=getElementById><img name=elementFromPoint><div id=cua>c</div>
        <script>
        const bad = () => { window.broken = true; throw new Error('tampered'); };
        for (const proto of [Element, Node, Document, DocumentFragment, EventTarget, HTMLElement, MutationObserver, Range])
          for (const key of Object.getOwnPropertyNames(proto.prototype)) if (key !== 'constructor') try { Object.defineProperty(proto.prototype, key, {get: bad, value: undefined}); } catch {
            try { Object.defineProperty(proto.prototype, key, {get: bad}); } catch {} }
        for (const key of ['map', 'push', 'forEach', 'filter', 'join', 'find', 'some']) Array.prototype[key] = bad;
        for (const key of ['getComputedStyle', 'MutationObserver', 'WeakMap', 'WeakRef', 'Map', 'Set', 'Promise', 'requestAnimationFrame', 'setTimeout']) window[key] = bad;
        JSON.stringify = bad; Map.prototype.get = bad; Set.prototype.has = bad; String.prototype.replace = bad;
        </script>"""
    )
    assert seen.names("button") == ["Real"]
    assert seen.one("textbox", "A").attributes["action"] == seen.site.url("/post")
    said = seen.browser.active.wire.send(
        "Runtime.evaluate", {"expression": "`${window.broken === undefined} ${window.cua instanceof HTMLDivElement}`"}
    )
    assert said["result"]["value"] == "true true"


def test_a_server_error_is_a_page(seen: Seen) -> None:
    seen.site.pages["/"] = Reply("<h1>Broken</h1>", status=500)
    seen.open()
    assert seen.names("heading") == ["Broken"]


def test_picture(seen: Seen) -> None:
    now = seen.open("<body style='background:rgb(10,200,30)'>")
    frame = now.frame()
    assert frame.pixels.shape == (800, 1280, 3)
    assert tuple(frame.pixels[5, 5]) == (10, 200, 30)
    assert seen.browser.screenshot().startswith(b"\x89PNG")
