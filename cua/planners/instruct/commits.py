"""Which buttons keep something for good, by the conventions of English forms."""

from __future__ import annotations

import re

_KEEPING = re.compile(
    r"^(save|create|add|submit|send|update|apply|publish|post|confirm|ok|okay|yes|done|finish|delete|remove|destroy|erase|"
    r"pay|buy|order|place order|place the order|purchase|book|reserve|register|sign up|subscribe|unsubscribe|store|"
    r"insert|"
    r"change|change (my )?password|set password|complete|checkout|check out|transfer|donate|vote|invite|import|upload|"
    r"archive|restore|rename|move|merge|commit|approve|reject|grant|revoke|reset|install|uninstall|deactivate|activate|"
    r"enable|disable|accept|agree|reply|comment|share|go|run|execute|continue|next|write|keep|submit form|log changes|"
    r"cancel (order|subscription|account))\b",
    re.IGNORECASE,
)
_FINAL = re.compile(
    r"^(save|create|submit|send|update|apply|publish|post|confirm|delete|remove|destroy|erase|pay|buy|order|place|purchase|"
    r"book|reserve|register|sign up|subscribe|unsubscribe|store|insert|complete|transfer|donate|vote|invite|import|"
    r"archive|"
    r"restore|rename|merge|commit|approve|reject|grant|revoke|yes|change (my )?password|set (new )?password|ok, "
    r"(delete|remove)|"
    r"reply|comment|share|write|deposit|withdraw)\b",
    re.IGNORECASE,
)


def keeps(name: str) -> bool:
    """Whether pressing a button of this name ends the filling in of a form."""
    return bool(_KEEPING.match(name.strip()))


def final(name: str) -> bool:
    """Whether a button of this name does something that cannot be undone."""
    return bool(_FINAL.match(name.strip()))
