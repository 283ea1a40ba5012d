"""The laws of the contract, each a function on a world that was not reset yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from envs.action import Action, Back, Check, Clear, Click, Held, Look, Open, Reload, Select, Type
from envs.contract.world import PATIENCE, Broken, World, has, must, what
from envs.env import Env, Restorable
from envs.errors import ActFailed, EnvError, Stale, Unsupported
from envs.events import Answer, Navigated, Request
from envs.observation import Element, Observation
from envs.standard import STANDARD as S

SECRET = "hunter2-hunter2"
Law = Callable[[World], None]
CHECKS: list[Law] = []
"""Every law of the contract, in the order of this file."""


def law(check: Law) -> Law:
    CHECKS.append(check)
    return check


# ── looking ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@law
def an_env_has_five_methods(w: World) -> None:
    must(isinstance(w.env, Env), "it lacks one of reset, observe, act, settle, close")


@law
def reset_shows_the_start(w: World) -> None:
    start = w.start()
    must(start.title == S.title, f'the title is "{start.title}"')
    for role, name in (("textbox", S.name), ("textbox", S.password), ("checkbox", S.agree), ("link", S.link)):
        w.one(role, name)
    w.do(Click(), "link", S.link)
    w.until(S.second)
    must(w.start().title == S.title, "a second reset does not lead back to the start")


@law
def seq_grows(w: World) -> None:
    seqs = [w.start().seq, w.look().seq, w.settle().seq, w.look().seq]
    must(seqs == sorted(set(seqs)), f"seq does not grow: {seqs}")


@law
def time_does_not_run_back(w: World) -> None:
    times = [w.start().at, w.look().at, w.settle().at, w.look().at]
    must(times == sorted(times), f"the times of the looks do not grow: {times}")


@law
def refs_are_unique(w: World) -> None:
    refs = [element.ref for element in w.start().elements]
    must(len(refs) == len(set(refs)), "two elements have one ref")


@law
def refs_stay_with_their_nodes(w: World) -> None:
    w.start()
    before = {element.ref: str(element) for element in w.now.elements}
    w.do(Type("Ada"), "textbox", S.name)
    changed = [e for e in w.now.elements if e.ref in before and e.role != "text" and before[e.ref] != str(e)]
    must(not changed, f"these refs name other elements now: {changed}")
    lost = [name for ref, name in before.items() if w.now.get(ref) is None]
    must(not lost, f"these elements got other refs though nothing happened to them: {lost}")


@law
def refs_are_never_given_again(w: World) -> None:
    first = {element.ref for element in w.start().elements}
    w.do(Click(), "link", S.link)
    second = {element.ref for element in w.until(S.second, S.back).elements}
    must(not first & second, f"refs of the first page name elements of the second: {sorted(first & second)}")


@law
def parents_are_there(w: World) -> None:
    now = w.start()
    for element in now.elements:
        must(element.parent is None or now.get(element.parent) is not None, f"the parent of {element} is not there")
        above = [up.ref for up in _up(now, element)]
        must(len(above) == len(set(above)) and element.ref not in above, f"{element} is inside itself")


@law
def boxes_carry_their_space(w: World) -> None:
    now = w.start()
    wrong = [str(e) for e in now.elements if e.box.space is not w.space]
    must(not wrong, f"not in {w.space} px: {wrong}")
    must(now.viewport.space is w.space, f"the viewport is in {now.viewport.space} px")
    must(w.one("button", S.save).box.area > 0, "the Save button has no size")


@law
def places_and_windows_are_named(w: World) -> None:
    now = w.start()
    must(now.place != "", "the place has no name")
    wrong = [str(e) for e in now.elements if e.place != now.place]
    must(not wrong, f'not at "{now.place}": {wrong}')
    if now.windows:
        must([v.id for v in now.windows if v.active] == [now.window], "not exactly the window seen is active")


@law
def looking_changes_nothing(w: World) -> None:
    w.start()
    before, again = w.settle(), w.look()
    must(what(before) == what(again), "two looks at a world at rest differ")
    must(not again.events, f"looking caused events: {again.events}")


@law
def the_picture_is_pixels_or_a_lookup_error(w: World) -> None:
    try:
        frame = w.start().frame()
    except LookupError:
        return
    must(frame.pixels.ndim == 3 and frame.pixels.shape[2] == 3, f"the picture has shape {frame.pixels.shape}")
    must(frame.pixels.dtype.name == "uint8" and frame.scale > 0, f"{frame.pixels.dtype} at scale {frame.scale}")


# ── acting ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@law
def what_is_typed_is_read_back(w: World) -> None:
    w.start()
    w.do(Type("Ada"), "textbox", S.name)
    must(w.one("textbox", S.name).value == "Ada", f"typed Ada, reads {w.one('textbox', S.name).value!r}")
    must("focused" in w.one("textbox", S.name).states, "the field typed into has not the focus")
    w.do(Type(" Löve, 李", append=True), "textbox", S.name)
    must(w.one("textbox", S.name).value == "Ada Löve, 李", f"appended, reads {w.one('textbox', S.name).value!r}")
    w.do(Type("Grace"), "textbox", S.name)
    must(w.one("textbox", S.name).value == "Grace", "typing does not replace what was there")
    w.do(Clear(), "textbox", S.name)
    must(not w.one("textbox", S.name).value, "the field is not empty after clear")


@law
def passwords_are_never_shown(w: World) -> None:
    w.start()
    must("password" in w.one("textbox", S.password).states, "the password field is not marked as one")
    w.do(Type(SECRET), "textbox", S.password)
    must(bool(w.one("textbox", S.password).value), "the password field reads as empty")
    must(SECRET not in repr(w.now) + repr(w.events), "the password can be read in the observation")


@law
def a_box_is_checked_and_unchecked(w: World) -> None:
    w.start()
    for on in (True, True, False, False):
        w.do(Check(on), "checkbox", S.agree)
        is_on = "checked" in w.one("checkbox", S.agree).states
        must(is_on is on, f"{Check(on)} leaves it {'checked' if is_on else 'unchecked'}")
    w.do(Click(), "checkbox", S.agree)
    must("checked" in w.one("checkbox", S.agree).states, "a click does not check it")


@law
def an_option_is_selected(w: World) -> None:
    w.start()
    must(w.one("combobox", S.colour).value == S.colours[0], "the first option is not shown as chosen")
    w.do(Select(S.colours[1]), "combobox", S.colour)
    must(w.one("combobox", S.colour).value == S.colours[1], f"reads {w.one('combobox', S.colour).value!r}")
    failed = w.fails(ActFailed, Select("Octarine"), w.one("combobox", S.colour))
    must(all(option in failed.why for option in S.colours), f"the error does not list the options: {failed.why}")
    must(w.look() is not None and w.one("combobox", S.colour).value == S.colours[1], "a failed select changed it")


@law
def looking_is_an_act_that_does_nothing(w: World) -> None:
    before = w.start()
    must(what(w.do(Look())) == what(before), "Look changed something")


@law
def a_link_leads_away_and_back_returns(w: World) -> None:
    first = w.start()
    w.do(Click(), "link", S.link)
    second = w.until(S.second)
    must(second.title == S.second and second.url != first.url, f'at "{second.title}", {second.url}')
    must(second.document != first.document, "another document has the same name")
    must(any(isinstance(e, Navigated) for e in w.events), "nothing said Navigated")
    w.do(Back())
    must(w.until(S.save).url == first.url, f"back leads to {w.now.url}")
    w.do(Open(second.url))
    must(w.until(S.second).url == second.url, f"open leads to {w.now.url}")


@law
def reload_makes_another_document(w: World) -> None:
    first = w.start()
    w.do(Type("Ada"), "textbox", S.name)
    w.do(Reload())
    must(w.until(S.save).document != first.document, "the document is still the same")
    must(w.now.url == first.url, f"reload leads to {w.now.url}")


# ── refusing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@law
def a_vanished_element_is_stale(w: World) -> None:
    w.start()
    gone = w.one("button", S.victim)
    w.do(Click(), "button", S.remove)
    w.fails(Stale, Click(), gone)
    must(not has(w.settle(), S.hit), "the click went through")


@law
def a_replaced_element_is_stale(w: World) -> None:
    w.start()
    old = w.one("button", S.victim)
    w.do(Click(), "button", S.renew)
    new = w.one("button", S.victim)
    must(new.ref != old.ref, "another node got the same ref")
    w.fails(Stale, Click(), old)
    must(not has(w.settle(), S.hit), "the click went through to the new node")
    w.do(Click(), "button", S.victim)
    w.until(S.hit)


@law
def an_element_of_another_page_is_stale(w: World) -> None:
    w.start()
    left = w.one("button", S.victim)
    w.do(Click(), "link", S.link)
    w.until(S.second)
    w.fails(Stale, Click(), left)


@law
def an_element_that_is_not_as_seen_is_stale(w: World) -> None:
    w.start()
    seen = w.one("button", S.victim)
    w.fails(Stale, Click(), replace(seen, name="Cancel"))
    w.fails(Stale, Click(), replace(seen, role="link"))
    must(not has(w.settle(), S.hit), "the click went through")


@law
def a_click_is_stale_where_a_field_holds_something_else(w: World) -> None:
    w.start()
    w.do(Type("Ada"), "textbox", S.name)
    w.do(Type("secret"), "textbox", S.password)
    w.do(Select(S.colours[1]), "combobox", S.colour)
    w.do(Check(), "checkbox", S.agree)
    roles = (("textbox", S.name), ("textbox", S.password), ("combobox", S.colour), ("checkbox", S.agree))
    fields = [w.one(role, name) for role, name in roles]
    held = [Held(one.ref, one.value, "checked" in one.states) for one in fields]
    for other in (replace(held[0], value="Bob"), replace(held[2], value=S.colours[2]), replace(held[3], checked=False)):
        w.fails(Stale, Click(holding=(*held, other)), w.one("button", S.victim))
    must(not has(w.settle(), S.hit), "the click went through")
    w.do(Click(holding=tuple(held)), "button", S.victim)
    w.until(S.hit)


@law
def a_disabled_element_refuses(w: World) -> None:
    w.start()
    must("disabled" in w.one("button", S.locked).states, "the disabled button is not marked as such")
    w.fails(ActFailed, Click(), w.one("button", S.locked))


@law
def an_act_that_does_not_fit_refuses(w: World) -> None:
    w.start()
    w.fails(ActFailed, Type("Ada"), w.one("button", S.save))
    w.fails(ActFailed, Check(), w.one("textbox", S.name))
    w.fails(ActFailed, Select("Red"), w.one("textbox", S.name))
    w.fails(ActFailed, Click())


@dataclass(frozen=True, slots=True)
class Juggle(Action):
    """An action that no environment knows."""

    @property
    def verb(self) -> str:
        return "juggle"


@law
def an_unknown_action_is_unsupported(w: World) -> None:
    before = w.start()
    w.fails(Unsupported, Juggle())
    must(what(w.settle()) == what(before), "it changed something all the same")


# ── waiting and events ───────────────────────────────────────────────────────────────────────────────────────────────


@law
def settle_waits_for_what_comes_late(w: World) -> None:
    w.start()
    w.env.act(Click(), w.one("button", S.later))
    began = w.look().at
    must(not has(w.now, S.came), "it came at once")
    w.until(S.came)
    must(w.now.at - began < PATIENCE / 2, "settle waited on after it had come")


@law
def settle_ends_at_its_deadline(w: World) -> None:
    began = w.start().at
    after = w.env.settle(lambda now: False, timeout=0.5)
    must(0.45 <= after.at - began < PATIENCE, f"settle(timeout=0.5) took {after.at - began} s")
    must(what(after) == what(w.now), "something changed while waiting")


@law
def settle_returns_what_was_judged(w: World) -> None:
    judged: list[Observation] = []
    w.start()

    def until(now: Observation) -> bool:
        judged.append(now)
        return True

    after = w.env.settle(until, timeout=PATIENCE)
    must(len(judged) == 1, f"the predicate held and was asked {len(judged)} times")
    must(after.seq >= judged[0].seq, "what is returned is older than what was judged")


@law
def events_are_handed_out_once(w: World) -> None:
    w.start()
    w.settle()
    w.events.clear()
    w.env.act(Click(), w.one("button", S.save))
    w.until(S.saved)
    w.look()
    w.settle()
    posts = [e for e in w.events if isinstance(e, Request) and e.writes]
    answers = [e for e in w.events if isinstance(e, Answer) and e.writes]
    must(len(posts) == 1, f"one click on Save, and these writes were seen: {posts}")
    must([a.id for a in answers] == [posts[0].id], f"the write {posts[0].id} was answered by: {answers}")
    must(not answers[0].refused, f"the answer reads as a refusal: {answers[0]}")
    must(all(e.place == w.now.place for e in w.events), "an event does not say where it happened")


# ── order and return ─────────────────────────────────────────────────────────────────────────────────────────────────


@law
def nothing_happens_before_reset(w: World) -> None:
    w.fails(EnvError, Look())


@law
def close_is_allowed_twice_and_ends_it(w: World) -> None:
    w.start()
    w.env.close()
    w.env.close()
    w.fails(EnvError, Look())


@law
def close_is_allowed_before_reset(w: World) -> None:
    w.env.close()


@law
def a_checkpoint_is_returned_to(w: World) -> None:
    if not isinstance(w.env, Restorable):
        return
    first = w.start()
    for by in ("history", "url"):
        mark = w.env.checkpoint()
        must(mark.url == first.url and mark.place == first.place, f"the checkpoint is at {mark.place}, {mark.url}")
        w.do(Click(), "link", S.link)
        w.until(S.second)
        back = w.env.restore(mark, by)
        must(back.title == S.title and back.url == first.url, f'by {by}, it returned to "{back.title}", {back.url}')
        w.until(S.save)


@law
def there_is_no_other_way_back(w: World) -> None:
    if isinstance(w.env, Restorable):
        w.start()
        try:
            w.env.restore(w.env.checkpoint(), "magic")
        except ActFailed:
            return
        raise Broken('restore by "magic" did not raise ActFailed')


def _up(now: Observation, element: Element) -> list[Element]:
    """The elements above it, and no more of them than there are."""
    above: list[Element] = []
    for up in now.ancestors(element):
        if up in above:
            return [*above, up]
        above.append(up)
    return above
