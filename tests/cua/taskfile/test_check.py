"""What a file will ask permission for."""

from __future__ import annotations

from pathlib import Path

from cua.taskfile.check import check

TASK = """cua: 1
goal: Do it
start: {web: {url: "http://a.test:8000/x"}, calc: {app: [galculator, "{name}"]}}
params: {name: {type: text}, host: b.test}
secrets: [pw]
steps:
  - open: "https://{host}/y"
  - open: "{name}/z"
  - open: /w
  - if:
      text: a
      then:
        - click: Delete {name}
          commit: true
          expect: {text: gone}
  - upload: {into: Picture, file: [a.png, "{name}.png"]}
  - for_each:
      in: [{f: one}]
      do: [download: {target: Report, to: "out/{row.f}.csv"}]
  - extract: {target: T, into: out/all.csv}
  - call: {workflow: b.yaml, with: {who: "{name}"}}
done: {text: a}
"""
CALLED = """cua: 1
params: {who: {type: text}, unused: a}
secrets: [pin]
steps:
  - open: http://c.test/
  - click: Pay {who}
    commit: true
    expect: {text: paid}
"""


def test_what_it_asks_for(tmp_path: Path) -> None:
    file = tmp_path / "task.yaml"
    file.write_text(TASK)
    (tmp_path / "b.yaml").write_text(CALLED)
    report = check(file)
    asks = report.asks
    assert report.good
    assert asks.origins == ("http://a.test:8000", "https://b.test", "{name}/z", "http://c.test")
    assert [(commit.file.name, commit.line, commit.what) for commit in asks.commits] == [
        ("task.yaml", 13, 'click "Delete {name}"'),
        ("b.yaml", 6, 'click "Pay {name}"'),
    ]
    assert asks.secrets == ("pw", "pin")
    assert asks.uploads == (tmp_path / "a.png", tmp_path / "{name}.png")
    assert asks.writes == (tmp_path / "out/{row.f}.csv", tmp_path / "out/all.csv")
    assert asks.programs == (("galculator", "{name}"),)
    assert asks.files == (tmp_path / "b.yaml",)
    assert report.params == ("name",)


def test_defaults_are_tried(tmp_path: Path) -> None:
    file = tmp_path / "task.yaml"
    file.write_text("cua: 1\nparams: {name: ''}\nsteps:\n- click: A\n- if: {text: a, then: [{click: 'Open {name}'}]}\n")
    (problem,) = check(file).problems
    assert (problem.line, problem.what) == (5, "{name} is empty, and nothing on a screen is named so")


def test_notes_do_not_make_a_file_wrong(tmp_path: Path) -> None:
    file = tmp_path / "task.yaml"
    file.write_text("cua: 1\nparams: {p: a}\nsteps:\n- click: Save\n  commit: true\n  expect: {text: saved}\n")
    report = check(file)
    assert report.good
    assert [note.what for note in report.notes] == [
        "the file has no `done`",
        "the file has no `goal`",
        'nothing uses the param "p"',
        "this commit has no `already`",
    ]
