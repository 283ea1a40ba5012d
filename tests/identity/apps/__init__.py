"""A walk through each application."""
