"""Recording: what a person was watched doing, as a workflow that proves itself."""
