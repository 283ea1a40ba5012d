"""Scrolling an element into view without any input: nothing but scroll events reaches the page."""

from __future__ import annotations

from playwright.sync_api import Error

from envs.browser.tab import Tab
from envs.browser.wire import MovedOn, TargetGone
from envs.errors import ActFailed, Stale
from envs.observation import Element


def reveal(tab: Tab, found: Element) -> None:
    """Scroll the page, and every frame and scroller around the element, so that it can be seen.

    Raises Stale where the element is gone, ActFailed where it has no place on the page.
    """
    key, _, number = found.ref.partition(".")
    where = tab.find(key)
    if where is None or not number.isdigit():
        raise Stale(f"{found}: its page has gone")
    world, context = where
    try:
        node = world.handle(context, int(number))
        world.wire.send("DOM.scrollIntoViewIfNeeded", {"objectId": node})
    except (MovedOn, TargetGone) as error:
        raise Stale(f"{found} is not there any more") from error
    except Error as error:
        if "detached" in error.message:
            raise Stale(f"{found} is not there any more") from error
        raise ActFailed(f"{found} cannot be scrolled into view") from error
