"""A small sample of the measure, and `cua record` with the browser that it opens itself."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.recorded.ride import CUA, record, replay
from tests.recorded.screen import NotThere, Screen
from tests.recorded.workflows import WORKFLOWS
from tests.serving import serve

PAGE = """<!doctype html><title>Desk</title><label>Name <input></label><button>Greet</button><p role=status></p><script>
document.querySelector('button').onclick = () => {
  document.querySelector('[role=status]').textContent = `Good day, ${document.querySelector('input').value}`;
};
const places = () => Object.fromEntries(['input', 'button'].map((one) => {
  const r = document.querySelector(one).getBoundingClientRect();
  return [one, [screenX + (outerWidth - innerWidth) / 2 + r.x + r.width / 2, screenY + outerHeight - innerHeight + r.y + r.height / 2]];
}));
setInterval(() => fetch('/', { method: 'POST', body: JSON.stringify([places(), document.querySelector('p').textContent !== '', document.hasFocus() && document.activeElement.tagName]) }), 200);
</script>"""  # noqa: E501 - a page


@pytest.fixture
def screen() -> Iterator[Screen]:
    try:
        with Screen() as shown:
            yield shown
    except NotThere as missing:
        pytest.skip(str(missing))


@pytest.mark.slow
def test_what_a_person_does_at_the_screen_is_replayed(screen: Screen, tmp_path: Path) -> None:
    (workflow,) = (one for one in WORKFLOWS if one.name == "newcomer")
    file, said = record(workflow, screen, tmp_path)
    assert "HOLE" not in said
    again = replay(workflow, file, tmp_path / "runs")
    assert again.good, f"{again}\n{file.read_text(encoding='utf-8')}"


class Desk:
    """A page that tells its server where its things are on the screen: nobody else is attached to the browser."""

    def __init__(self) -> None:
        told = self.told = list[tuple[dict[str, list[float]], bool, str]]()

        def answer(path: str, posted: bytes) -> str:
            if posted:
                places, greeted, focus = json.loads(posted)
                told.append((places, greeted, focus))
            return PAGE if path == "/" else ""

        self.server = serve(answer)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"

    def where(self, thing: str) -> tuple[float, float]:
        """Once it has been told twice alike: the window stands."""
        self.until(lambda: len(self.told) > 1 and self.told[-1][0] == self.told[-2][0])
        x, y = self.told[-1][0][thing]
        return x, y

    def until(self, is_so: Callable[[], bool]) -> None:
        end = time.monotonic() + 60
        while not is_so():
            assert time.monotonic() < end, self.told[-1:]
            time.sleep(0.05)


def clicked(screen: Screen) -> bool:
    """Once more, as people do where nothing has come of it."""
    screen.click()
    screen.pause(1.0)
    return True


@pytest.fixture
def desk() -> Iterator[Desk]:
    one = Desk()
    yield one
    one.server.shutdown()
    one.server.server_close()


@pytest.mark.slow
def test_the_browser_that_is_opened_is_watched(screen: Screen, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "greet.yaml"
    command = [*CUA, "record", "--url", desk.url, "-o", str(file)]
    recorder = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(screen.environment)
    )
    try:
        assert recorder.stderr is not None
        recorder.stderr.readline()  # it says that it is ready
        screen.move(*desk.where("input"))
        desk.until(lambda: clicked(screen) and desk.told[-1][2] == "INPUT")
        screen.type("Ada")
        screen.move(*desk.where("button"))
        screen.click()
        desk.until(lambda: desk.told[-1][1])
        screen.pause(2.0)  # a person reads it
        recorder.send_signal(signal.SIGINT)
        _, said = recorder.communicate(timeout=60)
    finally:
        if recorder.poll() is None:
            recorder.kill()
            recorder.wait()
    text = file.read_text(encoding="utf-8")
    assert recorder.returncode == 0, said
    assert '- type: {into: Name, text: "{name}"}\n' in text
    assert '- click: Greet\n    expect: {text: "Good day, {name}"}\n' in text
    assert "  - {for: click Greet, v: 1, role: button, name: Greet," in text
