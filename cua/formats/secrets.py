"""Names for what was typed into password fields; the values are never written."""

from __future__ import annotations

import re
from collections.abc import Container

from cua.formats.flow import Aim


def secret_name(aim: Aim | None, taken: Container[str]) -> str:
    """A name after the field: password, user_password. The same field has the same name."""
    words = (aim.name.plain or "") if aim is not None else ""
    name = re.sub(r"[^a-z0-9]+", "_", words.casefold()).strip("_")[:40].strip("_")
    return name if re.match(r"[a-z]", name) else "password"
