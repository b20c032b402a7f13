"""The claims of a measure as downloads: CSV without formulas that a spreadsheet would run, and Parquet."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from exchange.forms import safe_for_spreadsheets
from load.connection import Connection

COLUMNS = """
    measure_name, measure_key, measure_kind, surface, low, high, bound, unit, currency, per, thing, subject, place,
    place_name, country, direction, as_of_start, as_of_end, said_by, said_by_name, said_by_kind, is_anonymous, hedge,
    polarity, verification, quote, headline, source, publisher, url, news_date, published_at, is_counted, claim_id,
    article_id, version_id, warc_file, warc_offset, extractor_version
"""


def by_measure(con: Connection, keys: Sequence[str]) -> Iterator[tuple[str, pa.Table]]:
    """Return the current claims of measures as a table for each measure, oldest first."""
    sql = f"""
        select {COLUMNS} from picked where is_current and measure_key in (select unnest(?::varchar[]))
        order by measure_key, news_date, outlet, claim_id
    """  # noqa: S608 - the columns are those above
    table = con.execute(sql, [list(keys)]).to_arrow_table().combine_chunks()
    at = 0
    for run in pc.run_end_encode(table["measure_key"].combine_chunks()).run_ends.to_pylist() if len(table) else ():
        yield table["measure_key"][at].as_py(), table.slice(at, run - at)
        at = run


def as_csv(table: pa.Table) -> bytes:
    """Write a table as CSV; text that a spreadsheet would run as a formula gets an apostrophe in front."""
    out = io.BytesIO()
    pyarrow.csv.write_csv(safe_for_spreadsheets(table), out)
    return out.getvalue()


def as_parquet(table: pa.Table) -> bytes:
    """Write a table as Parquet, compressed, and identical for identical rows."""
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd", write_statistics=False)
    return out.getvalue()
