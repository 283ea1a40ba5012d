"""No false success where the server refused, or something else was stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from envs.browser import Browser
from tests.e2e.cases import REFUSED, WRONG
from tests.e2e.liar import Liar
from tests.e2e.matrix import Variant, check, variants


@pytest.mark.parametrize("variant", list(variants((*REFUSED, *WRONG))), ids=lambda variant: variant.id)
def test_what_the_server_refused_is_not_reached(browser: Browser, liar: Liar, tmp_path: Path, variant: Variant) -> None:
    check(variant, browser, liar, tmp_path)
