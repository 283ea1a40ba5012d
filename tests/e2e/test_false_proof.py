"""No false success, whatever the page says: every lie, with and without a stated expectation."""

from __future__ import annotations

from pathlib import Path

import pytest

from envs.browser import Browser
from tests.e2e.cases import DOUBT, NOTHING
from tests.e2e.liar import Liar
from tests.e2e.matrix import Variant, check, variants


@pytest.mark.parametrize("variant", list(variants((*NOTHING, *DOUBT))), ids=lambda variant: variant.id)
def test_what_is_proved_is_true(browser: Browser, liar: Liar, tmp_path: Path, variant: Variant) -> None:
    check(variant, browser, liar, tmp_path)
