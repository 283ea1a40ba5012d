"""The command line, `cua` (and `provenstep`, which is the same)."""

from cua.cli.command import main

__all__ = ["main"]
