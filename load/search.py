"""Full-text search over articles and quotes, with the index next to the published copy (`load/search_index.py`)."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from load.config import WarehouseConfig
from load.connection import reader
from load.errors import NotPublished, QueryError, WarehouseError
from load.search_index import KINDS, OF_A_DAY, day_of, first_id, is_current, kind_of

# Marks around matched words in a snippet; they do not occur in texts.
FOUND, END = "\x02", "\x03"
TERM = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
# At most this many matches are ranked, those of the newest days: ranking half a million for "said" takes seconds and
# favours short sentences.
MOST_RANKED = 20_000
# How many of the best matches are read at a time, until there are enough without duplicates.
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Hit:
    """One article or quote that matches a search."""

    kind: str
    headline: str | None
    publisher: str | None
    url: str | None
    news_date: str
    version_id: str
    claim_id: str | None
    snippet: str

    def as_json(self) -> dict[str, Any]:
        """Return the hit for programs: a plain snippet, and the offsets of the matched words in it (start and end)."""
        plain, found = "", []
        for part in re.split(f"({FOUND}[^{END}]*{END})", self.snippet):
            word = part.strip(FOUND + END)
            if part.startswith(FOUND):
                found.append([len(plain), len(plain) + len(word)])
            plain += word
        return {**asdict(self), "snippet": plain, "found": found}


@dataclass(frozen=True, slots=True)
class Filters:
    """Further conditions: the kind, the publication day (both ends included) and the outlet."""

    kind: str | None = None
    published_from: date | None = None
    published_to: date | None = None
    publishers: Sequence[str] = ()


def search(
    config: WarehouseConfig,
    words: str,
    *,
    kind: str | None = None,
    published_from: date | None = None,
    published_to: date | None = None,
    publishers: Sequence[str] = (),
    limit: int = 20,
) -> list[Hit]:
    """Find articles and quotes with all the words, best first; matched words are enclosed in two marks.

    ``"two words"`` is a phrase, ``ferr*`` the beginning of a word, ``-fishing`` a word that must not occur. If more
    than 20,000 articles or quotes match, the newest 20,000 are ranked. Raises NotPublished, and QueryError if there is
    no word to search for.
    """
    match = as_match(words)
    # A sentence with several numbers, or in several versions, is one hit.
    hits: dict[tuple[str, str, str], Hit] = {}
    with _opened(config) as index:
        ids = _ranked(index, match, Filters(kind, published_from, published_to, publishers))
        for start in range(0, len(ids), AT_ONCE):
            for row in _shown(index, match, ids[start : start + AT_ONCE]):
                hits.setdefault((row[0], row[3], row[7]), Hit(*row))
            if len(hits) >= limit:
                break
    return list(hits.values())[:limit]


def search_ids(config: WarehouseConfig, words: str, filters: Filters, most: int) -> list[str]:
    """Find what ``search`` finds, including duplicates: ids of claims for quotes, ids of versions for articles."""
    with _opened(config) as index:
        ids = _ranked(index, as_match(words), filters)[:most]
        asked = f"select id, coalesce(claim_id, version_id) from documents where id in ({_listed(ids)})"
        found = dict(index.execute(asked).fetchall())
    return [found[i] for i in ids]


@contextmanager
def _opened(config: WarehouseConfig) -> Iterator[sqlite3.Connection]:
    """Open the index for reading. Raises NotPublished, and WarehouseError if it is damaged or has another format."""
    if not config.search.exists():
        raise NotPublished("There is no search index yet.", hint="Run `newsledger build` first.")
    try:
        with closing(sqlite3.connect(f"{config.search.absolute().as_uri()}?mode=ro", uri=True)) as index:
            if not is_current(index):
                raise sqlite3.DatabaseError("it is of another version of Newsledger")
            yield index
    except sqlite3.DatabaseError as error:
        raise WarehouseError(
            f"The search index {config.search} cannot be read: {error}.",
            hint="Delete it and run: newsledger build   (everything in it is in the warehouse)",
        ) from None


def _ranked(index: sqlite3.Connection, match: str, filters: Filters) -> list[int]:
    """Return the ids of the matching documents, best first; the newest first among equals."""
    found: list[tuple[float, int, int]] = []
    for kind in [filters.kind] if filters.kind else KINDS:
        found += [(rank, -day_of(i), i) for i, rank in _ranked_of_kind(index, match, kind, filters)]
    return [i for _, _, i in sorted(found)]


def _ranked_of_kind(index: sqlite3.Connection, match: str, kind: str, filters: Filters) -> Iterator[tuple[int, float]]:
    """Yield ids and ranks of the newest matching documents of a kind, in whole days."""
    condition = "words match ? and rowid between ? and ?"
    if filters.publishers:
        marks = ", ".join("?" * len(filters.publishers))
        condition += f" and (select publisher from documents where id = words.rowid) in ({marks})"
    first = first_id(kind, filters.published_from or date.min)
    last = first_id(kind, filters.published_to or date.max) + OF_A_DAY - 1
    # FTS5 finds matches one by one in this order: rows that are not fetched are neither found nor ranked.
    newest_first = f"select rowid, rank from words where {condition} order by rowid desc"
    day = None
    for n, (document, rank) in enumerate(index.execute(newest_first, [match, first, last, *filters.publishers])):
        if n >= MOST_RANKED and day_of(document) != day:
            break
        day = day_of(document)
        yield document, rank


def _shown(index: sqlite3.Connection, match: str, ids: Sequence[int]) -> list[Any]:
    """Return the columns of hits, in the order of the given ids."""
    place = {document: n for n, document in enumerate(ids)}
    rows: list[Any] = []
    for kind in KINDS:
        of_kind = sorted(i for i in ids if kind_of(i) == kind)
        if of_kind:
            # Without the plus, SQLite would look up each id separately, and FTS5 would search for the words each time.
            sql = f"""
                select d.id, d.kind, d.headline, d.publisher, d.url, d.news_date, d.version_id, d.claim_id,
                    snippet(words, -1, '{FOUND}', '{END}', '…', 32)
                from words inner join documents as d on d.id = words.rowid
                where words match ? and words.rowid between ? and ? and +words.rowid in ({_listed(of_kind)})
            """
            rows += index.execute(sql, [match, of_kind[0], of_kind[-1]]).fetchall()
    return [row[1:] for row in sorted(rows, key=lambda row: place[row[0]])]


def _listed(ids: Sequence[int]) -> str:
    return ", ".join(map(str, ids))


def publishers_of(config: WarehouseConfig, sources: Sequence[str]) -> tuple[str, ...]:
    """Return the outlet names of sources, as in hits; for a source without articles, the source's own name."""
    with reader(config) as con:
        found = con.execute(
            "select distinct coalesce(publisher, source) from articles where source in (select unnest(?::varchar[]))",
            [list(sources)],
        ).fetchall()
    return tuple(name for (name,) in found) or tuple(sources)


def as_match(words: str) -> str:
    """Translate a user's search into FTS5's syntax, in which other punctuation is an error."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in TERM.findall(words):
        term = (phrase or word).strip()
        is_beginning = not phrase and term.endswith("*")
        term = term.rstrip("*").replace('"', "")
        if any(character.isalnum() for character in term):
            (unwanted if minus else wanted).append(f'"{term}"' + "*" * is_beginning)
    if not wanted:
        raise QueryError(
            f"There is no word to look for in {words!r}.", hint='For example: newsledger search "ferry dead"'
        )
    return " AND ".join(wanted) + "".join(f" NOT {term}" for term in unwanted)
