"""What remembers a commit when the journal has forgotten it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cua.codec import Unreadable
from cua.sealed import seal, unseal
from cua.witness import Witness


def two(folder: Path) -> Path:
    witness = Witness(folder)
    witness.intend("run", 3, {"step": "save é"})
    witness.intend("run", 9, {"step": "pay"})
    return folder / "run.commits"


def test_the_last_one_from_a_number_on(tmp_path: Path) -> None:
    two(tmp_path)
    witness = Witness(tmp_path)
    assert [witness.last("run", since) for since in (0, 3, 4, 9, 10)] == [
        {"step": "pay"}, {"step": "pay"}, {"step": "pay"}, {"step": "pay"}, None,
    ]  # fmt: skip
    assert witness.last("another", 0) is None


def test_a_file_that_was_cut_off_anywhere_tells_what_came_before(tmp_path: Path) -> None:
    path = two(tmp_path)
    data = path.read_bytes()
    first = data.index(b"\n", data.index(b"\n") + 1) + 1
    for length in range(len(data)):
        path.write_bytes(data[:length])
        found = Witness(tmp_path).last("run", 0)
        whole = None if length < first - 1 else {"step": "save é"} if length < len(data) - 1 else {"step": "pay"}
        assert found == whole, length


def test_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    path = two(tmp_path)
    data = path.read_bytes()
    for at in range(len(data)):
        path.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
        try:
            found = Witness(tmp_path).last("run", 0)
        except Unreadable:
            continue
        assert found in (None, {"step": "save é"}), at  # the end of a line: it counts as cut off
        assert data[at] == ord("\n"), at


def test_what_was_forgotten_is_gone(tmp_path: Path) -> None:
    path = two(tmp_path)
    witness = Witness(tmp_path)
    witness.intend("other", 1, {"step": "send"})
    witness.forget_all_but({"other"})
    assert not path.exists()
    witness.forget("other")
    witness.forget("other")
    assert not list(tmp_path.iterdir())


def test_a_record_of_an_older_version_is_believed_and_a_changed_one_is_not() -> None:
    assert unseal('{"a":1}') == {"a": 1}
    assert unseal(seal({"a": [1, "é\n"]})) == {"a": [1, "é\n"]}
    with pytest.raises(Unreadable):
        unseal(seal({"a": 1}).replace("1", "2", 1))
    with pytest.raises(Unreadable):
        unseal('{"a":')
