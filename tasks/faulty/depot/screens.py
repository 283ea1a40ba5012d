"""The screens as HTML, out of values. `data-main` marks the button that a screen is there for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from .store import CATEGORIES, LANGUAGES, METHODS, PLACES, STARTS, Invoice, Item, Payment, Transfer

Values = Mapping[str, str]
PER_PAGE = 8
NAVIGATION = (("/items", "Items"), ("/transfers", "Transfers"), ("/invoices", "Invoices"), ("/settings", "Settings"))
HELP = """<h1>Help</h1><p>When an item was added, changed or deleted, a message says so. Transfers are booked in three
steps: item, destination, check. An invoice that was paid is marked as paid in the list.</p>"""


def page(title: str, body: str, *, signed_in: bool = True, flash: Iterable[str] = ()) -> str:
    links = "".join(f'<a href="{to}">{name}</a>' for to, name in NAVIGATION)
    head = f'<nav aria-label="Main">{links}</nav><a href="/sign-out">Sign out</a>' if signed_in else ""
    said = "".join(f'<p class="flash" role="status">{escape(words)}</p>' for words in flash)
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} – Depot</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/depot.css"><script src="/depot.js" defer></script></head>
<body><header><a href="/">Depot</a>{head}</header>{said}<main>{body}</main></body></html>"""


# ── parts ──


def text(label: str, name: str, values: Values, kind: str = "text", hint: str = "") -> str:
    value = "" if kind == "password" else escape(values.get(name, ""))
    beside = f" <small>{escape(hint)}</small>" if hint else ""
    return (
        f'<p><label for="{name}">{label}</label> '
        f'<input id="{name}" name="{name}" type="{kind}" value="{value}" autocomplete="off">{beside}</p>'
    )


def choice(label: str, name: str, options: Sequence[str], values: Values) -> str:
    chosen = values.get(name, "")
    rows = "".join(f"<option{' selected' if one == chosen else ''}>{escape(one)}</option>" for one in options)
    return f'<p><label for="{name}">{label}</label> <select id="{name}" name="{name}">{rows}</select></p>'


def box(label: str, name: str, values: Values) -> str:
    on = " checked" if values.get(name) else ""
    return f'<p><label><input type="checkbox" name="{name}" value="1"{on}> {label}</label></p>'


def form(action: str, parts: Iterable[str], button: str, errors: Values | None = None, **marks: str) -> str:
    """A form that posts; `errors` are said above it."""
    said = "".join(f"<li>{escape(words)}</li>" for words in (errors or {}).values())
    alert = f'<ul role="alert" class="errors">{said}</ul>' if said else ""
    extra = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in marks.items())
    inner = "".join(parts)
    return f'{alert}<form method="post" action="{action}"{extra}>{inner}<button data-main>{button}</button></form>'


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells are HTML."""
    names = "".join(f'<th scope="col">{name}</th>' for name in head)
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{caption}</caption><thead><tr>{names}</tr></thead><tbody>{lines}</tbody></table>"


def facts(pairs: Mapping[str, str]) -> str:
    rows = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in pairs.items())
    return f"<dl>{rows}</dl>"


# ── screens ──


def sign_in(values: Values, to: str, errors: Values | None = None) -> str:
    action = "/sign-in" + (f"?{urlencode({'to': to})}" if to else "")
    parts = (text("User", "user", values), text("Password", "password", values, "password"))
    return "<h1>Sign in</h1>" + form(action, parts, "Sign in", errors)


def home(name: str) -> str:
    return f"""<h1>Welcome, {escape(name)}</h1><ul><li><a href="/items/new">Add an item</a></li>
<li><a href="/transfers/new">Book a transfer</a></li><li><a href="/help">Help</a></li></ul>"""


def items(found: Sequence[Item], words: str, number: int) -> str:
    pages = max(1, -(-len(found) // PER_PAGE))
    shown = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    rows = (
        (f'<a href="/items/{one.id}">{escape(one.name)}</a>', f"{one.quantity:,}", one.category, escape(one.note))
        for one in shown
    )
    turns = [("Previous page", number - 1)] if number > 1 else []
    turns += [("Next page", number + 1)] if number < pages else []
    links = " ".join(f'<a href="/items?{urlencode({"q": words, "page": to})}">{name}</a>' for name, to in turns)
    return f"""<h1>Items</h1><form action="/items" role="search"><label for="q">Search items</label>
<input id="q" name="q" value="{escape(words)}"><button>Search</button></form><p><a href="/items/new">New item</a></p>
{table("Items", ("Name", "Quantity", "Category", "Note"), rows)}
<p>{len(found)} items, page {number} of {pages} {links}</p>"""


def item(one: Item, files: Sequence[str], errors: Values | None = None) -> str:
    told = facts({
        "Quantity": f"{one.quantity:,}",
        "Category": one.category,
        "Note": one.note or "–",
        "Fragile": "Yes" if one.fragile else "No",
    })  # fmt: skip
    there = "".join(f"<li>{escape(name)}</li>" for name in files) or "<li>No files</li>"
    upload = '<p><label for="file">File</label> <input id="file" name="file" type="file"></p>'
    attach = form(f"/items/{one.id}/files", (upload,), "Attach", errors, enctype="multipart/form-data")
    name = escape(one.name)
    return f"""<h1>{name}</h1>{told}<p><a href="/items/{one.id}/edit">Edit</a>
