"""Flows and the command line: they orchestrate the stages and hold no logic of their own."""

import gc

# Imported modules are never freed. With Python's default thresholds, the garbage collector would scan them again and
# again, which takes a twelfth of a short run.
gc.set_threshold(50_000, 10, 10)
