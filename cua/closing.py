"""What has come over a page (a dialog, a banner, an advertisement), and what in it closes it without agreeing to
anything: nobody's consent is given, nothing is bought, nothing is sent."""

from __future__ import annotations

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
LEAVES = _words("cancel|abbrechen|annuler|cancelar|annulla|annuleren|anuluj|avbryt")
KNOWS = _words("ok|okay|got it|i understand|understood|verstanden|compris|entendido|ho capito|begrepen")
"""What acknowledges: taken only where a dialog offers nothing else."""


def over(screen: Observation) -> Element | None:
    """The dialog that keeps the rest of the page from being used."""
    return screen_of(screen).modal


def closer(screen: Observation) -> Element | None:
    """What a careful person presses to be rid of what lies over the page; None where nothing there only closes it."""
    dialog = over(screen)
    buttons = [e for e in _buttons(screen) if dialog is None or screen_of(screen).within(e, dialog)]
    for words in (CLOSES, DECLINES, LEAVES if dialog is not None else ()):
        found = _called(buttons, words)
        if found is not None:
            return found
    if dialog is not None and len(buttons) == 1 and not any(map(editable, screen.inside(dialog))):
        return _called(buttons, KNOWS)
    return None


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
