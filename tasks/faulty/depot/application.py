"""The application without faults: what each request is answered."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from . import screens
from .routes import find
from .store import Lists, Store
from .web import JSON, Answer, Request, Session, redirect
from .writes import WRITES, Result

if TYPE_CHECKING:
    from .writes import Write

USER = "clerk"
PAUSES = 60.0
"""Seconds that an answer waits at most."""


@dataclass(slots=True)
class Depot:
    """One instance of the application. `closing` ends all waiting."""

    store: Store
    password: str
    sessions: dict[str, Session] = field(default_factory=dict)
    stale: Lists | None = None
    """What lists show instead of what is there."""
    stale_views: int = 0
    closing: threading.Event = field(default_factory=threading.Event)

    def pause(self, seconds: float) -> None:
        self.closing.wait(min(seconds, PAUSES))

    def restart(self, database: Path) -> None:
        """Everything as it was at the first start."""
        self.store.close()
        database.unlink()
        self.store = Store(database)
        self.sessions.clear()
        self.stale = None

    def session(self, request: Request) -> Session | None:
        return self.sessions.get(request.token)

    def answer(self, request: Request) -> Answer:
        """What a request is answered when nothing goes wrong."""
        found = find(request.method, request.path)
        if found is None:
            return self.lost(request)
        route, number = found
        if route.name in OPEN:
            return OPEN[route.name](self, request)
        session = self.session(request)
        if session is None:
            return self.to_sign_in(request)
        if request.method == "POST":
            write = WRITES.get(route.name)
            return Answer("{}", kind=JSON) if write is None else self._write(write, request, session, number)
        screen = SCREENS[route.name](self, request, session, number)
        return screen if isinstance(screen, Answer) else self._page(session, *screen)

    def lost(self, request: Request) -> Answer:
        body = screens.page("Not found", "<h1>Not found</h1><p>There is nothing here.</p>")
        return Answer(body, 404)

    def to_sign_in(self, request: Request) -> Answer:
        """Where somebody is sent who is not signed in; what was to be written is lost."""
        if request.scripted:
            body = {"ok": False, "message": "You are signed out.", "to": "/sign-in"}
            return Answer(json.dumps(body), 401, JSON)
        return redirect("/sign-in" if request.method == "POST" else f"/sign-in?to={request.path}")

    def _page(self, session: Session, title: str, body: str) -> Answer:
        flash, session.flash = session.flash, []
        return Answer(screens.page(title, body, flash=flash))

    def _write(self, write: Write, request: Request, session: Session, number: int) -> Answer:
        result = write.do(self.store, request, session, number)
        if result is None:
            return self.lost(request)
        return self.said(request, result)

    def said(self, request: Request, result: Result) -> Answer:
        """How the outcome of a write is told: to the page's script, by the next page, or by the same form once more."""
        session = self.session(request)
        if request.scripted:
            status = 200 if result.ok else 422
            if result.to and session is not None:
                session.flash.append(result.message)
            return Answer(json.dumps({"ok": result.ok, "message": result.message, "to": result.to}), status, JSON)
        if result.ok:
            if session is not None and result.message:
                session.flash.append(result.message)
            return redirect(result.to)
        return replace(self.again(request, result.errors), status=422)

    def again(self, request: Request, errors: Mapping[str, str] | None = None) -> Answer:
        """The form that was sent, with what was entered, once more."""
        found = find(request.method, request.path)
        session = self.session(request)
        if found is None or session is None:
            return self.to_sign_in(request)
        route, number = found
        title, body = WRITES[route.name].form(self.store, request, number, errors)
        return self._page(session, title, body)

    def lists(self) -> Lists:
        """What the lists show."""
        if self.stale is not None and self.stale_views > 0:
            self.stale_views -= 1
            return self.stale
        self.stale = None
        return self.store.lists()


Screen = Answer | tuple[str, str]


