"""Rows and saved runs by the command, with a real browser on the site that counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cua.cli.conftest import Cua
from tests.cua.cli.site import Site
from tests.cua.rows.sheets import save

pytestmark = [pytest.mark.timeout(180), pytest.mark.slow]


def test_rows_each_once_and_the_bad_one_told(cua: Cua, site: Site, flow: Path) -> None:
    rows = cua.file("rows.csv", 'name\nTea\n""\n"Milk, fresh"\n')
    given = ("run", flow, "--data", rows, "--url", site.url, "--yes", "--json")
    ended = cua(*given, "--junit", "j.xml")
    assert (ended.code, ended.result["outcome"]) == (1, "not_reached"), ended.err
    assert [row["outcome"] for row in ended.result["rows"]] == ["reached", "bad_row", "reached"]
    assert ended.result["rows"][1]["why"] == 'the cell of "name" is empty'
    assert 'row 2 of 3 (line 3): bad row: the cell of "name" is empty' in ended.err
    assert site.saved == ["Tea", "Milk, fresh"]
    suite = ET.parse(cua.folder / "j.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    assert cua("run", flow, "--data", rows, "--url", site.url, "--param", "name=x").code == 2
    again = cua("resume", "--yes", "--json")
    assert again.result["counts"] == {"rows": 3, "earlier": 2, "bad_row": 1, "reached": 2}
    assert site.saved == ["Tea", "Milk, fresh"]
    changed = cua("run", flow, "--data", cua.file("rows.csv", "name\nTee\n"), "--url", site.url)
    assert changed.code == 3, "it may be the row that was run, changed"
    assert "are not in" in changed.err
    cua.file("rows.csv", "name\nTea\n")
    flow.write_text(flow.read_text().replace("Add the note", "Add a note"))
    assert cua("run", flow, "--data", rows, "--url", site.url).code == 3, "the file has changed"
    assert cua("run", flow, "--data", rows, "--url", site.url, "--yes", "--json").result["outcome"] == "already"
    assert cua("run", flow, "--data", rows, "--url", site.url, "--yes", "--again").code == 0
    assert site.saved == ["Tea", "Milk, fresh", "Tea"]


def test_rows_of_a_sheet(cua: Cua, site: Site, flow: Path) -> None:
    rows = save(cua.folder / "rows.xlsx", [["name"], ["Tea"], [], ["=1+1"], [42.0], [date(2026, 1, 2)]])
    given = ("run", flow, "--data", rows, "--url", site.url, "--yes", "--json")
    ended = cua(*given)
    assert ended.code == 1, ended.err
    assert [row["outcome"] for row in ended.result["rows"]] == ["reached", "bad_row", "reached", "reached"]
    assert "row 2 of 4 (line 4): bad row: the cell A4 is a formula without a value" in ended.err
    save(rows, [["name"], ["Tea"], [], ["Milk"], [42], ["2026-01-02"]])
    assert cua(*given).code == 0
    assert site.saved == ["Tea", "42", "2026-01-02", "Milk"]
    rows.write_bytes(b"PK no workbook")
    refused = cua(*given)
    assert (refused.code, len(refused.err.splitlines())) == (2, 1)


def test_an_instruction_is_saved_and_run_again_from_its_file(cua: Cua, site: Site) -> None:
    words = 'Click "Sign in", log in as {user} with password hunter2hunter2'
    first = cua("run", words, "--url", site.url, "--param", "user=ada")
    assert first.code == 0, first.err
    saved = cua("save", "-o", "in.yaml")
    assert saved.code == 0, saved.err
    text = (cua.folder / "in.yaml").read_text()
    assert "hunter2" not in text
    assert "{user}" in text
    assert cua("save", "-o", "in.yaml").code == 2, "it is there already"
    assert cua("check", "in.yaml").code == 0
    (secret,) = [line.strip("- ]").split("[")[-1] for line in text.splitlines() if line.startswith("secrets")]
    again = cua("run", "in.yaml", "--secret", f"{secret}=PW", "--json", PW="hunter2hunter2")
    assert again.code == 0, again.err
    assert site.entered == ["hunter2hunter2"] * 2
    assert len(again.result["steps"]) == len([line for line in text.splitlines() if line.startswith("  - ")])
