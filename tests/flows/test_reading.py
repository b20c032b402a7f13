"""The processes that read pages."""

import os
import subprocess
import sys
import time

import pytest

PROGRAM = """
import multiprocessing, time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from extract.archive import ArchiveFolder
from extract.types import Fetch
from flows.page_reader import Known
from flows.reading import CHUNK_PAGES, LocalReader

now = datetime(2024, 11, 23, tzinfo=UTC)
pages = [
    Fetch(fetch_id=str(n), source="s", url=f"http://localhost/{n}", outcome="ok", fetched_at=now, purpose="page")
    for n in range(3 * CHUNK_PAGES)
]
if __name__ == "__main__":
    with closing(LocalReader(ArchiveFolder(Path("nowhere")), Known(), 2, 30)) as opened:
        with ThreadPoolExecutor(2) as threads:
            batches = threads.map(lambda batch: list(opened.read(batch)), (pages, pages))
            outcomes = {done.article.outcome for batch in batches for done in batch}
        print(*outcomes, *(child.pid for child in multiprocessing.active_children()), flush=True)
        time.sleep(600)
"""


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.long
def test_readers_end_when_the_run_that_started_them_is_killed(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, text=True) as run:
        outcome, *readers = run.stdout.readline().split()
        run.kill()
    assert outcome == "broken_body"
    assert len(readers) == 2, "two batches at once share the processes"
    deadline = time.monotonic() + 20
    while any(is_alive(int(pid)) for pid in readers):
        assert time.monotonic() < deadline, f"{readers} outlive their run"
        time.sleep(0.1)
