"""Trac: a wiki, tickets, reports, a timeline, preferences with tabs, refusals."""

from __future__ import annotations

from tests.identity.packages import trac
from tests.identity.walk import Fit, Site, Walk

LAX = "document.querySelectorAll('form').forEach(f => f.noValidate = true)"


def ticket(w: Walk, summary: str) -> None:
    w.open("/newticket")
    w.tab.fill("#field-summary", summary)
    w.tab.locator("input[name=submit]").click()
    w.look(f"~{summary}")


def walk(w: Walk) -> None:
    tickets(w)
    reports(w)
    wiki(w)
    elsewhere(w)


def tickets(w: Walk) -> None:
    w.open("/newticket")
    w.see("new ticket", shows="~Create New Ticket|Create ticket")
    w.tab.fill("#field-summary", "The oven is cold")
    w.see("new ticket", "filled in", shows="~Create New Ticket|Create ticket")
    w.tab.evaluate(LAX)
    w.tab.fill("#field-summary", "")
    w.tab.locator("input[name=submit]").click()
    w.see("new ticket, refused", shows="~must contain a summary|Tickets must")
    w.tab.fill("#field-summary", " ")
    w.tab.evaluate(LAX)
    w.tab.locator("input[name=submit]").click()
    w.see("new ticket, refused", "again", shows="~must contain a summary|Tickets must")
    for number, summary in enumerate(("The oven is cold", "Flour is out", "A bell for the door"), 1):
        ticket(w, summary)
        w.see("ticket", f"number {number}", shows=f"~{summary}")
    w.open("/ticket/99")
    w.see("no such ticket", shows="~Ticket 99 does not exist")
    w.open("/ticket/77")
    w.see("no such ticket", "another", shows="~Ticket 77 does not exist")


def reports(w: Walk) -> None:
    w.open("/report")
    w.see("available reports", shows="~Available Reports")
    for number in (1, 3):
        w.open(f"/report/{number}")
        w.see("a report", f"number {number}", shows="~matches")
    w.open("/report/1?sort=summary&asc=0")
    w.see("a report", "sorted", shows="~matches")
    w.open("/query")
    w.see("custom query", shows="~Custom Query")
    w.open("/query?status=closed")
    w.see("custom query", "nothing found", shows="~Custom Query")
    w.open("/search")
    w.see("search", shows="Search")
    w.open("/search?q=oven&ticket=on")
    w.see("search results", "one", shows="~oven")
    w.open("/search?q=flour&ticket=on&wiki=on")
    w.see("search results", "others", shows="~[Ff]lour")


def wiki(w: Walk) -> None:
    for page in ("WikiStart", "WikiFormatting", "InterTrac"):
        w.open(f"/wiki/{page}")
        w.see("wiki page", page, shows="~Edit this page")
    for page in ("WikiStart", "InterTrac"):
        w.open(f"/wiki/{page}?action=edit")
        w.see("edit a wiki page", page, shows="~Editing")
    w.open("/wiki/WikiStart?action=history")
    w.see("history of a wiki page", shows="~Change History")
    w.open("/wiki/InterTrac?action=history")
    w.see("history of a wiki page", "another", shows="~Change History")
    w.open("/wiki/InterTrac?action=delete")
    w.see("delete a wiki page?", shows="~Are you sure")
    w.open("/wiki/WikiFormatting?action=delete")
    w.see("delete a wiki page?", "another", shows="~Are you sure")


def elsewhere(w: Walk) -> None:
    w.open("/roadmap")
    w.see("roadmap", shows="~Roadmap")
    w.open("/milestone/milestone1")
    w.see("milestone", shows="~[Mm]ilestone1")
    w.open("/milestone/milestone2")
    w.see("milestone", "another", shows="~[Mm]ilestone2")
    w.open("/timeline")
    w.see("timeline", shows="~Timeline")
    w.open("/timeline?daysback=2&wiki=on")
    w.see("timeline", "of other things", shows="~Timeline")
    for page in ("general", "localization", "userinterface", "keybindings"):
        w.open(f"/prefs/{'' if page == 'general' else page}")
        w.see(f"preferences, {page}", shows="~Preferences")
    for page in ("general/basics", "ticket/components", "ticket/versions", "general/perm"):
        w.open(f"/admin/{page}")
        w.see(f"administration, {page}", shows="~Administration")


SITE = Site("Trac", trac, walk, "/wiki", fit=Fit.FIRST_LOOK)
