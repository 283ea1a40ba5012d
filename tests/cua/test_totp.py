"""One-time codes: the right one for the moment, only where it may be typed, and nowhere on disk."""

from __future__ import annotations

import base64
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cua import expect as ex
from cua.codes import recall
from cua.errors import BadInput, Outcome
from cua.goal import Goal
from cua.journal import Journal
from cua.options import SecretSource, binding, secrets_of
from cua.step import Step
from cua.totp import NoSeed, Totp, of_seed, of_uri
from cua.vault import Binding, Vault
from envs.action import Secret, Type
from envs.fake import Effect, Fake, FakeSite, Item, Sets, Shows, Turns, button, password, screen, textbox
from envs.fake import text as words
from envs.geometry import Box
from envs.observation import Element, Observation
from grounding.target import Target
from tests.cua.world import ASKED, ORIGIN, agent, click

SEED = "JBSWY3DPEHPK3PXP"
URI = f"otpauth://totp/Shop:ada@example.com?secret={SEED.lower()}&issuer=Shop"
START = 1_700_000_000.0
"""10 s before a code ends."""
TYPE = Type(Secret("code"))


@pytest.mark.parametrize(
    ("at", "sha1", "sha256", "sha512"),
    [
        (59, "94287082", "46119246", "90693936"),
        (1111111109, "07081804", "68084774", "25091201"),
        (1111111111, "14050471", "67062674", "99943326"),
        (1234567890, "89005924", "91819424", "93441116"),
        (2000000000, "69279037", "90698825", "38618901"),
        (20000000000, "65353130", "77737706", "47863826"),
    ],
)
def test_the_codes_of_the_standard(at: int, sha1: str, sha256: str, sha512: str) -> None:
    """RFC 6238, appendix B."""
    key = b"1234567890" * 7
    for algorithm, size, code in (("SHA1", 20, sha1), ("SHA256", 32, sha256), ("SHA512", 64, sha512)):
        seed = base64.b32encode(key[:size]).decode()
        totp = of_uri(f"otpauth://totp/x?secret={seed}&digits=8&algorithm={algorithm.lower()}")
        assert totp.code(totp.turn(at)) == code


@pytest.mark.parametrize("given", [SEED, SEED.lower(), " jbsw y3dp\tehpk 3pxp\n", "JBSW-Y3DP-EHPK-3PXP", SEED + "="])
def test_a_seed_is_read_as_people_write_it(given: str) -> None:
    assert of_seed(given) == Totp(SEED)


def test_an_address_says_how_its_codes_are_made() -> None:
    assert of_uri(URI) == Totp(SEED)
    assert of_uri(f"OTPAUTH://TOTP/x?secret={SEED}&digits=7&period=60&algorithm=SHA512") == Totp(SEED, 7, 60, "SHA512")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "empty"),
        (" = ", "empty"),
        ("JBSWY3DPEHPK3PX1", "no base32"),
        ("A", "no base32"),
        ("ÄÖÜß", "no base32"),
        ("otpauth://totp/x", "empty"),
        ("otpauth://totp/x?secret=", "empty"),
        ("otpauth://totp/x?secret=01", "no base32"),
        (f"otpauth://hotp/x?secret={SEED}&counter=1", "counted (hotp)"),
        (f"otpauth://toto/x?secret={SEED}", "no otpauth://totp/"),
        (f"otpauth-migration://offline?data={SEED}", "no otpauth://totp/"),
        (f"otpauth://totp/x?secret={SEED}&secret={SEED}", "something twice"),
        (f"otpauth://totp/x?secret={SEED}&digits=5", "digits of its otpauth address has to be from 6 to 8"),
        (f"otpauth://totp/x?secret={SEED}&digits=six", "digits"),
        (f"otpauth://totp/x?secret={SEED}&period=0", "period"),
        (f"otpauth://totp/x?secret={SEED}&algorithm=MD5", "none of SHA1, SHA256, SHA512"),
        (f"otpauth://totp/x?secret={SEED}&encoder=steam", "no digits"),
        (f"otpauth://[totp/x?secret={SEED}", "cannot be read"),
    ],
)
def test_what_makes_no_codes_is_bad_input_without_the_value(value: str, said: str) -> None:
    if value:
        with pytest.raises(BadInput, match="--secret code: ") as refused:
            SecretSource("code", "CODE", totp=True).bind(ORIGIN, {"CODE": value})
        assert said in str(refused.value)
        assert SEED not in str(refused.value)
        assert "\n" not in str(refused.value)
    else:
        with pytest.raises(BadInput, match="CODE is empty"):
            SecretSource("code", "CODE", totp=True).bind(ORIGIN, {"CODE": value})


