"""`python -m tests.e2e.torture [--runs N] [--from N] [--all]`: ride pages, and say what became of them."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from envs.browser import Browser
from tests.e2e.liar import Liar
from tests.e2e.torture.pages import page
from tests.e2e.torture.ride import Ride, ride
from tests.e2e.torture.troubles import Due


def reason(one: Ride) -> str:
    """Why it was refused, without the names and numbers of one page."""
    words = one.why.partition('": ')[2] or one.why
    return words.partition(" <")[0].partition(' "')[0].partition(": ")[0] if one.verdict == "refused" else one.verdict


def table(rides: list[Ride], seconds: float) -> str:
    """Markdown: what was due against what was done, and the reasons of refusals."""
    verdicts = ("right", "refused", "not found", "missed", "wrong")
    done = Counter((one.page.due, one.verdict) for one in rides)
    lines = [f"| due | pages | {' | '.join(verdicts)} |", "| --- " * (len(verdicts) + 2) + "|"]
    for due in Due:
        row = [done[due, verdict] for verdict in verdicts]
        lines.append(f"| {due.value} | {sum(row)} | {' | '.join(map(str, row))} |")
    lines.append(f"\n{len(rides)} pages in {seconds:.0f} s. Why it was refused:\n")
    reasons = Counter(reason(one) for one in rides if one.verdict in ("refused", "not found"))
    return "\n".join([*lines, *(f"- {count} × {why}" for why, count in reasons.most_common())])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.torture", description="Ride torture pages.")
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--from", type=int, default=0, dest="start")
    parser.add_argument("--all", action="store_true", help="tell of every page, not only of surprises")
    asked = parser.parse_args()
    browser, rides, began = Browser(), [], time.monotonic()
    browser.reset()
    try:
        with Liar() as liar, Liar() as second:
            for seed in range(asked.start, asked.start + asked.runs):
                one = ride(browser, liar, second, page(seed))
                rides.append(one)
                odd = one.verdict in ("wrong", "missed") or (one.page.due is Due.CLICK and one.verdict != "right")
                if odd or asked.all:
                    sys.stdout.write(f"{one}\n")
                    sys.stdout.flush()
    finally:
        browser.close()
    sys.stdout.write(table(rides, time.monotonic() - began) + "\n")
    return 1 if any(one.verdict in ("wrong", "missed") for one in rides) else 0


if __name__ == "__main__":
    sys.exit(main())
