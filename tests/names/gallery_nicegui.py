# mypy: ignore-errors
# ruff: noqa: PLR0915 - one of each
"""Quasar's components as NiceGUI shows them:  python gallery_nicegui.py PORT"""

import sys

from nicegui import ui


@ui.page("/")
def gallery() -> None:
    with ui.header():
        ui.button(icon="menu").props('aria-label="Menu"')
        ui.label("Gallery")
    ui.label("A label")
    ui.link("A link", "/other")
    ui.button("Save")
    ui.button("Send", icon="send")
    ui.button(icon="delete")
    with ui.button("With a menu"), ui.menu():
        ui.menu_item("First")
        ui.menu_item("Second")
    ui.input("Name", placeholder="Who")
    ui.input("Password", password=True, password_toggle_button=True)
    ui.textarea("Notes")
    ui.number("Age", value=7)
    ui.select(["red", "green", "blue"], label="Colour", value="red")
    ui.select(["a", "b", "c"], label="Many", multiple=True, with_input=True)
    ui.checkbox("Agree")
    ui.switch("Wi-Fi")
    ui.radio(["one", "two"], value="one")
    ui.toggle(["left", "right"], value="left")
    ui.slider(min=0, max=10, value=3)
    ui.knob(0.3)
    ui.rating(value=3)
    ui.date(value="2026-01-02")
    ui.time(value="12:00")
    ui.color_input("Paint")
    ui.upload(label="Upload")
    with ui.tabs() as tabs:
        first = ui.tab("Tab one")
        ui.tab("Tab two")
    with ui.tab_panels(tabs, value=first), ui.tab_panel(first):
        ui.label("In the first tab")
    with ui.expansion("Expand", icon="work"):
        ui.label("Inside")
    ui.tree([{"id": "fruit", "children": [{"id": "apple"}, {"id": "pear"}]}], label_key="id")
    ui.table(
        columns=[{"name": "n", "label": "Name", "field": "n", "sortable": True}],
        rows=[{"n": "Ann"}, {"n": "Bob"}],
        row_key="n",
        selection="multiple",
    )
    ui.pagination(1, 5, direction_links=True)
    with ui.stepper(), ui.step("Step one"), ui.stepper_navigation():
        ui.button("Next")
    ui.label("Clickable label").on("click", lambda: None)
    ui.chip("Chip", icon="star", removable=True)


ui.run(host="127.0.0.1", port=int(sys.argv[1]), show=False, reload=False)
