"""Every fault by its name: what it does, where it can fire, what it takes to reach the goal all the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from . import on_page as page
from . import on_server as server
from .fault import Act, Fault, Way
from .on_page import script
from .routes import CHOSEN, COMMITS, FORMS, LINKED, LISTS, PAGES, TYPED

# Milliseconds.
QUICK = (50, 600)
SOON = (0, 250)
LATE = (1000, 3000)


def _at(moments: frozenset[str], spread: int = 1) -> Callable[[str, str, Way, Act], Fault]:
    """Makes faults that can fire at these moments; a seed alone chooses among the first `spread` of them."""
    return lambda name, about, way, act: Fault(name, about, moments, way, act, spread)


commit = _at(COMMITS)
part = _at(COMMITS & {"POST item-new", "POST item-edit", "POST settings", "POST payment"})  # several fields
edit = _at(COMMITS & {"POST item-edit", "POST settings", "POST payment"})  # of something that is there
listed = _at(COMMITS - {"POST item-file", "POST settings"})  # a list shows it
payment = _at(COMMITS & {"POST payment"})
first_step = _at(frozenset({"POST transfer-item"}))
second_step = _at(frozenset({"POST transfer-place"}))
view = _at(PAGES, 4)
inner = _at(PAGES - {"GET home"}, 3)
anywhere = _at(COMMITS | PAGES - {"GET home"}, 3)
record = _at(frozenset({"GET item", "GET item-edit", "GET payment"}), 2)
links = _at(LINKED, 3)
rows = _at(LISTS, 2)
form = _at(FORMS, 3)
field = _at(TYPED, 3)
choice = _at(CHOSEN, 2)

_ALL = (
    # ── the answer to a write goes wrong ──
    commit("error-before-commit", "500, and nothing was stored", Way.REPEAT, server.error_before),
    commit("error-after-commit", "500, though it was stored", Way.LOOK, server.error_after),
    commit("drop-before-commit", "no answer, and nothing was stored", Way.REPEAT, server.drop_before),
    commit("drop-after-commit", "no answer, though it was stored", Way.LOOK, server.drop_after),
    commit("half-answer", "stored; the answer breaks off in the middle", Way.LOOK, server.half_answer),
    commit("hang-after-commit", "stored; the answer takes 40 s", Way.LOOK, server.hang_after),
    commit("slow-commit", "the answer to a write takes 2 to 5 s", Way.WAIT, server.slow),
    commit("rate-limit", "429 to every write for 1.5 to 3 s", Way.WAIT, server.rate_limit),
    edit("conflict", "409 until the form has been loaded anew", Way.RELOAD, server.conflict),
    # ── what is stored, and what is said of it ──
    commit("double-submit-trap", "stored, and the form is there again, mute", Way.LOOK, server.mute),
    commit("validation-toast", "refused; a toast says so for a moment", Way.REPEAT, server.toast_no),
    commit("says-saved-refused", '409 with a page that says "done"', Way.REPEAT, server.says_saved_refused),
    commit("says-saved-lost", 'says "done" and stores nothing', Way.REPEAT, server.says_saved_lost),
    form("optimistic-rollback", 'says "saved", then takes it back (409)', Way.REPEAT, page.optimistic),
    part("partial-save", "one field is not stored; says that all was", Way.MEND, server.partial_save),
    payment("amount-changes", "the invoice grows while it is paid", Way.NONE, server.raise_amount),
    listed("stale-list", "two views of the list show what was before", Way.RELOAD, server.stale_list),
    rows("shuffled-list", "the rows stand in another order", Way.NOTHING, server.shuffle),
    first_step("step-skipped", "the wizard goes past a step", Way.REPEAT, server.skip_step),
    second_step("draft-lost", "the wizard is at its start again", Way.REPEAT, server.lose_draft),
    # ── the way there ──
    anywhere("session-expires", "signed out in the middle", Way.SIGN_IN, server.sign_out),
    inner("wrong-page", "another page under the address asked for", Way.RELOAD, server.wrong_page),
    record("wrong-record", "the record beside the one asked for", Way.REPEAT, server.wrong_record),
    links("dead-links", "every link of the page leads to a 404", Way.RELOAD, server.dead_links),
    inner("interstitial", '"Our terms have changed" in between', Way.DISMISS, server.interstitial),
    inner("redirect-loop", "the address leads to itself, once", Way.REPEAT, server.loop),
    inner("maintenance", "503 for 1.5 to 3 s", Way.WAIT, server.maintenance),
    view("connection-refused", "nobody listens for 1.5 to 3 s", Way.WAIT, server.refuse),
    view("slow-page", "the page takes 2 to 5 s", Way.WAIT, server.slow),
    inner("late-content", '"Loading…" for 1 to 3 s', Way.WAIT, script("late-content", ms=LATE)),
    inner("never-loads", '"Loading…" for ever', Way.RELOAD, script("late-content")),
    links("new-tabs", "links open in a new tab", Way.NOTHING, script("new-tabs")),
    # ── the button ──
    form("noop-click", "the first click on the button does nothing", Way.REPEAT, script("noop-click")),
    form("dead-button", "the button does nothing until a reload", Way.RELOAD, script("dead-button")),
    form("moved-element", "the button moves for 1 to 3 s", Way.WAIT, script("moved-element", ms=LATE)),
    form("replaced-element", "the button is replaced for 1 to 3 s", Way.WAIT, script("replaced-element", ms=LATE)),
    form("renamed-element", "the button has another name", Way.RELOAD, script("renamed-element")),
    form("disabled-until", "the button sleeps 1 to 3 s after an entry", Way.WAIT, script("disabled-until", ms=LATE)),
    form("duplicate-label", "a form with the same names appears", Way.RELOAD, script("duplicate-label", ms=SOON)),
    form("native-question", "confirm() before it is sent", Way.DISMISS, script("native-question")),
    # ── the fields ──
    field("blur-loses-value", "a field is emptied when it is left", Way.RETYPE, script("blur-loses-value")),
    field("hydration", "the first entry is lost again", Way.RETYPE, script("hydration")),
    field("focus-stolen", "the focus jumps to another field", Way.RETYPE, script("focus-stolen")),
    form("form-reset", "the form is emptied once, later", Way.RETYPE, script("form-reset", ms=QUICK)),
    choice("choice-reverts", "a choice goes back by itself, once", Way.RETYPE, script("choice-reverts", ms=QUICK)),
    field("auto-format", "1500 becomes 1,500 when it is left", Way.NOTHING, script("auto-format")),
    field("auto-correct", "a field changes what was typed", Way.RELOAD, script("auto-correct")),
    field("cuts-text", "a field keeps three characters", Way.RELOAD, script("cuts-text")),
    # ── around it ──
    view("late-dialog", "a dialog opens over the page", Way.DISMISS, script("late-dialog", ms=SOON)),
    view("cookie-banner", "a banner covers most of the page", Way.DISMISS, script("cookie-banner", ms=SOON)),
    view("overlay", "an advertisement covers the page", Way.DISMISS, script("overlay", ms=SOON)),
    view("leave-question", "the browser asks whether to leave", Way.DISMISS, script("leave-question")),
    view("heartbeats", "the page polls and beats by itself", Way.NOTHING, script("heartbeats", ms=(250, 500))),
    view("bad-heartbeats", "the same, and the beats are answered 500", Way.NOTHING, page.bad_heartbeats),
    view("ticker", "a line that changes all the time", Way.NOTHING, script("ticker")),
    view("feed", "news over a WebSocket push the page down", Way.NOTHING, script("feed")),
)

FAULTS: Mapping[str, Fault] = {fault.name: fault for fault in _ALL}
