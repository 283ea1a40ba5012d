"""`cua ground` as a user has it: the element or a refusal, the picture, the index, and a person who points."""

from __future__ import annotations

import io
import json
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Error

from cua.groundbatch import exit_code
from tests.cua.cli.conftest import Cua
from tests.cua.cli.person import click, person_at, running
from tests.cua.cli.site import Site

pytestmark = pytest.mark.timeout(180)

OBJECT = {
    "target", "url", "found", "refusal", "element", "role", "name", "box", "point", "confidence", "margin", "expert",
    "why", "hint", "here", "candidates",
}  # fmt: skip
LINE = ["id", "point", "best_point", "confidence", "margin", "expert", "why"]
PATIENCE = 60


def test_what_is_found_is_0_and_said(cua: Cua, site: Site) -> None:
    ended = cua("ground", "Save", "--url", site.url)
    assert (ended.code, ended.err) == (0, "")
    assert re.fullmatch(r'→ 1  1\.00  button "Save"  at [\d.]+, [\d.]+  \(name equals\)\n', ended.out)
    ended = cua("ground", "Title field", "--url", site.url, "--action", "type", "--json")
    told = ended.result
    assert ended.code == 0
    assert told.keys() == OBJECT
    assert (told["found"], told["refusal"], told["element"]) == (True, None, 'textbox "Title"')
    x, y, width, height = told["box"]
    assert told["point"] == [pytest.approx(x + width / 2, abs=0.2), pytest.approx(y + height / 2, abs=0.2)]
    assert told["confidence"] >= 0.9
    assert told["expert"] == "structure"
    assert told["candidates"][0]["votes"][0]["evidence"] == ["name equals"]


def test_a_refusal_is_1_and_says_what_would_do(cua: Cua, site: Site) -> None:
    site.saved += ["Milk", "Milk"]
    ended = cua("ground", "field", "--url", site.url, "--json")
    assert (ended.code, ended.result["found"], ended.result["refusal"]) == (1, False, "ambiguous")
    assert ended.result["point"] is None
    assert '"Name"' in ended.result["hint"]
    assert len(ended.result["candidates"]) == 2
    assert "2 elements fit" in ended.err
    ended = cua("ground", "Delete", "--url", site.url, "--wait", "0")
    assert (ended.code, ended.out) == (1, "")
    assert 'no "Delete" here' in ended.err
    assert 'Here are textbox "Name", button "Save"' in ended.err


def test_what_comes_late_is_waited_for(cua: Cua, site: Site) -> None:
    page = cua.file(
        "late.html", "<button>Early</button><script>setTimeout(() => document.body.append(Object.assign("
        "document.createElement('button'), {textContent: 'Late'})), 900)</script>"
    )  # fmt: skip
    assert cua("ground", "Late", "--url", page, "--wait", "20").code == 0


def test_the_picture_shows_what_is_meant_even_from_below_and_no_password(cua: Cua) -> None:
    page = cua.file(
        "tall.html", "<body style='margin:40px'><button>Save as</button><div style='height:3000px'></div>"
        "<input type=password value=hunter2 aria-label=Password style='width:300px;height:40px'> <button>Save</button>"
    )  # fmt: skip
    ended = cua("ground", "Save", "--url", page, "--show", "seen.png", "--viewport", "1280x720", "--json")
    assert ended.code == 0
    told = ended.result["candidates"]
    assert [(one["name"], one["in_view"]) for one in told] == [("Save", True), ("Save as", False)]
    pixels = np.asarray(Image.open(io.BytesIO((cua.folder / "seen.png").read_bytes())).convert("RGB"))
    assert pixels.shape[1] == 1280
    assert pixels.shape[0] == 720 + 12 + 18  # a line for the one that is out of view
    x, y, _, height = told[0]["box"]
    green = pixels[round(y + height / 2), round(x) - 6 : round(x)].reshape(-1, 3)
    assert [17, 138, 60] in green.tolist()
    field = pixels[round(y + height / 2), round(x) - 250 : round(x) - 50]  # the password, left of the button
    assert field.max() == 0


