"""Targets in words on the pages beside this file, each with the element that a person means by them.

The right element is named by its id on the page (k-...), which the grounder is not shown; None is a refusal: nothing of
that kind is there, or more than one.
"""

from __future__ import annotations

from envs.action import Action, Check, Click, Select, Type

C, T, K, S = Click(), Type("x"), Check(), Select("x")

Case = tuple[str, Action, str | None]

CASES: dict[str, list[Case]] = {
    "layout": [
        ("Street in Billing", T, "billing-street"), ("Street under Shipping", T, "shipping-street"),
        ("Street in the Billing section", T, "billing-street"),
        ("City in the Shipping section", T, "shipping-city"), ("Street", T, None),
        ("second Street", T, "shipping-street"), ("ZIP code", T, "zip"), ("zip", T, "zip"),
        ("postal code", T, "zip"), ("Same as billing", K, "same"), ("newsletter", K, None),
        ("Send me the newsletter", K, "news"), ("First name", T, "first"), ("Last name field", T, "last"),
        ("given name", T, "first"), ("surname", T, "last"), ("first nmae", T, "first"), ("Company", T, "company"),
        ("company field", T, "company"), ("VAT number", T, "vat"), ("Notes", T, "notes"),
        ("Department", T, "department"), ("Compnay", T, "company"), ("Depatrment", T, "department"),
        ("Owner in Bank account", T, "bank-owner"), ("Number in the Credit card section", T, "card-number"),
        ("Number of the Credit card section", T, "card-number"), ("Owner", T, None), ("Monthly", K, "monthly"),
        ("Yearly radio button", K, "yearly"), ("Weekly", K, None), ("Close", C, "close"),
        ("close icon", C, "close"), ("Refresh", C, "refresh"), ("Refresh list", C, "refresh"),
        ("Print page", C, "print"), ("Print", C, "print"), ("gear icon", C, "gear"), ("settings icon", C, "gear"),
        ("plus", C, "plus"), ("+", C, "plus"), ("minus button", C, "minus"), ("Quantity", T, "quantity"),
        ("Continue", C, "continue"), ("Choose in Pro plan", C, "pro"), ("Choose near Basic plan", C, "basic"),
        ("Choose", C, None), ("second Choose button", C, "pro"), ("last Choose", C, "pro"), ("Yes", C, "yes"),
        ("No", C, "no"), ("Save button", C, None), ("Save link", C, "save-link"), ("Save", C, "save-link"),
        ("Archive button", C, "archive"), ("Delete", C, None), ("Remove", C, None), ("Submit", C, None),
        ("Cancel", C, None), ("Orders in the navigation", C, "orders"), ("Home in the menu", C, "home"),
        ("Unsubscribe", C, None), ("Country", T, None), ("Province", T, None), ("notifications bell", C, None),
    ],
    "orders": [
        ("Delete in the row of Alice Berlin", C, "d1"), ("Delete in the row of Alice Smith Paris", C, "d2"),
        ("Edit in the row of Alice Smith", C, None), ("Edit in the row of Bob Stone", C, "e3"),
        ("Edit for Bob Stonewall", C, "e4"), ("Delete in the row of Rome", C, "d4"),
        ("Delete in the row of Berlin", C, None), ("Delete in the row with 99.00", C, "d3"),
        ("Delete in the row of Charlie", C, None), ("Delete", C, None), ("Delete in row 2", C, "d2"),
        ("Edit in the last row", C, "e4"), ("second Edit", C, "e2"), ("last Edit", C, "e4"),
        ("Quantity in the row of Rome", T, "q4"), ("Quantity in the Bob Stone row", T, "q3"), ("Quantity", T, None),
        ("Delete in the row of Alise Berlin", C, None), ("Delete in the row of Bob Berlin", C, "d3"),
        ("Delete in the row of Bob Paris", C, None), ("Delete in the row of Bob Stone Rome", C, None),
        ("Download for Invoice 17", C, "i17"), ("Download in the row of Invoice 171", C, "i171"),
        ("Download near Invoice 17", C, "i17"), ("Download in the row of Invoice 18", C, None),
        ("Download", C, None), ("Add", C, "add"), ("Add order", C, "add"), ("Add user", C, None),
        ("Export", C, "export"), ("Exprot", C, "export"), ("Import", C, None), ("Monthly report", C, "report"),
        ("monthly reprot", C, "report"), ("Yearly report", C, None),
        ("Price of Widget", Click(button="right"), "widget-price"),
        ("Stock in the row of Widget", Click(button="right"), "widget-stock"),
        ("Price of Gizmo", Click(button="right"), None), ("Search orders", T, "search"),
        ("search field", T, "search"), ("Serach orders", T, "search"), ("Go", C, "go"),
        ("Select all orders", K, "all"), ("select all", K, "all"),
    ],
    "dialogs": [
        ("OK", C, "b-ok"), ("OK in the dialog", C, "b-ok"), ("okay button", C, "b-ok"),
        ("Cancel in the dialog", C, "b-cancel"), ("New name", T, None), ("Upload", C, None),
        ("OK in Rename file", C, None),
    ],
    "german": [
        ("Vorname", T, "first"), ("Nachname field", T, "last"), ("Straße", T, "street"), ("Strasse", T, "street"),
        ("Größe", T, "size"), ("Groesse", T, None), ("Grosse", T, None), ("E-Mail-Adresse", T, "mail"),
        ("Email", T, "mail"), ("Speichern", C, "save"), ("Save", C, "save"), ("save button", C, "save"),
        ("Cancel", C, "cancel"), ("Save and close", C, None), ("Log out", C, "logout"), ("Last name", T, "last"),
        ("First name", T, "first"), ("Country", S, None), ("Land", S, "country"),
        ("Löschen in the row of Müller", C, "d1"), ("Loeschen in the row of Mueller", C, "d1"),
        ("Delete in the row of Müller", C, "d1"), ("Edit near Schäfer", C, "e2"),
        ("Bearbeiten in the row of Nürnberg", C, "e2"), ("Delete", C, None), ("Löschen", C, None),
        ("Submit", C, None), ("Add", C, None), ("Print", C, None), ("Remove", C, None), ("Password", T, None),
        ("Kunden", C, "customers"), ("Abrechnen", C, None), ("Reset", C, "reset"),
    ],
    "scripts": [
        ("保存", C, "save"), ("保存する", C, "save"), ("保存しない", C, None), ("氏名", T, "name"),
        ("電話番号", T, "phone"), ("ﾛｸﾞｱｳﾄ", C, "logout"), ("削除 in the row of 大阪", C, "osaka"),
        ("削除 near 東京", C, "tokyo"), ("second 削除", C, "osaka"), ("削除", C, None), ("追加", C, None),
        ("提交", C, "submit"), ("发送", C, None), ("ตกลง", C, "th-ok"), ("แก้ไข", C, "th-edit"),
        ("ที่อยู่", T, "th-address"), ("ยกเลิก", C, None), ("검색", C, "ko-search"), ("Открыть", C, "ru-open"),
        ("закрыть", C, "ru-close"), ("Отмена", C, None), ("البريد الإلكتروني", T, "ar-mail"),
        ("البريد الالكتروني", T, "ar-mail"), ("إلغاء", C, "ar-cancel"), ("الغاء", C, "ar-cancel"), ("حذف", C, None),
        ("סיום", C, "he-finish"), ("שמירה", C, None), ("Creer un compte", C, "fr-account"),
        ("à propos", C, "fr-about"), ("A propos", C, "fr-about"), ("Nom de l'eleve", T, "fr-pupil"),
        ("Next", C, "wide"), ("Save", C, "save"), ("Log out", C, "logout"), ("Create", C, None),
        ("Ｓａｖｅ", C, "save"),
    ],
}  # fmt: skip
