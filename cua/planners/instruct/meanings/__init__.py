"""From the slots of a matched pattern to a meaning, or None where the words in the slots make no sense of that form."""

from cua.planners.instruct.meanings.acting import (
    click,
    confirm,
    dismiss,
    download,
    drag,
    hover,
    keys,
    push,
    save,
    scroll,
    upload,
)
from cua.planners.instruct.meanings.entry import log_in, log_out, move, open_, switch, visit
from cua.planners.instruct.meanings.fields import append, choose, clear, fill, rename, rows, set_field, tick, type_here
from cua.planners.instruct.meanings.looking import filter_, gone, search, see, sort
from cua.planners.instruct.meanings.things import create, delete, delete_selected, to_cart

__all__ = [
    "append",
    "choose",
    "clear",
    "click",
    "confirm",
    "create",
    "delete",
    "delete_selected",
    "dismiss",
    "download",
    "drag",
    "fill",
    "filter_",
    "gone",
    "hover",
    "keys",
    "log_in",
    "log_out",
    "move",
    "open_",
    "push",
    "rename",
    "rows",
    "save",
    "scroll",
    "search",
    "see",
    "set_field",
    "sort",
    "switch",
    "tick",
    "to_cart",
    "type_here",
    "upload",
    "visit",
]
