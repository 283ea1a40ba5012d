"""Recorded in a real browser by real input, and replayed by a run: what is written down is what proves itself again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Locator, Page

import cua
from cua.errors import Outcome
from cua.record.compose import Workflow, compose
from cua.record.recorder import Recorder
from cua.taskfile.check import check
from cua.taskfile.write import write
from envs.browser import Browser, BrowserOptions, pointer
from envs.deeds import Watched
from envs.env import Watching
from tests.envs.browser.conftest import Reply, Site, serve

pytestmark = pytest.mark.slow

FORM = """<!doctype html><title>Add group | Shop</title><h1>Add group</h1>
<style>li ul {{ display: none }} li:hover > ul {{ display: block }}</style>
<ul><li><a href="#">Tools</a><ul><li><a href="#" onclick="say('Printed it')">Print</a></li></ul></li></ul>
<form method=post action=/save><label>Name <input name=name></label>
<label>Password <input type=password name=word></label><label><input type=checkbox name=agree> I agree</label>
<label>Colour <select name=colour><option>Red<option>Blue</select></label><button>Save</button></form>
<p role=status></p><script>const say = text => document.querySelector('[role=status]').textContent = text</script>"""

ODD = """<!doctype html><title>Odd things</title><x-shut></x-shut><p role=status></p>
<iframe srcdoc="<button onclick=&quot;parent.say('Paid by card')&quot;>Pay</button>"></iframe>
<button onclick="if (confirm('Really?')) say('Emptied it')">Empty</button>
<div id=card draggable=true ondragstart="event.dataTransfer.setData('text/plain', '1')">Card one</div>
<div id=lane role=group aria-label=Doing ondragover="event.preventDefault()"
 ondrop="event.preventDefault(); say('Moved to doing')" style="height:80px;border:1px solid">Doing</div>
