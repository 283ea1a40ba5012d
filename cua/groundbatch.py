"""Many targets at once: `cua ground --batch INDEX.jsonl`, a line a target in, a line a target out.

A line is an object with `target` (or `instruction`), and `url`, `html` (a file beside the index) or `image`; further
`id` and `action`. Other keys are left alone: an index may carry the truth that its reader compares with.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cua.errors import BAD_INPUT, BadInput, Outcome
from cua.grounded import Point, point_of, why
from cua.looking import action_of
from cua.options import web_origin
from envs.action import Action, Open
from envs.browser import Browser, BrowserOptions
from envs.errors import ActFailed
from envs.observation import Observation
from envs.origins import is_loopback
from grounding.errors import BadTarget
from grounding.grounder import Grounder

KEPT = 8
"""Pages that are kept as they were seen, so that an index need not be in the order of its pages."""
NO_PIXELS = "pictures cannot be looked at yet: this version grounds on pages of a browser"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the index. `page` is empty for a picture."""

    id: str | int | None
    target: str
    page: str
    action: Action | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the answer; `code` is what it alone would end the command with."""

    id: str | int | None
    why: str
    code: int
    point: Point | None = None
    best_point: Point | None = None
    confidence: float = 0.0
    margin: float = 0.0
    expert: str | None = None

    def as_json(self) -> str:
        names = ("id", "point", "best_point", "confidence", "margin", "expert", "why")
        return json.dumps({name: getattr(self, name) for name in names})


def exit_code(codes: set[int]) -> int:
    """The worst of the lines': bad input, then the environment, then a refusal."""
    order = (BAD_INPUT, Outcome.ENVIRONMENT.exit_code, Outcome.NOT_REACHED.exit_code)
    return next((code for code in order if code in codes), 0)


class Batch:
    """Grounds the lines of an index, each in turn. `url` is the page of lines that name none, and the one origin that
    they may name beside this machine's own; `yes` lets them name any."""

    def __init__(self, index: Path, options: BrowserOptions, url: str | None, *, yes: bool) -> None:
        self._index = index
        self._url = url
        self._yes = yes
        self._options = options
        self._browser: Browser | None = None
        self._seen: OrderedDict[str, Observation | str] = OrderedDict()
        """By page: as it was seen, or why it could not be."""

    def __iter__(self) -> Iterator[Line]:
        """Raises BadInput where there is no index; what is wrong with a line is told in its place."""
        try:
            with self._index.open("rb") as lines:
                for number, line in enumerate(lines, 1):
                    if line.strip():
                        yield self._answered(line, number)
        except OSError as error:
            raise BadInput(f"the index cannot be read: {error.strerror}", file=self._index) from None
        finally:
            self.close()

    def close(self) -> None:
        browser, self._browser = self._browser, None
        if browser is not None:
            browser.close()

    def _answered(self, line: bytes, number: int) -> Line:
        id_: str | int | None = None
        try:
            said = self._object(line, number)
            id_ = _id(said)
            return self._grounded(self._entry(said, number))
        except (BadInput, BadTarget) as error:
            where = "" if isinstance(error, BadInput) else f"{self._index}:{number}: "
            return Line(id_, f"{where}{error}", BAD_INPUT)

    def _object(self, line: bytes, number: int) -> dict[str, Any]:
        try:
            said = json.loads(line)
        except (json.JSONDecodeError, UnicodeDecodeError):
            raise BadInput("this is not a line of JSON", file=self._index, line=number) from None
        if not isinstance(said, dict):
            raise BadInput("a line has to be an object", file=self._index, line=number)
        return said

    def _entry(self, said: dict[str, Any], number: int) -> Entry:
        def wrong(what: str) -> BadInput:
            return BadInput(what, file=self._index, line=number)

        for key in ("target", "instruction", "url", "html", "image", "action"):
            if not isinstance(said.get(key, ""), str):
                raise wrong(f"`{key}` has to be text")
        target = said.get("target") or said.get("instruction")
        if not target:
            raise wrong("a line needs a `target`")
        try:
            action = action_of(said.get("action"))
        except BadInput as error:
            raise wrong(str(error).replace("--action", "`action`", 1)) from None
        if url := said.get("url"):
            return Entry(_id(said), target, self._allowed(url, wrong), action)
        if html := said.get("html"):
            return Entry(_id(said), target, self._beside(html, wrong), action)
        if "image" in said:
            return Entry(_id(said), target, "", action)
        if self._url is None:
            raise wrong("a line needs a `url`, `html` or `image`; or name the page with --url")
        return Entry(_id(said), target, self._url, action)

    def _allowed(self, url: str, wrong: Callable[[str], BadInput]) -> str:
        origin = web_origin(url)
        if origin is None:
            raise wrong(f'`url` "{url}" is no address that begins with http:// or https://')
        if not (self._yes or is_loopback(origin) or origin == web_origin(self._url or "")):
            raise wrong(f"the index asks to open {origin}: name it with --url, or say --yes")
        return url

    def _beside(self, name: str, wrong: Callable[[str], BadInput]) -> str:
        folder = self._index.resolve().parent
        path = (folder / name).resolve()
        if not path.is_relative_to(folder):
            raise wrong(f'`html` "{name}" is outside of the folder of the index')
        if not path.is_file():
            raise wrong(f'`html`: there is no file "{name}" beside the index')
        return path.as_uri()

    def _grounded(self, entry: Entry) -> Line:
        environment = Outcome.ENVIRONMENT.exit_code
        if not entry.page:
            return Line(entry.id, NO_PIXELS, environment)
        now = self._page(entry.page)
        if isinstance(now, str):
            return Line(entry.id, now, environment)
        answer = Grounder().ground(entry.target, now, entry.action)
        best = answer.best
        if best is None:
            return Line(entry.id, why(answer), Outcome.NOT_REACHED.exit_code)
        point = point_of(best, now)
        return Line(
            entry.id,
            why(answer),
            0 if answer.sure else Outcome.NOT_REACHED.exit_code,
            point if answer.sure else None,
            point,
            round(best.confidence, 3),
            round(answer.lead, 3),
            best.expert,
        )

    def _page(self, page: str) -> Observation | str:
        if page in self._seen:
            self._seen.move_to_end(page)
            return self._seen[page]
        found = self._opened(page)
        self._seen[page] = found
        while len(self._seen) > KEPT:
            self._seen.popitem(last=False)
        return found

    def _opened(self, page: str) -> Observation | str:
        if self._browser is None:
            self._browser = Browser(replace(self._options, url="about:blank"))
            self._browser.reset()
        try:
            self._browser.act(Open(page))
        except ActFailed as error:
            return str(error)
        return self._browser.settle()


def _id(said: dict[str, Any]) -> str | int | None:
    found = said.get("id")
    return found if isinstance(found, str | int) and not isinstance(found, bool) else None
