"""Finding a measure by words: the way in for people, who do not know keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extract.read.english.vocabulary.words import lemma
from load.config import WarehouseConfig
from load.connection import reader
from load.errors import QueryError
from load.measures.words import STOP

# What is told of a measure is searched for the words, or their base forms; the measure with most of them comes first,
# then the one with most claims.
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
    """A measure that some words may mean, with how many claims and outlets it has and when they were published."""

    key: str
    name: str
    claims: int
    publishers: int
    first_day: date
    last_day: date
    hits: int


def find_measures(config: WarehouseConfig, words: str, most: int = 20) -> list[FoundMeasure]:
    """Return the measures that hold most of some words, best first: none holds none of them.

    Raises QueryError for what holds no word, and NotPublished when there is nothing to look in.
    """
    asked = _asked(words)
    if not asked:
        raise QueryError(f"There is no word in {words!r}.", hint='For example: newsledger measures "deaths ferry"')
    with reader(config) as con:
        rows = con.execute(FOUND, {"words": asked, "least": 1, "most": most}).fetchall()
    return [FoundMeasure(*row) for row in rows]


def the_measure(config: WarehouseConfig, words: str) -> FoundMeasure:
    """Return the measure that words or a key mean. Raises QueryError, with the nearest ones, when that is not clear."""
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
    """Return the base forms of the words that tell; an ending that was added does not count."""
    found = [lemma(word) for word in re.findall(r"[^\W_]+", words.lower())]
    return list(dict.fromkeys(word for word in found if word not in STOP))
