"""Task and workflow files: reading, checking, and what their steps come to."""

from cua.taskfile.asks import Asked, Asks
from cua.taskfile.load import load
from cua.taskfile.params import Param
from cua.taskfile.problems import Problem
from cua.taskfile.task import Start, TaskFile

__all__ = ["Asked", "Asks", "Param", "Problem", "Start", "TaskFile", "load"]
