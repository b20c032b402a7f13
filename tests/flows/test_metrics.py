"""Metrics: what a monitor's own parser reads out of the file is what the ledger says."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from benchmarks.synthetic import OUTLETS, Page, read
from flows.metrics import metrics_file, registry_of, write_metrics
from flows.metrics_page import MetricsPage
from flows.runs import open_run
from flows.settings import load_settings
from load.connection import writer
from load.ledger import Batch, finish_run, start_run
from load.merge import merge_extractions, merge_fetches
from load.plan import Selection

NOW = datetime(2025, 2, 1, tzinfo=UTC)


def test_a_monitor_reads_what_the_ledger_says(tmp_path):
    (tmp_path / "newsledger.toml").write_text("")
    settings = load_settings(tmp_path / "newsledger.toml")
    settings.data_dir.mkdir()
    pages = [read(Page(n, OUTLETS[n % 2], n), quantities=1) for n in range(4)]
    odd = 'a "quoted\\name"\nof two lines'
    lost = replace(pages[0].fetch, fetch_id="f" * 64, source=odd, outcome="timeout")
    with writer(settings.warehouse, owner="test") as con:
        merge_fetches(con, [*(page.fetch for page in pages), lost], Batch("f", "fetch", NOW))
        merge_extractions(con, pages, Batch("e", "extract", NOW))
        run = start_run(con, kind="ingest", now=NOW)
        finish_run(con, run, "finished", now=NOW + timedelta(seconds=90))
        start_run(con, kind="build", now=NOW)
    file = write_metrics(settings, NOW)
    samples = {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(file.read_text(encoding="utf-8"))
        for sample in family.samples
    }
    ours = ("source", pages[0].fetch.source)
    answered = max(page.fetch.fetched_at for page in pages if page.fetch.source == ours[1])
    wanted = {
        ("newsledger_fetches_total", ("outcome", "ok"), ours): 2,
        ("newsledger_fetches_total", ("outcome", "timeout"), ("source", odd)): 1,
        ("newsledger_last_answer_timestamp_seconds", ours): answered.timestamp(),
        ("newsledger_articles", ours): 2,
        ("newsledger_rejects", ("reason", "timeout"), ("source", odd)): 1,
        ("newsledger_runs_total", ("kind", "ingest"), ("state", "finished")): 1,
        ("newsledger_last_run_duration_seconds", ("kind", "ingest")): 90,
        ("newsledger_size_bytes", ("part", "warehouse")): settings.warehouse.path.stat().st_size,
    }
    assert {key: samples[key] for key in wanted} == wanted
    assert not any(name == "newsledger_runs_total" and ("kind", "build") in labels for name, *labels in samples)


def test_each_run_writes_them_when_the_settings_say_so(tmp_path):
    for wanted in (False, True):
        file = tmp_path / "newsledger.toml"
        file.write_text("[run]\nmetrics = true\n" if wanted else "")
        settings = load_settings(file)
        with open_run(settings, "build", Selection()):
            pass
        assert metrics_file(settings).exists() == wanted
    assert 'kind="build",state="finished"' in metrics_file(settings).read_text()


def ask(page: MetricsPage, path: str = "/metrics", **headers: str) -> tuple[int, str, str]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    given = [(name.encode(), value.encode()) for name, value in headers.items()]
    asyncio.run(page({"type": "http", "path": path, "headers": given}, None, send))  # type: ignore[arg-type]
    return sent[0]["status"], dict(sent[0]["headers"])[b"content-type"].decode(), sent[1]["body"].decode()


def basic(key: str) -> str:
    return "Basic " + base64.b64encode(key.encode()).decode()


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "newsledger.toml").write_text("")
    settings = load_settings(tmp_path / "newsledger.toml")
    settings.data_dir.mkdir()
    with open_run(settings, "build", Selection()):
        pass
    return settings


async def elsewhere(_scope, _receive, send):
    await send({"type": "http.response.start", "status": 204, "headers": [(b"content-type", b"")]})
    await send({"type": "http.response.body", "body": b""})


def test_the_server_gives_metrics_to_those_with_its_key_and_in_the_format_that_is_asked_for(settings):
    page = MetricsPage(elsewhere, "newsledger:secret", lambda: registry_of(settings, NOW))
    for refused in ("", "Basic", "Basic !!", basic("newsledger:other"), "Bearer newsledger:secret"):
        status, _, body = ask(page, authorization=refused)
        assert (status, "newsledger_runs" in body) == (401, False)
    status, kind, body = ask(page, authorization=basic("newsledger:secret"), accept="application/openmetrics-text")
    assert status == 200
    assert kind.startswith("application/openmetrics-text")
    assert 'newsledger_runs_total{kind="build",state="finished"} 1' in body
    assert body.endswith("# EOF\n")
    assert ask(page, authorization=basic("newsledger:secret"))[1].startswith("text/plain")
    assert ask(page, "/api/health")[0] == 204


def test_a_ledger_that_cannot_be_read_is_told_and_other_pages_are_served(settings):
    settings.warehouse.path.unlink()
    settings.warehouse.path.mkdir()
    page = MetricsPage(elsewhere, None, lambda: registry_of(settings, NOW))
    status, _, body = ask(page)
    assert status == 503
    assert "cannot be read" in body
    assert ask(page, "/")[0] == 204
