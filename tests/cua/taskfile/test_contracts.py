"""What files say that steps and runs are held to: as data, told by `cua check`, and refused with the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cua import expect as ex
from cua.cli.command import run
from cua.contract import Before, Contract, Eventually, Until
from cua.errors import BadInput
from cua.goal import Goal
from cua.options import Options
from cua.planners.script import ScriptPlanner
from cua.run import Done, Run
from cua.step import Step
from cua.task import Task
from cua.taskfile import load
from cua.taskfile.check import check
from cua.verdict import Verdict
from envs.action import Click, Reload
from envs.observation import Observation
from grounding.target import Target

NOW = Observation(1, "web", "http://127.0.0.1:8000/", "Page")
FILE = """cua: 1
params: {who: Ada}
always: {text: "Signed in as {who}"}
never:
  - {text: Server error}
  - {http: 500}
order:
  - {see: {text: Terms}, before: pay}
  - {do: choose, before: {text: Thanks}, name: choose first}
  - {keep: {text: Draft}, until: pay}
  - {eventually: pay}
steps:
  - click: Large
    name: choose
    always: {enabled: true}
    recover: [click: Accept cookies, reload]
  - click: Pay
    name: pay
    pre: {text: "Total of {who}", within: 3}
    never: [{dialog: Sure}, {text: Late}]
    commit: true
    expect: {text: Thanks}
