"""Healed targets as proposals: what a task file would say now, as a diff, and written into it when asked.

A step is healed when its target was not found under its words, something else was found by what earlier runs remember
of it, and the step's own expectation was proved on it. The old words are kept beside the new ones, in a comment.
What has healed the same way in several runs on end goes into the file by itself (`promote`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from itertools import islice
from pathlib import Path

from cua.errors import BadInput, Outcome
from cua.journal import Journal, Request
from cua.run import Done, Run
from cua.taskfile.load import load
from cua.taskfile.template import braced
from cua.taskfile.write import scalar
from envs.errors import CuaError

_VERB = re.compile(r"\s*-\s+([a-z_]+):")
"""The first line of a step."""
_WAS = "  # was: "


@dataclass(frozen=True, slots=True)
class Proposal:
    """In this line of the file these words are to be replaced. `why`: what was proved."""

    line: int
    old: str
    new: str
    step: str
    why: str

    def as_object(self) -> dict[str, object]:
        """The entry of --json."""
        return {"line": self.line, "old": self.old, "new": self.new, "step": self.step, "why": self.why}


def proposals(run: Run) -> tuple[Proposal, ...]:
    """What healed in this run, a proposal a line."""
    found: dict[int, Proposal] = {}
    for done in run.done:
        if done.proved and done.healed and done.step.line is not None and ".call" not in done.step.id:
            found[done.step.line] = _proposal(done, done.step.line)
    return tuple(found[line] for line in sorted(found))


def _proposal(done: Done, line: int) -> Proposal:
    target = done.step.target
    assert target is not None, "what has no target does not heal"
    return Proposal(line, target.text or target.name, done.healed, done.step.words, done.verdict.why)


def holding(run: Run, earlier: Iterable[Run], times: int) -> tuple[Proposal, ...]:
    """What healed in this run and in the same way in those before it: in so many that reached their goal, on end."""
    wanted = proposals(run) if times > 0 and run.outcome is Outcome.REACHED else ()
    reached = (one for one in earlier if one.outcome is Outcome.REACHED)
    for one in islice(reached, times - 1) if wanted else ():
        words = {(held.line, held.old, held.new) for held in proposals(one)}
        wanted = tuple(held for held in wanted if (held.line, held.old, held.new) in words)
        times -= 1
    return wanted if times <= 1 else ()


def pointed(run: Run) -> tuple[Proposal, ...]:
    """What a person has pointed at in this run, and was proved."""
    shown = {done.step.line for done in run.done if run.pointed(done.step.id)}
    return tuple(one for one in proposals(run) if one.line in shown)


def promote(run: Run, request: Request, journal: Journal, times: int) -> list[str]:
    """Write into the task file what has held in `times` runs on end (0: never), and what a person has pointed at; what
    was done, in words.

    A file that cannot be written, or that has changed since, stays as it is.
    """
    shown, path = pointed(run), Path(request.what)
    try:
        wanted = shown + tuple(one for one in holding(run, journal.earlier(run, request), times) if one not in shown)
        if not wanted:
            return []
        file = load(path)
        text = path.read_text(encoding="utf-8")
        if file.digest != request.digest:
            return []
        new, _ = healed(text, wanted)
        if new != text:
            apply(path, new)
    except (CuaError, OSError) as error:  # the run is what it is, whatever becomes of its file
        return [f"what healed was not written into {path}: {error}"]
    old_lines, new_lines = text.split("\n"), new.split("\n")
    why = dict.fromkeys(wanted, f"it has held in {times} runs") | dict.fromkeys(shown, "you have pointed at it")
    return [
        f'{path}:{one.line}: "{one.old}" is "{one.new}" now: {why[one]}'
        for one in wanted
        if old_lines[one.line - 1] != new_lines[one.line - 1]
    ]


def healed(text: str, wanted: Iterable[Proposal]) -> tuple[str, list[str]]:
    """The file's text with the new words, and what could not be put in, in words."""
    lines, left = text.split("\n"), []
    renamed: dict[tuple[str, str], str] = {}
    for one in wanted:
        at = one.line - 1
        new = _replaced(lines[at], one) if at < len(lines) else None
        if new is None and at < len(lines) and _in_quotes(one.new) in lines[at]:
            continue  # it stands there already
        if new is None:
            left.append(f'line {one.line}: "{one.old}" is now "{one.new}"; it is not written there in these words')
        else:
            if (verb := _VERB.match(lines[at])) is not None:
                renamed[verb[1], one.old] = one.new
            lines[at] = new
    return "\n".join(_followed(lines, renamed)), left


def _followed(lines: list[str], renamed: Mapping[tuple[str, str], str]) -> list[str]:
    """With the anchors of the steps that have new words under these; those that another step is called by stay."""
    for (verb, old), new in renamed.items():
        before, after = (f"- {{for: {scalar(f'{verb} {words}')}, " for words in (old, new))
        if not any(_says(line, verb, old) for line in lines):
            lines = [line.replace(before, after) if line.lstrip().startswith(before) else line for line in lines]
    return lines


def _says(line: str, verb: str, words: str) -> bool:
    """Whether this is a step with this verb and these words."""
    found = _VERB.match(line)
    return found is not None and found[1] == verb and words in line[found.end() :].partition(_WAS)[0]


def _replaced(line: str, one: Proposal) -> str | None:
    """The line with the new words in the place of the old, which have to stand there once and as a whole."""
    says, was, earlier = line.partition(_WAS)
    for before, after, said in (('"', '"', _in_quotes(one.new)), ("", "", scalar(braced(one.new)))):
        old = f"{before}{braced(one.old)}{after}"
        start = says.find(old)
        if start < 0 or says.count(old) != 1:
            continue
        left, right = says[:start], says[start + len(old) :]
        if not before and not (left.endswith((" ", "{", "[")) and (not right or right[0] in ",}] ")):
            continue
        kept = was + earlier if was else "" if "#" in says else f"{_WAS}{one.old}"
        return f"{left}{said}{right}{kept}"
    return None


def _in_quotes(words: str) -> str:
    return json.dumps(braced(words), ensure_ascii=False)


def diff(path: Path, old: str, new: str) -> str:
    """The change as a unified diff."""
    names = (f"{path.name} (as it is)", f"{path.name} (healed)")
    return "".join(unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), *names, n=1))


def apply(path: Path, text: str) -> None:
    """Put this text in the place of the file, if it is a right task file. Raises BadInput."""
    trial = path.with_name(f".{path.stem}.healed.yaml")
    try:
        trial.write_text(text, encoding="utf-8")
        load(trial)
        trial.replace(path)
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror or error}", file=path) from error
    finally:
        trial.unlink(missing_ok=True)