def test_an_index_gives_a_line_a_target_and_goes_on_after_a_bad_one(cua: Cua, site: Site) -> None:
    cua.file("page.html", "<button>Save</button><button>Open</button><button>Open</button>")
    (cua.folder / "sub").mkdir()
    index = cua.file(
        "sub/index.jsonl",
        "\n".join(
            [
                json.dumps({"id": "a", "target": "Save", "url": site.url, "accept_bbox": [0, 0, 1, 1]}),
                "{not json",
                json.dumps({"id": 7, "instruction": "Open", "html": "two.html"}),
                json.dumps({"id": "px", "instruction": "Next month", "image": "images/a.png"}),
                "",
                json.dumps({"id": "b", "url": site.url}),
                json.dumps({"id": "c", "target": "Save", "html": "../page.html"}),
                json.dumps({"id": "d", "target": "Save", "url": site.elsewhere}),
                json.dumps({"id": "e", "target": "Save", "url": "http://127.0.0.1:9/"}),
                json.dumps({"id": "f", "target": "Title", "action": "type", "url": site.url}),
                json.dumps({"id": "g", "target": "Nowhere", "url": site.url, "action": "tpye"}),
            ]
        ),
    )
    cua.file("sub/two.html", "<button>Open</button><button>Open</button>")
    ended = cua("ground", "--batch", index, "--json")
    lines = [json.loads(line) for line in ended.out.splitlines()]
    assert ended.code == 2
    assert all(list(line) == LINE for line in lines)
    told = {line["id"]: line for line in lines}
    assert [line["id"] for line in lines] == ["a", None, 7, "px", "b", "c", "d", "e", "f", "g"]
    assert told["a"]["point"] == told["a"]["best_point"]
    assert told["a"]["point"] is not None
    assert (told[7]["point"], told[7]["best_point"] is not None) == (None, True)
    assert "2 elements fit" in told[7]["why"]
    assert told[None]["why"] == f"{index}:2: this is not a line of JSON"
    assert "pictures cannot be looked at yet" in told["px"]["why"]
    assert told["b"]["why"].startswith(f"{index}:6: a line needs a `target`")
    assert "outside of the folder" in told["c"]["why"]
    assert "name it with --url, or say --yes" in told["d"]["why"]
    assert "nothing answers" in told["e"]["why"]
    assert told["f"]["point"] is not None
    assert f'{index}:11: `action` "tpye"' in told["g"]["why"]
    assert len(ended.err.splitlines()) == 5
    assert site.visits == 1  # a page is opened once, however many targets are on it


@pytest.mark.parametrize(("codes", "worst"), [({0}, 0), ({0, 1}, 1), ({0, 1, 4}, 4), ({1, 2, 4}, 2), (set(), 0)])
def test_an_index_ends_as_its_worst_line(codes: set[int], worst: int) -> None:
    assert exit_code(codes) == worst


def test_an_index_may_leave_the_page_to_the_command_line(cua: Cua, site: Site) -> None:
    index = cua.file("index.jsonl", "\n".join(json.dumps({"target": name}) for name in ("Save", "Nowhere")))
    ended = cua("ground", "--batch", index, "--url", site.url)
    assert ended.code == 1
    assert [line.split("\t")[1] != "-" for line in ended.out.splitlines()] == [True, False]


# ── pointing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def picking(cua: Cua, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    program = cua.start("ground", "--pick", *arguments)
    try:
        assert program.stderr is not None
        assert "Point at things" in program.stderr.readline()
        yield program
    finally:
        program.kill()
        program.communicate()


def test_what_is_pointed_at_is_named_and_nothing_happens_to_it(cua: Cua, site: Site, tmp_path: Path) -> None:
    with running(tmp_path) as browser, picking(cua, "--url", site.url, "--cdp-url", browser, "--json") as program:
        assert program.stdout is not None
        with person_at(browser, site) as page:
            told = []
            for what in ("button", "input", "a", "h1"):
                click(page, what)
                told.append(json.loads(program.stdout.readline()))
            assert [(one["target"], one["role"], one["verb"]) for one in told] == [
                ("Save", "button", "click"), ("Name", "textbox", "type"), ("Gate", "link", "click"),
                ("Notes", "heading", None),
            ]  # fmt: skip
            assert all(one["found"] and one["margin"] >= 0.1 for one in told)
            assert (page.url, site.saved) == (site.url, [])
            assert page.evaluate("document.activeElement.localName") == "body"
            with suppress(Error):  # the browser may be gone before the key is up
                page.keyboard.press("Escape")
            assert program.wait(PATIENCE) == 0


def test_ctrl_c_ends_pointing(cua: Cua, site: Site, tmp_path: Path) -> None:
    with running(tmp_path) as browser, picking(cua, "--url", site.url, "--cdp-url", browser) as program:
        assert program.stdout is not None
        with person_at(browser, site) as page:
            click(page, "button", 1)
            assert program.stdout.readline() == "Send away\tbutton\tSend away\t\n"
        program.send_signal(signal.SIGINT)
        assert program.wait(PATIENCE) == 0


def test_without_a_display_there_is_nothing_to_point_in(cua: Cua, site: Site) -> None:
    ended = cua("ground", "--pick", "--url", site.url, DISPLAY="", WAYLAND_DISPLAY="")
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (4, "", 1)
    assert "--cdp-url" in ended.err