<a href=/second target=_blank>Open details</a>
<script>var say = text => document.querySelector('[role=status]').textContent = text;
customElements.define('x-shut', class extends HTMLElement {{ connectedCallback() {{
  const root = this.attachShadow({{mode: 'closed'}});
  root.innerHTML = '<label>City <input></label><button>Keep</button>';
  root.querySelector('button').onclick = () => say('Kept ' + root.querySelector('input').value) }} }})</script>"""


@pytest.fixture(scope="module")
def shop() -> Iterator[Site]:
    def saved(method: str, body: bytes) -> Reply:
        name = parse_qs(body.decode())["name"][0]
        return Reply(
            f"<!doctype html><title>Groups | Shop</title><p role=status>{name} was added.</p><a href=#>{name}</a>"
        )

    site = Site(pages={"/favicon.ico": Reply(status=204), "/save": saved, "/form": FORM.format(), "/odd": ODD.format()})
    site.pages["/second"] = "<!doctype html><title>Second page</title><h1>Details</h1>"
    server = serve(site)
    yield site
    server.shutdown()
    server.server_close()


class Hand:
    """A person's hand: the pointer moves to a thing before it is pressed, and the recorder looks meanwhile."""

    def __init__(self, browser: Browser, recorder: Recorder, watching: Watching) -> None:
        self._browser, self._recorder, self._watching = browser, recorder, watching

    @property
    def page(self) -> Page:
        return self._browser.active.page

    def rest(self) -> None:
        self._recorder.turn(self._watching, 0.05)
        self._recorder.turn(self._watching, 0.0)

    def reads(self, text: str) -> None:
        """Until a person would see it."""
        for _ in range(100):
            self._recorder.turn(self._watching, 0.05)
            looks = self._recorder.tape.looks(-4)
            if looks and any(text in element.name for element in looks[-1].elements):
                return
        raise AssertionError(f"{text} never came")

    def over(self, thing: Locator) -> None:
        box = thing.bounding_box()
        assert box is not None
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=2)
        self.rest()

    def click(self, thing: Locator) -> None:
        self.over(thing)
        self.page.mouse.down()
        self.page.mouse.up()
        self.rest()

    def click_at(self, name: str) -> None:
        """What no locator finds, by the reader's own eyes."""
        now = self._browser.settle()
        self.rest()
        spot = next(e for e in now.elements if e.name == name).box.center
        pending = [
            pointer._begin(
                self._browser.active.wire, kind, spot.x, spot.y, (), button="left", buttons=down, clickCount=1
            )
            for kind, down in (("mousePressed", 1), ("mouseReleased", 0))
        ]
        assert len(pending) == 2  # a dialog holds the answers back: nobody waits for them
        self.rest()

    def types(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.rest()


@pytest.fixture(scope="module")
def recording() -> Iterator[Browser]:
    browser = Browser()
    yield browser
    browser.close()


def recorded(browser: Browser, url: str, does: Callable[[Hand], None]) -> tuple[Workflow, Recorder]:
    browser.options = BrowserOptions(url=url)
    browser.reset()
    recorder = Recorder(browser)
    with browser.watch(recorder.take) as watching:
        recorder.turn(watching, 0.0)
        hand = Hand(browser, recorder, watching)
        does(hand)
        hand.rest()
    return compose(recorder.tape, "recorded", url), recorder


def replayed(workflow: Workflow, folder: Path, **secrets: str) -> Outcome | None:
    file = folder / "recorded.yaml"
    file.write_text(write(workflow.data), encoding="utf-8")
    report = check(file)
    assert report.good, report.problems
    return cua.load(file, yes=True, secrets=secrets, runs=folder / "runs")().outcome


def test_a_form_is_filled_in_and_saved(recording: Browser, shop: Site, tmp_path: Path) -> None:
    def does(hand: Hand) -> None:
        page = hand.page
        hand.over(page.get_by_text("Tools"))
        hand.click(page.get_by_text("Print"))
        hand.click(page.get_by_role("heading"))  # noise
        hand.click(page.get_by_label("Name"))
        hand.types("Ada Lanes")
        page.keyboard.press("Backspace")
        hand.click(page.get_by_label("Password"))
        hand.types("sesame")
        hand.click(page.get_by_label("I agree"))
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        hand.rest()
        hand.click(page.get_by_role("button"))
        hand.reads("was added")

    workflow, recorder = recorded(recording, shop.url("/form"), does)
    assert workflow.data["steps"] == [
        {"hover": "Tools"},
        {"click": "Print", "expect": {"text": "Printed it"}},
        {"type": {"into": "Name", "text": "{name}"}},
        {"type": {"into": "Password", "secret": "password"}},
        {"check": "I agree"},
        {"select": {"from": "Colour", "option": "Blue"}},
        {"click": "Save", "commit": True, "already": {"text": "{name}"}, "expect": {"text": "{name} was added."}},
    ]
    assert workflow.data["params"] == {"name": "Ada Lane"}
    told = [entry.deed for entry in recorder.tape.entries if isinstance(entry, Watched)]
    seen = [element for look in recorder.tape.looks() for element in look.elements]
    assert "sesame" not in repr(told) + repr(seen)
    assert sum(deed.secret for deed in told) == len("sesame")
    shop.hits.clear()
    assert replayed(workflow, tmp_path, password="sesame") is Outcome.REACHED
    (sent,) = [body for method, path, body in shop.hits if method == "POST"]
    assert parse_qs(sent) == {"name": ["Ada Lane"], "word": ["sesame"], "agree": ["on"], "colour": ["Blue"]}


def test_frames_closed_shadow_roots_dialogs_drags_and_tabs(recording: Browser, shop: Site, tmp_path: Path) -> None:
    def does(hand: Hand) -> None:
        page = hand.page
        hand.click_at("City")
        hand.types("Ghent")
        hand.click_at("Keep")
        hand.click(page.frames[1].get_by_role("button"))
        hand.click_at("Empty")
        recording.active.wire.send("Page.handleJavaScriptDialog", {"accept": True})
        hand.reads("Emptied it")
        hand.over(page.get_by_text("Card one"))
        page.mouse.down()
        hand.over(page.locator("#lane"))
        page.mouse.up()
        hand.rest()
        hand.click(page.get_by_role("link"))
        hand.reads("Details")

    workflow, _ = recorded(recording, shop.url("/odd"), does)
    assert workflow.data["steps"] == [
        {"type": {"into": "City", "text": "{city}"}},
        {"click": "Keep", "expect": {"text": "Kept {city}"}},
        {"click": "Pay", "expect": {"text": "Paid by card"}},
        {"click": "Empty", "commit": True, "expect": {"text": "Emptied it"}},
        {"drag": {"from": "Card one", "to": "Doing section"}, "expect": {"text": "Moved to doing"}},
        {"click": "Open details", "expect": {"window": "Second page"}},
    ]
    assert replayed(workflow, tmp_path) is Outcome.REACHED


SHELF = """<!doctype html><title>Shelf</title><h1>Things</h1><a id=more href=/second>{}</a>
<a id=back href=/form>Back</a><button>Sort</button><button>Filter</button>"""


def test_what_was_recorded_finds_a_target_that_is_called_otherwise_in_the_first_run(
    recording: Browser, shop: Site, tmp_path: Path
) -> None:
    shop.pages["/shelf"] = SHELF.format("More of all")

    def does(hand: Hand) -> None:
        hand.click(hand.page.get_by_role("link", name="More of all"))
        hand.reads("Details")

    workflow, _ = recorded(recording, shop.url("/shelf"), does)
    assert workflow.data["steps"] == [{"click": "More of all", "expect": {"title": "Second page"}}]
    shop.pages["/shelf"] = SHELF.format("Everything else there is")
    assert replayed(workflow, tmp_path) is Outcome.REACHED
    bare = Workflow({key: value for key, value in workflow.data.items() if key != "anchors"})
    (tmp_path / "bare").mkdir()
    assert replayed(bare, tmp_path / "bare") is Outcome.NOT_REACHED


MOVING = """<!doctype html><title>Moving</title><button id=add>Add</button><p id=far>Far away</p><p role=status></p>
<x-open></x-open><script>var say = text => document.querySelector('[role=status]').textContent = text;
add.onclick = () => { document.body.prepend(far); setTimeout(() => {
  const link = document.createElement('a'); link.href = '#'; link.textContent = 'Next'; link.onclick = () => say('Went on');
  document.body.append(link) }, 300) };
customElements.define('x-open', class extends HTMLElement { connectedCallback() {
  this.attachShadow({mode: 'open'}).innerHTML = '<label><input type=checkbox> Loud</label><label>Size <select><option>S<option>L</select></label>' } })
</script>"""  # noqa: E501 - a page


def test_what_moves_under_a_resting_pointer_is_not_hovered_and_changes_in_shadow_roots_are_heard(
    recording: Browser, shop: Site
) -> None:
    shop.pages["/moving"] = MOVING

    def does(hand: Hand) -> None:
        page = hand.page
        hand.click(page.get_by_role("button"))
        hand.reads("Next")
        hand.click(page.get_by_role("link"))
        hand.reads("Went on")
        hand.click(page.get_by_label("Loud"))
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        hand.rest()

    workflow, _ = recorded(recording, shop.url("/moving"), does)
    assert workflow.data["steps"] == [
        {"click": "Add", "expect": {"text": "Next"}},
        {"click": "Next", "expect": {"text": "Went on"}},
        {"check": "Loud"},
        {"select": {"from": "Size", "option": "L"}},
    ]


def test_a_dialog_that_opens_while_the_page_is_read_does_not_block(recording: Browser, shop: Site) -> None:
    restless = (
        "let n = 0; (function on() { p.textContent = ++n; if (n === 40) alert('Now'); requestAnimationFrame(on); })()"
    )
    shop.pages["/restless"] = f"<!doctype html><p id=p>0</p><script>{restless}</script>"
    recording.options = BrowserOptions(url=shop.url("/odd"))
    recording.reset()
    recorder = Recorder(recording)
    with recording.watch(recorder.take) as watching:
        recorder.turn(watching, 0.0)
        opened: list[object] = []
        wire = recording.active.wire
        wire.on("Page.javascriptDialogOpening", lambda event: opened.append(event))
        began = time.monotonic()
        wire.begin("Page.navigate", {"url": shop.url("/restless")})
        while not opened and time.monotonic() - began < 25:
            recorder.turn(watching, 0.05)
        recorder.turn(watching, 0.05)
        assert opened
        assert time.monotonic() - began < 25
        answer = wire.begin("Page.handleJavaScriptDialog", {"accept": True})
        while not recorder.tape.entries or not _answered(recorder):
            recorder.turn(watching, 0.05)
        assert answer.done
        assert any(element.name.isdigit() for element in recorder.tape.looks()[-1].elements)


def _answered(recorder: Recorder) -> bool:
    told = [entry.deed.kind for entry in recorder.tape.entries if isinstance(entry, Watched)]
    return "dialog" in told and recorder.tape.looks()[-1].url.endswith("/restless")


def test_the_page_neither_sees_that_it_is_watched_nor_can_tell_anything(recording: Browser, shop: Site) -> None:
    def does(hand: Hand) -> None:
        told = hand.page.evaluate(
            "[typeof cuaTold, typeof cua, Object.keys(globalThis).filter(key => /cua/i.test(key)).length]"
        )
        assert told == ["undefined", "undefined", 0]
        hand.page.evaluate("document.querySelector('#card').click()")
        hand.page.evaluate("document.querySelector('#lane').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
        hand.rest()

    workflow, recorder = recorded(recording, shop.url("/odd"), does)
    assert workflow.data["steps"] == []
    assert not workflow.holes
    assert {entry.deed.kind for entry in recorder.tape.entries if isinstance(entry, Watched)} <= {"over"}


def test_the_panel_pauses_marks_adds_names_and_stops(recording: Browser, shop: Site) -> None:
    recording.options = BrowserOptions(url=shop.url("/form"))
    recording.reset()
    recorder = Recorder(recording)
    panel = recording.panel(recorder.press)
    assert panel is not None
    assert panel.page is not None
    with recording.watch(recorder.take) as watching:
        recorder.turn(watching, 0.0)
        hand = Hand(recording, recorder, watching)
        hand.click(hand.page.get_by_label("Name"))
        hand.types("Ada")
        panel.page.get_by_placeholder("Name of what was typed last").fill("Whom")
        panel.page.get_by_role("button", name="Name it").click()
        panel.page.get_by_role("button", name="Pause").click()
        hand.click(hand.page.get_by_label("I agree"))
        panel.page.get_by_role("button", name="Go on").click()
        hand.over(hand.page.get_by_text("Tools"))
        hand.click(hand.page.get_by_text("Print"))
        panel.page.get_by_role("button", name="Cannot be undone").click()
        panel.page.get_by_placeholder("Text that has to be there").fill("Add group")
        panel.page.get_by_role("button", name="Add check").click()
        hand.rest()
        panel.page.get_by_role("button", name="Stop").click()
        hand.rest()
    panel.close()
    assert recorder.stopped
    workflow = compose(recorder.tape)
    assert workflow.data["steps"] == [
        {"type": {"into": "Name", "text": "{whom}"}},
        {"hover": "Tools"},
        {"click": "Print", "commit": True, "expect": {"text": "Add group"}},
    ]
    assert workflow.data["params"] == {"whom": "Ada"}
