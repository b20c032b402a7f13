"""Measurements of what Newsledger reads and how fast: ``python -m benchmarks.NAME``."""
