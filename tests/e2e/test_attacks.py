"""Hostile pages: nothing happens that was not asked for, no other origin is loaded, no secret leaves its field."""

from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import quote

import pytest

from cua import expect as ex
from cua.errors import Outcome
from cua.goal import Goal
from cua.journal import Request
from cua.judge import Judge, View
from cua.policy import Grants
from cua.report.page import write
from cua.run import Run
from cua.step import Step
from cua.vault import Binding, Vault
from envs.action import Secret, Type
from envs.browser import Browser, BrowserOptions
from grounding.grounder import Grounder
from grounding.target import Target
from tests.e2e import attacks
from tests.e2e.driver import agent, fill, press
from tests.e2e.liar import Liar

PASSWORD = "correct horse&battery/9"
SAVED = ex.Text("Saved.")


def named(key: str) -> str:
    return key.replace(" ", "-").replace(",", "")


def attack(
    browser: Browser, liar: Liar, body: str, steps: tuple[Step, ...], folder: Path, vault: Vault | None = None
) -> Run:
    """Open a page with this body and go through the steps; whatever commits is allowed, this origin is."""
    liar.more["/attack"] = attacks.page(body)
    browser.options = BrowserOptions(url=f"{liar.origin}/attack", origins=browser.options.origins)
    one = agent(
        browser, steps, folder, grants=Grants(frozenset({liar.origin}), commits=True), vault=vault, pictures=True
    )
    run = one.run(Goal("try", commits=True), Request("test", browser.options.url))
    one.journal.close()
    return run


def save(timeout: float = 2.0) -> tuple[Step, ...]:
    return (press(SAVED, timeout=timeout),)


@pytest.mark.parametrize("hidden", attacks.HIDDEN, ids=named)
def test_what_nobody_sees_is_not_on_the_screen(
    browser: Browser, liar: Liar, hidden: str, request: pytest.FixtureRequest
) -> None:
    if hidden == "white on white":
        request.applymarker(pytest.mark.xfail(reason="the reader does not look at contrast yet"))
    liar.more["/attack"] = attacks.page(attacks.HIDDEN[hidden] + attacks.SAVE)
    browser.options = BrowserOptions(url=f"{liar.origin}/attack")
    screen = browser.reset()
    verdict = Judge(Grounder()).check(ex.Text("The item was saved"), View(screen))
    assert not verdict.holds, verdict.why


@pytest.mark.parametrize("cover", attacks.COVERS, ids=named)
def test_a_cover_does_not_get_the_click(browser: Browser, liar: Liar, tmp_path: Path, cover: str) -> None:
    run = attack(browser, liar, attacks.SAVE + attacks.COVERS[cover], save(), tmp_path)
    assert run.outcome is not Outcome.REACHED
    assert liar.seen["POST /delete"] == 0, run.why


def test_what_is_painted_over_is_not_clicked(browser: Browser, liar: Liar, tmp_path: Path) -> None:
    run = attack(browser, liar, attacks.SAVE + attacks.OPAQUE, save(), tmp_path)
    assert (run.outcome, liar.seen["POST /save"]) == (Outcome.NOT_REACHED, 0)


@pytest.mark.parametrize("twin", attacks.TWINS, ids=named)
def test_a_look_alike_is_a_refusal_or_not_clicked(browser: Browser, liar: Liar, tmp_path: Path, twin: str) -> None:
    run = attack(browser, liar, attacks.SAVE + attacks.TWINS[twin], save(), tmp_path)
    assert liar.seen["POST /delete"] == 0, run.why
    assert run.outcome in {Outcome.REACHED, Outcome.NOT_REACHED}


@pytest.mark.parametrize("swap", attacks.SWAPS, ids=named)
def test_a_swap_between_look_and_act_is_noticed(browser: Browser, liar: Liar, tmp_path: Path, swap: str) -> None:
    run = attack(browser, liar, attacks.SAVE + attacks.SWAPS[swap], save(), tmp_path)
    assert liar.seen["POST /delete"] == 0, run.why
    assert run.outcome is not Outcome.REACHED or liar.seen["POST /save"] == 1, run.why


