"""What a person asks of a run beside the task itself: plain values, read and checked here."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from cua.errors import BadInput
from cua.totp import NoSeed, of_seed, of_uri
from cua.vault import Binding
from envs.browser.options import BrowserOptions, Credentials
from envs.browser.permissions import ASKED_FOR
from envs.origins import WEB, origin_of

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_VIEWPORT = re.compile(r"(\d{2,5})\s*[xX×]\s*(\d{2,5})")


_TOTP = "totp:"


@dataclass(frozen=True, slots=True)
class SecretSource:
    """Where the value of a secret is, and where it may be typed: `origin` None is the origin at which the run starts,
    `into` (a field's name) None any password field there. From Python the value may be given itself. `totp`: the value
    is the seed of one-time codes, as one that begins with otpauth:// says of itself."""

    name: str
    variable: str = ""
    origin: str | None = None
    into: str | None = None
    value: str | None = field(default=None, repr=False)
    totp: bool = False

    def bind(self, start: str, environ: Mapping[str, str] | None = None) -> Binding:
        """The value and its only place; `start` is the origin at which the run starts. Raises BadInput."""
        value = self.value
        if value is None:
            value = (os.environ if environ is None else environ).get(self.variable)
        if not value:
            state = "is empty" if value == "" else "is not set"
            raise BadInput(f"--secret {self.name}: the environment variable {self.variable} {state}")
        return binding(self.name, value, self.origin or start, self.into, totp=self.totp)

    def __str__(self) -> str:
        """As it is written on the command line; the value is never part of it."""
        where = f"@{self.origin}" if self.origin else ""
        return f"{self.name}={_TOTP if self.totp else ''}{self.variable}{where}" + (
            f"#{self.into}" if self.into else ""
        )


def binding(name: str, value: str, origin: str, into: str | None = None, *, totp: bool = False) -> Binding:
    """A secret's value, and what its codes are made of where it is a seed (`totp`) or an otpauth address. Raises
    BadInput, without the value."""
    uri = value.strip().lower().startswith(("otpauth:", "otpauth-"))
    if not uri and not totp:
        return Binding(value, origin, into)
    try:
        return Binding(value, origin, into, of_uri(value) if uri else of_seed(value))
    except NoSeed as no:
        raise BadInput(f"--secret {name}: {no}") from None


@dataclass(frozen=True, slots=True)
class Login:
    """A name for HTTP authentication, where its password is, and the one origin (of a server or of the proxy) that gets
    both when it asks."""

    user: str
    variable: str
    origin: str

    def bind(self, environ: Mapping[str, str] | None = None) -> Credentials:
        """With the password. Raises BadInput."""
        password = (os.environ if environ is None else environ).get(self.variable)
        if password is None:
            raise BadInput(f"--http-login {self.user}: the environment variable {self.variable} is not set")
        return Credentials(self.origin, self.user, password)

    def __str__(self) -> str:
        """As it is written on the command line; the password is never part of it."""
        return f"{self.user}={self.variable}@{self.origin}"


@dataclass(frozen=True, slots=True)
class Options:
    """`yes` answers every question with yes: the file's start, steps that cannot be undone, files to upload. `policy`
    None is the user's own policy file, where there is one. `runs` is the folder of the journal."""

    url: str | None = None
    app: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    secrets: tuple[SecretSource, ...] = ()
    logins: tuple[Login, ...] = ()
    planner: str | None = None
    policy: Path | None = None
    yes: bool = False
    start_at: int = 1
    step: bool = False
    pause_on_failure: bool = False
    runs: Path | None = None
    browser: BrowserOptions = field(default_factory=BrowserOptions)
    """How it is opened; its url and its origins are put in when they are known."""


def web_origin(url: str) -> str | None:
    """The origin of an http or https address; None for every other."""
    origin = origin_of(url)
    return origin if origin is not None and origin.partition("//")[0] in WEB else None


def params_of(given: Iterable[str]) -> dict[str, str]:
    """name=value, as often as needed. Raises BadInput."""
    params: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise BadInput(f'--param "{text}" has to be NAME=VALUE')
        if name.strip() in params:
            raise BadInput(f"--param {name.strip()} is given twice")
        params[name.strip()] = value
    return params


def secrets_of(given: Iterable[str]) -> tuple[SecretSource, ...]:
    """name=ENV_VARIABLE@ORIGIN#Field; the origin and the field may be left out; totp: before the variable says that
    one-time codes are made of it. Raises BadInput.

    What stands after the = is never repeated in a message: it may be the secret itself, by mistake.
    """
    secrets: dict[str, SecretSource] = {}
    for text in given:
        name, _, rest = text.partition("=")
        if not _NAME.fullmatch(name):
            raise BadInput("--secret has to be NAME=ENV_VARIABLE@ORIGIN")
        head, _, of_field = rest.partition("#")
        variable, at, where = head.partition("@")
        totp, variable = variable.startswith(_TOTP), variable.removeprefix(_TOTP)
        if not _VARIABLE.fullmatch(variable):
            raise BadInput(
                f"--secret {name} has to be {name}={_TOTP if totp else ''}ENV_VARIABLE@ORIGIN: the name of an "
                "environment variable, never the value itself"
            )
        origin = web_origin(where) if at else None
        if at and origin is None:
            raise BadInput(f'--secret {name}: "{where}" is no origin, as in https://intranet.example')
        if name in secrets:
            raise BadInput(f"--secret {name} is given twice")
        secrets[name] = SecretSource(name, variable, origin, of_field or None, totp=totp)
    return tuple(secrets.values())


def logins_of(given: Iterable[str]) -> tuple[Login, ...]:
    """user=ENV_VARIABLE@ORIGIN, one an origin. Raises BadInput.

    What stands after the = is never repeated in a message: it may be the password itself, by mistake.
    """
    logins: dict[str, Login] = {}
    for text in given:
        user, _, rest = text.partition("=")
        variable, _, where = rest.partition("@")
        origin = web_origin(where)
        if not user or ":" in user or not _VARIABLE.fullmatch(variable) or origin is None:
            raise BadInput(
                "--http-login has to be USER=ENV_VARIABLE@ORIGIN, as in ada=WIKI_PASSWORD@https://wiki.example: "
                "the name of an environment variable, never the password itself"
            )
        if origin in logins:
            raise BadInput(f"--http-login is given twice for {origin}")
        logins[origin] = Login(user, variable, origin)
    return tuple(logins.values())


def permissions_of(given: Iterable[str]) -> tuple[str, ...]:
    """Names of permissions that a page may ask for. Raises BadInput with those there are."""
    names = tuple(dict.fromkeys(name.strip().lower() for name in given))
    for name in names:
        if name not in ASKED_FOR:
            raise BadInput(f'--permission "{name}": there is no such permission; there are {", ".join(ASKED_FOR)}')
    return names


def viewport_of(text: str) -> tuple[int, int]:
    """1280x720, in CSS px. Raises BadInput."""
    sizes = _VIEWPORT.fullmatch(text.strip())
    if sizes is None:
        raise BadInput(f'--viewport "{text}" has to be WIDTHxHEIGHT in px, as in 1280x720')
    return int(sizes[1]), int(sizes[2])


def address_of(text: str, option: str = "--url") -> str:
    """An http or https address. Raises BadInput with what was probably meant."""
    if web_origin(text) is not None:
        return text
    bare = re.fullmatch(r"[\w.-]+(:\d+)?(/.*)?", text)
    near = "http" if bare and re.match(r"(localhost|127\.|\[)", text) else "https"
    hint = f"; did you mean {near}://{text}?" if bare and web_origin(f"{near}://{text}") else ""
    raise BadInput(f'{option} "{text}" is no address that begins with http:// or https://{hint}')


def browser_of(  # noqa: PLR0913 - an option of the command line each
    *,
    headed: bool = False,
    channel: str | None = None,
    cdp_url: str | None = None,
    profile: Path | None = None,
    auth: Path | None = None,
    viewport: str | None = None,
    locale: str | None = None,
    timezone: str | None = None,
    proxy: str | None = None,
    permissions: Iterable[str] = (),
) -> BrowserOptions:
    """How the browser is opened, from the words of the command line. Raises BadInput."""
    if profile is not None and profile.exists() and not profile.is_dir():
        raise BadInput("--profile needs a folder; this is a file", file=profile)
    if auth is not None and not auth.absolute().parent.is_dir():
        raise BadInput("--auth: the folder of this file does not exist", file=auth)
    given = BrowserOptions(
        headed=headed,
        channel=channel,
        cdp_url=address_of(cdp_url, "--cdp-url") if cdp_url is not None else None,
        profile=profile,
        auth=auth,
        locale=locale,
        timezone=timezone,
        proxy=proxy,
        permissions=permissions_of(permissions),
    )
    return given if viewport is None else replace(given, viewport=viewport_of(viewport))