def _sign_in(depot: Depot, request: Request) -> Answer:
    to = request.query.get("to", "")
    if request.method == "GET":
        return Answer(screens.page("Sign in", screens.sign_in({}, to), signed_in=False))
    if (request.form.get("user"), request.form.get("password")) != (USER, depot.password):
        errors = {"user": "The user or the password is wrong."}
        return Answer(screens.page("Sign in", screens.sign_in(request.form, to, errors), signed_in=False), 422)
    token = secrets.token_hex(16)
    depot.sessions[token] = Session()
    return redirect(to if to.startswith("/") and not to.startswith("//") else "/", cookie=token)


def _sign_out(depot: Depot, request: Request) -> Answer:
    depot.sessions.pop(request.token, None)
    return redirect("/sign-in")


OPEN: Mapping[str, Callable[[Depot, Request], Answer]] = {
    "sign-in": _sign_in,
    "sign-out": _sign_out,
    "poll": lambda depot, request: Answer("{}", kind=JSON),
    "beat": lambda depot, request: Answer("{}", kind=JSON),
    "newsletter": lambda depot, request: Answer("{}", kind=JSON),
}
"""What needs no sign-in."""


def _items(depot: Depot, request: Request, session: Session, number: int) -> Screen:
    words = request.query.get("q", "").strip()
    found = [one for one in depot.lists().items if words.lower() in one.name.lower()]
    at = request.query.get("page", "1")
    return "Items", screens.items(found, words, int(at) if at.isdigit() else 1)


def _item(depot: Depot, request: Request, session: Session, number: int) -> Screen:
    one = depot.store.item(number)
    return depot.lost(request) if one is None else (one.name, screens.item(one, depot.store.files(number)))


def _item_edit(depot: Depot, request: Request, session: Session, number: int) -> Screen:
    one = depot.store.item(number)
    return depot.lost(request) if one is None else (f"Edit {one.name}", screens.item_edit(one))


def _transfer_item(depot: Depot, request: Request, session: Session, number: int) -> Screen:
    names = sorted(one.name for one in depot.store.items())
    return "New transfer", screens.transfer_item(names, session.draft)


def _transfer_place(depot: Depot, request: Request, session: Session, number: int) -> Screen:
    if "item" not in session.draft:
        return redirect("/transfers/new")
    return "New transfer", screens.transfer_place(session.draft)


def _transfer_check(depot: Depot, request: Request, session: Session, number: int) -> Screen:
    if "place" not in session.draft:
        return redirect("/transfers/new")
    return "New transfer", screens.transfer_check(session.draft)


def _invoice(depot: Depot, request: Request, session: Session, number: int) -> Screen:
    one = depot.store.invoice(number)
    if one is None:
        return depot.lost(request)
    return f"Invoice of {one.supplier}", screens.invoice(one, depot.store.payments(number), {})


def _receipt(depot: Depot, request: Request, session: Session, number: int) -> Screen:
    one, payments = depot.store.invoice(number), depot.store.payments(number)
    return depot.lost(request) if one is None or not payments else ("Receipt", screens.receipt(one, payments[-1]))


SCREENS: Mapping[str, Callable[[Depot, Request, Session, int], Screen]] = {
    "home": lambda depot, request, session, number: ("Home", screens.home(depot.store.settings()["display_name"])),
    "help": lambda depot, request, session, number: ("Help", screens.HELP),
    "items": _items,
    "item": _item,
    "item-new": lambda depot, request, session, number: ("New item", screens.item_new({"category": "Tools"})),
    "item-edit": _item_edit,
    "transfers": lambda depot, request, session, number: ("Transfers", screens.transfers(depot.lists().transfers)),
    "transfer-item": _transfer_item,
    "transfer-place": _transfer_place,
    "transfer": _transfer_check,
    "invoices": lambda depot, request, session, number: ("Invoices", screens.invoices(depot.lists().invoices)),
    "payment": _invoice,
    "receipt": _receipt,
    "settings": lambda depot, request, session, number: ("Settings", screens.settings(depot.store.settings())),
}
