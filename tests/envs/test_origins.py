"""URLs are read as WHATWG and Chromium read them."""

from __future__ import annotations

import pytest

from envs.origins import origin_of, refusal, same_site

READ = [
    ("http://example.com/a?b#c", "http://example.com"),
    ("HTTP://EXAMPLE.com:80/", "http://example.com"),
    ("https://example.com:443", "https://example.com"),
    ("https://example.com:8443/x", "https://example.com:8443"),
    ("http://allowed@evil.example/", "http://evil.example"),
    ("http://allowed:pw@evil.example:81/", "http://evil.example:81"),
    ("http://evil.example\\@allowed.example/", "http://evil.example"),
    ("http:\\\\evil.example\\x", "http://evil.example"),
    ("http:/evil.example/x", "http://evil.example"),
    ("http:evil.example", "http://evil.example"),
    ("http:////evil.example//x", "http://evil.example"),
    ("  http://ex\tample.com/\n", "http://example.com"),
    ("http://ex\uff41mple.com/", "http://example.com"),
    ("http://example\u3002com/", "http://example.com"),
    ("http://example.com./", "http://example.com."),
    ("http://b\u00fccher.example/", "http://xn--bcher-kva.example"),
    ("http://0x7f.1/", "http://127.0.0.1"),
    ("http://2130706433/", "http://127.0.0.1"),
    ("http://0177.0.0.01/", "http://127.0.0.1"),
    ("http://127.1:8000/", "http://127.0.0.1:8000"),
    ("http://%31%32%37.0.0.1/", "http://127.0.0.1"),
    ("http://[::1]:80/", "http://[::1]"),
    ("http://[0:0:0:0:0:0:0:1]:8000/", "http://[::1]:8000"),
    ("file:///etc/passwd", "file://"),
    ("data:text/html,hi", "null"),
    ("javascript:alert(1)", "null"),
    ("about:blank", "null"),
    ("view-source:http://example.com", "null"),
    ("blob:https://evil.example/123", "https://evil.example"),
    ("http://fa\u00df.example/", "http://xn--fa-hia.example"),
    ("http://exa mple.com/", None),
    ("http://a<b/", None),
    ("http://256.1.1.1/", None),
    ("http://1.2.3.4.5/", None),
    ("http://example.com:99999/", None),
    ("http://example.com:80x/", None),
    ("http://[::g]/", None),
    ("http:///", None),
    ("//example.com/", None),
    ("example.com", None),
    ("", None),
]


@pytest.mark.parametrize(("url", "origin"), READ)
def test_origin(url: str, origin: str | None) -> None:
    assert origin_of(url) == origin


ALLOWED = ("http://127.0.0.1:8000", "https://allowed.example")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/admin/",
        "http://127.1:8000/",
        "http://user:pw@127.0.0.1:8000/",
        "https://allowed.example:443/x",
        "https://ALLOWED.example",
        "about:blank",
        "about:srcdoc",
    ],
)
def test_allowed(url: str) -> None:
    assert refusal(url, ALLOWED) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8001/",
        "https://127.0.0.1:8000/",
        "http://allowed.example/",
        "https://allowed.example@evil.example/",
        "https://allowed.example.evil.example/",
        "https://allowed.example./",
        "http://evil\\@127.0.0.1:8000/",
        "data:text/html,<h1>hi",
        "blob:https://allowed.example/1234",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "view-source:https://allowed.example/",
        "filesystem:https://allowed.example/temporary/x",
        "about:config",
        "chrome://settings",
        "ws://127.0.0.1:8000/",
        "nonsense",
    ],
)
def test_refused(url: str) -> None:
    assert refusal(url, ALLOWED)


def test_no_limit_and_what_is_granted_by_name() -> None:
    assert refusal("data:,x", None) is None
    assert refusal("file:///a.html", ("file://",)) is None
    assert refusal("data:,x", ("data:",)) is None
    assert refusal("file:///a.html", ("data:",))


def test_same_site() -> None:
    assert same_site("http://a.example.com/", "https://b.example.com:8000/")
    assert same_site("http://127.0.0.1:1/", "http://127.0.0.1:2/")
    assert not same_site("http://127.0.0.1/", "http://128.0.0.1/")
    assert not same_site("http://localhost/", "http://127.0.0.1/")
    assert not same_site("data:,x", "data:,x")
