"""The ways of doing each kind of clause on the screen that is there."""
