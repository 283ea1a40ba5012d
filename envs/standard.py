"""The small world that every environment shows for its contract suite: a form, and a second page.

`STANDARD` names what is in it; `STANDARD_HTML` is the same for browsers (`envs.fake.standard` for the fake).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standard:
    """Names and texts, as they are seen. The first option of `colours` is chosen and nothing else is filled in."""

    title: str = "Standard form"
    name: str = "Name"
    password: str = "Password"
    colour: str = "Colour"
    colours: tuple[str, ...] = ("Red", "Green", "Blue")
    agree: str = "Agree"
    save: str = "Save"
    """A button that POSTs the form; "Saved" is shown once the answer (200) is there."""
    saved: str = "Saved"
    locked: str = "Locked"
    """A disabled button."""
    later: str = "Later"
    """A button that shows `came` about 0.3 s later, without a request."""
    came: str = "It came later"
    remove: str = "Remove"
    """A button that takes the button `victim` away."""
    renew: str = "Renew"
    """A button that puts another node of the same role, name and looks in the place of `victim`."""
    victim: str = "Victim"
    """A button that shows `hit`."""
    hit: str = "Victim was clicked"
    link: str = "Second page"
    """A link to another document, whose title is `second`, with a link `back` to the form."""
    second: str = "The second page"
    back: str = "First page"


STANDARD = Standard()

_FORM = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Standard form</title><link rel="icon" href="data:,"></head>
<body>
<h1>Standard form</h1>
<form id="form">
<p><label>Name <input name="name" autocomplete="off"></label></p>
<p><label>Password <input name="password" type="password" autocomplete="off"></label></p>
<p><label>Colour <select name="colour">
<option>Red</option><option>Green</option><option>Blue</option></select></label></p>
<p><label><input name="agree" type="checkbox"> Agree</label></p>
<p><button type="submit">Save</button> <button type="button" disabled>Locked</button></p>
</form>
<p><button type="button" id="later">Later</button> <button type="button" id="remove">Remove</button>
<button type="button" id="renew">Renew</button></p>
<p><a href="/second">Second page</a></p>
<p><button type="button" id="victim">Victim</button></p>
<div id="out"></div>
<script>
const at = id => document.getElementById(id);
const say = words => { const p = document.createElement("p"); p.textContent = words; at("out").append(p); };
const arm = button => { button.onclick = () => say("Victim was clicked"); return button; };
arm(at("victim"));
at("remove").onclick = () => at("victim").remove();
at("renew").onclick = () => at("victim").replaceWith(arm(at("victim").cloneNode(true)));
at("later").onclick = () => setTimeout(() => say("It came later"), 300);
at("form").onsubmit = async event => {
  event.preventDefault();
  const answer = await fetch("/save", {method: "POST", body: new URLSearchParams(new FormData(at("form")))});
  say(answer.ok ? "Saved" : "Refused");
};
</script>
</body></html>
"""

_SECOND = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>The second page</title><link rel="icon" href="data:,"></head>
<body><h1>The second page</h1><p><a href="/">First page</a></p></body></html>
"""

STANDARD_HTML: Mapping[str, str] = {"/": _FORM, "/second": _SECOND}
"""Path to page. A server gives these, and answers POST /save with 200."""
