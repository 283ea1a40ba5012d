"""A file from a stranger: refused with file and line, in a moment, and nothing of it is ever built or followed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from cua.errors import BadInput
from cua.planners.script import ScriptPlanner
from cua.taskfile import load
from cua.taskfile.paths import BadPath, within

LAUGHS = "a: &a [x]\n" + "".join(
    f"{this}: &{this} [*{last}, *{last}]\n" for last, this in zip("abcdefgh", "bcdefghi", strict=True)
)

HOSTILE = {
    "aliases": (LAUGHS.encode(), "anchors and aliases"),
    "merge": (b"cua: 1\n<<: {name: a}\nsteps: [back]\n", 'no "<<"'),
    "object": (b"!!python/object/apply:os.system ['true']\n", "tags (!) are not allowed"),
    "tag on a value": (b"cua: !!int '1'\n", "tags (!) are not allowed"),
    "local tag": (b"cua: 1\nsteps: !x [back]\n", "tags (!) are not allowed"),
    "million steps": (b"cua: 1\nsteps:\n" + b"- back\n" * 1_000_000, "larger than 1024 KiB"),
    "many steps": (b"cua: 1\nsteps:\n" + b"- back\n" * 20_000, "more than 10,000 steps"),
    "many nodes": (b"cua: 1\nsteps: [" + b"a," * 200_000 + b"]", "more than 100000 values"),
    "deep lists": (b"cua: 1\nsteps: " + b"[" * 200_000, "nested deeper than 64 levels"),
    "deep blocks": (b"cua: 1\nsteps:\n" + b"- " * 200_000, "nested deeper than 64 levels"),
    "deep mappings": (b"cua: 1\nsteps: " + b"{a: " * 200_000, "nested deeper than 64 levels"),
    "deep steps": (b"cua: 1\nsteps: " + b"[{if: {text: a, then: " * 1_000, "nested deeper than 64 levels"),
    "zero bytes": (b"cua: 1\nname: a\0b\n", "control character (U+0000)"),
    "escapes": (b"cua: 1\nname: a\x1b[2Jb\n", "control character (U+001B)"),
    "not utf-8": (b"cua: 1\nname: \xff\xfe\n", "not UTF-8"),
    "utf-16": ("cua: 1\n".encode("utf-16"), "not UTF-8"),
    "huge text": (b"cua: 1\nsteps:\n- click: " + b"x" * 1_000_000, "is no name of anything"),
    "huge number": (b"cua: " + b"9" * 100_000, "this program reads version 1"),
    "huge key": (b"cua: 1\nsteps: [back]\n" + b"k" * 1_000 + b": 1\n", "has no"),
    "key of keys": (b"cua: 1\n? {a: b}\n: c\n", "a key has to be a word"),
    "line of key": (b"cua: 1\nsteps: [back]\n? |\n  a\n  b\n: c\n", "has no"),
}


@pytest.mark.parametrize(("data", "says"), HOSTILE.values(), ids=HOSTILE.keys())
def test_refused_at_once(data: bytes, says: str, tmp_path: Path) -> None:
    file = tmp_path / "hostile.yaml"
    file.write_bytes(data)
    began = time.monotonic()
    with pytest.raises(BadInput) as error:
        load(file)
    assert time.monotonic() - began < 60  # hours, where it is not refused
    assert says in str(error.value)
    assert str(error.value).startswith(str(file))
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 600


def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(BadInput, match="not a plain file"):
        load(tmp_path / "pipe.yaml")
    with pytest.raises(BadInput, match="not a plain file"):
        load("/dev/zero")


def test_a_tower_of_calls_is_measured_and_not_climbed(tmp_path: Path) -> None:
    (tmp_path / "0.yaml").write_text("cua: 1\nsteps: [back, back]\n")
    for number in range(1, 15):
        (tmp_path / f"{number}.yaml").write_text(
            f"cua: 1\nsteps:\n- call: {number - 1}.yaml\n- call: {number - 1}.yaml\n"
        )
    with pytest.raises(BadInput, match="more than 10,000 steps"):
        load(tmp_path / "14.yaml")


def test_calls_have_a_depth(tmp_path: Path) -> None:
    (tmp_path / "0.yaml").write_text("cua: 1\nsteps: [back]\n")
    for number in range(1, 40):
        (tmp_path / f"{number}.yaml").write_text(f"cua: 1\nsteps:\n- call: {number - 1}.yaml\n")
    with pytest.raises(BadInput, match="16 one in another"):
        load(tmp_path / "39.yaml")


def test_symlinks_do_not_leave_the_folder(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.yaml").write_text("cua: 1\nsteps: [back]\n")
    (inside / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (inside / "folder").symlink_to(tmp_path)
    (inside / "loop").symlink_to("loop")
    (inside / "good.yaml").symlink_to("real.yaml")
    (inside / "real.yaml").write_text("cua: 1\nsteps: [back]\n")
    for path in ("link.yaml", "folder/secret.yaml"):
        (inside / "task.yaml").write_text(f"cua: 1\nsteps:\n- call: {path}\n")
        with pytest.raises(BadInput, match="leaves the folder"):
            load(inside / "task.yaml")
    for path in (
        ".",
        "a/..",
        "a/../..",
        "..",
        "folder/x",
        "loop/../../x",
        "/",
        "~root/x",
        "a\0b",
        "\\\\host\\x",
        "c:x",
    ):
        with pytest.raises(BadPath):
            within(inside, path)
    assert within(inside, "good.yaml") == inside / "real.yaml"
    assert within(inside, "a/../b.txt") == inside / "b.txt"


@pytest.mark.parametrize("value", ["../../etc/passwd", "/etc/passwd", "~/x", "..", "link/x", "a\0b"])
def test_a_value_cannot_lead_a_path_outside(value: str, tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link").symlink_to(tmp_path)
    file = inside / "task.yaml"
    file.write_text("cua: 1\nparams: {name: a}\nsteps:\n- upload: {into: Picture, file: '{name}'}\n")
    task = load(file)
    assert ScriptPlanner(task, {"name": "a"}).task is task
    with pytest.raises(BadInput) as error:
        ScriptPlanner(task, {"name": value})
    assert error.value.line == 4
