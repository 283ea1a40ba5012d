"""The finite-state tracker: where are we, was it proved, and how do we get back."""

from cua.tracker.identity import State, state_of
from cua.tracker.tracker import Tracker

__all__ = ["State", "Tracker", "state_of"]
