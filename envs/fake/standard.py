"""The standard world of the contract suite, as a fake site."""

from __future__ import annotations

from envs.fake.effects import Goes, Hides, Later, Replaces, Saves, Shows
from envs.fake.site import FakeSite, button, checkbox, form, heading, link, password, screen, select, text, textbox
from envs.standard import STANDARD as S

STANDARD_SITE = FakeSite(
    start="form",
    screens={
        "form": screen(
            S.title,
            heading(S.title),
            form(
                textbox(S.name),
                password(S.password),
                select(S.colour, S.colours),
                checkbox(S.agree),
                button(S.save, Saves("form", takes=0.1, then=Shows(text(S.saved)))),
                button(S.locked).being("disabled"),
            ),
            button(S.later, Later(0.3, Shows(text(S.came)))),
            button(S.remove, Hides(S.victim)),
            button(S.renew, Replaces(S.victim)),
            link(S.link, Goes("second")),
            button(S.victim, Shows(text(S.hit))),
            url="/",
        ),
        "second": screen(S.second, heading(S.second), link(S.back, Goes("form"))),
    },
)
