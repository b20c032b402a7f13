"""The queries: each opens the published copy itself, so an answer always comes from the newest build.

Every answer consists of JSON values and includes its evidence: claims have their quote, speaker, outlet, page and
archive record.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import duckdb

from exchange.forms import as_json
from exchange.selection import Selection
from extract.archive import ArchivePlace
from load.config import WarehouseConfig
from load.connection import LISTED, Connection, reader
from load.dictionary import meaning
from load.errors import QueryError
from load.query import CLOSED
from load.search import Filters, search_ids
from report.evidence import gather

Answer = dict[str, Any]

MOST_ROWS = 200
TIME_LIMIT_S = 10.0
# Maximum number of quotes and articles of a search to which other conditions are applied.
MOST_QUOTES = 5000
MOST_ARTICLES = 250
# Factor by which more hits than requested claims are read at first, which is mostly enough.
AT_FIRST = 10
# DuckDB's memory limit, and up to how many row numbers it looks up blocks instead of reading the whole table.
SETTINGS = ("set memory_limit = '512MB'", "set dynamic_or_filter_threshold = 1000")
READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
CLAIM = """
    c.claim_id, c.measure_name, c.measure_key, c.surface, c.low, c.high, c.bound, c.unit, c.currency, c.thing,
    c.subject, c.place_name, c.as_of_start, c.as_of_end, c.said_by, c.said_by_kind, c.is_anonymous, c.polarity,
    c.verification, c.quote, c.headline, coalesce(c.publisher, c.source) as outlet, c.news_date, c.url,
    c.version_number, c.is_current, c.claim_start, c.claim_end, c.warc_file, c.warc_offset, f.page_sha256
"""
FROM_CLAIMS = f"select {CLAIM} from claims as c left join fetches as f on f.fetch_id = c.fetch_id"  # noqa: S608
CLAIMS = f"{FROM_CLAIMS} where "
# Claims by words, in the order in which a search found their quotes, then their articles. A number in the same sentence
# of several versions of an article is one result. Joined by row number, so that DuckDB reads the wide columns of these
# rows only; the condition is computed as a column, or it would be evaluated for a million claims before the join.
FOUND = f"""
    with quotes as (select unnest(ids) as id, generate_subscripts(ids, 1) as place from (select {LISTED} as ids)),
    articles as (select unnest(ids) as id, generate_subscripts(ids, 1) as place from (select {LISTED} as ids)),
    hits as materialized (
        select c.rowid as row, true as is_quote, q.place from claims as c inner join quotes as q on c.claim_id = q.id
        union all
        select c.rowid, false, a.place from claims as c inner join articles as a on c.version_id = a.id
    ),
    meeting as materialized (
        select * from (
            select c.rowid as row, h.is_quote, h.place, ({{condition}}) as meets
            from claims as c inner join hits as h on c.rowid = h.row
        )
        where meets
    ),
    found as materialized (
        select m.row, m.is_quote, m.place
        from claims as c inner join meeting as m on c.rowid = m.row
        qualify 1 = row_number() over (
            partition by c.article_id, c.quote, c.claim_start - c.sentence_start
            order by m.is_quote desc, m.place, c.claim_start
        )
        order by m.is_quote desc, m.place, c.claim_start
        limit {{limit}}
    )
    {FROM_CLAIMS}
    inner join found on c.rowid = found.row
    order by found.is_quote desc, found.place, c.claim_start
"""  # noqa: S608
OF_IDS = f"""
    {CLAIMS} c.rowid in (select rowid from claims where claim_id in (select unnest({LISTED}))) order by c.claim_id
"""  # noqa: S608
MEASURES = """
    select measure_key, measure_name, measure_kind as kind, claims, publishers as outlets, first_day, last_day
    from measures
"""
VALUES = f"""
    select measure_key, min(unit) as unit, min(low) as lowest, max(high) as highest
    from claims where is_current and measure_key in (select unnest({LISTED}))
    group by measure_key
"""  # noqa: S608
NEWEST = f"""
    {CLAIMS} c.rowid in (
        select max_by(rowid, (news_date, claim_id)) from claims
        where is_current and measure_key in (select unnest({LISTED})) group by measure_key
    )
