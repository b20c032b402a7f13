"""Countries by their codes (GeoNames, CC BY 4.0), written by ``extract.read.english.mentions.build_tables``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def countries() -> dict[str, str]:
    """Return the English name of each country by its ISO 3166 alpha-2 code."""
    lines = files(__package__).joinpath("countries.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def country_name(code: str | None) -> str:
    """Return a country's English name, the code itself if it is unknown, and nothing for None."""
    return countries().get(code, code) if code else ""
