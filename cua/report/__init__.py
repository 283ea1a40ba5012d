"""What is left of a run for people and programs: the page, JUnit XML, the JSON result, events as they happen."""

from cua.report.page import as_html, write
from cua.report.result import as_json, result

__all__ = ["as_html", "as_json", "result", "write"]
