"""A desk of several places acts as one; a person is one of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from envs.action import Ask, Click, Look, Open, Switch, Type
from envs.desk import Desk
from envs.env import Restorable
from envs.errors import ActFailed, OutOfOrder, Unavailable, Unsupported
from envs.events import Request
from envs.fake import Fake
from envs.fake.standard import STANDARD_SITE
from envs.observation import Element, Observation
from envs.person import Person
from envs.scrolling import Scroller
from envs.standard import STANDARD as S
from tests.envs.fakes import names, the


def pair() -> tuple[Desk, Fake, Fake]:
    """The second one calls itself "web" too; the desk calls it "app"."""
    web, app = Fake(STANDARD_SITE), Fake(STANDARD_SITE)
    return Desk({"web": web, "app": app}, first="web"), web, app


def test_acts_go_to_the_place_of_their_element() -> None:
    desk, web, app = pair()
    there = the(desk.reset(), S.name)
    desk.act(Switch("app"))
    now = desk.settle()
    assert (now.place, {element.place for element in now.elements}) == ("app", {"app"})
    desk.act(Type("in the app"), the(now, S.name))
    assert the(desk.settle(), S.name).value == "in the app"
    desk.act(Type("on the web"), there)
    now = desk.settle()
    assert (now.place, the(now, S.name).value) == ("web", "on the web")
    assert (len(web.log), len(app.log)) == (1, 1)


def test_what_can_be_scrolled_is_that_of_the_current_place() -> None:
    listed = Scroller("s1", "the list", "y", at=0, least=0, most=900, part=100, start=0)

    class Listed(Fake):
        def scrollers(self, around: Element | None = None) -> tuple[Scroller, ...]:
            return (listed,)

        def roll(self, scroller: Scroller, to: float | None) -> Scroller:
            return replace(scroller, at=to or 0)

    desk = Desk({"web": Listed(STANDARD_SITE), "app": Fake(STANDARD_SITE)}, first="web")
    desk.reset()
    assert desk.roll(desk.scrollers()[0], 300).at == 300
    desk.act(Switch("app"))
    assert desk.scrollers() == ()
    with pytest.raises(Unsupported, match='in the place "app"'):
        desk.roll(listed, 300)


def test_open_names_its_place() -> None:
    desk, _, _ = pair()
    desk.reset()
    desk.act(Open("/second", place="app"))
    now = desk.settle()
    assert (now.place, now.title) == ("app", S.second)
    desk.act(Open("/"))
    assert desk.settle().place == "app"
    with pytest.raises(ActFailed, match="there are: web, app"):
        desk.act(Open("/", place="sheet"))


def test_switching_to_a_window_is_left_to_the_place() -> None:
    desk, web, _ = pair()
    desk.reset()
    desk.act(Switch(S.title))
    assert desk.current == "web"
    assert web.story == ["switch"]


def test_an_act_that_failed_does_not_change_the_place() -> None:
    desk, _, _ = pair()
    desk.reset()
    desk.act(Switch("app"))
    locked = the(desk.settle(), S.locked)
    desk.act(Switch("web"))
    with pytest.raises(ActFailed):
        desk.act(Click(), locked)
    assert desk.observe().place == "web"


def test_seq_grows_over_all_places_and_events_are_not_lost() -> None:
    desk, _, _ = pair()
    seen = [desk.reset()]
    desk.act(Click(), the(seen[0], S.save))
    desk.act(Switch("app"))
    seen.append(desk.settle())
    desk.act(Switch("web"))
    seen.append(desk.settle(lambda now: S.saved in names(now)))
    seqs = [now.seq for now in seen]
    assert seqs == sorted(set(seqs))
    posts = [
        (now.place, event.place)
        for now in seen
        for event in now.events
        if isinstance(event, Request) and event.method == "POST"
    ]
    assert posts == [("app", "web")], "told once, at the next look, with the place it happened at"


def test_the_predicate_sees_what_will_be_returned() -> None:
    desk, _, _ = pair()
    desk.reset()
    desk.act(Switch("app"))
    judged: list[Observation] = []

    def until(now: Observation) -> bool:
        judged.append(now)
        return True

    after = desk.settle(until)
    assert (judged[0].place, judged[0].elements, judged[0].events) == (after.place, after.elements, after.events)
    assert judged[0].seq < after.seq


def test_a_checkpoint_belongs_to_its_place() -> None:
    desk, _, _ = pair()
    desk.reset()
    assert isinstance(desk, Restorable)
    mark = desk.checkpoint()
    desk.act(Switch("app"))
    desk.settle()
    assert desk.restore(mark).place == "web"
    with pytest.raises(ActFailed, match="no place"):
        Desk.restore(desk, type(mark)("sheet", ""))


class Stubborn(Fake):
    """Fails to open, or to close."""

    fails = "close"
    closed = 0

    def reset(self) -> Observation:
        if self.fails == "reset":
            raise Unavailable("no display")
        return super().reset()

    def close(self) -> None:
        self.closed += 1
        super().close()
        if self.fails == "close":
            raise ActFailed("stuck")


def test_all_are_closed_even_if_one_cannot_be() -> None:
    bad, good, worse = Stubborn(STANDARD_SITE), Fake(STANDARD_SITE), Stubborn(STANDARD_SITE)
    desk = Desk({"a": bad, "b": good, "c": worse}, first="b")
    desk.reset()
    with pytest.raises(ActFailed, match="stuck"):
        desk.close()
    assert (bad.closed, worse.closed) == (1, 1)
    with pytest.raises(OutOfOrder):
        good.observe()
    with pytest.raises(OutOfOrder):
        desk.observe()


def test_if_one_cannot_be_opened_the_others_are_closed() -> None:
    good, bad = Fake(STANDARD_SITE), Stubborn(STANDARD_SITE)
    bad.fails = "reset"
    desk = Desk({"a": good, "b": bad}, first="a")
    with pytest.raises(Unavailable):
        desk.reset()
    assert bad.closed == 1
    with pytest.raises(OutOfOrder):
        good.observe()


def test_the_first_place_must_be_one_of_them() -> None:
    with pytest.raises(ValueError, match="there are: web"):
        Desk({"web": Fake(STANDARD_SITE)}, first="app")


# ── a person ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_question_goes_to_the_person_and_the_answer_is_beside_the_page_until_the_next_act() -> None:
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return "4711"

    desk = Desk({"web": Fake(STANDARD_SITE), "person": Person(answer)}, first="web")
    desk.reset()
    desk.act(Ask("Which code came by mail?"))
    now = desk.settle(lambda now: any(element.value == "4711" for element in now.elements))
    assert asked == ["Which code came by mail?"]
    said = the(now, "Which code came by mail?")
    assert (now.place, said.place, said.value) == ("web", "person", "4711")
    assert desk.observe().elements == now.elements
    desk.act(Type("4711"), the(now, S.name))
    assert said not in desk.settle().elements


def test_a_person_cannot_be_clicked_and_a_page_cannot_be_asked() -> None:
    person = Person(lambda question: "yes")
    person.reset()
    person.act(Look())
    with pytest.raises(Unsupported, match="click"):
        person.act(Click())
    web = Fake(STANDARD_SITE)
    web.reset()
    with pytest.raises(Unsupported, match="ask"):
        web.act(Ask("Really?"))


def test_a_desk_with_a_person_cannot_restore_the_person() -> None:
    desk = Desk({"person": Person()}, first="person")
    desk.reset()
    with pytest.raises(Unsupported, match="earlier state"):
        desk.checkpoint()


def test_nobody_there_is_said_clearly() -> None:
    def hang_up(question: str) -> str:
        raise EOFError

    alone, gone = Person(), Person(hang_up)
    with pytest.raises(OutOfOrder):
        alone.act(Ask("Anybody?"))
    alone.reset()
    gone.reset()
    with pytest.raises(ActFailed, match='nobody is there to ask "Anybody\\?"'):
        alone.act(Ask("Anybody?"))
    with pytest.raises(ActFailed, match="nobody answered"):
        gone.act(Ask("Anybody?"))
    assert gone.settle().elements == ()


def test_answers_are_elements_of_their_own() -> None:
    person = Person(str.upper)
    person.reset()
    person.act(Ask("a"))
    person.act(Ask("b"))
    now = person.settle()
    assert [(element.name, element.value) for element in now.elements] == [("a", "A"), ("b", "B")]
    assert len({element.ref for element in now.elements}) == 2
    assert person.reset().elements == ()
    person.close()
    with pytest.raises(OutOfOrder):
        person.observe()
