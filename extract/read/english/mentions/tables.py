"""Word lists and gazetteer, loaded on first use."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from extract.calendar import MONTH_NAMES, WEEKDAY_NAMES
from extract.countries import countries


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the gazetteer; coordinates in degrees, population in thousands.

    ``is_sure`` is false if places of similar size share the name.
    """

    name: str
    kind: str
    country: str | None
    latitude: float | None = None
    longitude: float | None = None
    thousands: int = 0
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of ``lexicon.toml`` as sets, by the name of the list."""

    words: dict[str, frozenset[str]]
    organisations: frozenset[str]
    usual_names: dict[str, str]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.words[name]


def _read(name: str) -> str:
    return files("extract.read.english.mentions").joinpath(name).read_text(encoding="utf-8")


@cache
def lexicon() -> Lexicon:
    """Return the word lists of ``lexicon.toml``."""
    raw = tomllib.loads(_read("lexicon.toml"))
    words = {name: frozenset(value.split()) for name, value in raw.items() if isinstance(value, str)}
    words["not_names"] |= {*MONTH_NAMES, *WEEKDAY_NAMES}
    return Lexicon(words, frozenset(raw["organisations"]), raw["usual_names"])


@cache
def first_names() -> frozenset[str]:
    """Return given names of many countries, in Latin letters."""
    return frozenset(_read("first_names.txt").split())


@cache
def surnames() -> frozenset[str]:
    """Return family names of many countries, in Latin letters, and those of the lexicon's public figures."""
    return frozenset(_read("surnames.txt").split()) | lexicon()["figures"]


@cache
def _gazetteer() -> dict[str, str]:
    """Return the line of each place by name; lines are split only on use, which halves the loading time."""
    return {line.partition("\t")[0]: line for line in _read("places.tsv").splitlines()}


@cache
def _listed_places() -> dict[str, Place]:
    """Return the countries, and the regions of the lexicon, by name."""
    raw = tomllib.loads(_read("lexicon.toml"))
    found = {name: Place(name, "country", code) for code, name in countries().items()}
    for entry in raw["places"]:
        name, _, country = entry.partition(":")
        found[name] = Place(name, "region", country or None)
    return found


@lru_cache(maxsize=10_000)
def place(name: str) -> Place | None:
    """Return the gazetteer's entry for a name, or None if there is none."""
    listed = _listed_places().get(name)
    if listed is not None:
        return listed
    line = _gazetteer().get(name)
    if line is None:
        return None
    _, kind, country, latitude, longitude, thousands, sure = line.split("\t")
    north, east = (float(latitude), float(longitude)) if latitude else (None, None)
    return Place(name, kind, country, north, east, int(thousands), sure == "1")
