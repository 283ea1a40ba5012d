"""What was waited for is there on a page that was quiet for a frame; who comes next waits for the frame after it."""

from __future__ import annotations

import pytest

from envs.action import Click, Open, Type
from envs.browser.looking import Looking
from envs.browser.settle import Resting, Settler
from envs.clock import Deadline
from envs.errors import Stale
from envs.observation import Observation
from tests.envs.browser.conftest import Seen

PAGE = """<button onclick="this.textContent = 'Done'">Go</button><input aria-label=Name><p id=p></p>"""


def done(now: Observation) -> bool:
    return any(element.name == "Done" for element in now.elements)


def held(seen: Seen) -> bool:
    """Whether the last look was given out before the second frame was waited for."""
    looking: Looking = seen.browser._looking
    return looking.staying


def clicked(seen: Seen) -> None:
    seen.open(PAGE)
    seen.browser.act(Click(), seen.one("button"))
    seen.settle(done)


def test_settling_once_more_is_the_same_look(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("envs.browser.looking.SOON", 60.0)  # a machine may be busy
    clicked(seen)
    assert held(seen)
    again = seen.browser.settle()
    assert again.seq == seen.now.seq
    assert again.events == (), "they were told already"
    assert not held(seen)


def test_an_act_goes_on_where_the_page_has_stayed(seen: Seen) -> None:
    clicked(seen)
    assert held(seen)
    seen.browser.act(Type("Ada"), seen.one("textbox"))
    seen.settle()
    assert seen.one("textbox").value == "Ada"


def test_an_act_looks_again_where_it_has_not(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Settler.resting

    def late(settler: Settler, deadline: Deadline, how: str = "rest") -> Resting | None:
        if how == "stay":  # after the look, before the second frame
            seen.browser.active.page.evaluate("p.textContent = 'Late'")
        return asked(settler, deadline, how)

    monkeypatch.setattr(Settler, "resting", late)
    clicked(seen)
    assert held(seen)
    with pytest.raises(Stale, match="changed after it was looked at"):
        seen.browser.act(Type("Ada"), seen.one("textbox"))
    now = seen.settle()
    assert seen.one("textbox").value == "", "nothing was sent"
    assert any(element.name == "Late" for element in now.elements)
    seen.browser.act(Type("Ada"), seen.one("textbox"))


def test_what_leads_on_from_any_page_does_not_ask(seen: Seen) -> None:
    clicked(seen)
    seen.browser.active.page.evaluate("p.textContent = 'Late'")
    seen.browser.act(Open(seen.site.url("/")))
    assert not done(seen.settle())


def test_a_later_look_is_nobodys_promise(seen: Seen) -> None:
    clicked(seen)
    seen.browser.observe()
    assert not held(seen)


def test_settling_once_more_shows_what_came(seen: Seen) -> None:
    clicked(seen)
    seen.browser.settle()
    seen.browser.active.page.evaluate("p.textContent = 'Late'")
    assert any(element.name == "Late" for element in seen.browser.settle().elements)


def test_what_was_scrolled_meanwhile_is_looked_at(seen: Seen) -> None:
    seen.open(PAGE + "<div id=box style='height:50px;overflow:auto'><p>First</p><div style='height:999px'></div></div>")
    seen.browser.act(Click(), seen.one("button"))
    seen.settle(done)
    assert held(seen)
    box = next(one for one in seen.browser.scrollers() if one.most > 0)
    seen.browser.roll(box, 300)
    assert not held(seen)
    assert next(e for e in seen.browser.settle().elements if e.name == "First").is_("offscreen")


def test_a_look_that_has_grown_old_is_not_given_again(seen: Seen) -> None:
    clicked(seen)
    assert held(seen)
    seen.browser.active.page.evaluate("new Promise(done => setTimeout(done, 300))")
    assert seen.browser.settle().seq > seen.now.seq


def test_where_it_does_not_hold_the_whole_rest_is_waited_for(seen: Seen) -> None:
    seen.open(PAGE)
    seen.browser.act(Click(), seen.one("button"))
    seen.settle(lambda now: False, timeout=0.3)
    assert not held(seen)
