"""The goal of an instruction: what on the screen proves the whole of it at the end.

None where nothing is stronger than the proofs of the steps: a `done` that is easily true would call a run finished that
has
done nothing, and one that is too strict would fail good runs.
"""

from __future__ import annotations

from urllib.parse import quote, quote_plus

from cua.expect import All, AnyOf, Checked, Exists, Expect, Not, Text, Url, Value
from cua.goal import Goal
from cua.planners.instruct import intents as it
from cua.planners.instruct.commits import final
from cua.planners.instruct.intents import Clause, Intent
from cua.planners.instruct.patterns import Phrase
from cua.planners.instruct.ways.forms import name_labels
from cua.planners.instruct.ways.looking import expected
from grounding.target import Target

_ASIDE = (it.Avoid, it.Scrolling, it.Hover, it.LogOut)


def goal_of(words: str, clauses: tuple[Clause, ...], start: str | None = None) -> Goal:
    """The goal; `commits` where a clause asks for what cannot be undone. `words` have their passwords masked."""
    commits = any(_commits(clause.intent) for clause in clauses)
    reads = any(isinstance(clause.intent, it.Downloading) for clause in clauses)
    done = done_of(clauses, commits=commits)
    return Goal(words, done, start, commits=commits, reads=reads, name="instruction")


def done_of(clauses: tuple[Clause, ...], *, commits: bool) -> Expect | None:
    """The expectation that the last telling clauses give."""
    intents = [clause.intent for clause in clauses if not isinstance(clause.intent, _ASIDE)]
    if not intents:
        return None
    match intents[-1]:
        case it.See() as looked if commits or len(intents) == 1:
            return expected(looked)
        case it.Save():
            return _saved(intents)
        case it.Click(Phrase(name)) if final(name):
            return _saved(intents)
        case it.Delete(what, _, True) if what.name is not None:
            return gone(what.name)
        case it.Visit(url):
            return Url(url)
        case it.Search(query):
            return _searched(query)
        case it.Tick(boxes, on, None) if len(intents) == 1:
            return All(tuple(Checked(_target(box), on) for box in boxes))
    return None


def gone(name: str) -> Expect:
    """No link and no cell is just that name any more; the message that it was deleted may well contain it."""
    roles = ("link", "cell")
    return All(tuple(Not(Exists(Target(name, role, exact=True, text=f"'{name}' {role}"))) for role in roles))


def _saved(intents: list[Intent]) -> Expect | None:
    """What was made is named on the screen: in a message, a list, a heading, or in the form that is still shown."""
    for intent in reversed(intents[:-1]):
        match intent:
            case it.Create(kind, str() as name):
                labels = [label.capitalize() for label in name_labels(kind)[:6]]
                held = (Value(Target(label, "textbox", text=f"{label} field"), name) for label in labels)
                return AnyOf((Text(name), *held))
            case it.Open() | it.Visit() | it.Delete() | it.Save() | it.Create():
                return None
    return None


def _searched(query: str) -> Expect:
    asked = dict.fromkeys((quote_plus(query), quote(query)))
    fields = (Target("", "searchbox", text="search box"), Target("Search", "textbox", text="Search field"))
    return AnyOf((*(Url(f"*{form}*") for form in asked), *(Value(field, query) for field in fields)))


def _target(box: Phrase) -> Target:
    return Target(box.text, exact=box.quoted, text=f"'{box.text}'" if box.quoted else box.text)


def _commits(intent: Intent) -> bool:
    match intent:
        case it.Save() | it.Delete() | it.Confirm():
            return True
        case it.Click(Phrase(name)):
            return final(name)
        case it.Push(names):
            return any(final(name) for name in names)
        case it.Keys(keys):
            return keys == "Enter"
    return False
