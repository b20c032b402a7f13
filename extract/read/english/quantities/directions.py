"""Words of change with their direction: verbs, nouns and what stands beside a number."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

from extract.types import Direction

# What a price or a currency is that moved: "2% weaker at 34.6 to the dollar"; of other things they compare.
FIRMER: dict[str, Direction] = {
    "firmer": "up", "stronger": "up", "weaker": "down", "softer": "down", "easier": "down",
}  # fmt: skip
# What goes up or down with these words beside it: "gave up 1.1%", "put on 30 points".
PHRASAL: dict[tuple[str, str], Direction] = {
    **{(verb, "up"): "down" for verb in ("gave", "give", "gives", "giving", "given")},
    **{(verb, "on"): "up" for verb in ("put", "puts", "putting")},
}


@cache
def directions() -> dict[str, tuple[Direction, str]]:
    """Map each word of change to its direction and kind (``directions.tsv``)."""
    lines = (Path(__file__).parent / "directions.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {word: (cast(Direction, direction), kind) for word, direction, kind in rows}


def kind_of_change(word: str) -> str | None:
    """Give the kind of a word of change: verb, act, noun or side; None for any other word."""
    entry = directions().get(word)
    return entry[1] if entry is not None else None
