"""English auxiliary verbs, shared by several readers; each reader defines its own additions and exceptions."""

from __future__ import annotations

MODALS = frozenset("will would shall should can could may might must".split())
BE = frozenset("is are was were be been being am".split())
HAVE = frozenset("has have had".split())
DO = frozenset("do does did".split())
