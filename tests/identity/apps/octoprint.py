"""OctoPrint: a set-up wizard in a dialog, then one page with tabs, side panels and a large settings dialog."""

from __future__ import annotations

from tests.identity.packages import octoprint
from tests.identity.walk import Fit, Site, Walk

STEPS = {
    "start": "firstrun_start",
    "restore a backup": "plugin_backup",
    "access control": "plugin_corewizard_acl",
    "connectivity": "plugin_corewizard_onlinecheck",
    "tracking": "plugin_tracking",
    "plugin blacklist": "plugin_corewizard_pluginblacklist",
    "webcam": "plugin_classicwebcam_wizard",
    "printer profile": "plugin_corewizard_printerprofile",
    "server commands": "plugin_corewizard_servercommands",
    "finish": "firstrun_end",
}


def forward(w: Walk) -> None:
    w.tab.locator("#wizard_dialog .button-next:visible").click()


def back(w: Walk) -> None:
    w.tab.locator("#wizard_dialog .button-previous:visible").click()


def decline(w: Walk, step: str) -> None:
    """What a step asks for; that takes some to the next one, from others it needs a click."""
    w.tab.locator(f"#wizard_{step} .btn", has_text="Disable").first.click()
    w.browser.settle()
    if w.tab.locator(f"#wizard_{step}.active").count():
        forward(w)


def at(w: Walk, step: str, note: str = "") -> None:
    """Take down this step of the wizard, once it is the one that shows."""
    w.tab.locator(f"#wizard_{STEPS[step]}.active").wait_for()
    w.see(f"wizard: {step}", note, shows="Setup Wizard")


def wizard(w: Walk) -> None:
    w.tab.locator("#wizard_dialog").wait_for(timeout=60_000)
    at(w, "start")
    forward(w)
    at(w, "restore a backup")
    back(w)
    at(w, "start", "once more")
    forward(w)
    at(w, "restore a backup", "once more")
    forward(w)
    at(w, "access control")
    w.tab.fill("#wizard_plugin_corewizard_acl input[type=text]", "ada")
    for field in w.tab.locator("#wizard_plugin_corewizard_acl input[type=password]").all():
        field.press_sequentially("secret 9")  # it compares the two with every key
    at(w, "access control", "filled in")
    forward(w)
    w.see("wizard: access control, dialog: not yet", shows="~Please set up Access Control")
    w.tab.locator(".modal-footer a:visible", has_text="Close").click()
    w.tab.get_by_text("Please set up Access Control").wait_for(state="hidden")
    at(w, "access control", "dialog closed")
    w.tab.locator("#wizard_plugin_corewizard_acl a.btn").click()
    w.tab.locator("#navbar_show_settings").wait_for()
    w.browser.settle()
    if w.tab.locator("#wizard_plugin_corewizard_acl.active").count():
        forward(w)
    for step in ("connectivity", "tracking", "plugin blacklist"):
        at(w, step)
        decline(w, STEPS[step])
    at(w, "webcam")
    forward(w)
    at(w, "printer profile")
    back(w)
    at(w, "webcam", "once more")
    forward(w)
    at(w, "printer profile", "once more")
    forward(w)
    at(w, "server commands")
    forward(w)
    at(w, "finish")
    for box in w.tab.locator("#wizard_firstrun_end input[type=checkbox]").all():
        box.check()
    at(w, "finish", "acknowledged")
    w.tab.locator("#wizard_dialog .button-finish:visible").click()
    w.tab.locator("#wizard_dialog").wait_for(state="hidden")


def tabs(w: Walk) -> None:
    for again in ("", "again"):
        for tab in ("temp", "control", "term", "timelapse"):
            w.tab.locator(f"#{tab}_link a").click()
            w.see(f"main page, tab {tab}", again, shows="~OctoPrint")


def settings(w: Walk) -> None:
    w.tab.locator("#navbar_show_settings").click()
    w.tab.locator("#settings_dialog").wait_for()
    for again in ("", "again"):
        for tab in ("serialConnection", "printerProfiles", "temperature", "api", "appearance"):
            w.tab.locator(f"#settings_{tab}_link a").click()
            w.see(f"settings, {tab}", again, shows="~^Save$")
    w.open("/")
    w.tab.locator("#temp_link a").wait_for(timeout=60_000)


def walk(w: Walk) -> None:
    wizard(w)
    w.tab.locator("#temp_link a").wait_for()
    tabs(w)
    settings(w)
    w.tab.locator("#temp_link a").click()
    w.see("main page, tab temp", "after the settings", shows="~OctoPrint")
    w.tab.locator("#footer_about a").click()
    w.tab.locator("#about_dialog").wait_for()
    w.see("about", shows="~About OctoPrint")


SITE = Site("OctoPrint", octoprint, walk, fit=Fit.MENDED)
