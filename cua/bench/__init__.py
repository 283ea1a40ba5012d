"""Benchmarks that anyone can run: `cua bench SUITE`."""
