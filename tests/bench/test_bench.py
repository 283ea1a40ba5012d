"""The bench runs: every section with its smallest sizes, and its tables find their place in the document."""

from __future__ import annotations

import pytest

from tests.bench.__main__ import found, main, placed
from tests.bench.rounds import Times, interleaved
from tests.bench.stopwatch import Stopwatch
from tests.bench.table import Table, times

SECTIONS = found()


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_yields_whole_tables(name: str) -> None:
    tables = SECTIONS[name].run(quick=True)
    assert tables
    for table in tables:
        assert table.rows
        assert all(len(row) == len(table.head) for row in table.rows), table.title


def test_an_unknown_section_is_named_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["speed"])
    assert end.value.code == 2
    assert 'there is no section "speed"; there are: ' in capsys.readouterr().err


def test_figures_take_the_place_of_the_old_ones() -> None:
    once = placed("# Figures\n", "step", "old \\1")
    assert once == "# Figures\n\n## Step\n\n<!-- bench:step -->\nold \\1\n<!-- /bench:step -->\n"
    assert placed(once + "after\n", "step", "new") == once.replace("old \\1", "new") + "after\n"


def test_a_table_is_markdown_and_numbers_have_three_digits() -> None:
    table = Table(("a", "b"), [("x|y", 0.1234), (3, 123.4)], "Title", ["a note"])
    assert table.markdown() == ("**Title**\n\n| a | b |\n| --- | --- |\n| x\\|y | 0.12 |\n| 3 | 123 |\n\n- a note")


@pytest.mark.parametrize(("ratio", "said"), [(0.01, "1/100"), (0.25, "1/4.0"), (1.0, "1.00 x"), (2.5, "2.50 x")])
def test_ratios_in_words(ratio: float, said: str) -> None:
    assert times(ratio) == said


def test_contenders_take_turns() -> None:
    order: list[str] = []

    def once(name: str, ms: float) -> float:
        order.append(name)
        return ms

    found = interleaved({"a": lambda: once("a", len(order)), "b": lambda: once("b", 9)}, 3)
    assert order == ["a", "b"] * 3
    assert (found["a"].median, found["a"].least) == (2, 0)
    assert found["b"].said() == Times([9.0]).said() == "9.0 (9.0)"


def test_each_part_has_its_own_time_and_its_function_back() -> None:
    class Work:
        def inner(self) -> str:
            return "done"

        def outer(self) -> str:
            return self.inner()

    before = (Work.inner, Work.outer)
    watch = Stopwatch()
    with watch.watching({"inner": ((Work, "inner"),), "outer": ((Work, "outer"),)}):
        Work().outer()
        assert watch.calls == {"inner": 0, "outer": 0}
        watch.running = True
        assert Work().outer() == "done"
    assert watch.calls == {"inner": 1, "outer": 1}
    watch.lap()
    assert [len(watch.laps[part]) for part in ("inner", "outer")] == [1, 1]
    assert watch.ms == {"inner": 0, "outer": 0}
    assert (Work.inner, Work.outer) == before
