# ruff: noqa: T201 - a command that prints a table
"""Which screens are the same:  python -m tests.identity [--only WORDS] [--kept] [--write]

Starts the applications, walks through them with the product's own browser, compares all pairs of the screens of each,
and prints how many are judged as their labels say; every pair that is not, on a line. What counts as the same screen
is said in `tests/identity/__init__.py`.
"""

from __future__ import annotations

import argparse
import sys

from envs.browser import Browser, BrowserOptions
from tests.identity import corpus
from tests.identity.pairs import Figures, figures, table
from tests.identity.sites import sites
from tests.identity.walk import NotAsExpected, Site, Situation, Walk
from tests.names import packages
from tests.widgets import farm


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.identity", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--only", default="", help="applications whose name contains this")
    parser.add_argument("--kept", action="store_true", help="start nothing: the screens that are kept in seen/")
    parser.add_argument("--write", action="store_true", help="keep what is seen in seen/")
    given = parser.parse_args()
    found: list[Figures] = []
    lost = False
    for name, site in sites().items():
        if given.only.casefold() not in site.name.casefold():
            continue
        try:
            seen = corpus.read(corpus.SEEN / f"{name}.json.gz") if given.kept else walked(site)
        except (packages.NotThere, farm.NotThere, FileNotFoundError) as missing:
            print(f"-- {site.name}: left out: {missing}", flush=True)
            continue
        except NotAsExpected as other:
            print(f"-- {site.name}: the walk got lost: {str(other)[:300]}", flush=True)
            lost = True
            continue
        if given.write:
            corpus.write(name, seen)
        one = figures(site.name, seen, site.fit)
        print(f"{site.name}: {len(seen)} screens of {len({s.label for s in seen})} states", flush=True)
        for miss in one.misses:
            print("   ", miss, flush=True)
        found.append(one)
    if found:
        print(f"\n{table(found)}")
    return 0 if found and not lost else 1


def walked(site: Site) -> list[Situation]:
    """What is seen on a walk through this application. Raises NotThere, NotAsExpected."""
    browser = Browser()
    try:
        with site.serve() as url:
            browser.options = BrowserOptions(url=url + site.start)
            browser.reset()
            walk = Walk(browser, url)
            site.walk(walk)
            return walk.seen
    finally:
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
