"""The HTML report: what it shows, that it asks for nothing, and that no text of a page can break out of it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cua.errors import Outcome
from cua.goal import Goal
from cua.report import as_html, write
from cua.run import Done, Effect, Rollback, Run, Seen
from cua.step import Keep, Step
from cua.verdict import Verdict
from envs.action import Look
from envs.geometry import Box
from grounding.target import Target
from tests.cua.report.page import Tag, read
from tests.cua.report.story import NAMES, Shelf


@pytest.fixture(scope="module")
def page(run: Run, shelf: Shelf) -> Tag:
    return read(as_html(run, shelf, states=NAMES, started=datetime(2026, 11, 22, 10, 0, tzinfo=UTC)))


def test_header_says_what_was_wanted_and_how_it_ended(page: Tag) -> None:
    top = page.one("header", class_="top")
    assert top.one("h1").text == "Add the group Editors"
    assert top.one(class_="badge").text == "Goal reached"
    assert top.one(class_="why").text == 'The text "Editors" is there'
    facts = {div.one("dt").text: div.one("dd").text for div in top.one("dl", class_="facts").all("div")}
    assert "2026" in facts.pop("Began")
    expected = {"Took": "4.9 s", "Steps proved": "8", "Undone": "1", "Rollbacks": "1", "Model calls": "0"}
    assert facts == expected
    assert top.one("dl", class_="params").text.endswith("name Editors")


def test_every_step_has_its_words_verdict_and_element(page: Tag, run: Run) -> None:
    steps = list(page.one("ol", class_="steps").all("li", class_="step"))
    assert len(steps) == len(run.done)
    for number, (tag, done) in enumerate(zip(steps, run.done, strict=True), 1):
        assert tag.attributes["id"] == f"step-{number}"
        assert tag.one("h3").text == f"{number} {done.step.words}"
        assert tag.one(class_="proof").text.lower().endswith(done.verdict.why.lower())
        assert tag.one(class_="proof").text.startswith("Proved" if done.proved else "Not proved")
        if done.found:
            assert done.found.name in tag.one(class_="found").text


def test_rollback_stands_after_its_step(page: Tag) -> None:
    lines = [child for child in page.one("ol", class_="steps").children if isinstance(child, Tag)]
    at = next(i for i, line in enumerate(lines) if "rollback" in (line.attributes["class"] or ""))
    assert lines[at - 1].attributes["id"] == "step-5"
    assert "went back through the browser's history" in lines[at].text


def test_effects_and_extracted_values_are_listed(page: Tag) -> None:
    assert "POST /admin/jsi18n/ answered 204" in page.one("section", class_="left-behind").text
    table = page.one("table")
    assert table.one("caption").text == "groups"
    assert [cell.text for cell in table.all("th")] == ["Group", "Members"]
    assert [cell.text for cell in table.all("td")] == ["Editors", "0"]


def test_pictures_are_held_once_and_outlined_where_the_element_was(page: Tag, run: Run, shelf: Shelf) -> None:
    images = list(page.all("image"))
    used = {digest for done in run.done for digest in done.pictures if digest}
    assert len(images) == len(used)
    held = {base64.b64decode((image.attributes["href"] or "").partition(",")[2]) for image in images}
    assert held == {shelf(digest) for digest in used}
    step = next(page.all("li", class_="step", id="step-2"))
    before, after = step.all("svg", class_="picture")
    assert before.attributes["viewbox"] == "0 0 640 360"
    assert before.one("rect", class_="outline").attributes["y"] == "57"
    assert not list(after.all("rect"))
    assert after.one("use").attributes["href"] == shown_before(page, 3)
    viewer = page.one("div", id="shot-2-after")
    assert [label.text for label in viewer.all("label")] == ["Before", "After"]
    assert ["checked" in radio.attributes for radio in viewer.all("input")] == [False, True]
    unchanged = next(page.all("li", class_="step", id="step-9"))
    assert unchanged.one("figcaption").text == "Before and after"


def shown_before(page: Tag, number: int) -> str | None:
    first = next(page.one("li", class_="step", id=f"step-{number}").all("svg", class_="picture"))
    return first.one("use").attributes["href"]


def test_references_lead_somewhere_and_ids_are_unique(page: Tag) -> None:
    ids = [tag.attributes["id"] for tag in page.all() if "id" in tag.attributes]
    assert len(ids) == len(set(ids))
    for tag in page.all():
        for name in ("href", "popovertarget", "aria-labelledby"):
            value = tag.attributes.get(name)
            if value and not value.startswith(("data:", "http")):
                assert value.removeprefix("#") in ids, value
        for value in tag.attributes.values():
            assert all(found in ids for found in re.findall(r"url\(#([^)]+)\)", value or ""))


def test_everything_has_a_name_for_those_who_do_not_see_it(page: Tag) -> None:
    for svg in page.all("svg"):
        assert "aria-hidden" in svg.attributes or svg.attributes.get("aria-label") or within_hidden(page, svg)
    levels = [int(tag.name[1]) for tag in page.all() if re.fullmatch("h[1-6]", tag.name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    for landmark in ("header", "main", "footer"):
        assert list(page.one("body").all(landmark))
    assert page.one("html").attributes["lang"] == "en"


def within_hidden(page: Tag, svg: Tag) -> bool:
    return any(svg in list(graph.all("svg")) for graph in page.all("svg", class_="graph"))


def test_it_asks_for_nothing_and_runs_nothing(page: Tag) -> None:
    policy = next(meta for meta in page.all("meta") if "http-equiv" in meta.attributes)
    style = page.one("style")
    (text,) = style.children
    assert isinstance(text, str)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    content = policy.attributes["content"] or ""
    assert "default-src 'none'" in content
    assert f"style-src 'sha256-{digest}'" in content
    assert "unsafe" not in content
    assert "url(" not in text
    assert "@import" not in text
    for tag in page.all():
        assert tag.name not in {"script", "iframe", "object", "embed", "form", "base"}
        assert "style" not in tag.attributes
        assert not any(name.startswith("on") for name in tag.attributes)
        for name in ("src", "href"):
            value = tag.attributes.get(name) or "#"
            assert value.startswith(("#", "data:", "http://127.0.0.1:8000/")), value
            assert tag.name == "a" or not value.startswith("http")


def test_size_is_that_of_the_pictures(run: Run, shelf: Shelf, tmp_path: Path) -> None:
    path = write(run, shelf, tmp_path / "deep" / "report.html")
    pictures = sum(len(shelf(digest)) for digest in {d for done in run.done for d in done.pictures if d})
    assert path.stat().st_size < pictures * 4 / 3 + 100_000
    assert [other.name for other in path.parent.iterdir()] == ["report.html"]


def test_a_picture_that_is_gone_is_said_to_be_gone(run: Run, shelf: Shelf) -> None:
    def gone(digest: str) -> bytes:
        raise FileNotFoundError(digest)

    for pictures in (gone, lambda digest: b"not a picture"):
        page = read(as_html(run, pictures))
        assert not list(page.all("image"))
        assert "no longer there" in page.text


def test_an_element_outside_of_the_picture_is_not_outlined(run: Run, shelf: Shelf) -> None:
    done = run.done[1]
    assert done.found is not None
    away = replace(done, found=replace(done.found, box=Box(10, 4000, 50, 20)))
    page = read(as_html(replace(run, done=(away,)), shelf))
    assert not list(page.all("rect", class_="outline"))
    assert "outside of the picture" in page.text


@pytest.mark.parametrize("outcome", [None, *Outcome])
def test_every_outcome_has_a_page(run: Run, shelf: Shelf, outcome: Outcome | None) -> None:
    for done in (run.done, run.done[:5], ()):
        page = read(as_html(replace(run, outcome=outcome, done=done), shelf))
        assert page.one(class_="badge").text


def test_a_long_extract_is_cut_and_says_so(run: Run, shelf: Shelf) -> None:
    long = replace(run.done[-1], value=[[str(n), "x" * 9000] for n in range(500)])
    page = read(as_html(replace(run, done=(long,)), shelf))
    assert "and 300 more rows" in page.text
    assert "more characters)" in page.text


HOSTILE = st.one_of(
    st.sampled_from(
        [
            "</style><script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "' onclick='x",
            "<!--",
            "]]>",
            "{{ 7*7 }}{% raw %}",
            "javascript:alert(1)",
            "http://[bad",
            "http://x/\" onmouseover='a'",
            "\u202egnp.exe",
            "\x00\x1b[31m",
            "\ud800",
            "&lt;b&gt;&#0;",
            "</svg></title></svg>",
        ]
    ),
    st.text(min_size=1, max_size=40),
    st.text(alphabet="<>&\"'`=/!-\x00\x1b\u2028\u202e", min_size=1, max_size=30),
)


def told_with(word: Callable[[str], str]) -> Run:
    """A run all of whose texts are made by the function."""
    found = Seen(
        word("role"), word("name"), Box(20, 60, 30, 20), word("place"), word("o"), word("expert"), 0.5, word("w")
    )
    step = Step("1", Look(), word("words"), Target(word("t"), text=word("tt")), keep=Keep(word("key")))
    effect = Effect(word("kind"), word("what"))
    value: list[object] = [{word("column"): word("cell")}]
    done = Done(
        step,
        Verdict.yes(word("why")),
        True,
        found,
        word("s0"),
        word("s1"),
        word("url"),
        value,  # type: ignore[arg-type]
        (effect,),
        notes=(word("note"),),
    )
    missed = replace(done, verdict=Verdict.no(word("no")), undone=True)
    goal = Goal(word("goal"), start=word("start"), params={word("p"): word("v")}, name=word("n"))
    back = Rollback("1", word("route"), word("s0"), word("back"), True)
    return Run(word("id"), goal, (done, missed), (back,), Outcome.NOT_REACHED, word("end"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HOSTILE)
def test_no_text_breaks_out(hostile: str) -> None:
    plain = read(as_html(told_with(lambda name: f"safe{name}"), no_pictures, states={}))
    html = as_html(told_with(lambda name: f"safe{name}{hostile}"), no_pictures, states={})
    assert read(html).skeleton() == plain.skeleton()
    html.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200e\u200f]", html)


def no_pictures(digest: str) -> bytes:
    raise KeyError(digest)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " http:"])
def test_only_web_addresses_can_be_followed(run: Run, shelf: Shelf, url: str) -> None:
    page = read(as_html(replace(run, done=(replace(run.done[1], url=url),)), shelf))
    assert all((a.attributes["href"] or "").startswith("#") for a in page.all("a"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_can_be_read(theme: str, page: Tag) -> None:
    """WCAG 2.2, 1.4.3: text has a contrast of 4.5 or more to what is behind it."""
    (css,) = page.one("style").children
    blocks = re.findall(r":root \{(.*?)\}", str(css), re.DOTALL)
    light = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", blocks[0]))
    colours = light if theme == "light" else light | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", blocks[1]))
    pairs = [(ink, back) for ink in ("ink", "quiet", "link") for back in ("page", "card", "faint")]
    pairs += [(tone, back) for tone in ("good", "warn", "bad") for back in ("page", "card", f"{tone}-soft")]
    pairs += [("ink", "good-soft"), ("ink", "warn-soft"), ("ink", "bad-soft")]
    for ink, back in pairs:
        assert contrast(colours[ink], colours[back]) >= 4.5, (ink, back)


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
