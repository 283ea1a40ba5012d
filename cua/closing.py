"""What has come over a page (a dialog, a banner, an advertisement), and what in it closes it without agreeing to
anything: nobody's consent is given, nothing is bought, nothing is sent."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cua.wording import fold
from envs.observation import Element, Observation
from grounding.roles import editable
from grounding.screen import screen_of


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split("|"))


CLOSES = _words(
    "close|close dialog|close banner|close popup|close pop-up|dismiss|hide|×|✕|✖|x|not now|maybe later|later|skip",
    "no thanks|no, thanks|no thank you|schließen|nicht jetzt|später|nein danke|fermer|plus tard|non merci|cerrar",
    "ahora no|más tarde|no, gracias|no gracias|chiudi|non ora|più tardi|no grazie|sluiten|niet nu|fechar|agora não",
    "zamknij|stäng|luk|lukk|sulje|закрыть|не сейчас|关闭|關閉|閉じる|닫기",
)
DECLINES = _words(
    "reject|reject all|reject cookies|decline|decline all|refuse|refuse all|deny|deny all|only necessary",
    "necessary only|only essential|essential only|strictly necessary only|use necessary cookies only",
    "reject non-essential|continue without accepting|ablehnen|alle ablehnen|nur notwendige|nur erforderliche",
    "tout refuser|refuser|continuer sans accepter|rechazar|rechazar todo|rechazar todas|solo necesarias|rifiuta",
    "rifiuta tutto|solo necessari|weigeren|alles weigeren|alleen noodzakelijke|rejeitar|rejeitar tudo|odrzuć",
)
KNOWS = _words("ok|okay|got it|i understand|understood|verstanden|compris|entendido|ho capito|begrepen")
"""What acknowledges: taken only where a dialog offers nothing else."""


_CONSENT = re.compile(r"cookie|consent|tracking|privacy|datenschutz|confidentialit|privacidad|privacy|riservatezza")
"""Only a banner that speaks of these is declined: "Reject" elsewhere is an answer to a question of the application."""


def over(screen: Observation) -> Element | None:
    """The dialog that keeps the rest of the page from being used."""
    return screen_of(screen).modal


def closer(screen: Observation, target: Element | None) -> Element | None:
    """What a careful person presses to be rid of what lies over the page: of the open dialog or, where there is none,
    of what covers `target`. None where nothing lies over it, or nothing there only closes it."""
    dialog = over(screen)
    holder = dialog if dialog is not None else _cover(screen, target)
    if holder is None:
        return None
    buttons = [button for button in _buttons(screen) if screen_of(screen).within(button, holder)]
    found = _called(buttons, CLOSES)
    if found is None and _CONSENT.search(fold(" ".join([holder.name, *(e.name for e in screen.inside(holder))]))):
        found = _called(buttons, DECLINES)
    if found is None and dialog is not None and len(buttons) == 1 and not any(map(editable, screen.inside(dialog))):
        found = _called(buttons, KNOWS)
    return found


def _cover(screen: Observation, target: Element | None) -> Element | None:
    """The innermost thing with a button that lies where the target is, and that the target is no part of."""
    if target is None or "covered" not in target.states:
        return None
    above = {element.ref for element in screen.ancestors(target)}
    holders = {
        holder.ref: holder
        for button in _buttons(screen)
        for holder in screen.ancestors(button)
        if holder.ref not in above and holder.box.intersection(target.box) is not None
    }
    return min(holders.values(), key=lambda holder: holder.box.area, default=None)


def _buttons(screen: Observation) -> list[Element]:
    """Those that nothing covers."""
    return [
        element
        for element in screen.elements
        if element.visible and element.role in {"button", "link"} and not element.states & {"covered", "disabled"}
    ]


def _called(buttons: Iterable[Element], words: Iterable[str]) -> Element | None:
    known = frozenset(words)
    return next((button for button in buttons if fold(button.name).strip(" .!") in known), None)
