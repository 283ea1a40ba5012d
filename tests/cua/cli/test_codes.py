"""One-time codes with a real browser: a page that checks them, shows them in groups and repeats what it was sent."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from pyotp.totp import TOTP

import cua as product
from cua.journal import Journal
from cua.report.page import write
from tests.cua.cli.conftest import Cua
from tests.cua.cli.test_interrupted import started, until
from tests.serving import serve

pytestmark = [pytest.mark.timeout(180), pytest.mark.slow]

SEED = "JBSWY3DPEHPK3PXP"
FLOW = """cua: 1
goal: Sign in
secrets: [code]
steps:
  - type: {into: Authentication code, secret: code}
  - click: Sign in
    expect: {text: Welcome}
done: {text: Welcome}
"""
PAYING = FLOW.replace(
    "done: {text: Welcome}", "  - click: Pay\n    commit: true\n    expect: {text: Paid}\ndone: {text: Paid}"
)
GROUPS = "oninput=\"this.value = this.value.replace(/\\D/g, '').replace(/^(...)(?=.)/, '$1 ')\""
PAGE = """<!doctype html><title>Codes</title><h1>{head}</h1>{said}<form method=post action={action}>
<label>Authentication code <input name=code inputmode=numeric autocomplete=one-time-code {groups}></label>
<button>Sign in</button></form>"""


@dataclass
class Gate:
    """`sent` are the codes that came, in order, `paid` counts payments; each code is taken once, as RFC 6238 has it."""

    url: str = ""
    groups: str = ""
    period: int = 30
    sent: list[str] = field(default_factory=list)
    good: int = 0
    paid: int = 0

    def answer(self, path: str, posted: bytes) -> str:
        if path == "/pay":
            self.paid += 1
            return "<!doctype html><title>Paid</title><h1>Paid</h1>"
        if path != "/check" or not posted:
            return PAGE.format(head="Sign in", said="", action="/check", groups=self.groups)
        said = parse_qs(posted.decode())["code"][0]
        code = said.replace(" ", "")
        fresh, self.sent = code not in self.sent, [*self.sent, code]
        if not fresh or not TOTP(SEED, interval=self.period).verify(code, valid_window=1):
            said = f"<p role=alert>The code {said} is wrong</p>"
            return PAGE.format(head="Sign in", said=said, action="/check", groups=self.groups)
        self.good += 1
        pay = "<form method=post action=/pay><button>Pay</button></form>"
        return f"<!doctype html><title>In</title><h1>Welcome</h1><p>You came with {said} ({code})</p>{pay}"


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    server = serve(gate.answer)
    gate.url = f"http://127.0.0.1:{server.server_port}/"
    yield gate
    server.shutdown()
    server.server_close()


def _nowhere(folder: Path, *shown: str) -> None:
    forms = [form for one in shown for form in (one, f"{one[:3]} {one[3:]}")]
    forms += [SEED, SEED.lower(), "JBSW Y3DP", "jbsw y3dp"]
    for path in (path for path in folder.rglob("*") if path.is_file()):
        assert not [form for form in forms if form.encode() in path.read_bytes()], path


def test_a_code_signs_in_and_is_written_nowhere(cua: Cua, gate: Gate) -> None:
    gate.groups = GROUPS
    flow = cua.file("f.yaml", FLOW)
    told = ["--json", "--junit", str(cua.runs / "j.xml"), "--events", str(cua.runs / "e.jsonl")]
    cua.runs.mkdir()
    ended = cua("run", flow, "--url", gate.url, "--secret", "code=totp:CODE", *told, CODE="jbsw y3dp ehpk 3pxp")
    assert ended.code == 0, ended.err
    (code,) = gate.sent
    assert code not in ended.out + ended.err
    _nowhere(cua.runs, code)


def test_a_run_is_gone_on_with_and_its_seed_comes_again(cua: Cua, gate: Gate) -> None:
    gate.period = 8  # it is waited for: the server takes no code twice
    address = f"otpauth://totp/x?secret={SEED}&period=8"
    flow = cua.file("f.yaml", PAYING)
    stopped = cua("run", flow, "--url", gate.url, "--secret", "code=CODE", "--json", CODE=address)
    assert (stopped.code, stopped.result["outcome"], gate.paid) == (3, "needs_approval", 0), stopped.err
    without = cua("resume", stopped.result["run"], "--yes")
    assert without.code == 2
    assert "CODE is not set" in without.err
    ended = cua("resume", stopped.result["run"], "--yes", "--json", CODE=address)
    assert (ended.code, gate.paid) == (0, 1), ended.err
    _nowhere(cua.runs, *gate.sent)


def test_waiting_for_the_next_code_ends_at_a_signal(cua: Cua, gate: Gate) -> None:
    """What a run has typed is not typed again by the one that goes on with it; here the next code is minutes away."""
    gate.period = 600
    address = f"otpauth://totp/x?secret={SEED}&period=600"
    flow = cua.file("f.yaml", PAYING)
    stopped = cua("run", flow, "--url", gate.url, "--secret", "code=CODE", "--json", CODE=address)
    assert stopped.code == 3, stopped.err
    events = cua.folder / "e.jsonl"
    process = cua.start("resume", stopped.result["run"], "--yes", "--events", events, CODE=address)
    until(lambda: started(events, "1"))
    with pytest.raises(subprocess.TimeoutExpired):
        process.communicate(timeout=2)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=20)
    assert (process.returncode, len(gate.sent), gate.paid) == (130, 1, 0)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "CODE is empty"),
        ("not base 32!", "no base32"),
        (f"otpauth://hotp/x?secret={SEED}&counter=0", "only otpauth://totp/"),
    ],
)
def test_a_seed_that_makes_no_codes_is_2_in_one_line(cua: Cua, gate: Gate, value: str, said: str) -> None:
    ended = cua("run", cua.file("f.yaml", FLOW), "--url", gate.url, "--secret", "code=totp:CODE", CODE=value)
    assert ended.code == 2
    assert said in ended.err
    assert "--secret code" in ended.err
    assert len(ended.err.strip().splitlines()) == 1, ended.err
    assert SEED not in ended.err + ended.out


def test_from_python_by_its_address_and_its_report(tmp_path: Path, gate: Gate) -> None:
    file = tmp_path / "f.yaml"
    file.write_text(FLOW)
    address = f"otpauth://totp/Codes:ada?secret={SEED.lower()}&issuer=Codes"
    run = product.load(file, url=gate.url, secrets={"code": address}, runs=tmp_path / "runs")()
    assert run.outcome == "reached", run.why
    assert gate.good == 1
    assert gate.sent[0] not in repr(run)
    journal = Journal(tmp_path / "runs")
    write(run, journal.picture, tmp_path / "runs" / "report.html")
    journal.close()
    _nowhere(tmp_path / "runs", *gate.sent)
