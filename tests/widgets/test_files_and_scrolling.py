"""Files into drop zones, and far rows of lists that only draw what is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from envs.action import Click, Scroll, Upload
from tests.widgets.conftest import Bench


@pytest.mark.parametrize(
    ("page", "name", "said"),
    [
        ("dropzone", "Drop files here to upload", "file a.txt 5"),
        ("filepond", "Drag & Drop your files or Browse", "file a.txt 5"),
        ("vaadin", "Upload Files...", "upload a.txt"),
    ],
)
def test_upload(bench: Bench, tmp_path: Path, page: str, name: str, said: str) -> None:
    file = tmp_path / "a.txt"
    file.write_text("hello")
    bench.open(page)
    bench.act(Upload((file,)), bench.one("button", name))
    bench.until(f"happened.includes('{said}')")


def test_to_the_end_of_a_virtual_list(bench: Bench) -> None:
    bench.open("clusterize")
    bench.act(Scroll(dy=3000), bench.one("region", "Rows"))
    assert bench.js("document.querySelector('#scroll').scrollTop") > 1000
    bench.act(Scroll(to="bottom"), bench.one("region", "Rows"))
    bench.until("document.querySelector('#rows').innerText.includes('Row 5000')")
    bench.act(Click(), bench.one("button", "Row 5000"))
    assert bench.happened == ["row 5000"]


def test_a_row_far_down_is_scrolled_to(bench: Bench) -> None:
    bench.open("mui")
    bench.act(Click(), bench.one("button", "Film 150"))
    assert bench.happened == ["row Film 150"]