<button type="button" data-opens="sure">Delete</button></p><h2>Files</h2><ul>{there}</ul>{attach}
<dialog id="sure" aria-labelledby="sure-title"><h2 id="sure-title">Delete {name}?</h2><p>This cannot be undone.</p>
<form method="post" action="/items/{one.id}/delete" data-scripted><button>Delete item</button>
<button type="button" data-closes>Keep it</button></form></dialog>"""


def item_parts(values: Values) -> tuple[str, ...]:
    return (
        text("Name", "name", values),
        text("Quantity", "quantity", values, hint="pieces"),
        choice("Category", "category", CATEGORIES, values),
        text("Note", "note", values),
        box("Fragile", "fragile", values),
    )


def item_new(values: Values, errors: Values | None = None) -> str:
    return "<h1>New item</h1>" + form("/items/new", item_parts(values), "Save item", errors)


def item_edit(one: Item) -> str:
    values = {"name": one.name, "quantity": str(one.quantity), "category": one.category, "note": one.note}
    values["fragile"] = "1" if one.fragile else ""
    body = form(f"/items/{one.id}/edit", item_parts(values), "Save changes", data_scripted="")
    return f"<h1>Edit {escape(one.name)}</h1>{body}"


def transfer_item(names: Sequence[str], values: Values, errors: Values | None = None) -> str:
    parts = (choice("Item", "item", ("", *names), values), text("Pieces", "quantity", values))
    return "<h1>New transfer: item</h1><p>Step 1 of 3</p>" + form("/transfers/new", parts, "Next", errors)


def transfer_place(values: Values, errors: Values | None = None) -> str:
    radios = "".join(
        f'<label><input type="radio" name="place" value="{one}"{" checked" if values.get("place") == one else ""}>'
        f" {one}</label> "
        for one in PLACES
    )
    parts = (
        f"<fieldset><legend>Destination</legend>{radios}</fieldset>",
        text("Day", "day", values, hint="as in 2026-05-31"),
    )
    return "<h1>New transfer: destination</h1><p>Step 2 of 3</p>" + form("/transfers/new/2", parts, "Next", errors)


def transfer_check(draft: Values, errors: Values | None = None) -> str:
    names = {"item": "Item", "quantity": "Pieces", "place": "Destination", "day": "Day"}
    kept = "".join(f'<input type="hidden" name="{name}" value="{escape(draft.get(name, ""))}">' for name in names)
    told = facts({label: draft.get(name, "") for name, label in names.items()})
    parts = (kept, '<p><label><input type="checkbox" name="checked" value="1"> I have checked it</label></p>')
    body = form("/transfers/new/3", parts, "Book transfer", errors)
    return f"<h1>New transfer: check</h1><p>Step 3 of 3</p>{told}{body}"


def transfers(all_: Sequence[Transfer]) -> str:
    rows = ((str(one.id), escape(one.item), f"{one.quantity:,}", one.place, one.day) for one in all_)
    return f"""<h1>Transfers</h1><p><a href="/transfers/new">New transfer</a></p>
{table("Transfers", ("Number", "Item", "Pieces", "Destination", "Day"), rows)}"""


def invoices(all_: Sequence[Invoice]) -> str:
    rows = (
        (f'<a href="/invoices/{one.id}">{escape(one.supplier)}</a>', one.amount, "Paid" if one.paid else "Open")
        for one in all_
    )
    return f"<h1>Invoices</h1>{table('Invoices', ('Supplier', 'Amount', 'Status'), rows)}"


def invoice(one: Invoice, payments: Sequence[Payment], values: Values, errors: Values | None = None) -> str:
    rows = ((str(paid.id), paid.method, escape(paid.reference)) for paid in payments)
    done = table("Payments", ("Number", "Method", "Reference"), rows) if payments else ""
    parts = (choice("Method", "method", METHODS, values), text("Reference", "reference", values))
    pay = form(f"/invoices/{one.id}", parts, "Pay now", errors, data_scripted="")
    told = facts({"Supplier": one.supplier, "Amount": one.amount, "Status": "Paid" if payments else "Open"})
    return f"<h1>Invoice of {escape(one.supplier)}</h1>{told}{done}<h2>Pay</h2>{pay}"


def receipt(one: Invoice, paid: Payment) -> str:
    amount = f"{paid.cents // 100:,}.{paid.cents % 100:02}"
    told = facts({"Supplier": one.supplier, "Paid": amount, "Method": paid.method, "Reference": paid.reference})
    return f'<h1>Receipt {paid.id}</h1>{told}<p><a href="/invoices">All invoices</a></p>'


def settings(values: Values) -> str:
    parts = (
        text("Display name", "display_name", values),
        box("Low-stock alerts", "alerts", values),
        box("Weekly report", "report", values),
        choice("Language", "language", LANGUAGES, values),
        choice("Start page", "start", STARTS, values),
    )
    return "<h1>Settings</h1>" + form("/settings", parts, "Save settings", data_scripted="")
