# ruff: noqa: E501 - HTML
"""Pages from a seed: a target, a place, up to three troubles, sometimes a frame and another scale."""

from __future__ import annotations

import html
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from envs.action import Check, Click
from tests.e2e.torture.troubles import (
    FRAMES,
    INNER,
    ORIGINS,
    PLACES,
    REFUSED_PLACES,
    TARGETS,
    TROUBLES,
    Due,
    Trouble,
)

RECORDER = (Path(__file__).parent / "torture.js").read_text(encoding="utf-8")
NAMES = ("Save", "Apply changes", "Continue to the next step", "Sichern", "OK then")
DECOYS = ("Delete everything", "Cancel", "Pay now", "Discard")
TROUBLED = (0.1, 0.35, 0.35, 0.2)
"""How often there are none, one, two, three troubles."""


@dataclass(frozen=True, slots=True)
class Page:
    """`bodies`: path → HTML, the first is where to start; {origin}, {site} and {other} stand for the servers."""

    seed: int
    name: str
    bodies: Mapping[str, str]
    parts: tuple[str, ...]
    due: Due
    action: Click | Check
    pinch: float


def document(body: str, script: str) -> str:
    recorder = f"<script>{RECORDER}</script>"
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Torture</title><link rel="icon" href="data:,">{recorder}<body style="margin:8px">{body}<script>{script}</script>'


def page(seed: int) -> Page:
    """The same page for the same seed."""
    rng = random.Random(f"torture {seed}")
    name = rng.choice(NAMES)
    kind = rng.choice(list(TARGETS))
    target = TARGETS[kind]
    places = PLACES if rng.random() < 0.93 else REFUSED_PLACES
    place = rng.choice(list(places))
    chosen = _troubles(rng, kind)
    dues = [target.due, Due.REFUSE if places is REFUSED_PLACES else Due.CLICK, *(TROUBLES[t].due for t in chosen)]
    marked = target.html.replace("{name}", name)
    decoys = rng.sample(DECOYS, 3)
    swap = f'<button type="button" class="decoy swap">{decoys[0]}</button>'
    body = f'<p><button type="button" class="decoy">{decoys[1]}</button> {swap}</p>{places[place].format(target=marked)}<p><a class="decoy" href="#w">{decoys[2]}</a></p>'
    script = "\n".join(
        [
            target.find.replace("{name}", name) + ";",
            "for (const d of document.querySelectorAll('.decoy')) mean(d, 'wrong');",
            *(f"{{ {TROUBLES[t].script.replace('$', str(rng.randrange(10, 250)))} }}" for t in chosen),
        ]
    )
    parts = [kind, place, *chosen]
    bodies = {"/torture": document(body, script)}
    if rng.random() < 0.25:
        frame, origin = rng.choice(list(FRAMES)), rng.choice(ORIGINS)
        bodies = _framed(bodies["/torture"], FRAMES[frame], origin)
        parts += [frame, f"{origin} origin"]
    pinch = rng.choice((1.5, 2.0)) if rng.random() < 0.05 else 1.0
    if pinch != 1.0:
        parts.append("pinched")
    if "places swapped" in chosen and "dialog" in place:
        dues.append(Due.EITHER)  # it leaves the dialog
    due = Due.REFUSE if Due.REFUSE in dues else Due.EITHER if Due.EITHER in dues else Due.CLICK
    return Page(seed, name, bodies, tuple(parts), due, Check(True) if target.check else Click(), pinch)


def _troubles(rng: random.Random, kind: str) -> list[str]:
    fit = [name for name, trouble in TROUBLES.items() if _fits(trouble, kind)]
    count = rng.choices(range(len(TROUBLED)), TROUBLED)[0]
    return sorted(rng.sample(fit, count))


def _fits(trouble: Trouble, kind: str) -> bool:
    return (not trouble.only or kind in trouble.only) and (not trouble.text or TARGETS[kind].text)


def _framed(inner: str, css: str, origin: str) -> dict[str, str]:
    def around(where: str, style: str = css) -> str:
        return document(
            f'<p><button type="button" class="decoy">Delete the account</button></p>{INNER.format(where=where, css=style)}',
            "for (const d of document.querySelectorAll('.decoy')) mean(d, 'wrong');",
        )

    srcdoc = f'srcdoc="{html.escape(inner, quote=True)}"'
    match origin:
        case "same":
            return {"/torture": around(srcdoc)}
        case "sandboxed":
            return {"/torture": around(f'sandbox="allow-scripts allow-forms" {srcdoc}')}
        case "same site":
            return {"/torture": around('src="{site}/inner"'), "/inner": inner}
        case "other":
            return {"/torture": around('src="{other}/inner"'), "/inner": inner}
        case "nested":
            return {"/torture": around('src="{other}/middle"'), "/middle": around(srcdoc, "border:3px solid")}
        case _:
            return {
                "/torture": around('src="{origin}/middle"'),
                "/middle": around('src="{other}/inner"', "border:3px solid"),
                "/inner": inner,
            }
