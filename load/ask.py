"""Finding a measure by words, for people who do not know its key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extract.read.english.vocabulary.words import lemma
from load.config import WarehouseConfig
from load.connection import reader
from load.errors import QueryError
from load.measures.words import STOP

# Searches the names, subjects and places of measures for the words or their base forms. The measure with the most words
# comes first, then the one with the most claims.
FOUND = """
    with asked as (select distinct unnest($words::varchar[]) as word),
    told as (
        select *, lower(concat_ws(' ', measure_name, subject_entity, place_entity)) as words from measures
    )
    select measure_key, measure_name, claims, publishers, first_day, last_day, count(*) as hits
    from told inner join asked on contains(words, word)
    group by all
    having hits >= $least
    order by hits desc, claims desc, publishers desc, measure_name, measure_key
    limit $most
"""


@dataclass(frozen=True, slots=True)
class FoundMeasure:
    """A measure that some words may refer to, with its number of claims and outlets and its first and last day."""

    key: str
    name: str
    claims: int
    publishers: int
    first_day: date
    last_day: date
    hits: int


def find_measures(config: WarehouseConfig, words: str, most: int = 20) -> list[FoundMeasure]:
    """Return the measures that contain most of the words, best first; each contains at least one.

    Raises QueryError if there is no word to search for, and NotPublished if there is no published copy.
    """
    asked = _asked(words)
    if not asked:
        raise QueryError(f"There is no word in {words!r}.", hint='For example: newsledger measures "deaths ferry"')
    with reader(config) as con:
        rows = con.execute(FOUND, {"words": asked, "least": 1, "most": most}).fetchall()
    return [FoundMeasure(*row) for row in rows]


def the_measure(config: WarehouseConfig, words: str) -> FoundMeasure:
    """Return the measure with this key or these words. Raises QueryError, with the closest ones, if ambiguous."""
    with reader(config) as con:
        row = con.execute(
            "select measure_key, measure_name, claims, publishers, first_day, last_day, 0 from measures"
            " where measure_key = $words or lower(measure_name) = lower($words) order by claims desc, measure_key"
            " limit 1",
            {"words": words.strip()},
        ).fetchone()
    if row:
        return FoundMeasure(*row)
    found = find_measures(config, words, most=6)
    if found and found[0].hits == len(_asked(words)):
        return found[0]
    near = "; ".join(measure.name for measure in found[:4])
    raise QueryError(
        f"No measure is called {words!r}.",
        hint=f"Similar: {near}." if near else "`newsledger measures WORDS` lists what there is.",
    )


def _asked(words: str) -> list[str]:
    """Return the base forms of the significant words; an ending that was added does not count."""
    found = [lemma(word) for word in re.findall(r"[^\W_]+", words.lower())]
    return list(dict.fromkeys(word for word in found if word not in STOP))
