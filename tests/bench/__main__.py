"""`scripts/bench [SECTION...] [--write]`: measure, print Markdown, and put it into docs/benchmarks.md when asked to."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import sys
from pathlib import Path
from typing import cast

from tests.bench import machine, sections
from tests.bench.table import Section

FIGURES = Path("docs/benchmarks.md")


def main(arguments: list[str] | None = None) -> int:
    known = found()
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__, epilog=_listed(known))
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("sections", nargs="*", metavar="SECTION", help="all of them where none is named")
    parser.add_argument("--quick", action="store_true", help="tiny sizes: does it run? The figures say nothing")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {FIGURES}, between their markers")
    given = parser.parse_args(arguments)
    unknown = [name for name in given.sections if name not in known]
    if unknown:
        parser.error(f'there is no section "{unknown[0]}"; there are: {", ".join(known)}')
    if given.write and given.quick:
        parser.error("--quick measures nothing that is worth writing down")
    for name in given.sections or known:
        text = measured(known[name], given.quick)
        sys.stdout.write(text + "\n\n")
        sys.stdout.flush()
        if given.write:
            FIGURES.write_text(placed(FIGURES.read_text(encoding="utf-8"), name, text), encoding="utf-8")
    return 0


def found() -> dict[str, Section]:
    """The sections by name."""
    modules = sorted(module.name for module in pkgutil.iter_modules(sections.__path__))
    loaded = [cast(Section, importlib.import_module(f"{sections.__name__}.{name}")) for name in modules]
    return {section.NAME: section for section in loaded}


def measured(section: Section, quick: bool) -> str:
    """The section as Markdown: what, on which machine, how to do it again, the tables."""
    head = machine.facts()
    tables = [table.markdown() for table in section.run(quick)]
    return "\n\n".join([section.ABOUT, head[0].upper() + head[1:] + ".", f"    scripts/bench {section.NAME}", *tables])


def placed(text: str, name: str, figures: str) -> str:
    """The document with the figures of this section in the place of those that it had, or at its end."""
    begin, end = f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"
    block = f"{begin}\n{figures}\n{end}"
    old = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if old.search(text):
        return old.sub(lambda _: block, text)
    return f"{text.rstrip()}\n\n## {name.capitalize()}\n\n{block}\n"


def _listed(known: dict[str, Section]) -> str:
    return "\n".join(f"  {name:10} {section.ABOUT}" for name, section in known.items())


if __name__ == "__main__":
    sys.exit(main())
