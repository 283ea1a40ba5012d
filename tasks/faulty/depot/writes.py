"""What the application does with what is sent to it: each write checks its fields, stores, and says where to go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from . import screens
from .store import CATEGORIES, LANGUAGES, METHODS, PLACES, STARTS, Store
from .web import Request, Session

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Result:
    """`message` is for the person; `to` is where the browser goes on, "" where it stays; `errors` by field."""

    ok: bool
    message: str = ""
    to: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Write:
    """`do` is None where the thing itself is not there. `form` is title and body of the form once more. `may_lose`:
    fields that can get lost without the rest being refused."""

    do: Callable[[Store, Request, Session, int], Result | None]
    form: Callable[[Store, Request, int, Fields | None], tuple[str, str]]
    may_lose: tuple[str, ...] = ()


def refused(errors: Mapping[str, str]) -> Result:
    return Result(False, " ".join(errors.values()), errors=errors)


def whole(words: str) -> int | None:
    """A number as people write it: 1500, 1,500."""
    digits = words.replace(",", "").strip()
    return int(digits) if digits.isdecimal() else None


def _item_values(form: Fields) -> tuple[dict[str, object], dict[str, str]]:
    """The columns of an item, and what is wrong with them, by field."""
    name, quantity = form.get("name", "").strip(), whole(form.get("quantity", ""))
    errors: dict[str, str] = {}
    if not name:
        errors["name"] = "An item needs a name."
    if quantity is None:
        errors["quantity"] = "The quantity must be a whole number."
    if form.get("category") not in CATEGORIES:
        errors["category"] = "Choose a category."
    values: dict[str, object] = {
        "name": name,
        "quantity": quantity,
        "category": form.get("category", ""),
        "note": form.get("note", "").strip(),
        "fragile": int(bool(form.get("fragile"))),
    }
    return values, errors


def _item_new(store: Store, request: Request, session: Session, number: int) -> Result | None:
    values, errors = _item_values(request.form)
    if errors:
        return refused(errors)
    store.add_item(values)
    return Result(True, f'The item "{values["name"]}" was added.', "/items")


def _item_edit(store: Store, request: Request, session: Session, number: int) -> Result | None:
    if store.item(number) is None:
        return None
    values, errors = _item_values(request.form)
    if errors:
        return refused(errors)
    store.change_item(number, values)
    return Result(True, f'The item "{values["name"]}" was changed.', f"/items/{number}")


def _item_delete(store: Store, request: Request, session: Session, number: int) -> Result | None:
    one = store.item(number)
    if one is None:
        return None
    store.delete_item(number)
    return Result(True, f'The item "{one.name}" was deleted.', "/items")


def _item_file(store: Store, request: Request, session: Session, number: int) -> Result | None:
    if store.item(number) is None:
        return None
    upload = request.files.get("file")
    if upload is None:
        return refused({"file": "Choose a file first."})
    store.attach(number, upload.name, upload.size)
    return Result(True, f'The file "{upload.name}" was attached.', f"/items/{number}")


def _transfer_item(store: Store, request: Request, session: Session, number: int) -> Result | None:
    one = next((item for item in store.items() if item.name == request.form.get("item")), None)
    pieces = whole(request.form.get("quantity", ""))
    errors = {}
    if one is None:
        errors["item"] = "Choose an item."
    if pieces is None or pieces < 1 or (one is not None and pieces > one.quantity):
        errors["quantity"] = f"There are {one.quantity if one else 0} pieces."
    if errors:
        return refused(errors)
    session.draft = {"item": request.form["item"], "quantity": str(pieces)}
    return Result(True, "", "/transfers/new/2")


def _transfer_place(store: Store, request: Request, session: Session, number: int) -> Result | None:
    errors = {}
    if request.form.get("place") not in PLACES:
        errors["place"] = "Choose a destination."
    try:
        date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        errors["day"] = "The day must look like 2026-05-31."
    if errors:
        return refused(errors)
    session.draft |= {"place": request.form["place"], "day": request.form["day"]}
    return Result(True, "", "/transfers/new/3")


def _transfer_check(store: Store, request: Request, session: Session, number: int) -> Result | None:
    form = request.form
    if not form.get("checked"):
        return refused({"checked": "Say that you have checked it."})
    pieces = whole(form.get("quantity", ""))
    if pieces is None or form.get("place") not in PLACES:
        return refused({"item": "The transfer is not complete."})
    store.add_transfer(form.get("item", ""), pieces, form["place"], form.get("day", ""))
    session.draft = {}
    return Result(True, f"The transfer of {pieces:,} × {form.get('item', '')} was booked.", "/transfers")


def _invoice(store: Store, request: Request, session: Session, number: int) -> Result | None:
    one = store.invoice(number)
    if one is None:
        return None
    if request.form.get("method") not in METHODS:
        return refused({"method": "Choose a method."})
    store.pay(one, request.form["method"], request.form.get("reference", "").strip())
    return Result(True, f"The invoice of {one.supplier} was paid.", f"/receipts/{number}")


def _settings(store: Store, request: Request, session: Session, number: int) -> Result | None:
    form = request.form
    name = form.get("display_name", "").strip()
    if not name:
        return refused({"display_name": "You need a name."})
    if form.get("language") not in LANGUAGES or form.get("start") not in STARTS:
        return refused({"language": "Choose from the list."})
    boxes = {box: "1" if form.get(box) else "" for box in ("alerts", "report")}
    store.set_settings({"display_name": name, "language": form["language"], "start": form["start"], **boxes})
    return Result(True, "Settings saved.")


# ── the forms once more ──


def _new_again(store: Store, request: Request, number: int, errors: Fields | None) -> tuple[str, str]:
    return "New item", screens.item_new(request.form, errors)


def _item_again(store: Store, request: Request, number: int, errors: Fields | None) -> tuple[str, str]:
    one = store.item(number)
    return (one.name, screens.item(one, store.files(number), errors)) if one else ("Help", screens.HELP)


def _edit_again(store: Store, request: Request, number: int, errors: Fields | None) -> tuple[str, str]:
    one = store.item(number)
    return (f"Edit {one.name}", screens.item_edit(one)) if one else ("Help", screens.HELP)


def _first_again(store: Store, request: Request, number: int, errors: Fields | None) -> tuple[str, str]:
    names = sorted(one.name for one in store.items())
    return "New transfer", screens.transfer_item(names, request.form, errors)


def _second_again(store: Store, request: Request, number: int, errors: Fields | None) -> tuple[str, str]:
    return "New transfer", screens.transfer_place(request.form, errors)


def _third_again(store: Store, request: Request, number: int, errors: Fields | None) -> tuple[str, str]:
    return "New transfer", screens.transfer_check(request.form, errors)


def _invoice_again(store: Store, request: Request, number: int, errors: Fields | None) -> tuple[str, str]:
    one = store.invoice(number)
    return ("Invoice", screens.invoice(one, store.payments(number), request.form, errors)) if one else ("", "")


def _settings_again(store: Store, request: Request, number: int, errors: Fields | None) -> tuple[str, str]:
    return "Settings", screens.settings(request.form)


WRITES: Mapping[str, Write] = {
    "item-new": Write(_item_new, _new_again, ("note", "quantity", "fragile")),
    "item-edit": Write(_item_edit, _edit_again, ("note", "quantity", "fragile", "category")),
    "item-delete": Write(_item_delete, _item_again),
    "item-file": Write(_item_file, _item_again),
    "transfer-item": Write(_transfer_item, _first_again),
    "transfer-place": Write(_transfer_place, _second_again),
    "transfer": Write(_transfer_check, _third_again),
    "payment": Write(_invoice, _invoice_again, ("reference",)),
    "settings": Write(_settings, _settings_again, ("report", "alerts", "language", "start", "display_name")),
}
