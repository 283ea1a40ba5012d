"""Pages that write down what happened to them, and how to ask them."""

from __future__ import annotations

from typing import Any

from tests.envs.browser.conftest import Seen

LOG = "<p id=log></p><script>const log = t => document.querySelector('#log').textContent += t + ' ';</script>"


def js(seen: Seen, expression: str) -> Any:
    return seen.browser.active.page.evaluate(expression)


def log(seen: Seen) -> str:
    return str(js(seen, "document.querySelector('#log').textContent")).strip()
