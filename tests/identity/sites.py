"""The applications that are walked through, by the name of their walk."""

from __future__ import annotations

import importlib
import pkgutil

from tests.identity import apps
from tests.identity.walk import Site


def sites() -> dict[str, Site]:
    names = sorted(module.name for module in pkgutil.iter_modules(apps.__path__))
    return {name: importlib.import_module(f"{apps.__name__}.{name}").SITE for name in names}
