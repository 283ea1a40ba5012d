"""Every kind of mistake is one clear line, with the file, the line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from cua.errors import BadInput
from cua.taskfile import load
from cua.taskfile.check import check

HEAD = "cua: 1\nsteps:\n"

BAD = [
    # the file
    ("", 1, "the file is empty; a task file begins with `cua: 1`"),
    ("hello\n", 1, "a task file is a mapping that begins with `cua: 1`; this is a text"),
    ("- a\n", 1, "a task file is a mapping that begins with `cua: 1`; this is a list"),
    ("name: a\n", 1, "this is no task file: it does not say `cua: 1`"),
    ("cua: 2\nsteps: [back]\n", 1, "cua is the number 2; this program reads version 1"),
    ("cua: 1\ncua: 1\n", 2, '"cua" is here twice; the first is in line 1'),
    ("cua: 1\n---\ncua: 1\n", 2, "there is a second document in the file; one file holds one task"),
    ("a: b: c\n", 1, "this is not YAML: a second colon in one line; put the text in quotes"),
    ("cua: 1\ngoal: {name} is\n", 2,
     "this is not YAML: this does not fit to what is before it; text that begins with { or [ needs quotes"),
    ('cua: 1\nsteps:\n- click: "a\n', 3, "this is not YAML: a quote that opens here is not closed"),
    ("cua: 1\nsteps:\n\t- back\n", 3, "this is not YAML: a tab indents this line; use spaces"),
    ("cua: 1\nstpes:\n- back\n", 2, 'a task file has no "stpes"; did you mean "steps"?'),
    ("cua: 1\n", 1, 'a task file needs "steps"'),
    ("cua: 1\nsteps: []\n", 2, "steps has no steps"),
    ("cua: 1\nsteps: back\n", 2, "steps has to be a list of steps"),
    ("cua: 1\nstart: here\nsteps: [back]\n", 2,
     'start is "here", and has to be an address that begins with http:// or https://'),
    ("cua: 1\nstart: {ulr: x}\nsteps: [back]\n", 2, 'start has no "ulr"; did you mean "url"?'),
    ("cua: 1\nname: a/b\nsteps: [back]\n", 2, 'name is "a/b", and has to be letters, digits, - and _'),
    # the verb
    (HEAD + "- clik: Save\n", 3, 'there is no verb "clik"; did you mean "click"?'),
    (HEAD + "- click: Save\n  type: {into: a, text: b}\n", 3, "`click` and `type` in one step; make a step of each"),
    (HEAD + "- code: print(1)\n", 3, "code is not available yet"),
    (HEAD + "- expect: {text: a}\n", 3, "this step has no verb; to wait for something, write `wait: {…}`"),
    (HEAD + "- click\n", 3, 'a step is a verb and what it is done to, as in `click: Save`; this is "click"'),
    (HEAD + "- click:\n", 3, "click has nothing to act on"),
    (HEAD + "- back: 2\n", 3, "back takes nothing; write `- back:`"),
    # its keys
    (HEAD + "- click: Save\n  exepct: {text: a}\n", 4, 'a step has no "exepct"; did you mean "expect"?'),
    (HEAD + "- type: {into: Name}\n", 3, "type needs one of text and secret"),
    (HEAD + "- type: {into: Name, text: a, secret: b}\n", 3, "type can have only one of text and secret"),
    (HEAD + "- type: {text: a}\n", 3, 'type needs "into"; as in type: {into: …}'),
    (HEAD + "- type: {into: a, text: b}\n  append: true\n", 4,
     "append belongs inside type; write type: {…, append: …}"),
    (HEAD + "- if: {text: a}\n  then: [back]\n", 4, "then belongs inside if; write if: {…, then: …}"),
    (HEAD + "- click: [a, b]\n", 3, "target is a list, and has to be a target: words, or {target: …, near: …}"),
    (HEAD + "- click: {target: a, naer: b}\n", 3, 'click has no "naer"; did you mean "near"?'),
    (HEAD + "- click: {near: a}\n", 3, "near needs `target` beside it in click"),
    (HEAD + "- click: {target: a, near: b}\n  near: c\n", 4, '"near" is said twice in this step'),
    (HEAD + "- click: {target: a, nth: x}\n", 3, 'nth is "x", and has to be a number or last'),
    (HEAD + "- click: {target: a, role: buton}\n", 3, "no role 'buton' (did you mean 'button'?)"),
    (HEAD + "- press: Entr\n", 3, 'there is no key "Entr"; did you mean "Enter"?'),
    (HEAD + "- scroll: sideways\n", 3, 'to is "sideways", and has to be up, down, left, right, top or bottom'),
    (HEAD + "- extract: Total\n", 3, "extract needs as or into"),
    (HEAD + "- click: a\n  timeout: 5s\n", 4, 'timeout is "5s", and has to be a number from 0 up'),
    (HEAD + "- click: a\n  timeout: -1\n", 4, "timeout is the number -1, and has to be a number from 0 up"),
    (HEAD + "- open: //evil.test/\n", 3,
     'url is "//evil.test/", and has to be an address that begins with http:// or https://, '
     "or a path that begins with /"),
    # wait
    (HEAD + "- wait: 5\n", 3,
     "wait is the number 5; wait for something that can be seen, as in `wait: {text: Saved, within: 5}`"),
    (HEAD + "- wait: 5 seconds\n", 3,
     'wait is "5 seconds"; wait for something that can be seen, as in `wait: {text: Saved, within: 5}`'),
    (HEAD + "- wait: {within: 5}\n", 3,
     "wait says how long, and not for what; "
     "wait for something that can be seen, as in `wait: {text: Saved, within: 5}`"),
    # expectations
    (HEAD + "- click: a\n  expect: {txt: b}\n", 4, 'expect has no "txt"; did you mean "text"?'),
    (HEAD + "- click: a\n  expect: Saved\n", 4,
     'expect is "Saved", and has to be an expectation, as in {text: Saved}'),
    (HEAD + "- click: a\n  expect: {}\n", 4, "expect expects nothing; it has "),
    (HEAD + "- click: a\n  expect: {count: 3}\n", 4, "count is the number 3, and has to be a mapping with "),
    (HEAD + "- click: a\n  expect: {http: {}}\n", 4, "http needs status, method or url"),
    (HEAD + "- click: a\n  expect: {not: [a]}\n", 4, 'all is "a", and has to be an expectation, as in {text: Saved}'),
    (HEAD + "- wait: {value: x}\n", 3, "value does not say of what; write value: {target: …, is: …}"),
    (HEAD + "- wait: {any: [{text: a}, {checked: true}]}\n", 3,
     "checked does not say of what; write checked: {target: …, is: …}"),
    ("cua: 1\nsteps: [back]\ndone: {checked: true}\n", 3,
     "checked does not say of what; write checked: {target: …, is: …}"),
    # commits
    (HEAD + "- click: Save\n  commit: true\n  expect: {changed: true}\n", 3,
     "`changed` is no proof of a commit; say what must be seen when it has happened, as in expect: {text: was saved}"),
    (HEAD + "- wait: {text: a}\n  commit: true\n", 3, "wait changes nothing that cannot be undone, so it is no commit"),
    (HEAD + "- click: a\n  commit: yes\n", 4, 'commit is "yes", and has to be true or false'),
    (HEAD + "- if: {text: a, then: [back]}\n  commit: true\n", 4,
     "commit cannot stand beside if; it belongs to a step that acts"),
    # control
    (HEAD + "- if: {then: [back]}\n", 3, "if asks nothing; as in if: {text: Log in, then: […]}"),
    (HEAD + "- if: {text: a, expect: {text: b}, then: [back]}\n", 3, "if asks twice; put text into `expect`"),
    (HEAD + "- if: {text: a, then: []}\n", 3, "then has no steps"),
    (HEAD + "- for_each: {in: [], do: [back]}\n", 3, "in is an empty list"),
    (HEAD + "- for_each: {in: [a]}\n", 3, 'for_each needs "do"; as in for_each: {in: …, do: …}'),
    (HEAD + "- repeat: {do: [back], at_most: 3}\n", 3,
     'repeat needs "until"; as in repeat: {do: …, until: …, at_most: …}'),
    (HEAD + "- repeat: {do: [back], until: {text: a}, at_most: 0}\n", 3,
     "at_most is the number 0, and has to be a whole number from 1 up"),
    # names
    ("cua: 1\nparams: {name: a}\nsteps:\n- type: {into: Name, text: '{nam}'}\n", 4,
     '{nam} is not known; did you mean "name"?'),
    (HEAD + "- type:\n    into: Name\n    text: '{x}'\n", 5, "{x} is not known; no names are known here"),
    (HEAD + "- type: {into: Name, text: {name}}\n", 3,
     'text is a mapping, and has to be text; a name in braces needs quotes: "{name}"'),
    (HEAD + "- click: 'a {b'\n", 3, '"{" is no name in braces; a brace that is meant as such is written {{ or }}'),
    (HEAD + "- click: '{a+b}'\n", 3, '"{a+b}" is no name in braces; a brace that is meant as such is written {{ or }}'),
    (HEAD + "- for_each: {in: [{a: 1}], do: [{click: '{row.b}'}]}\n", 3, "{row.b} is not known; row has only a"),
    (HEAD + "- for_each: {in: [{a: 1}], do: [{click: '{row}'}]}\n", 3, "{row} has parts; write {row.PART} with a"),
    (HEAD + "- for_each: {in: [1, {a: 1}], do: [{click: '{row}'}]}\n", 3, "some rows have parts and some have none"),
    (HEAD + "- for_each: {in: [1], do: [back]}\n- click: '{row}'\n", 4, "{row} is not known; no names are known here"),
    ("cua: 1\nparams: {row: a}\nsteps:\n- for_each: {in: [1], do: [{click: '{row}'}]}\n", 4,
     '"row" is a param already; name the row otherwise: row: NAME'),
    (HEAD + "- click: '{x}'\n- extract: {target: a, as: x}\n", 3, "{x} is not known; no names are known here"),
    (HEAD + "- extract: {target: a, as: t}\ndone: {text: '{t}'}\n", 4, "{t} is not known; done can use only params"),
    ("cua: 1\ngoal: Add {nme}\nparams: {name: a}\nsteps: [back]\n", 2, '{nme} is not known; did you mean "name"?'),
    # secrets
    ("cua: 1\nsecrets: [pw]\nsteps:\n- type: {into: Name, text: '{pw}'}\n", 4,
     "{pw} is a secret, which can only be typed; type: {into: …, secret: pw}"),
    (HEAD + "- type: {into: Name, secret: pw}\n", 3, 'the secret "pw" is not declared; declare it: secrets: [pw]'),
    ("cua: 1\nsecrets: [a]\nparams: {a: b}\nsteps: [back]\n", 3,
     '"a" is a param and a secret; it can be only one of them'),
    # params
    ("cua: 1\nparams: {n: {type: integer, default: x}}\nsteps: [back]\n", 2,
     'the default of the param "n" has to be a whole number'),
    ("cua: 1\nparams: {n: {type: txt}}\nsteps: [back]\n", 2,
     'type is "txt", and has to be text, number, integer, boolean, date, choice, email or list; did you mean "text"?'),
    ("cua: 1\nparams: {n: {type: choice}}\nsteps: [back]\n", 2,
     'the param "n" is a choice without options; write options: [A, B]'),
    ("cua: 1\nparams: {n: {type: choice, options: [A, B], default: C}}\nsteps: [back]\n", 2,
     'the default of the param "n" has to be A or B'),
    ("cua: 1\nparams: {n: {typ: text}}\nsteps: [back]\n", 2, 'n has no "typ"; did you mean "type"?'),
    ("cua: 1\nparams: {1n: a}\nsteps: [back]\n", 2,
     'a name under params is "1n", and has to be a name of letters, digits and _ that begins with a letter'),
    # paths
    (HEAD + "- upload: {into: a, file: /etc/passwd}\n", 3,
     '"/etc/passwd" is an absolute path; a path is relative to the task file, with / between its parts'),
    (HEAD + "- upload: {into: a, file: ../x}\n", 3, '"../x" leaves the folder of the task file'),
    (HEAD + "- upload: {into: a, file: 'C:\\x'}\n", 3,
     '"C:\\x" is an absolute path; a path is relative to the task file, with / between its parts'),
    (HEAD + "- download: {target: a, to: ~/x}\n", 3, '"~/x" begins with ~; a path is relative to the task file'),
    (HEAD + "- call: x.yaml\n", 3, "there is no file x.yaml beside this one"),
    (HEAD + "- call: ../x.yaml\n", 3, '"../x.yaml" leaves the folder of the task file'),
    (HEAD + "- call: '{x}.yaml'\n", 3,
     "workflow cannot have names in braces: which file it is has to be plain to see"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "says"), BAD, ids=range(len(BAD)))
def test_one_clear_line(text: str, line: int, says: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(text)
    with pytest.raises(BadInput) as error:
        load(file)
    message = str(error.value)
    expected = f"{file}:{line}: {says}"
    assert message.startswith(expected) if says.endswith(" ") else message == expected
    assert "\n" not in message
    assert (error.value.file, error.value.line) == (file, line)


def test_check_lists_all_and_load_raises_the_first(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("cua: 1\nsteps:\n- clik: a\n- type: {into: b}\n- click: '{c}'\n  expect: {txt: d}\n")
    problems = check(file).problems
    assert [problem.line for problem in problems] == [3, 4, 6]
    with pytest.raises(BadInput) as error:
        load(file)
    assert str(error.value) == str(problems[0])


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    for path, says in ((tmp_path, "this is a folder"), (tmp_path / "no.yaml", "there is no such file")):
        with pytest.raises(BadInput, match=says) as error:
            load(path)
        assert error.value.file == path
    assert check(tmp_path).problems


def test_a_called_file_names_itself(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("cua: 1\nsteps:\n- call: b.yaml\n")
    (tmp_path / "b.yaml").write_text("cua: 1\nsteps:\n- clik: a\n")
    report = check(tmp_path / "a.yaml")
    assert [(problem.file.name, problem.line) for problem in report.problems] == [("b.yaml", 3)]


CALLS = [
    ("call: {workflow: b.yaml}", 'b.yaml needs the param "n" (integer); with: {n: …}'),
    ("call: {workflow: b.yaml, with: {m: 1}}", 'b.yaml has no param "m"; it has n'),
    ("call: {workflow: b.yaml, with: {n: x}}", 'the param "n" of b.yaml has to be a whole number'),
]


@pytest.mark.parametrize(("step", "says"), CALLS, ids=range(len(CALLS)))
def test_a_call_has_to_fit(step: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(f"cua: 1\nsteps:\n- {step}\n")
    (tmp_path / "b.yaml").write_text("cua: 1\nparams: {n: {type: integer}}\nsteps:\n- click: 'Row {n}'\n")
    assert check(tmp_path / "a.yaml").problems[0].sentence == says


def test_calls_cannot_go_round(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("cua: 1\nsteps:\n- call: b.yaml\n")
    (tmp_path / "b.yaml").write_text("cua: 1\nsteps:\n- call: a.yaml\n")
    report = check(tmp_path / "a.yaml")
    assert "a.yaml calls itself: a.yaml → b.yaml → a.yaml" in [problem.what for problem in report.problems]
