"""Transactions that leave the first error to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All or nothing. What went wrong is raised, also when the commit itself fails, say on a full disk."""
    con.begin()
    try:
        yield
        con.commit()
    except BaseException:
        # A commit that fails has ended the transaction already; a rollback would hide why.
        with suppress(duckdb.Error):
            con.rollback()
        raise
