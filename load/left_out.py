"""What filters left out: announced pages that the newest ingest of their source did not fetch, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import duckdb
import pyarrow as pa

from extract.filters import LeftOut
from load.transaction import transaction


def merge_left_out(
    con: duckdb.DuckDBPyConnection, left_out: Sequence[LeftOut], sources: Sequence[str], *, run_id: str, now: datetime
) -> None:
    """Replace the left-out pages of these sources by those of this run.

    Most sources have no filters; then nothing is written.
    """
    known = con.execute("select 1 from left_out where source in (select unnest(?)) limit 1", [list(sources)]).fetchone()
    if not (known or left_out):
        return
    rows = pa.table(
        {
            **{key: [getattr(one.candidate, key) for one in left_out] for key in ("source", "url", "title")},
            "published_at": pa.array([one.candidate.published_at for one in left_out], pa.timestamp("us", "UTC")),
            **{key: [getattr(one, key) for one in left_out] for key in ("rule", "reason")},
        }
    )
    con.register("leaving_out", rows)
    try:
        with transaction(con):
            con.execute("delete from left_out where source in (select unnest(?))", [list(sources)])
            con.execute(
                "insert into left_out by name select *, ? as run_id, ?::timestamptz as left_out_at from leaving_out",
                [run_id, now],
            )
    finally:
        con.unregister("leaving_out")
