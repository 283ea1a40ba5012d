# ruff: noqa: E501 - pages are written on one line
"""Settling is short, and what the act has put off for a moment is waited for all the same."""

from __future__ import annotations

import pytest

from envs.action import Click
from tests.envs.browser.conftest import Reply, Seen

SAY = "p.textContent = 'Done'"
PUT_OFF = {
    "a microtask": f"Promise.resolve().then(() => {SAY})",
    "a timer of 0 ms": f"setTimeout(() => {SAY})",
    "a timer of 12 ms": f"setTimeout(() => {SAY}, 12)",
    "timers one after another": f"setTimeout(() => setTimeout(() => setTimeout(() => {SAY}, 4), 4), 4)",
    "a message": f"const c = new MessageChannel(); c.port1.onmessage = () => {SAY}; c.port2.postMessage(0)",
    "the next frame": f"requestAnimationFrame(() => {SAY})",
    "the frame after it": f"requestAnimationFrame(() => requestAnimationFrame(() => {SAY}))",
    "an idle moment": f"requestIdleCallback(() => {SAY})",
    "an observer of sizes": f"new ResizeObserver(() => {SAY}).observe(p)",
    "a request": f"fetch('/data').then(() => {SAY})",
    "a request of a microtask": f"Promise.resolve().then(() => fetch('/data')).then(() => {SAY})",
    "a request of the next frame": f"requestAnimationFrame(() => fetch('/data').then(() => {SAY}))",
    "a request of a timer": f"setTimeout(() => fetch('/data').then(() => {SAY}), 12)",
    "an old request": f"const x = new XMLHttpRequest(); x.onload = () => {SAY}; x.open('GET', '/data'); x.send()",
    "a request that writes": f"fetch('/data', {{method: 'POST'}}).then(r => r.text()).then(() => {SAY})",
    "a script": f"const s = document.createElement('script'); s.src = '/data'; s.onload = () => {SAY}; document.head.append(s)",
    "an animation": f"p.animate([{{opacity: .2}}, {{opacity: 1}}], 150).onfinish = () => {SAY}",
}


@pytest.mark.parametrize("code", PUT_OFF.values(), ids=PUT_OFF)
def test_what_is_put_off_for_a_moment_is_waited_for(seen: Seen, code: str) -> None:
    seen.site.pages["/data"] = Reply("1", delay=0.15)
    seen.open(f'<p id=p>…</p><button onclick="{code}">Go</button>')
    seen.browser.act(Click(), seen.one("button"))
    assert seen.settle().elements[0].name == "Done"


def test_a_proof_that_is_taken_back_a_moment_later_does_not_hold(seen: Seen) -> None:
    seen.open(
        "<p id=p></p><button onclick=\"setTimeout(() => { p.textContent = 'Saved'; setTimeout(() => p.textContent = 'Refused', 12) }, 120)\">Go</button>"
    )
    seen.browser.act(Click(), seen.one("button"))
    now = seen.settle(lambda screen: any("Saved" in e.name for e in screen.elements), timeout=1.0)
    assert any("Refused" in e.name for e in now.elements)
