"""What a run may do. A task file only asks; the command line, the person at the terminal and the policy file grant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from cua.errors import Denied, NeedsApproval
from cua.run import Done
from cua.step import Step
from cua.vault import Vault
from envs.action import Ask, Click, Open, Press, Secret, Type, Upload
from envs.observation import Element, Observation
from envs.origins import origin_of, refusal


@dataclass(frozen=True, slots=True)
class Decision:
    """allowed; or not, for good, or until somebody says yes (`ask`)."""

    allowed: bool
    why: str = ""
    ask: bool = False

    def require(self) -> str:
        """The note of a decision that was asked for. Raises Denied or NeedsApproval."""
        if self.allowed:
            return self.why
        raise NeedsApproval(self.why) if self.ask else Denied(self.why)


ALLOWED = Decision(True)

Approve = Callable[[str], bool]
"""Puts a yes-or-no question to a person; False also when nobody answers."""


@dataclass(frozen=True, slots=True)
class Grants:
    """What was granted. `origins` are scheme://host:port; `commits`: all steps that cannot be undone (--yes)."""

    origins: frozenset[str] = frozenset()
    commits: bool = False
    uploads: bool = False
    every_origin: bool = False


class Rule(Protocol):
    def decide(self, step: Step, found: Element | None, before: Observation) -> Decision: ...


@dataclass(frozen=True, slots=True)
class Mended:
    """What a person has done about a failed step. `again`: it is to be tried again on the screen as it is now;
    `target`: on what they have pointed at, in words; "" for what it was to be done to."""

    again: bool = False
    target: str = ""


class Mender(Protocol):
    """Somebody who looks after what has failed."""

    def mended(self, done: Done) -> Mended:
        """Raises Interrupted."""
        ...


@dataclass(frozen=True, slots=True)
class Policy:
    """The first rule that says no wins. `approve` is None where nobody can be asked; `mender` is asked where a step has
    failed, before it is undone."""

    grants: Grants
    vault: Vault = field(default_factory=Vault)
    approve: Approve | None = None
    more: tuple[Rule, ...] = ()
    mender: Mender | None = None

    def decide(self, step: Step, found: Element | None, before: Observation) -> Decision:
        """May this step be done to this element now? Pure but for the question to the person."""
        for decision in (
            self._origin(step, found, before),
            self._secret(step, found),
            self._upload(step),
            self._ask(step),
            *(rule.decide(step, found, before) for rule in self.more),
        ):
            if not decision.allowed:
                return decision
        return self._commit(step, found)

    def outside(self, url: str) -> str | None:
        """Why a page at this address is outside of what was granted; None where it is inside."""
        return None if self.grants.every_origin else refusal(url, self.grants.origins)

    def _knows(self, origin: str) -> bool:
        """Whether acts on elements of this origin are granted. A world without origins (a desktop) grants all."""
        return self.grants.every_origin or not origin or origin in self.grants.origins

    def _origin(self, step: Step, found: Element | None, before: Observation) -> Decision:
        if isinstance(step.action, Open):
            why = self.outside(step.action.url)
            if why is not None:
                return Decision(False, f"{step.action.url} is outside of what was granted: {why}; {_HOW}")
        if found is None:
            return ALLOWED
        if not self._knows(found.origin):
            return Decision(
                False, f"{found} belongs to {found.origin}, which was not granted ({self._granted()}); {_HOW}"
            )
        leads = origin_of(found.attributes.get("href", "#"), before.url) or ""
        if isinstance(step.action, Click | Press) and leads.startswith("http") and not self._knows(leads):
            return Decision(False, f"{found} leads to {leads}, which was not granted ({self._granted()}); {_HOW}")
        return ALLOWED

    def _secret(self, step: Step, found: Element | None) -> Decision:
        if not isinstance(step.action, Type) or not isinstance(step.action.text, Secret):
            return ALLOWED
        name = step.action.text.name
        binding = self.vault.bindings.get(name)
        if binding is None:
            return Decision(False, f"the secret {name} is not bound: --secret {name}=ENV_VARIABLE@ORIGIN")
        if found is None:
            return Decision(False, f"the secret {name} has no field")
        if found.origin != binding.origin:
            return Decision(False, f"the secret {name} is bound to {binding.origin}; {found} belongs to {found.origin}")
        posts = origin_of(found.attributes.get("action", ""), found.origin + "/")
        if posts is not None and posts != binding.origin:
            return Decision(
                False, f"the secret {name} is bound to {binding.origin}; the form of {found} posts to {posts}"
            )
        if binding.field is not None and binding.field.casefold() != found.name.casefold():
            return Decision(False, f'the secret {name} is bound to the field "{binding.field}", not to {found}')
        if binding.totp is not None and found.role not in _CODES and "password" not in found.states:
            return Decision(False, f"{found} is no text field, and the codes of {name} go only into such")
        if binding.field is None and binding.totp is None and "password" not in found.states:
            return Decision(
                False,
                f"{found} shows what is typed, and the secret {name} goes only into password fields; "
                f'if that is right, bind it to the field: --secret "{name}=ENV_VARIABLE@{binding.origin}#{found.name}"',
            )
        return ALLOWED

    def _upload(self, step: Step) -> Decision:
        if not isinstance(step.action, Upload) or self.grants.uploads or self.grants.commits:
            return ALLOWED
        names = ", ".join(path.name for path in step.action.paths)
        return self._asked(f"{step.words}: may the file {names} be given to the application?", f"uploads {names}")

    def _ask(self, step: Step) -> Decision:
        """A question to a person waits for one, like an approval does."""
        if not isinstance(step.action, Ask) or self.approve is not None:
            return ALLOWED
        return Decision(
            False, f"{step.words}: nobody is there to answer; go on with `cua resume RUN` at a terminal", ask=True
        )

    def _commit(self, step: Step, found: Element | None) -> Decision:
        if not step.commit or self.grants.commits:
            return ALLOWED
        on = f" ({found})" if found else ""
        return self._asked(f"{step.words}{on} cannot be undone. Do it?", f"{step.words} cannot be undone")

    def _asked(self, question: str, what: str) -> Decision:
        if self.approve is not None:
            if self.approve(question):
                return Decision(True, "approved at the terminal")
            return Decision(False, f"{what}: the person at the terminal said no")
        return Decision(
            False, f"{what} and needs approval: run it with --yes, or go on with `cua resume RUN --yes`", ask=True
        )

    def _granted(self) -> str:
        return "granted: " + (", ".join(sorted(self.grants.origins)) or "nothing")


_CODES = frozenset({"textbox", "spinbutton"})
_HOW = "name it with --url, or add it to your policy file"
