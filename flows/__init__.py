"""Flows and the command line: they orchestrate the stages and hold no logic of their own."""

import gc

# What is imported stays: to look through it for garbage again and again, as it grows, takes a twelfth of a short run.
gc.set_threshold(50_000, 10, 10)
