"""Flows and the command line: they orchestrate the stages and hold no logic of their own."""
