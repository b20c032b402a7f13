"""The report in Chromium, from files: charts are drawn, nothing hostile runs, nothing is complained of."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --enable-logging=stderr --virtual-time-budget=8000 --dump-dom"
).split()

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


def look(page: Path, profile: Path) -> str:
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", page.as_uri()]
    seen = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert "CONSOLE" not in seen.stderr, seen.stderr
    return seen.stdout


def test_pages_work_from_files(site: Path, tmp_path: Path) -> None:
    measure = max((site / "measures").glob("*.html"), key=lambda path: path.stat().st_size)
    drawn = look(measure, tmp_path)
    assert 'data-drawn="true"' in drawn
    assert "<svg" in drawn
    attacked = [p for p in (site / "articles").glob("*.html") if "owned" in p.read_text(encoding="utf-8")]
    assert attacked
    for page in (site / "index.html", attacked[0]):
        title = re.search(r"<title>(.*?)</title>", look(page, tmp_path), re.DOTALL)
        assert title
        assert title[1].strip() != "owned"
