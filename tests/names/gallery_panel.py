# mypy: ignore-errors
"""Panel's widgets:  panel serve gallery_panel.py"""

import panel as pn

pn.extension()
pn.Column(
    "# Gallery",
    pn.widgets.TextInput(name="Name", placeholder="Who"),
    pn.widgets.PasswordInput(name="Password"),
    pn.widgets.TextAreaInput(name="Notes"),
    pn.widgets.IntInput(name="Age", value=7),
    pn.widgets.Select(name="Colour", options=["red", "green"]),
    pn.widgets.MultiSelect(name="Many", options=["a", "b"]),
    pn.widgets.MultiChoice(name="Choices", options=["a", "b"], value=["a"]),
    pn.widgets.Checkbox(name="Agree"),
    pn.widgets.CheckBoxGroup(name="Group", options=["x", "y"]),
    pn.widgets.RadioBoxGroup(name="Radio", options=["x", "y"]),
    pn.widgets.RadioButtonGroup(name="Buttons", options=["x", "y"]),
    pn.widgets.Toggle(name="Toggle"),
    pn.widgets.Switch(name="Switch"),
    pn.widgets.Button(name="Save"),
    pn.widgets.MenuButton(name="Menu", items=["One", "Two"]),
    pn.widgets.IntSlider(name="Slider", start=0, end=9),
    pn.widgets.DatePicker(name="Date"),
    pn.widgets.FileInput(),
    pn.widgets.AutocompleteInput(name="Complete", options=["abc", "abd"]),
    pn.widgets.ColorPicker(name="Paint"),
    pn.Tabs(("One", "first"), ("Two", "second")),
    pn.Accordion(("Part", "inside")),
).servable()
