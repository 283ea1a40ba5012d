"""A small application that goes wrong on request: an agent is tried on it, and its own books tell the truth.

    python tasks/faulty/app.py [--port 0] [--faults late-dialog,drop-after-commit@1] [--seed 0] [--dir DIR]
    python tasks/faulty/app.py --list

Items, transfers and invoices of a depot: sign-in (clerk), lists with search and pages, forms, a wizard, a payment,
settings, files. When the port is open two lines say so on stdout: `READY http://127.0.0.1:PORT/` and, for the books
and the switches (`depot/admin.py` tells what they are), `ADMIN http://127.0.0.1:PORT/`. The folder holds everything:
`depot.sqlite3`; it is made when it is missing and gone on with otherwise. Without one everything is gone at the end.
The same seed gives the same faults at the same moments.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import threading
from pathlib import Path

if not __package__:  # started as a program: what is beside it is its package (PEP 366)
    __package__ = Path(__file__).resolve().parent.name
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from .depot.catalogue import FAULTS
from .depot.fault import UnknownFault
from .depot.server import Faulty


def listed() -> str:
    """Every fault in a line."""
    width = max(map(len, FAULTS))
    return "\n".join(f"{one.name:{width}}  {one.about}  [{one.way.value}]" for one in FAULTS.values())


def main() -> int:
    options = argparse.ArgumentParser(description="an application that goes wrong on request")
    options.add_argument("--port", type=int, default=0, help="0: a free one")
    options.add_argument("--admin-port", type=int, default=0, help="of the books and the switches; 0: a free one")
    options.add_argument(
        "--faults", default="", help="NAME, NAME@2 (the second time), NAME@always; with commas between"
    )
    options.add_argument("--seed", type=int, default=0, help="chooses times, places and durations")
    options.add_argument("--dir", type=Path, help="the folder of depot.sqlite3; made when missing")
    options.add_argument("--password", default="secret", help="of the user clerk")
    options.add_argument("--list", action="store_true", help="tell all faults, then leave")
    given = options.parse_args()
    if given.list:
        print(listed())
        return 0
    with tempfile.TemporaryDirectory(prefix="faulty-") as scratch:
        try:
            running = Faulty(
                (given.dir or Path(scratch)).resolve(),
                faults=given.faults.split(","),
                seed=given.seed,
                password=given.password,
                port=given.port,
                admin_port=given.admin_port,
            )
        except UnknownFault as no:
            options.error(f"--faults: {no}")
        except OSError as no:
            options.error(f"--port {given.port}: {no.strerror}")
        with running:
            print(f"READY {running.url}\nADMIN {running.admin}", flush=True)
            ended = threading.Event()
            signal.signal(signal.SIGTERM, lambda number, frame: ended.set())
            ended.wait()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
