"""What proved steps said of fields that are still on the screen. A claim stands as long as its document does; before a
commit, and after a way back, the claims are looked at again: what no longer holds is done again, never assumed."""

from __future__ import annotations

from dataclasses import dataclass

from cua.effects import inferred
from cua.judge import Judge, View
from cua.step import Step
from cua.wording import fold, says
from envs.action import Action, Check, Clear, Select, Type, Upload
from envs.observation import Element, Observation
from grounding.roles import editable

LASTING = (Type, Clear, Select, Check, Upload)


@dataclass(frozen=True, slots=True)
class Claim:
    step: Step
    action: Action
    """The resolved action: kept in memory only."""
    found: Element
    document: str

    def broken(self, screen: Observation, judge: Judge) -> str | None:
        """Why it holds no more; None while it does, and where the field has left the screen by itself in the same
        document (a wizard's earlier page)."""
        effect = inferred(self.step, self.action, self.found, View(screen, screen), judge)
        if effect.gone and screen.document == self.document:
            return None
        return None if effect.verdict.holds else effect.verdict.why

    def carried(self, screen: Observation) -> bool:
        """Whether what was put into the field stands elsewhere now: moved to another list, made a chip or a row."""
        match self.action:
            case Check():
                return True
            case Type(text=str() as words) | Select(option=words):
                wanted = fold(words)
                return any(
                    wanted and says(wanted, fold(f"{element.name}\n{element.value or ''}"))
                    for element in screen.elements
                    if element.visible and element.ref != self.found.ref
                )
        return False


def after_act(claims: tuple[Claim, ...], action: Action, screen: Observation, judge: Judge) -> tuple[Claim, ...]:
    """The claims after an act of ours that was proved. A click may take up what a field held ("Add" beside a list of
    tags): such a claim has served its purpose. Filling in one field has no business with another one."""
    if isinstance(action, LASTING):
        return claims
    return tuple(c for c in claims if c.broken(screen, judge) is None or not c.carried(screen))


def standing(claims: tuple[Claim, ...], claim: Claim) -> tuple[Claim, ...]:
    """The claims after one more: a later one on the same field takes the place of the earlier."""
    return (*(old for old in claims if old.found.ref != claim.found.ref), claim)


def leaves_by_tab(field: Element) -> bool:
    """Whether Tab only leaves this field: it indents in editors, and chooses in lists that are open."""
    plain = field.role in {"textbox", "spinbutton", "searchbox"} and not field.states & {"expanded", "haspopup"}
    return plain and field.attributes.get("tag") in {"input", "textarea"}


def strayed(action: Type, field: Element, before: Observation, now: Observation) -> bool:
    """Whether what was to be typed into this field, or the end of it, stands in another one, and did not before."""
    text = action.text
    if not isinstance(text, str) or len(text) < 2:
        return False
    others = (element for element in now.elements if editable(element) and element.ref != field.ref)
    return any(
        (was := before.get(element.ref)) is not None and _took(element.value or "", was.value or "", text)
        for element in others
    )


def _took(value: str, old: str, text: str) -> bool:
    """Whether a field that held `old` has got the text, or its end: put in somewhere, or in the place of all of it."""
    if text in value and text not in old:
        return True
    more = len(value) - len(old)
    if value != old and value and text.endswith(value):
        return True
    return more > 0 and any(
        value[at : at + more] == text[-more:] and value[:at] + value[at + more :] == old for at in range(len(old) + 1)
    )
