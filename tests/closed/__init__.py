"""Two ways to a goal, of which the first is closed while the run is going (`python -m tests.closed`)."""
