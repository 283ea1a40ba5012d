"""Workflows of other tools: read into task files, and task files written for other tools.

A format is a module that makes a `Flow` of a file, or a file of a `Flow`; what is lost on the way is told in words.
"""

from cua.formats.exchange import EXPORTS, IMPORTS, Exported, Imported, export_file, import_file, recognised
from cua.formats.losses import Loss, Losses

__all__ = ["EXPORTS", "IMPORTS", "Exported", "Imported", "Loss", "Losses", "export_file", "import_file", "recognised"]
