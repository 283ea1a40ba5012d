"""Rows of data: one verified run each, every row once."""
