"""Words of change with their direction: verbs, nouns and particles."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

from extract.types import Direction

# Predicates of a price or a currency that moved: "2% weaker at 34.6 to the dollar"; elsewhere comparatives.
FIRMER: dict[str, Direction] = {
    "firmer": "up", "stronger": "up", "weaker": "down", "softer": "down", "easier": "down",
}  # fmt: skip
# Phrasal verbs of change: "gave up 1.1%", "put on 30 points".
PHRASAL: dict[tuple[str, str], Direction] = {
    **{(verb, "up"): "down" for verb in ("gave", "give", "gives", "giving", "given")},
    **{(verb, "on"): "up" for verb in ("put", "puts", "putting")},
}


@cache
def directions() -> dict[str, tuple[Direction, str]]:
    """Return the direction and kind of each word of change (``directions.tsv``)."""
    lines = (Path(__file__).parent / "directions.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {word: (cast(Direction, direction), kind) for word, direction, kind in rows}


def kind_of_change(word: str) -> str | None:
    """Return the kind of a word of change: verb, act, noun or side; None for any other word."""
    entry = directions().get(word)
    return entry[1] if entry is not None else None
