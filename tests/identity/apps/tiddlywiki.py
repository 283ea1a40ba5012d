"""TiddlyWiki: one page on which articles are opened, edited and closed; side bar and control panel with tabs."""

from __future__ import annotations

from tests.identity.packages import tiddlywiki
from tests.identity.walk import Fit, Site, Walk


def write(w: Walk, title: str, text: str) -> None:
    w.click("new tiddler", "button")
    w.look("add")
    w.see("editing", f"the new {title}", shows="add")
    w.tab.keyboard.type(title)  # it has the focus, and is selected
    for frame in w.tab.frames:
        for body in frame.get_by_placeholder("Type the text for this tiddler").all():
            body.fill(text)
    w.see("editing", f"{title}, written", shows="add")
    w.click("Confirm changes to this tiddler", "button")
    w.look(title)
    w.see("reading", f"just wrote {title}", shows=title)


def walk(w: Walk) -> None:
    w.see("reading", shows="GettingStarted")
    for tab in ("Recent", "Tools", "More"):
        w.click(tab, "tab")
        w.see(f"reading, side bar {tab}", shows=tab)
    w.click("Open", "tab")
    w.see("reading", "side bar as at first", shows="GettingStarted")
    write(w, "Bread", "Flour and water.")
    write(w, "Bees", "They live in hives.")
    w.click("close all", "button")
    w.see("reading", "nothing open", shows="new tiddler")
    w.open("/#Bread")
    w.see("reading", "one by its address", shows="Bread")
    w.click("Recent", "tab")
    w.see("reading, side bar Recent", "another article", shows="Recent")
    w.click("Open", "tab")
    w.click("Edit this tiddler", "button")
    w.see("editing", "an old one", shows="add")
    w.click("Discard changes to this tiddler", "button")
    w.click("more", "button")
    w.see("reading, menu of the article", shows="~clone|permalink|info")
    w.press("Escape")
    w.open("/#Bees")
    w.tab.reload()
    w.see("reading", "another by its address", shows="Bees")
    w.click("more", "button")
    w.see("reading, menu of the article", "of another", shows="~clone|permalink|info")
    w.tab.reload()
    w.click("close all", "button")
    w.see("reading", "nothing open again", shows="new tiddler")
    w.click("control panel", "button")
    w.see("control panel", shows="~Control ?Panel|ControlPanel")
    for tab in ("Appearance", "Settings", "Saving"):
        w.click(tab, "tab")
        w.see(f"control panel, {tab}", shows=tab)
    w.click("Info", "tab")
    w.see("control panel", "its first tab again", shows="Info")


SITE = Site("TiddlyWiki", tiddlywiki, walk, fit=Fit.MENDED)
