"""Faults of the page: what its script does to it, in `troubles.js`. The script is put into the page itself, so that no
request of its own betrays it."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

from .fault import Act, Call, Standing
from .on_server import CONFLICT
from .web import HTML, JSON, Answer

HERE = Path(__file__).parent
NO = Answer(CONFLICT, 409)


def script(name: str, **ranges: tuple[int, int]) -> Act:
    """Run the trouble of this name, with a number out of each range and one from 0 to 1 (`pick`)."""

    def act(call: Call) -> Answer:
        answer = call.go_on(call.request)
        if answer.to or answer.kind != HTML:
            return answer
        given: dict[str, float] = {key: call.rng.randint(*ends) for key, ends in ranges.items()}
        given["pick"] = round(call.rng.random(), 3)
        inline = f'<script>{_troubles()}TROUBLES["{name}"]({json.dumps(given)});</script>'
        return replace(answer, body=str(answer.body).replace("</body>", f"{inline}</body>"))

    return act


def optimistic(call: Call) -> Answer:
    """The page says that it is done, and takes it back when the server has refused it."""
    no = Answer(json.dumps({"ok": False, "message": ""}), 409, JSON)
    writes = call.request.path
    call.stand(Standing(lambda r: (r.method, r.path) == ("POST", writes), lambda r: no if r.scripted else NO, times=1))
    return script("optimistic", ms=(300, 1500))(call)


def bad_heartbeats(call: Call) -> Answer:
    """Heartbeats that the server answers with an error, every time."""
    call.stand(Standing(lambda r: r.path == "/beat", lambda r: Answer("{}", 500, JSON)))
    return script("heartbeats", ms=(250, 500))(call)


@cache
def _troubles() -> str:
    return (HERE / "troubles.js").read_text(encoding="utf-8")
