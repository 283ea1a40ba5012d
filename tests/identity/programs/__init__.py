"""Programs that start an application on a port; run by the Python of `tests/identity/.venv`."""
