"""What the locators of Selenium IDE tell a person."""

from __future__ import annotations

import re
from dataclasses import replace

from cua.formats import evidence
from cua.formats.evidence import Evidence, best
from cua.formats.located import Located
from cua.formats.losses import CannotSay
from cua.formats.reading import Value
from cua.formats.xpath import aim_in, literal


def located(command: Value, words: object) -> Located:
    """The target, by the best of the locators. Raises CannotSay."""
    assert callable(words)
    locators = [command.get("target").words]
    locators += [one.items[0].text if one.items else "" for one in command.get("targets").items]
    for locator in locators:
        ours = aim_in(locator.removeprefix("xpath="), words)
        if ours is not None:
            return Located(ours, False, (str(ours.name),))
    chosen = best(_evidence(one) for one in locators)
    if chosen is None or chosen.aim is None:
        raise CannotSay(f"nothing in the locators could be seen by a person: {locators[0][:60]}")
    return Located(
        replace(chosen.aim, name=words(chosen.aim.name.plain or "")), chosen.kind == evidence.WORDS, tuple(locators)
    )


def _evidence(locator: str) -> Evidence | None:
    kind, _, text = locator.partition("=")
    match kind:
        case "id" | "name" | "identifier":
            return Evidence(evidence.WORDS, text)
        case "linkText" | "link" | "partialLinkText":
            return Evidence(evidence.TEXT, text, "link")
        case "css":
            return evidence.of_css(text)
        case "xpath":
            return evidence.of_xpath(text)
        case _ if locator.startswith(("//", "(")):
            return evidence.of_xpath(locator)
        case _:
            return None


_SEEN = "//*[not(self::script or self::style or self::title)]/text()[contains(normalize-space(.), "


def text_xpath(name: str) -> str:
    return f"{_SEEN}{literal(name)})]/.."


def text_in(path: str) -> str | None:
    """The text that `text_xpath` looks for."""
    if not path.startswith(_SEEN) or not path.endswith(")]/.."):
        return None
    written = path[len(_SEEN) : -5]
    if written.startswith("concat("):
        text = "".join(part[1:-1] for part in re.findall(r"'[^']*'|\"[^\"]*\"", written[7:-1]))
    else:
        text = written[1:-1]
    return text if literal(text) == written else None