@pytest.mark.parametrize("spoil", attacks.SPOILS, ids=named)
def test_a_form_that_changes_under_the_press_is_not_sent(
    browser: Browser, liar: Liar, tmp_path: Path, spoil: str
) -> None:
    under = f"at('save').addEventListener('pointerover', () => {{ {attacks.SPOILS[spoil]} }}, {{once: true}})"
    run = attack(browser, liar, attacks.FORM + f"<script>{under}</script>", (*fill(), press(SAVED)), tmp_path)
    assert run.outcome is Outcome.REACHED, run.why
    assert [body for path, body in liar.posted if path == "/save"] == ["name=Lamp&quantity=3"]


# ── secrets ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def sign_in() -> tuple[Step, ...]:
    typing = Step("1", Type(Secret("pw")), "type ‹pw› into Password", Target("Password", text="Password"), timeout=3.0)
    return (typing, press(ex.Text("Welcome"), commit=False, what="Sign in", number="2"))


@pytest.mark.parametrize("where", ["this origin", "another origin", "posts elsewhere", "in a frame of another origin"])
def test_a_secret_goes_only_where_it_is_bound(browser: Browser, liar: Liar, tmp_path: Path, where: str) -> None:
    with Liar() as other:
        action = other.origin + "/steal" if where == "posts elsewhere" else "/login"
        form = attacks.SIGN_IN.format(action=action)
        if where == "in a frame of another origin":
            other.more["/form"] = attacks.page(form)
            form = f'<iframe src="{other.origin}/form"></iframe>'
        bound = other.origin if where == "another origin" else liar.origin
        vault = Vault({"pw": Binding(PASSWORD, bound)})
        run = attack(browser, liar, form, sign_in(), tmp_path, vault)
        if where == "this origin":
            assert run.outcome is Outcome.REACHED, run.why
            assert any(quote(PASSWORD, safe="") in body.replace("+", "%20") for _, body in liar.posted)
        else:
            assert run.outcome in {Outcome.DENIED, Outcome.NOT_REACHED}
            assert not liar.posted
            assert not other.posted


def test_a_secret_that_the_page_echoes_is_nowhere_on_disk(browser: Browser, liar: Liar, tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    vault = Vault({"pw": Binding(PASSWORD, liar.origin)})
    body = attacks.SIGN_IN.format(action="/login") + attacks.ECHO.format()
    steps = (*sign_in()[:1], press(ex.Text("Nothing like this"), commit=False, what="Sign in", number="2", timeout=1.0))
    liar.more["/attack"] = attacks.page(body)
    browser.options = BrowserOptions(url=f"{liar.origin}/attack")
    one = agent(browser, steps, runs, vault=vault, pictures=True)
    run = one.run(Goal(f"sign in with {PASSWORD}"), Request(f"sign in with {PASSWORD}", browser.options.url))
    assert liar.posted  # it did type
    write(run, one.journal.picture, runs / "report.html")
    one.journal.close()
    coded = base64.b64encode(PASSWORD.encode()).rstrip(b"=")
    for file in sorted(path for path in runs.rglob("*") if path.is_file()):
        data = file.read_bytes()
        for form in (
            PASSWORD.encode(),
            quote(PASSWORD, safe="").encode(),
            coded,
            PASSWORD.replace("&", "&amp;").encode(),
        ):
            assert form not in data, f"{form!r} is in {file.name}"


# ── other origins ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("exit_", attacks.EXITS, ids=named)
def test_another_origin_is_never_loaded(tmp_path: Path, exit_: str) -> None:
    with Liar() as liar, Liar() as other:
        host = other.origin.removeprefix("http://")
        body = attacks.EXITS[exit_].replace("{other}", other.origin).replace("{host}", host)
        body = body.replace("{origin_as_user}", f"{liar.origin}@{host}")
        liar.more["/redirect"] = f"→ {other.origin}/steal"
        browser = Browser(BrowserOptions(url=liar.origin, origins=(liar.origin,)))
        try:
            run = attack(browser, liar, body, (press(None, commit=False, what="Go", timeout=1.0),), tmp_path)
        finally:
            browser.close()
        assert sum(other.seen.values()) == 0, f"{run.outcome}: {run.why}"
        assert run.outcome is not Outcome.REACHED or exit_ == "a frame", run.why
