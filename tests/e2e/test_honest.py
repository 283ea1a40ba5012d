"""No false alarm: what is honest is reached, however late, noisy or odd."""

from __future__ import annotations

from pathlib import Path

import pytest

from envs.browser import Browser
from tests.e2e.cases import HONEST, LATE
from tests.e2e.liar import Liar
from tests.e2e.matrix import Variant, check, variants


@pytest.mark.parametrize("variant", list(variants((*LATE, *HONEST))), ids=lambda variant: variant.id)
def test_what_is_honest_is_reached(browser: Browser, liar: Liar, tmp_path: Path, variant: Variant) -> None:
    check(variant, browser, liar, tmp_path)
