"""One-time codes that earlier runs have typed: a server takes each of them once (RFC 6238, 5.2), so that the next row
of a batch, or a run that is gone on with, has to wait for the next one. Only when they were typed is known of them."""

from __future__ import annotations

from contextlib import suppress

from cua.codec import Unreadable, decode
from cua.journal import Journal, told
from cua.sealed import unseal
from envs.action import Secret, Type


def recall(journal: Journal) -> None:
    """Tell the journal's vault which codes were about to be typed by any run of its folder. Raises JournalBroken."""
    vault = journal.vault
    periods = {name: binding.totp.period for name, binding in vault.bindings.items() if binding.totp is not None}
    if not periods:
        return
    now = vault.unix()
    with told(journal.folder):
        query = "select at, step from intents where at between ? and ? order by at"
        intents = journal.db.execute(query, (now - max(periods.values()), now)).fetchall()
    for at, intent in intents:
        with suppress(Unreadable):  # whoever goes on with that run is told
            action = decode(unseal(intent)["step"]).action
            if isinstance(action, Type) and isinstance(action.text, Secret) and action.text.name in periods:
                vault.typed(action, at)
