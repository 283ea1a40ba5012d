"""What is written on the command line, read and checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from cua import policyfile
from cua.errors import BadInput
from cua.options import Login, SecretSource, address_of, browser_of, logins_of, params_of, secrets_of, viewport_of
from cua.policyfile import Stance, UserPolicy
from cua.vault import Binding

START = "http://127.0.0.1:8000"


def test_params_keep_everything_after_the_first_equals_sign() -> None:
    assert params_of(["a=b=c", "empty="]) == {"a": "b=c", "empty": ""}
    for wrong in (["a"], ["=b"], ["a=1", "a=2"]):
        with pytest.raises(BadInput):
            params_of(wrong)


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("pw=PW", SecretSource("pw", "PW")),
        ("pw=PW@http://Example.com:80/login", SecretSource("pw", "PW", "http://example.com")),
        ("pw=PW@https://a.example#New code", SecretSource("pw", "PW", "https://a.example", "New code")),
        ("pw=PW#PIN", SecretSource("pw", "PW", None, "PIN")),
    ],
)
def test_a_secret_is_a_variable_an_origin_and_a_field(written: str, source: SecretSource) -> None:
    assert secrets_of([written]) == (source,)
    assert secrets_of([str(source)]) == (source,)


@pytest.mark.parametrize("wrong", ["pw", "=PW", "pw=", "pw=s3cret!", "pw=PW@javascript:alert(1)", "pw=PW@nowhere"])
def test_a_secret_that_makes_no_sense_is_refused_without_repeating_a_value(wrong: str) -> None:
    with pytest.raises(BadInput) as refused:
        secrets_of([wrong])
    assert "s3cret" not in str(refused.value)


def test_a_secret_is_bound_to_the_start_where_nothing_else_is_said() -> None:
    assert SecretSource("pw", "PW").bind(START, {"PW": "x"}) == Binding("x", START)
    assert SecretSource("pw", "PW", "http://a.example").bind(START, {"PW": "x"}).origin == "http://a.example"
    assert SecretSource("pw", value="x").bind(START, {}) == Binding("x", START)
    for environ in ({}, {"PW": ""}):
        with pytest.raises(BadInput, match="PW"):
            SecretSource("pw", "PW").bind(START, environ)
    assert "hush" not in repr(SecretSource("pw", value="hush"))


def test_addresses_are_of_the_web() -> None:
    assert address_of("HTTP://127.0.0.1:8000/x") == "HTTP://127.0.0.1:8000/x"
    for wrong, hint in {
        "example.com": "https://example.com",
        "localhost:80/a": "http://localhost:80/a",
        "file:///etc": "http",
    }.items():
        with pytest.raises(BadInput, match=hint):
            address_of(wrong)


def test_how_the_browser_is_opened(tmp_path: Path) -> None:
    assert viewport_of("1280×720") == (1280, 720)
    assert browser_of(viewport="800x600", locale="de-DE").viewport == (800, 600)
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(BadInput, match="folder"):
        browser_of(profile=file)
    with pytest.raises(BadInput, match="folder"):
        browser_of(auth=tmp_path / "no" / "auth.json")
    with pytest.raises(BadInput, match="cdp-url"):
        browser_of(cdp_url="9222")


def policy(folder: Path, text: str) -> UserPolicy:
    file = folder / "policy.yaml"
    file.write_text(text)
    return policyfile.load(file)


def test_a_policy_file_is_small_and_strict(tmp_path: Path) -> None:
    read = policy(
        tmp_path, "origins: ['https://a.example', \"http://127.0.0.1:8000/\"]\ncommits: allow\nuploads: deny\n"
    )
    assert read.origins == {"https://a.example", START}
    assert (read.commits, read.uploads) == (Stance.ALLOW, Stance.DENY)
    assert policy(tmp_path, "# nothing yet\n") == UserPolicy(file=tmp_path / "policy.yaml")
    assert policy(tmp_path, "origins: https://a.example\n").origins == {"https://a.example"}


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("commits: ask\norigin: [x]\n", 2, 'did you mean "origins"?'),
        ("commits: alow\n", 1, 'did you mean "allow"?'),
        ("origins: ['https://a.example/path']\n", 1, "did you mean https://a.example?"),
        ("origins:\n  - https://a.example\n  - '*'\n", 3, "no origin"),
        ("origins: ['file:///']\n", 1, "no origin"),
        ("- commits\n", 1, "a policy is a mapping"),
        ("commits: !x ask\n", 1, "tags"),
    ],
)
def test_a_policy_that_is_wrong_names_the_line(tmp_path: Path, text: str, line: int, hint: str) -> None:
    with pytest.raises(BadInput) as refused:
        policy(tmp_path, text)
    assert refused.value.line == line
    assert hint in str(refused.value)


def test_the_schema_of_the_policy_says_the_same() -> None:
    assert set(policyfile.schema()["properties"]) == set(policyfile.KEYS)


def test_http_logins_are_bound_to_one_origin_and_never_shown() -> None:
    (login,) = logins_of(["ada=WIKI@https://Wiki.example:443/start"])
    assert login == Login("ada", "WIKI", "https://wiki.example")
    assert str(login) == "ada=WIKI@https://wiki.example"
    bound = login.bind({"WIKI": "hunter2"})
    assert (bound.user, bound.password, bound.origin) == ("ada", "hunter2", "https://wiki.example")
    assert "hunter2" not in repr(bound)
    with pytest.raises(BadInput, match="the environment variable WIKI is not set"):
        login.bind({})


@pytest.mark.parametrize("given", ["ada", "ada=hunter 2", "=WIKI@https://x.y", "ada=WIKI", "a:b=WIKI@https://x.y"])
def test_what_is_no_http_login_is_refused_without_repeating_it(given: str) -> None:
    with pytest.raises(BadInput, match=r"--http-login has to be USER=ENV_VARIABLE@ORIGIN") as refused:
        logins_of([given])
    assert "hunter" not in str(refused.value)


def test_one_http_login_an_origin() -> None:
    with pytest.raises(BadInput, match=r"twice for https://x\.y"):
        logins_of(["ada=A@https://x.y", "bob=B@https://x.y/"])


def test_permissions_are_known_by_name() -> None:
    assert browser_of(permissions=["Geolocation", "geolocation"]).permissions == ("geolocation",)
    with pytest.raises(BadInput, match='"location": there is no such permission; there are geolocation'):
        browser_of(permissions=["location"])
