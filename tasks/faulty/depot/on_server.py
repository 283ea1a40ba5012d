"""Faults of the server: what it answers, stores or forgets in place of what it should."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from . import screens
from .fault import Call, Standing
from .routes import FORMS, find
from .web import JSON, Answer, Cut, Request, redirect
from .writes import WRITES

RESENT = 0.15
"""Seconds in which a browser by itself sends once more what got no answer on a fresh connection."""
HANGS = 40.0
LOOPS = 21
"""One more than the redirects that Chromium follows."""

BROKEN = screens.page("Error", "<h1>Something went wrong</h1><p>Error 500. We are looking into it.</p>")
BUSY = screens.page("Too many requests", "<h1>Too many requests</h1><p>Please wait a moment and try again.</p>")
DOWN = screens.page("Maintenance", "<h1>Down for maintenance</h1><p>We are back in a moment.</p>")
CONFLICT = screens.page("Conflict", "<h1>Conflict</h1><p>This was changed by somebody else. Please load it again.</p>")
GONE = "/gone"
ROW = re.compile(r"<tr><td>.*?</tr>")


def _silent(call: Call) -> None:
    """Do it, and forget what was to be said of it."""
    call.go_on(call.request)
    session = call.depot.session(call.request)
    if session is not None:
        session.flash.clear()


def _no(request: Request, status: int, page: str, words: str) -> Answer:
    """A refusal in the form that was asked for."""
    if request.scripted:
        return Answer(json.dumps({"ok": False, "message": words}), status, JSON)
    return Answer(page, status)


def _same(request: Request) -> tuple[str, str, bytes]:
    return request.method, request.path, request.body


# ── an answer that goes wrong, before and after what was to be stored ──


def error_before(call: Call) -> Answer:
    return Answer(BROKEN, 500)


def error_after(call: Call) -> Answer:
    _silent(call)
    return Answer(BROKEN, 500)


def drop_before(call: Call) -> Answer:
    call.stand(Standing(lambda r: _same(r) == _same(call.request), lambda r: Answer(cut=Cut.BEFORE), RESENT))
    return Answer(cut=Cut.BEFORE)


def drop_after(call: Call) -> Answer:
    _silent(call)
    return drop_before(call)


def half_answer(call: Call) -> Answer:
    _silent(call)
    return Answer(BROKEN, cut=Cut.HALF)


def hang_after(call: Call) -> Answer:
    answer = call.go_on(call.request)
    call.depot.pause(HANGS)
    return answer


def slow(call: Call) -> Answer:
    answer = call.go_on(call.request)
    call.depot.pause(call.rng.uniform(2.0, 5.0))
    return answer


# ── for a while ──


def rate_limit(call: Call) -> Answer:
    seconds = call.rng.uniform(1.5, 3.0)

    def limited(request: Request) -> Answer:
        answer = _no(request, 429, BUSY, "Too many requests. Please wait a moment.")
        return replace(answer, headers={"Retry-After": str(int(seconds) + 1)})

    call.stand(Standing(lambda request: request.method == "POST", limited, seconds))
    return limited(call.request)


def maintenance(call: Call) -> Answer:
    def down(request: Request) -> Answer:
        return _no(request, 503, DOWN, "Down for maintenance.")

    call.stand(Standing(lambda request: True, down, call.rng.uniform(1.5, 3.0)))
    return down(call.request)


def refuse(call: Call) -> Answer:
    return replace(call.go_on(call.request), refuse_for=call.rng.uniform(1.5, 3.0))


def loop(call: Call) -> Answer:
    def again(request: Request) -> Answer:
        return redirect(request.path)

    call.stand(Standing(lambda request: request.path == call.request.path, again, times=LOOPS - 1))
    return again(call.request)


# ── the wrong page ──


def sign_out(call: Call) -> Answer:
    call.depot.sessions.pop(call.request.token, None)
    return call.go_on(call.request)


def wrong_page(call: Call) -> Answer:
    return Answer(screens.page("Help", screens.HELP))


def wrong_record(call: Call) -> Answer:
    found = find("GET", call.request.path)
    number = found[1] if found else 0
    other = number - 1 if number > 1 else number + 1
    return redirect(call.request.path.replace(f"/{number}", f"/{other}", 1))


def dead_links(call: Call) -> Answer:
    answer = call.go_on(call.request)
    head, main, rest = str(answer.body).partition("<main>")
    return replace(answer, body=head + main + re.sub(r'(<a href=")/', rf"\1{GONE}/", rest))


def interstitial(call: Call) -> Answer:
    body = "<h1>Our terms have changed</h1><p>Nothing that matters to you.</p>"
    return Answer(screens.page("Terms", f'{body}<p><a href="{call.request.path}">Continue</a></p>'))


# ── what is stored, and what is said of it ──


def stale_list(call: Call) -> Answer:
    before = call.depot.store.lists()
    answer = call.go_on(call.request)
    call.depot.stale, call.depot.stale_views = before, 2
    return answer


def partial_save(call: Call) -> Answer:
    """One of the fields that differ from what is there does not arrive."""
    request = call.request
    there = _there(call)
    losable = WRITES[call.moment.partition(" ")[2]].may_lose
    changed = [name for name in losable if request.form.get(name, "") != there.get(name, "")]
    if not changed:
        return call.go_on(request)
    lost = call.rng.choice(changed)
    return call.go_on(replace(request, form={**request.form, lost: there.get(lost, "")}))


def _there(call: Call) -> dict[str, str]:
    """What the fields hold before the write."""
    store = call.depot.store
    match call.moment:
        case "POST item-edit":
            found = find("POST", call.request.path)
            one = store.item(found[1]) if found else None
            if one is not None:
                old = {"quantity": str(one.quantity), "note": one.note, "category": one.category}
                return {**old, "fragile": "1" if one.fragile else ""}
        case "POST settings":
            return store.settings()
    return {"quantity": "0"}


def says_saved_refused(call: Call) -> Answer:
    """The status says no, the page says yes."""
    answer = says_saved_lost(call)
    if call.request.scripted:
        return replace(answer, status=409)
    session = call.depot.session(call.request)
    said = session.flash.copy() if session else []
    if session is not None:
        session.flash.clear()
    return Answer(screens.page("Done", f"<h1>Done</h1><p>{' '.join(said)}</p>"), 409)


def says_saved_lost(call: Call) -> Answer:
    with call.depot.store.undone():
        return call.go_on(call.request)


def mute(call: Call) -> Answer:
    """Stored, and the form is there again as if nothing had happened: who sends it again has it twice."""
    _silent(call)
    if call.request.scripted:
        return Answer(json.dumps({"ok": True}), kind=JSON)
    return call.depot.again(call.request)


def toast_no(call: Call) -> Answer:
    """Refused, and only a toast says so, for a moment."""
    words = "That could not be saved: please check what you entered."
    milliseconds = call.rng.randint(300, 900)
    if call.request.scripted:
        return Answer(json.dumps({"ok": False, "message": words, "ms": milliseconds}), kind=JSON)
    script = f"<script>addEventListener('load', () => toast({json.dumps(words)}, {milliseconds}))</script>"
    answer = call.depot.again(call.request)
    return replace(answer, body=str(answer.body).replace("</body>", f"{script}</body>"))


def conflict(call: Call) -> Answer:
    def no(request: Request) -> Answer:
        return _no(request, 409, CONFLICT, "This was changed by somebody else. Please load it again.")

    def loads(request: Request) -> bool:
        found = find(request.method, request.path)
        return found is not None and found[0].moment in FORMS | {"GET item"}

    call.stand(Standing(lambda request: _same(request)[:2] == _same(call.request)[:2], no, ends=loads))
    return no(call.request)


def skip_step(call: Call) -> Answer:
    """The wizard goes past the destination, and takes one by itself."""
    answer = call.go_on(call.request)
    session = call.depot.session(call.request)
    if session is None or answer.to != "/transfers/new/2":
        return answer
    session.draft |= {"place": "Berlin", "day": "2026-01-01"}
    return redirect("/transfers/new/3")


def lose_draft(call: Call) -> Answer:
    session = call.depot.session(call.request)
    if session is not None:
        session.draft = {}
        session.flash.append("Your transfer has expired. Please start again.")
    return redirect("/transfers/new")


def raise_amount(call: Call) -> Answer:
    """Between looking and paying the amount grows."""
    found = find("POST", call.request.path)
    call.depot.store.raise_amount(found[1] if found else 0, 5000)
    return call.go_on(call.request)


def shuffle(call: Call) -> Answer:
    """The rows of the list stand in another order this time."""
    answer = call.go_on(call.request)
    rows = ROW.findall(str(answer.body))
    order = iter(call.rng.sample(rows, len(rows)))
    return replace(answer, body=ROW.sub(lambda _: next(order), str(answer.body)))
