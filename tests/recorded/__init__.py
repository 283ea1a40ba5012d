"""Workflows recorded by a person-like driver, and replayed on fresh state: `python -m tests.recorded`."""