done: {text: Thanks}
"""


def written(folder: Path, text: str, **files: str) -> Path:
    for name, inside in files.items():
        (folder / f"{name}.yaml").write_text(inside)
    file = folder / "task.yaml"
    file.write_text(text)
    return file


def planned(file: Path) -> tuple[Step, ...]:
    planner = ScriptPlanner(load(file), {})
    return planner.plan(planner.task.goal(), NOW, Run("r", planner.task.goal())).steps


def test_what_the_run_is_held_to_is_in_its_goal(tmp_path: Path) -> None:
    contract = load(written(tmp_path, FILE)).goal({"who": "Grace"}).contract
    assert contract.always == (ex.Text("Signed in as Grace"),)
    assert contract.never == (ex.Text("Server error"), ex.Http(500))
    assert contract.order == (
        Before(ex.Text("Terms"), "pay"),
        Before("choose", ex.Text("Thanks"), "choose first"),
        Until(ex.Text("Draft"), "pay"),
        Eventually("pay"),
    )


def test_what_a_step_is_held_to_is_in_the_step(tmp_path: Path) -> None:
    choose, pay = planned(written(tmp_path, FILE))
    assert (choose.name, choose.always) == ("choose", (ex.Enabled(Target("Large", text="Large")),))
    assert [type(remedy.action) for remedy in choose.recover] == [Click, Reload]
    assert [remedy.words for remedy in choose.recover][1] == "to mend it, load the page again"
    assert pay.pre == ex.Within(ex.Text("Total of Ada"), 3)
    assert pay.never == (ex.DialogSeen("Sure"), ex.Text("Late"))


def test_several_keys_are_all_of_them_and_a_list_is_each(tmp_path: Path) -> None:
    text = "cua: 1\nnever: {text: a, url: /b}\nalways: [{text: c}, {text: d}]\nsteps: [back]\n"
    contract = load(written(tmp_path, text)).goal().contract
    assert contract.never == (ex.All((ex.Text("a"), ex.Url("/b"))),)
    assert contract.always == (ex.Text("c"), ex.Text("d"))


def test_the_steps_of_a_called_file_are_held_to_what_that_file_is(tmp_path: Path) -> None:
    inner = "cua: 1\nparams: {x: {type: text}}\nalways: {text: 'of {x}'}\nnever: {text: no}\nsteps:\n- call: c.yaml\n"
    last = "cua: 1\nalways: {text: deep}\nsteps:\n- click: Save\n  always: {text: own}\n  recover: [back]\n"
    outer = "cua: 1\nalways: {text: all}\nsteps:\n- call: {workflow: b.yaml, with: {x: it}}\n- forward\n"
    file = written(tmp_path, outer, b=inner, c=last)
    save, forward = planned(file)
    assert save.always == (ex.Text("own"), ex.Text("of it"), ex.Text("deep"))
    assert save.never == save.recover[0].never == (ex.Text("no"),)
    assert forward.always == ()
    assert load(file).goal().contract == Contract(always=(ex.Text("all"),))


def test_rules_can_name_steps_of_called_files(tmp_path: Path) -> None:
    inner = "cua: 1\nsteps:\n- click: Pay\n  name: pay\n"
    outer = "cua: 1\norder: {eventually: pay}\nsteps:\n- call: b.yaml\n"
    assert load(written(tmp_path, outer, b=inner)).goal().contract.order == (Eventually("pay"),)


def test_a_called_file_has_no_order_of_its_own(tmp_path: Path) -> None:
    inner = "cua: 1\norder: {eventually: pay}\nsteps:\n- click: Pay\n  name: pay\n"
    with pytest.raises(BadInput, match=r"task\.yaml:3: b\.yaml has rules of order"):
        load(written(tmp_path, "cua: 1\nsteps:\n- call: b.yaml\n", b=inner))


HEAD = "cua: 1\nsteps:\n- click: Save\n"
BAD = [
    (HEAD + "order: {do: save, before: {text: a}}\n", 4, 'no step has the name "save"; give it that: name: …'),
    (HEAD + "  name: save\norder:\n- do: sav\n  before: {text: a}\n", 6,
     'no step has the name "sav"; did you mean "save"?'),
    (HEAD + "  name: s\norder:\n- see: {text: a}\n  before: x\n", 7,
     'no step has the name "x"; the steps with a name are s'),
    (HEAD + "order: {see: {text: a}}\n", 4, "order needs one of before, until and eventually"),
    (HEAD + "order: {before: {text: a}}\n", 4, "order: before needs one of see and do beside it"),
    (HEAD + "order: {keep: {text: a}, before: {text: b}}\n", 4, "order: before needs one of see and do beside it"),
    (HEAD + "order: {until: {text: a}}\n", 4, "order: until needs keep beside it"),
    (HEAD + "order: {see: {text: a}, eventually: {text: b}}\n", 4, "order: see needs before beside it"),
    (HEAD + "order: {after: {text: a}}\n", 4, 'order has no "after"'),
    (HEAD + "always: Saved\n", 4, "always is \"Saved\", and has to be an expectation, as in {text: Saved}"),
    (HEAD + "always: {changed: true}\n", 4, "always is about one screen, which has not changed"),
    (HEAD + "always: {text: a, within: 3}\n", 4, "always has no deadline"),
    (HEAD + "always: {not: {http: 500}}\n", 4, "always is about what a screen shows, and http about what happens"),
    (HEAD + "always: {value: x}\n", 4, "value does not say of what"),
    (HEAD + "never: {any: [{text: a}, {changed: true}]}\n", 4, "never is about one screen"),
    (HEAD + "never: {text: '{who}'}\n", 4, "{who} is not known; what a run is held to can use only params"),
    (HEAD + "  pre: {download: a}\n", 4, "pre is about what a screen shows, and download about what happens"),
    (HEAD + "  pre: ~\n", 4, "pre has no value"),
    (HEAD + "  recover: []\n", 4, "recover has no steps"),
    (HEAD + "  recover: [{click: a, commit: true}]\n", 4, "a remedy cannot be a commit"),
    (HEAD + "  recover: [{extract: a, as: b}]\n", 4, "extract is no remedy"),
    (HEAD + "  recover: [{if: {text: a, then: [back]}}]\n", 4, "a control step is no remedy"),
    (HEAD + "  recover: [{click: a, recover: [back]}]\n", 4, "a remedy has no remedies of its own"),
    (HEAD + "  recover: [{click: a, name: b}]\n", 4, "a remedy has no name of its own"),
    (HEAD + "  recover: [back, back, back, back, back]\n", 4, "recover has 5 steps; at most 4 are tried"),
    (HEAD + "  recover: [{type: {into: a, secret: pw}}]\n", 4, 'the secret "pw" is not declared'),
    (HEAD + "- if: {text: a, then: [back]}\n  pre: {text: b}\n", 5, "pre cannot stand beside if"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "what"), BAD, ids=lambda value: str(value)[-50:])
def test_what_makes_no_sense_is_refused_with_its_line(text: str, line: int, what: str, tmp_path: Path) -> None:
    file = written(tmp_path, text)
    with pytest.raises(BadInput) as error:
        load(file)
    assert str(error.value).startswith(f"{file}:{line}: {what}")


def test_values_that_make_it_wrong_are_told_before_the_run(tmp_path: Path) -> None:
    file = written(
        tmp_path, "cua: 1\nparams: {a: {type: text}}\nalways: {text: x}\nnever: {text: '{a}'}\nsteps: [back]\n"
    )
    with pytest.raises(BadInput, match=r":4: .*empty text proves nothing"):
        ScriptPlanner(load(file), {"a": " "})


def test_check_says_what_it_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, FILE)
    assert check(file).contracts == (
        'always the text "Signed in as Ada" is there (task.yaml:3)',
        'never the text "Server error" is there (task.yaml:5)',
        "never a request is answered with 500 (task.yaml:6)",
        'it has to be seen that the text "Terms" is there before step "pay" is done (task.yaml:8)',
        'step "choose" has to be done before it is seen that the text "Thanks" is there (choose first) (task.yaml:9)',
        'it holds that the text "Draft" is there until step "pay" is done (task.yaml:10)',
        'step "pay" is done at some time (task.yaml:11)',
        'click "Large": always "Large" is enabled; to mend it, click "Accept cookies"; to mend it, load the page again '
        "(task.yaml:13)",
        'click "Pay": only when the text "Total of Ada" is there within 3 s; never a dialog "Sure" was shown; '
        'never the text "Late" is there (task.yaml:17)',
    )
    assert run(["check", str(file)]) == 0
    assert "  is held to: always the text" in capsys.readouterr().out


def test_what_remedies_need_is_asked_for(tmp_path: Path) -> None:
    text = 'cua: 1\nsteps:\n- click: Save\n  recover: [{open: "http://b.test/"}, {upload: {into: P, file: a.png}}]\n'
    asks = check(written(tmp_path, text)).asks
    assert (asks.origins, asks.uploads) == (("http://b.test",), (tmp_path / "a.png",))


def test_a_planner_that_makes_steps_of_its_own_knows_no_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cua.task.planners", lambda: ("script", "other"))
    options = Options(url="http://127.0.0.1:8000/", planner="other")
    with pytest.raises(BadInput, match=r'task\.yaml:8: the order names the step "pay"'):
        Task.of(str(written(tmp_path, FILE)), options)


def test_the_planner_tries_again_what_a_remedy_has_mended(tmp_path: Path) -> None:
    planner = ScriptPlanner(load(written(tmp_path, FILE)), {})
    (step, *_) = planned(planner.task.path)
    no, yes = Verdict.no("not there", final=True), Verdict.yes("there")
    remedy = Step("1.recover.1", Reload(), "reload", mends="1")
    run = Run("r", Goal("g"), (Done(step, no, False, undone=True), Done(remedy, yes, True)))
    assert run.mended("1")
    assert planner.plan(run.goal, NOW, run).steps[0].id == "1"
    assert not run.add(Done(step, no, False)).mended("1")
