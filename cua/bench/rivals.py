"""Other tools' ways of finding a recorded element again, on the same changes, side by side.

Each from its public description, but for the first, which is the tool itself:

- Playwright codegen's locator: `Locator.normalize()` of the installed Playwright, what codegen writes; strict.
- Selenium IDE: the ranked list of its locator builders; the first that finds something, and of that the first.
- Chrome DevTools Recorder: aria, css, xpath and text selectors in that order.
- browser-use: its rerun's matching (exact hash, stable hash, xpath, accessible name, attributes), the first that fits.
- Similo: Nass et al., "Similarity-based Web Element Localization for Robust Test Automation", ACM TOSEM 32(3), 2023:
  weighted similarity over 14 properties, the best match; and with a threshold of 0.8 of what the target could reach.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from envs.browser import Browser
from envs.browser.drift import Drift
from envs.observation import Element, Observation
from grounding.roles import interactive

NAMES = {
    "playwright": "Playwright codegen, strict",
    "selenium": "Selenium IDE's ranked list",
    "chrome": "Chrome Recorder's selectors",
    "browserUse": "browser-use's rerun matcher",
    "similo": "Similo, best match",
    "similo 0.8": "Similo, threshold 0.8",
}


class Rivals:
    """What they recorded of some elements of one page. Elements in shadow roots and frames are nothing to most."""

    def __init__(self, browser: Browser, chosen: Sequence[Element], observation: Observation) -> None:
        self._drift = Drift(browser)
        self._records: list[Any] = [
            self._drift.ask(_source(), f"cuaRivals.record({_number(one)},{json.dumps(one.name)})") for one in chosen
        ]
        self._aria = [_aria(one, observation) for one in chosen]
        self._locators = [self._drift.locator(one.ref) for one in chosen]

    def find(self, observation: Observation) -> list[Mapping[str, str | None]]:
        """By number of the element: what each finds on the page as it is now, as a ref."""
        shown = [
            e for e in observation.elements if interactive(e) and "hidden" not in e.states and e.ref.count(".") == 1
        ]
        key = shown[0].ref.rpartition(".")[0] if shown else ""
        mine = [e for e in shown if e.ref.rpartition(".")[0] == key]
        everything = ",".join(f"[{_number(e)},{json.dumps(e.name)}]" for e in mine)
        found = self._drift.ask(_source(), f"cuaRivals.find({json.dumps(self._records)},[{everything}])")
        answers: list[Mapping[str, str | None]] = []
        for number, said in enumerate(found):
            refs: dict[str, str | None] = {NAMES[tool]: f"{key}.{n}" if n else None for tool, n in said.items()}
            refs[NAMES["chrome"]] = _by_aria(self._aria[number], observation) or refs[NAMES["chrome"]]
            refs[NAMES["playwright"]] = self._drift.located(self._locators[number])
            answers.append(refs)
        return answers


def _aria(element: Element, observation: Observation) -> tuple[str, str]:
    """Name, and role where the name alone is not unique; ("", "") where neither is."""
    named = [e for e in observation.elements if e.name == element.name and interactive(e)]
    if not element.name or not named:
        return "", ""
    if len(named) == 1:
        return element.name, ""
    return (element.name, element.role) if sum(e.role == element.role for e in named) == 1 else ("", "")


def _by_aria(aria: tuple[str, str], observation: Observation) -> str | None:
    name, role = aria
    if not name:
        return None
    found = (e.ref for e in observation.elements if e.name == name and interactive(e) and role in ("", e.role))
    return next(found, None)


def _number(element: Element) -> int:
    return int(element.ref.rpartition(".")[2])


def _source() -> str:
    return (resources.files("cua.bench") / "rivals.js").read_text(encoding="utf-8")
