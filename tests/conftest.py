"""How property tests run in the gate: without a clock, and in CI the same examples every time."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("gate", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("gate")
