"""Worlds that can be looked at and acted on: a browser, a desktop, a person, a fake one for tests.

`envs.make(name, **options)` gives an `Env`; what is exported here is the public interface; importing it opens nothing.
"""

from envs.action import (
    Action,
    Ask,
    Back,
    Check,
    Clear,
    Click,
    Download,
    Drag,
    Forward,
    Hover,
    Look,
    Open,
    Press,
    Reload,
    Scroll,
    Secret,
    Select,
    Switch,
    Type,
    Upload,
)
from envs.clock import Clock, Deadline, ManualClock, SystemClock
from envs.deeds import Deed, Watched
from envs.desk import Desk
from envs.env import Checkpoint, Env, Forkable, Restorable, Until, Watchable, Watching
from envs.errors import (
    ActFailed,
    Crashed,
    CuaError,
    EnvError,
    Exhausted,
    OutOfOrder,
    Stale,
    Unavailable,
    Unsupported,
)
from envs.events import Event
from envs.geometry import Box, Point, Space
from envs.observation import Element, Frame, Observation, Source, Window
from envs.person import Person
from envs.registry import UnknownEnv, known, make
from envs.scrolling import Scrollable, Scroller
from envs.wrappers import Acted, Limited, Ordered, Recorded, Wrapper

__all__ = [
    "ActFailed",
    "Acted",
    "Action",
    "Ask",
    "Back",
    "Box",
    "Check",
    "Checkpoint",
    "Clear",
    "Click",
    "Clock",
    "Crashed",
    "CuaError",
    "Deadline",
    "Deed",
    "Desk",
    "Download",
    "Drag",
    "Element",
    "Env",
    "EnvError",
    "Event",
    "Exhausted",
    "Forkable",
    "Forward",
    "Frame",
    "Hover",
    "Limited",
    "Look",
    "ManualClock",
    "Observation",
    "Open",
    "Ordered",
    "OutOfOrder",
    "Person",
    "Point",
    "Press",
    "Recorded",
    "Reload",
    "Restorable",
    "Scroll",
    "Scrollable",
    "Scroller",
    "Secret",
    "Select",
    "Source",
    "Space",
    "Stale",
    "Switch",
    "SystemClock",
    "Type",
    "Unavailable",
    "UnknownEnv",
    "Unsupported",
    "Until",
    "Upload",
    "Watchable",
    "Watched",
    "Watching",
    "Window",
    "Wrapper",
    "known",
    "make",
]
