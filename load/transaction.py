"""Transactions that preserve the original error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Run the block in a transaction. The original error is raised, also if the commit fails, as on a full disk."""
    con.begin()
    try:
        yield
        con.commit()
    except BaseException:
        # A failed commit has already ended the transaction; the error of a rollback would hide the cause.
        with suppress(duckdb.Error):
            con.rollback()
        raise