@given(st.one_of(st.text(min_size=4), st.text(min_size=4).map(lambda text: f"otpauth://totp/{text}")))
@example("otpauth://totp/x?secret=AA=AAAA")
@example("AAAAAAA=AAAAAAA=")
def test_no_value_breaks_it(value: str) -> None:
    for read in (of_seed, of_uri):
        with suppress(NoSeed):
            totp = read(value)
            assert len(totp.code(5)) == totp.digits
            assert value not in repr(totp)


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("code=totp:CODE", SecretSource("code", "CODE", totp=True)),
        ("code=totp:CODE@https://a.example#PIN", SecretSource("code", "CODE", "https://a.example", "PIN", totp=True)),
    ],
)
def test_a_seed_is_named_on_the_command_line(written: str, source: SecretSource) -> None:
    assert secrets_of([written]) == (source,)
    assert str(source) == written


@pytest.mark.parametrize("wrong", ["code=totp:", f"code=totp:{SEED} {SEED}", "code=hotp:CODE", "code=totp:totp:CODE"])
def test_a_seed_by_mistake_is_not_repeated(wrong: str) -> None:
    with pytest.raises(BadInput, match="the name of an environment variable") as refused:
        secrets_of([wrong])
    assert SEED not in str(refused.value)


def test_an_address_needs_no_word_on_the_command_line() -> None:
    assert SecretSource("code", "CODE").bind(ORIGIN, {"CODE": URI}).totp == Totp(SEED)
    assert SecretSource("code", value=URI).bind(ORIGIN).totp == Totp(SEED)
    assert SecretSource("code", value=SEED).bind(ORIGIN).totp is None, "without the word it is any password"


# The vault


class Wall:
    """Unix time for a vault, which a test moves."""

    def __init__(self, at: float = START) -> None:
        self.at = at

    def __call__(self) -> float:
        return self.at


def _vault(wall: Wall, value: str = URI) -> Vault:
    return Vault({"code": binding("code", value, ORIGIN)}, wall)


def _code(vault: Vault) -> str:
    filled = vault.fill(TYPE)
    assert isinstance(filled, Type)
    assert filled.code
    assert isinstance(filled.text, str)
    return filled.text