"""  # noqa: S608
MOST_OUTLETS = "order by outlets desc, claims desc, measure_key"
STANDS = "contains(strip_accents(lower(concat_ws(' ', measure_name, measure_key))), strip_accents(lower(?)))"


@contextmanager
def asked(config: WarehouseConfig, seconds: float = TIME_LIMIT_S) -> Iterator[Connection]:
    """Open the published copy for one query that can neither write, nor read other files, nor run for long.

    Raises NotPublished, and QueryError if DuckDB rejects the query or exceeds the time limit.
    """
    with reader(config) as con:
        for setting in (*SETTINGS, *CLOSED):
            con.execute(setting)
        late = threading.Timer(seconds, con.interrupt)
        late.start()
        try:
            yield con
        except duckdb.InterruptException:
            raise QueryError(
                f"The question took longer than {seconds:g} seconds and was stopped.",
                hint="Ask for fewer days (news_date) or fewer columns.",
            ) from None
        except duckdb.Error as error:
            raise QueryError(f"DuckDB cannot answer that: {error}") from None
        finally:
            late.cancel()


def _rows(con: Connection, sql: str, values: Sequence[Any] | Mapping[str, Any] = (), most: int = -1) -> list[Answer]:
    result = con.execute(sql, values)
    names = [column[0] for column in result.description or ()]
    found = result.fetchall() if most < 0 else result.fetchmany(most)
    return [as_json(dict(zip(names, row, strict=True))) for row in found]


def _by_words(words: str | None) -> tuple[str, list[str]]:
    """Write the condition that the name or key of a measure contains all words."""
    each = (words or "").replace(",", " ").split()
    return " and ".join([STANDS] * len(each)) or "true", each


def search_claims(config: WarehouseConfig, words: str | None, selection: Selection, limit: int) -> Answer:
    """Find claims by words in quotes, then in articles, best first, and by a selection; without words, the newest."""
    most = int(limit) + 1
    if words:
        claims = _claims_by_words(config, words, selection, most)
    else:
        condition, values = selection.condition()
        with asked(config) as con:
            claims = _rows(con, f"{CLAIMS}{condition} order by c.news_date desc, c.claim_id limit {most}", values)
    return {"claims": claims[:limit], "more": len(claims) > limit}


def _claims_by_words(config: WarehouseConfig, words: str, selection: Selection, most: int) -> list[Answer]:
    """Read the best quotes first; all matching quotes, and articles, only if these are not enough."""
    condition, values = selection.condition()
    sql = FOUND.format(condition=condition, limit=most)

    def find(kind: str, wanted: int) -> list[str]:
        filters = Filters(kind, selection.published_from, selection.published_to)
        return search_ids(config, words, filters, wanted)

    quotes = find("quote", MOST_QUOTES)
    with asked(config) as con:
        claims = _rows(con, sql, [json.dumps(quotes[: AT_FIRST * most]), "[]", *values])
        if len(claims) < most:
            articles = find("article", MOST_ARTICLES)
            claims = _rows(con, sql, [json.dumps(quotes), json.dumps(articles), *values])
    return claims


def list_measures(config: WarehouseConfig, words: str | None, limit: int) -> Answer:
    """List measures by words in their names, those with the most outlets first, each with its newest claim."""
    condition, values = _by_words(words)
    with asked(config) as con:
        found = _rows(
            con, f"from ({MEASURES}) where {condition} {MOST_OUTLETS}, measure_name limit ?", [*values, limit]
        )
        measures = _with_values(con, found)
        newest = _rows(con, NEWEST, [json.dumps([measure["measure_key"] for measure in measures])])
    claims = {claim["measure_key"]: claim for claim in newest}
    return {"measures": [m | {"newest_claim": claims.get(m["measure_key"])} for m in measures]}


def _with_values(con: Connection, measures: list[Answer]) -> list[Answer]:
    """Add the unit and the lowest and highest value of their claims to measures."""
    found = {row["measure_key"]: row for row in _rows(con, VALUES, [json.dumps([m["measure_key"] for m in measures])])}
    return [measure | found.get(measure["measure_key"], {}) for measure in measures]


def timeline(config: WarehouseConfig, measure: str, limit: int) -> Answer:
    """Return what was reported for one measure, day by day, with the claims; the newest days are kept."""
    with asked(config) as con:
        found = _find_measure(con, measure)
        key = found["measure_key"]
        days = _rows(con, "from claim_timeline where measure_key = ? order by news_date desc limit ?", [key, limit])
        claims = _rows(
            con,
            f"{CLAIMS} c.is_current and c.measure_key = ? order by c.news_date desc, c.claim_id limit ?",
            [key, limit],
        )
    return {"measure": found, "days": days[::-1], "claims": claims[::-1]}


def _find_measure(con: Connection, measure: str) -> Answer:
    """Find one measure by its key or by words in its name. Raises QueryError, with the closest ones, if none does."""
    condition, values = _by_words(measure)
    exact = f"measure_key = ? or lower(measure_name) = lower(?) or ({condition})"
    order = "order by (measure_key = ? or lower(measure_name) = lower(?)) desc, outlets desc, claims desc, measure_key"
    found = _rows(
        con, f"from ({MEASURES}) where {exact} {order} limit 1", [measure, measure, *values, measure, measure]
    )
    if found:
        return _with_values(con, found)[0]
    near = _rows(
        con,
        f"select measure_name from ({MEASURES}) order by jaro_winkler_similarity(lower(measure_name), lower(?)) desc "  # noqa: S608
        "limit 5",
        [measure],
    )
    names = "; ".join(str(row["measure_name"]) for row in near)
    raise QueryError(f"No measure has the words {measure!r} in its name.", hint=f"Nearest: {names}." if near else None)


def disagreements(config: WarehouseConfig, words: str | None, limit: int) -> Answer:
    """List values of one measure that cannot both be right, the most certain first, with both claims."""
    condition, values = _by_words(words)
    with asked(config) as con:
        found = _rows(
            con,
            f"from claim_disagreements where {condition} "
            "order by score desc nulls last, measure_key, lower_claim_id limit ?",
            [*values, limit],
        )
        return {"disagreements": _with_claims(con, found)}


def revisions(config: WarehouseConfig, words: str | None, since: date | None, limit: int) -> Answer:
    """List numbers that outlets changed after publication, the newest change first, with both claims."""
    each = (words or "").split()
    text = "strip_accents(lower(concat_ws(' ', headline, before_quote, after_quote)))"
    condition = " and ".join([f"contains({text}, strip_accents(lower(?)))"] * len(each)) or "true"
    with asked(config) as con:
        found = _rows(
            con,
            f"from claim_revisions where {condition} and (?::date is null or revised_at::date >= ?) "
            "order by revised_at desc, claim_id limit ?",
            [*each, since, since, limit],
        )
        return {"revisions": _with_claims(con, found)}


def evidence(config: WarehouseConfig, place: ArchivePlace, claim_id: str) -> Answer:
    """Return the evidence of a claim: its quote in the article, its offsets, the versions and the archived page."""
    found = gather(config, place, claim_id)
    claim = found.claim
    start = max(0, claim["sentence_start"] - 600)
    around = {"text": claim["text"][start : claim["sentence_end"] + 600], "starts_at_character": start}
    return {
        **found.as_json(),
        "around": around,
        "archive": {
            "file": claim["warc_file"],
            "offset": claim["warc_offset"],
            "page_sha256": claim["page_sha256"],
            "is_readable": found.archived is not None,
            "gap": found.gap,
        },
        "to_send_it": f"newsledger evidence {claim['claim_id']} --out evidence.html",
    }


def run_sql(config: WarehouseConfig, sql: str, most: int = MOST_ROWS, seconds: float = TIME_LIMIT_S) -> Answer:
    """Run SQL and return its first rows; if rows contain claim ids, with the evidence of these claims."""
    with asked(config, seconds) as con:
        if any(statement.type not in READING for statement in con.extract_statements(sql)):
            raise QueryError("Only statements that read are run.", hint="They begin with select, from or with.")
        found = _rows(con, sql, most=most + 1)
        rows = found[:most]
        claims = _claims_of(con, rows)
    return {"rows": rows, "more": len(found) > most, "evidence": claims}


def _with_claims(con: Connection, rows: list[Answer]) -> list[Answer]:
    claims = {claim["claim_id"]: claim for claim in _claims_of(con, rows)}
    return [row | {"claims": [claims[i] for i in _ids(row) if i in claims]} for row in rows]


def _claims_of(con: Connection, rows: Sequence[Answer]) -> list[Answer]:
    """Return the claims whose ids are in a column of the rows, at most a hundred."""
    ids = list(dict.fromkeys(i for row in rows for i in _ids(row)))[:100]
    if not ids:
        return []
    return _rows(con, OF_IDS, [json.dumps(ids)])


def _ids(row: Answer) -> list[str]:
    return [value for name, value in row.items() if name.endswith("claim_id") and isinstance(value, str)]


def tables(config: WarehouseConfig, table: str | None) -> Answer:
    """List the published tables with the grain of each, or the columns of one table with their meaning."""
    with asked(config) as con:
        if table is None:
            sql = "select table_name as name, estimated_size as rows from duckdb_tables() where schema_name = 'main'"
            found = _rows(con, f"{sql} order by 1")
            return {"tables": [row | {"row_is": meaning(row["name"])[0]} for row in found]}
        sql = "select column_name as name, data_type as type from duckdb_columns() where table_name = ?"
        columns = _rows(con, f"{sql} and schema_name = 'main' order by column_index", [table])
    if not columns:
        raise QueryError(f"There is no table {table!r}.", hint="List all tables first.")
    row_is, meanings = meaning(table)
    return {
        "table": table,
        "row_is": row_is,
        "columns": [column | {"meaning": meanings.get(column["name"])} for column in columns],
    }
