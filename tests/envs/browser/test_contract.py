"""The browser keeps the contract of `Env`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from envs.browser import Browser, BrowserOptions
from envs.env import Env
from envs.standard import STANDARD_HTML
from tests.envs.browser.conftest import Reply, Site
from tests.envs.suite import EnvContract


class TestBrowser(EnvContract):
    @pytest.fixture
    def make_env(self, site: Site) -> Callable[[], Env]:
        site.pages.update(STANDARD_HTML)
        site.pages["/save"] = Reply("{}", kind="application/json")
        return lambda: Browser(BrowserOptions(url=site.url()))