def test_a_code_is_that_of_the_moment_and_typed_once() -> None:
    wall = Wall(START - START % 30)
    vault = _vault(wall)
    first = _code(vault)
    assert first == Totp(SEED).code(int(START // 30))
    assert vault.wait(TYPE) == 0.0, "it was made, and not typed yet"
    vault.typed(TYPE)
    wall.at += 10
    assert vault.wait(TYPE) == 20.0
    wall.at += 20
    assert vault.wait(TYPE) == 0.0
    assert _code(vault) != first


@pytest.mark.parametrize(("left", "wait"), [(30.0, 0.0), (2.0, 0.0), (1.5, 1.5), (0.25, 0.25)])
def test_a_code_that_is_nearly_over_is_waited_out(left: float, wait: float) -> None:
    vault = _vault(Wall(START - START % 30 + 30 - left))
    assert vault.wait(TYPE) == pytest.approx(wait)
    assert vault.wait(Type("text")) == vault.wait(Type(Secret("other"))) == 0.0


def test_every_spelling_of_seed_and_codes_is_masked() -> None:
    vault = _vault(Wall())
    before = vault.mask("nothing yet")
    code = _code(vault)
    shown = [code, f"{code[:3]} {code[3:]}", f"{code[:3]}-{code[3:]}", f"{code[:3]}\u00a0{code[3:]}"]
    shown += [
        " ".join(code),
        " ".join(code[1:]),
        " ".join((code[:2], code[2:4], code[4:])),
        base64.b64encode(code.encode()).decode(),
    ]
    shown += [URI, SEED, SEED.lower(), "JBSW Y3DP EHPK 3PXP", "jbsw y3dp ehpk 3pxp", base64.b32decode(SEED).hex()]
    assert before == "nothing yet"
    for form in shown:
        masked = vault.mask(f"a {form} b")
        assert masked.replace("=", "") == "a ‹code› b", form
    assert code not in repr(vault)
    assert SEED not in repr(vault)
    assert SEED not in repr(vault.bindings["code"])


def test_names_of_ours_that_hold_the_digits_by_chance_stay_what_they_are() -> None:
    vault = _vault(Wall())
    code = _code(vault)
    for name in (f"20261122-{code}-0a1b", f"rows-20261122-{code}-0a1b", f"{code}{'0a' * 29}"):
        assert vault.mask(name) == name
    assert vault.mask(f"see 20261122-{code}-0a1b") == "see 20261122-‹code›-0a1b"
    assert vault.mask(code + code) == "‹code›‹code›"
    assert vault.mask(f"{code}{SEED.lower()}") == "‹code›‹code›"


def test_where_a_code_is_shown_is_blacked_out() -> None:
    vault = _vault(Wall())
    hidden = Element("0", "text", "not 0", Box(0, 0, 1, 1))

    def screen_of(code: str) -> Observation:
        digits = [Element(f"d{at}", "textbox", "", Box(at, 1, 1, 1), digit) for at, digit in enumerate(code)]
        said = Element("said", "text", f"You typed {code[:3]} {code[3:]}.", Box(9, 9, 9, 9))
        return Observation(1, "web", "", "", (hidden, *digits, said))

    code = Totp(SEED).code(int(START // 30))
    assert vault.hidden(screen_of(code)) == ()
    assert _code(vault) == code
    assert vault.hidden(screen_of(code)) == (Box(9, 9, 9, 9), *(Box(at, 1, 1, 1) for at in range(6)))
    assert vault.hidden(screen_of(Totp(SEED).code(7))) == ()


# A run


def _site(*then: Effect, field: Item | None = None) -> FakeSite:
    welcome = button("Sign in", Shows(words("Welcome")))
    return FakeSite("code", {"code": screen("Code", field or textbox("Code").on("type", *then), welcome)})


ENTER = (
    Step("1", TYPE, "type ‹code› into Code", Target("Code", text="Code"), timeout=3.0),
    click("2", "Sign in", ex.Text("Welcome")),
)
WELCOME = Goal("sign in", ex.Text("Welcome"))


def _typed(env: Fake) -> list[str]:
    return [str(did.action.text) for did in env.log if isinstance(did.action, Type) and did.action.text]


def _nowhere(folder: Path, *shown: str) -> None:
    for path in folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert not [form for form in (*shown, SEED, SEED.lower()) if form.encode() in data], path


@pytest.mark.parametrize("offset", [0.0, 9.0])
def test_a_code_is_typed_proved_and_written_nowhere(tmp_path: Path, offset: float) -> None:
    env = Fake(_site())
    vault = Vault({"code": binding("code", URI, ORIGIN)}, lambda: START + offset + env.clock.now())
    one = agent(env, ENTER, tmp_path, vault=vault)
    run = one.run(WELCOME, ASKED)
    one.journal.close()
    assert run.outcome is Outcome.REACHED, run.why
    code = Totp(SEED).code(int(START // 30) + bool(offset))
    assert _typed(env) == [code]
    assert (env.clock.now() >= 1.0) is bool(offset), "the code that has 1 s left is not typed"
    assert any("waited for the next code" in note for done in run.done for note in done.notes) is bool(offset)
    assert run.done[0].verdict.why == 'textbox "Code" holds the code that was typed'
    assert code not in repr(run)
    _nowhere(tmp_path, code)


def test_a_field_may_show_a_code_in_groups(tmp_path: Path) -> None:
    code = Totp(SEED).code(int(START // 30))
    env = Fake(_site(Sets(value=f"{code[:3]} {code[3:]}")))
    one = agent(env, ENTER, tmp_path, vault=_vault(Wall()))
    assert one.run(WELCOME, ASKED).outcome is Outcome.REACHED
    one.journal.close()
    _nowhere(tmp_path, code, f"{code[:3]} {code[3:]}")


def test_a_field_that_holds_something_else_is_no_proof_and_is_not_repeated(tmp_path: Path) -> None:
    code = Totp(SEED).code(int(START // 30))
    env = Fake(_site(Sets(value=code[:5])))
    one = agent(env, ENTER, tmp_path, vault=_vault(Wall()), tries=0)
    run = one.run(WELCOME, ASKED)
    assert run.outcome is Outcome.NOT_REACHED
    assert "does not hold the code that was typed" in run.why
    assert code[:5] not in repr(run)


def test_every_try_has_a_code_of_its_own(tmp_path: Path) -> None:
    env = Fake(_site(Turns((Sets(value=""), ()))))
    vault = Vault({"code": binding("code", URI, ORIGIN)}, lambda: START + env.clock.now())
    one = agent(env, ENTER, tmp_path, vault=vault, tries=2)
    run = one.run(WELCOME, ASKED)
    one.journal.close()
    assert run.outcome is Outcome.REACHED, run.why
    first, second = _typed(env)
    assert [first, second] == [Totp(SEED).code(int(START // 30) + turn) for turn in (0, 1)]
    _nowhere(tmp_path, first, second)


def test_a_code_of_an_earlier_run_is_not_typed_again(tmp_path: Path) -> None:
    """The server has taken it; the next row of a batch signs in with the next one."""
    journal = Journal(tmp_path, _vault(Wall()))
    run = journal.begin(WELCOME, ASKED)
    journal.intend(run, ENTER[0], None)
    wall = Wall(journal.db.execute("select at from intents").fetchone()[0] + 0.001)
    journal.close()
    for name, value, waits in (("code", URI, True), ("other", URI, False), ("code", f"{URI}&period=600", True)):
        again = Journal(tmp_path, Vault({name: binding(name, value, ORIGIN)}, wall))
        recall(again)
        totp = again.vault.bindings[name].totp
        assert totp is not None
        wait = again.vault.wait(Type(Secret(name)))
        assert wait == pytest.approx(totp.left(wall.at)) if waits else wait in (0.0, totp.left(wall.at))
        again.close()


@pytest.mark.parametrize(
    ("field", "origin", "bound", "outcome"),
    [
        (textbox("Code"), ORIGIN, None, Outcome.REACHED),
        (password("Code"), ORIGIN, None, Outcome.REACHED),
        (textbox("Code"), ORIGIN, "Code", Outcome.REACHED),
        (textbox("Code"), ORIGIN, "Token", Outcome.DENIED),
        (textbox("Code"), "https://evil.test", None, Outcome.DENIED),
        (Item("combobox", "Code"), ORIGIN, None, Outcome.DENIED),
        (Item("searchbox", "Code"), ORIGIN, "Code", Outcome.DENIED),
    ],
)
def test_a_code_goes_into_a_text_field_of_its_origin(
    tmp_path: Path, field: Item, origin: str, bound: str | None, outcome: Outcome
) -> None:
    env = Fake(_site(field=field))
    vault = Vault({"code": Binding(URI, origin, bound, Totp(SEED))}, Wall())
    run = agent(env, ENTER, tmp_path, vault=vault).run(WELCOME, ASKED)
    assert run.outcome is outcome, run.why
    assert bool(_typed(env)) is (outcome is Outcome.REACHED)


def test_an_ordinary_secret_still_goes_only_into_password_fields(tmp_path: Path) -> None:
    env = Fake(_site())
    vault = Vault({"code": Binding("123456", ORIGIN)})
    assert agent(env, ENTER, tmp_path, vault=vault).run(WELCOME, ASKED).outcome is Outcome.DENIED
