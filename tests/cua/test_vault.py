"""Nothing secret is written anywhere: every spelling of a secret is masked wherever text is kept."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cua.run import Done, Effect
from cua.step import Step
from cua.vault import Binding, Vault
from cua.verdict import Verdict
from envs.action import Secret, Type
from envs.geometry import Box
from envs.observation import Element, Observation

VALUE = "p@ss w0rd/1"
VAULT = Vault({"pw": Binding(VALUE, "https://a.test")})


def test_a_secret_is_filled_in_just_before_dispatch() -> None:
    assert VAULT.fill(Type(Secret("pw"))) == Type(VALUE)
    assert VAULT.fill(Type("plain")) == Type("plain")


def test_an_unbound_secret_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        VAULT.fill(Type(Secret("other")))


@pytest.mark.parametrize("form", [VALUE, quote(VALUE, safe=""), base64.b64encode(VALUE.encode()).decode()])
def test_every_spelling_is_masked(form: str) -> None:
    masked = VAULT.mask(f"https://a.test/?q={form}&x=1")
    assert "‹pw›" in masked
    assert form not in masked


def test_no_representation_shows_a_value() -> None:
    assert VALUE not in repr(VAULT)
    assert VALUE not in repr(VAULT.bindings["pw"])


def test_a_record_is_masked_at_every_depth() -> None:
    step = Step("1", Type("x"), f"type {VALUE}")
    done = Done(step, Verdict.yes(f"holds {VALUE}"), True, effects=(Effect("write", VALUE),), value={"a": [VALUE]})
    masked = VAULT.masked(done)
    assert VALUE not in repr(masked)
    assert masked.verdict.why == "holds ‹pw›"
    assert masked.value == {"a": ["‹pw›"]}


@given(secret=st.text(min_size=1, max_size=12), before=st.text(max_size=20), after=st.text(max_size=20))
def test_masking_leaves_no_trace_of_the_value(secret: str, before: str, after: str) -> None:
    vault = Vault({"‡": Binding(secret, "")})
    assert secret not in vault.mask(before + secret + after) or secret in "‹‡›"


def test_fields_that_show_a_secret_are_blacked_out() -> None:
    box = Box(1, 2, 3, 4)
    screen = Observation(
        1,
        "web",
        "",
        "",
        (
            Element("1", "textbox", "Password", box, value="••", states=frozenset({"password"})),
            Element("2", "text", f"your password is {VALUE}", Box(5, 5, 5, 5)),
            Element("3", "text", "harmless", Box(9, 9, 9, 9)),
        ),
    )
    assert VAULT.hidden(screen) == (box, Box(5, 5, 5, 5))
