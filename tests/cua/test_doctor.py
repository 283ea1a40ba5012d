"""What the doctor says of things that are missing or in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from cua import doctor
from cua.doctor import Status


def test_a_foreign_cua_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = tmp_path / "cua-0.9.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: cua\nVersion: 0.9\n")
    monkeypatch.syspath_prepend(tmp_path)
    (found,) = [one for one in doctor._package() if one.status is Status.MISSING]
    assert "cua 0.9 is installed beside provenstep" in found.what
    assert found.mend.startswith("pip uninstall cua")


def test_a_folder_that_is_nearly_full_or_not_writable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (fine,) = doctor._runs(tmp_path / "not" / "there" / "yet")
    assert fine.status is Status.OK
    assert not (tmp_path / "not").exists()
    monkeypatch.setattr(doctor, "LITTLE", 1 << 60)
    (full,) = doctor._runs(tmp_path)
    assert (full.status, full.mend) == (Status.MISSING, "cua clean --older 7")
    (locked,) = doctor._runs(Path("/proc/runs"))
    assert locked.status is Status.MISSING


def test_an_old_python_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_PYTHON", (99,))
    (found,) = doctor._python()
    assert found.status is Status.MISSING


def test_what_only_the_desktop_needs_is_never_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    assert {one.status for one in doctor._later()} <= {Status.OK, Status.NOTE}
