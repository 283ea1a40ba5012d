# ruff: noqa: T201, E501 - a command that prints a table
"""Names and roles against Chromium's accessibility tree:  python -m tests.names [--only WORDS] [--held] [--list N]

The table of docs/benchmarks.md, by group; then what the trees do not agree on, a line each.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass

from envs.browser import Browser, BrowserOptions
from tests.names import packages
from tests.names.compare import Compared, compare, look
from tests.names.corpus import SITES, Page, Site
from tests.names.listeners import Heard, heard
from tests.widgets import farm


@dataclass(frozen=True, slots=True)
class Seen:
    site: Site
    page: Page
    compared: Compared
    heard: Heard


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.names", description=__doc__)
    parser.add_argument("--only", default="", help="sites or pages whose name contains this")
    parser.add_argument("--held", action="store_true", help="the pages held out, and no others")
    parser.add_argument("--list", type=int, default=20, help="of each page, so many that do not agree")
    given = parser.parse_args()
    seen: list[Seen] = []
    browser = Browser()
    try:
        for site in SITES:
            if site.held == given.held:
                seen += visit(browser, site, given.only.casefold(), given.list)
    finally:
        browser.close()
    table(seen)
    return 0


def visit(browser: Browser, site: Site, only: str, shown: int) -> list[Seen]:
    """Compare the pages of one site; what is not installed is left out, and said."""
    wanted = [page for page in site.pages if only in f"{site.name} {page.name}".casefold()]
    seen = []
    if not wanted:
        return []
    try:
        with site.serve() as url:
            browser.options = BrowserOptions(url=url + site.start)
            browser.reset()
            site.enter(browser.active.page)
            browser.settle()
            for page in wanted:
                browser.active.page.goto(url + page.path)
                browser.settle()
                page.then(browser.active.page)
                browser.settle()
                both = look(browser)
                one = Seen(site, page, compare(both), heard(both))
                report(one, shown)
                seen.append(one)
    except (packages.NotThere, farm.NotThere) as missing:
        print(f"-- {site.name}: left out: {missing}", flush=True)
    return seen


def report(one: Seen, shown: int) -> None:
    compared, found = one.compared, one.heard
    print(
        f"{one.site.name}: {one.page.name}: {compared.agree}/{compared.counted}; listeners {found.said}/{found.asked}",
        flush=True,
    )
    for finding in compared.of("role", "name", "missed", "extra")[:shown]:
        print("   ", finding)
    for node in found.missed[:shown]:
        print("    unheard", node)


def table(seen: list[Seen]) -> None:
    """Markdown: what docs/benchmarks.md shows."""
    print(
        "\n| group | pages | interactive in either | agree | differ on purpose | rest | listeners Chromium's tree misses | ours |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for group in [*dict.fromkeys(one.site.group for one in seen), "all"]:
        mine = [one for one in seen if group in (one.site.group, "all")]
        agree, counted = sum(s.compared.agree for s in mine), sum(s.compared.counted for s in mine)
        said, asked = sum(s.heard.said for s in mine), sum(s.heard.asked for s in mine)
        share, recall = 100 * agree / max(counted, 1), f"{100 * said / asked:.1f}%" if asked else "–"
        meant = sum(len(s.compared.of("meant")) for s in mine)
        rest = counted - agree - meant
        print(
            f"| {group} | {len(mine)} | {counted} | {agree} ({share:.1f}%) | {meant} | {rest} | {asked} | {said} ({recall}) |"
        )
    apart: Counter[str] = Counter()
    for one in seen:
        apart += one.compared.reasons()
    print("\n| in one tree only, or named by ours on purpose, and why | elements |\n| --- | --- |")
    for why, count in apart.most_common():
        print(f"| {why} | {count} |")


if __name__ == "__main__":
    sys.exit(main())
