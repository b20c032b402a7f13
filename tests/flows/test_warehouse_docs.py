"""dbt's page as one file."""

import shutil

import pytest


@pytest.mark.long
def test_docs_are_one_file_that_describes_the_tables(ran, newsledger, tmp_path):
    folder = shutil.copytree(ran.settings.data_dir.parent, tmp_path / "copy", symlinks=True)
    said = newsledger(folder, "warehouse", "docs", "--out", "out/docs.html")
    assert (said.code, said.out.strip()) == (0, "out/docs.html")
    page = (folder / "out" / "docs.html").read_text(encoding="utf-8")
    assert "Everything about one claim" in page
    assert '"send_anonymous_usage_stats": false' in page or '"send_anonymous_usage_stats":false' in page

    (folder / "file").write_text("")
    said = newsledger(folder, "warehouse", "docs", "--out", "file/docs.html")
    assert said.code == 3
    assert "cannot be written" in said.err
