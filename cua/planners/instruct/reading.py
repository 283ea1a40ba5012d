"""`understand`: the whole of an instruction as clauses with their meanings, before anything is done."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cua.errors import BadInput
from cua.planners.instruct import intents as it
from cua.planners.instruct.commits import keeps
from cua.planners.instruct.intents import Clause, Intent
from cua.planners.instruct.lexer import Kind, Token, tokens
from cua.planners.instruct.patterns import Phrase
from cua.planners.instruct.pronouns import Unresolved, resolve
from cua.planners.instruct.refusals import refuse
from cua.planners.instruct.secrets import Vault
from cua.planners.instruct.splitting import Draft, Failure, drafts


@dataclass(frozen=True)
class Instruction:
    """`masked` is the text without passwords; `literals` are those passwords by the names that stand for them."""

    masked: str
    clauses: tuple[Clause, ...]
    literals: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __str__(self) -> str:
        return "\n".join(str(clause) for clause in self.clauses)


def understand(text: str, params: Mapping[str, str] | None = None) -> Instruction:
    """The meaning of the text. `params` fill in `{name}` as literal text; `{name}` without one is a secret of that
    name.

    Raises BadInput, one line that names the clause which makes no sense, what was understood before it, and the known
    forms.
    """
    given = params or {}
    read = drafts(text, tuple(_filled(token, given) for token in tokens(text)))
    if isinstance(read, Failure):
        raise refuse(read.span, read.why, _shown(text, read.before))
    if not read:
        raise BadInput("the instruction is empty. Say what to do: “log in as USER with password PASSWORD, open Groups”")
    vault = Vault()
    clauses: list[Clause] = []
    done: list[Intent] = []
    for draft in read:
        try:
            resolved = resolve(draft.intents, tuple(done))
        except Unresolved as unclear:
            last = clauses[-1] if clauses else None
            if last is not None and last.joined is not None and isinstance(draft.intent, it.Create):
                words = f"{last.words} and {draft.core.text}"  # "Save and add another" can only be one name then
                clauses[-1] = replace(last, intent=last.joined, others=(), joined=None, words=words)
                done[-1] = last.joined
                continue
            raise refuse(draft.core, str(unclear), _shown(text, read[: read.index(draft)])) from None
        hidden = tuple(vault.hide(intent) for intent in resolved)
        done.append(hidden[0])
        joined = vault.hide(draft.joined) if draft.joined is not None else None
        place = ((draft.core.start, draft.core.end),)
        clauses.append(Clause(0, draft.core.text, hidden[0], hidden[1:], joined, place))
    clauses = _confirmed(clauses)
    _no_contradiction(clauses)
    clauses = [replace(clause, words=vault.masked(clause.words)) for clause in _with_saves(clauses)]
    numbered = tuple(replace(clause, number=number) for number, clause in enumerate(clauses, 1))
    return Instruction(vault.masked(text), numbered, vault.literals)


def _shown(text: str, before: tuple[Draft, ...]) -> list[Intent]:
    vault = Vault()
    return [vault.hide(draft.intent) for draft in before]


_BRACES = re.compile(r"\{(\w+)\}")


def _filled(token: Token, params: Mapping[str, str]) -> Token:
    """`{name}` becomes the literal text of the parameter: what it holds is never read as words of the instruction."""
    if token.kind not in (Kind.WORD, Kind.QUOTED) or "{" not in token.text:
        return token
    filled = _BRACES.sub(lambda found: params.get(found[1], found[0]), token.text)
    return token if filled == token.text else replace(token, kind=Kind.QUOTED, text=filled)


def _confirmed(clauses: list[Clause]) -> list[Clause]:
    """A "confirm" right after a deletion, and "without confirming", belong to it."""
    found: list[Clause] = []
    for clause in clauses:
        last = found[-1] if found else None
        if last is not None and isinstance(last.intent, it.Delete):
            yes = isinstance(clause.intent, it.Confirm) or _says_yes(clause.intent)
            no = clause.intent == it.Avoid("confirm")
            if yes and not last.intent.confirm:
                raise contradiction(clause.words, last.words)
            if yes or no:
                answer = (
                    clause.intent.what if isinstance(clause.intent, it.Click) else getattr(clause.intent, "name", None)
                )
                changed = replace(last.intent, confirmed=yes, confirm=yes, answer=answer)
                words = f"{last.words} and {clause.words}"
                others = tuple(
                    replace(o, confirmed=yes, confirm=yes, answer=answer)
                    for o in last.others
                    if isinstance(o, it.Delete)
                )
                found[-1] = replace(
                    last, intent=changed, others=others, words=words, joined=None, spans=last.spans + clause.spans
                )
                continue
        found.append(clause)
    return found


def _says_yes(intent: Intent) -> bool:
    return isinstance(intent, it.Click) and bool(re.match(r"(yes|ok|confirm)\b", intent.what.text, re.IGNORECASE))


def _no_contradiction(clauses: list[Clause]) -> None:
    """What must not be done is not asked for elsewhere."""
    avoided = {clause.intent.what: clause for clause in clauses if isinstance(clause.intent, it.Avoid)}
    if not avoided:
        return
    for clause in clauses:
        words = {it.Save: "save", it.Confirm: "confirm"}.get(type(clause.intent), str(clause.intent))
        saves = isinstance(clause.intent, it.Click) and keeps(clause.intent.what.text) and "save" in avoided
        if words in avoided or saves:
            other = avoided["save"] if saves else avoided[words]
            raise contradiction(clause.words, other.words)


def contradiction(one: str, other: str) -> BadInput:
    return BadInput(
        f"“{one}” and “{other}” contradict each other: one asks for what the other forbids. "
        "Nothing has been done. Leave out one of them"
    )


def _with_saves(clauses: list[Clause]) -> list[Clause]:
    """With the save that follows from making or changing a record and was left unsaid, where it is due."""
    if any(clause.intent == it.Avoid("save") for clause in clauses):
        return clauses
    found: list[Clause] = []
    owed: it.Save | None = None
    owner: object = None
    for clause in clauses:
        intent = clause.intent
        if owed is not None and _leaves(intent, owner):
            found.append(Clause(0, "", owed))
            owed = None
        if _keeps(intent):
            owed = None
        elif isinstance(intent, it.Create):
            owed, owner = it.Save(implied=True), intent
        elif isinstance(intent, it.Fill | it.Choose | it.Tick) and intent.of is not None:
            owed, owner = it.Save(implied=True, needed=not isinstance(intent, it.Tick)), intent.of
        found.append(clause)
    return [*found, Clause(0, "", owed)] if owed is not None else found


def _keeps(intent: Intent) -> bool:
    match intent:
        case it.Save() | it.Push() | it.Confirm() | it.Dismiss() | it.Delete():
            return True
        case it.Click(Phrase(text)):
            return keeps(text)
        case it.Keys(keys):
            return keys in {"Enter", "Control+S", "Control+Enter"}
    return False


def _leaves(intent: Intent, owner: object) -> bool:
    """Whether a clause is about something else than the form that is being filled in."""
    match intent:
        case it.Fill(of=of) | it.Choose(of=of) | it.Tick(of=of):
            return (
                of is not None and of != owner and not (isinstance(owner, it.Create) and of.name in {owner.name, None})
            )
        case (
            it.Click()
            | it.Hover()
            | it.Clear()
            | it.Keys()
            | it.Scrolling()
            | it.Uploading()
            | it.Dragging()
            | it.Avoid()
        ):
            return False
        case it.Save() | it.Push() | it.Confirm() | it.Dismiss():
            return False
    return True
