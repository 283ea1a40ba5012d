"""The planner for plain English imperatives: no model, no guess."""

from cua.planners.instruct.plan import InstructPlanner
from cua.planners.instruct.reading import Instruction, understand

__all__ = ["InstructPlanner", "Instruction", "understand"]
