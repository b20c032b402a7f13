"""The user's own synonyms."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import InputError
from load.build import load_synonyms
from load.config import WarehouseConfig
from load.connection import writer


def test_synonyms_follow_their_file(config: WarehouseConfig, tmp_path: Path) -> None:
    path = tmp_path / "synonyms.csv"
    path.write_text("term,canonical\nlorry,truck\n", encoding="utf-8")
    with writer(config, owner="test") as con:
        load_synonyms(con, path)
        assert con.execute("from user_synonyms").fetchall() == [("lorry", "truck")]
        with pytest.raises(InputError, match="Cannot read"):
            load_synonyms(con, tmp_path / "absent.csv")
        assert con.execute("from user_synonyms").fetchall() == [("lorry", "truck")]
        load_synonyms(con, None)
        assert con.execute("from user_synonyms").fetchall() == []
