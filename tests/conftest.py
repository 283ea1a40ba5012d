"""How the gate runs: long files first, and property tests without a clock, in CI the same examples every time."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from hypothesis import settings

settings.register_profile("gate", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("gate")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests go first, then those with many, so that no worker is left with a long one at the end."""
    many = Counter(item.path for item in items)
    slow = {item.path for item in items if item.get_closest_marker("slow") is not None}
    items.sort(key=lambda item: (item.path not in slow, -many[item.path]))
