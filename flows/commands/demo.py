"""``newsledger demo``: the sample newsroom through every stage over real HTTP, and the results."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from extract.types import Source
from flows import console
from flows.pipeline import ingest
from flows.run_report import Report
from flows.settings import Settings, load_settings
from flows.summary import summary
from load.connection import reader, writer

# The outlets are on this machine, so a publisher's pause of seconds would only make the demo slow.
HEAD = """\
# The demo's settings: the sample newsroom of this machine as sources.
data_dir = "data"

[fetch]
contact = "demo@newsledger.invalid"
min_host_interval_s = 0.0
backoff_base_s = 0.2

"""

SHOWN = {
    "What was read, by outlet": """
        select source, count(distinct article_id) as articles, count(*) as claims,
            count(distinct said_by_name) as speakers, count(*) filter (is_anonymous) as anonymous,
            count(*) filter (verification = 'unverified') as unverified
        from claims group by source order by source
    """,
    "How a figure moved": "@timeline",
    "Who disagrees": "@disagreements",
    "How often outlets rely on anonymous sources": "@anonymous_sources",
    "Changed by the outlet after publication": "@revisions",
}


def run_demo(folder: Path, *, as_json: bool) -> int:
    """Run the demo in a folder; return the exit code. A second run finds nothing new and says so."""
    from sample.server import DEFAULT_PORT, serve_newsroom

    folder.mkdir(parents=True, exist_ok=True)
    times: dict[str, float] = {}
    with serve_newsroom(DEFAULT_PORT) as newsroom:
        settings = _write_settings(folder / "newsledger.toml", newsroom.sources)
        console.note(f"Eight outlets of the sample newsroom answer on this machine; data goes to {folder}/")
        with _timed(times, "first ingest"):
            first = ingest.fn(config=settings.file)
        newsroom.advance()
        with _timed(times, "second ingest, after an outlet changed an article"):
            second = ingest.fn(config=settings.file)
    stages = _stage_seconds(settings, first, second) | times
    if as_json:
        console.print_json({"first": first.as_json(), "second": second.as_json(), "seconds": stages})
    else:
        _show(settings, first, second, stages)
    return 1 if first.failed or second.failed else 0


def _write_settings(file: Path, sources: tuple[Source, ...]) -> Settings:
    from sample.server import source_toml

    text = HEAD + "\n".join(source_toml(source) for source in sources)
    file.write_text(text, encoding="utf-8")
    return load_settings(file)


@contextmanager
def _timed(times: dict[str, float], name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    times[name] = time.perf_counter() - began


def _stage_seconds(settings: Settings, *reports: Report) -> dict[str, float]:
    with writer(settings.warehouse, owner="demo") as connection:
        rows: list[tuple[str, Any]] = connection.execute(
            """
            select stage, sum(coalesce(seconds, 0) + coalesce(load_seconds, 0))
            from batches where list_contains(?, run_id) group by 1
            """,
            [[report.run_id for report in reports]],
        ).fetchall()
    seconds = {f"{stage} and load": float(spent) for stage, spent in rows}
    seconds["models and tests"] = sum(report.built.seconds for report in reports if report.built)
    seconds["publish"] = sum(report.published.seconds for report in reports if report.published)
    return seconds


def _show(settings: Settings, first: Report, second: Report, seconds: dict[str, float]) -> None:
    for title, report in (("First run", first), ("Second run", second)):
        console.say_boldly(f"\n{title}")
        for line in summary(report):
            console.say(f"  {line}")
    from load.query import resolve

    with reader(settings.warehouse) as connection:
        for title, question in SHOWN.items():
            sql = resolve(question.removeprefix("@")) if question.startswith("@") else question
            result = connection.execute(sql)
            names = [column[0] for column in result.description or ()]
            console.print_table(names, result.fetchmany(12), title=f"\n{title}")
    console.print_table(
        ("stage", "seconds"), [(name, round(spent, 1)) for name, spent in seconds.items()], title="\nTime"
    )
    console.say(f'\nQuery it yourself:  newsledger query -c {settings.file} "from claims limit 20"')
