"""How a browser is opened: the options of every command that opens one, said once."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from cua.cli import given

if TYPE_CHECKING:
    from envs.browser import BrowserOptions


@dataclass(frozen=True, slots=True)
class Opening:
    """The words of the command line; a field is an option."""

    channel: given.Channel = None
    cdp_url: given.CdpUrl = None
    profile: given.Profile = None
    auth: Annotated[
        Path | None,
        typer.Option("--auth", metavar="FILE", help="Sign-in state, loaded and saved.", rich_help_panel=given.BROWSER),
    ] = None
    viewport: given.Viewport = None
    locale: given.Locale = None
    proxy: given.Proxy = None

    def options(self, *, headed: bool, timezone: str | None = None, permissions: Iterable[str] = ()) -> BrowserOptions:
        """What they mean. Raises BadInput."""
        from cua.options import browser_of

        return browser_of(headed=headed, timezone=timezone, permissions=permissions, **asdict(self))


NOTHING_SAID = Opening()


def opens_browser(command: Callable[..., int]) -> Callable[..., int]:
    """The command with these options in the place of its parameter `browser`, which gets them as one `Opening`."""
    signature = inspect.signature(command, eval_str=True)
    hints = get_type_hints(Opening, include_extras=True)
    names = [field.name for field in fields(Opening)]
    options = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=hints[name]) for name in names
    ]
    parameters: list[inspect.Parameter] = []
    for parameter in signature.parameters.values():
        parameters += (
            options if parameter.name == "browser" else [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)]
        )

    @wraps(command)
    def opened(**said: Any) -> int:
        browser = Opening(**{name: said.pop(name) for name in names})
        return command(**said, browser=browser)

    opened.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    opened.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return opened
