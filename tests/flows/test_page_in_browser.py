"""Prefect's page in Chromium: a backfill is started by its form, and its result is in the warehouse."""

import json
import os
import shutil
from contextlib import suppress

import duckdb
import pytest
from test_serve import serving, wait_until

from flows.settings import load_settings
from load.connection import writer

playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.server,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.skipif(not os.environ.get("TEST_PAGE"), reason="set TEST_PAGE=1 to start flows in Prefect's page"),
]
PATIENCE_MS = 60_000


@pytest.fixture
def page():
    """A page of a browser that waits long: the machine may be busy."""
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1300, "height": 1000})
        page.set_default_timeout(PATIENCE_MS)
        yield page
        browser.close()


def log_in(page, served):
    """Give the page its key; under the machine's other name, so that the page must ask where it was opened."""
    page.goto(served.api.removesuffix("/api"))
    field = page.locator("input[type=password]")
    field.wait_for()
    field.fill(served.server.key)
    page.get_by_role("button", name="Login").click()
    page.get_by_text("Flow Runs").first.wait_for()


def submit(page):
    """Submit the form; again where the server was too busy to take it, as a person would."""
    for _ in range(3):
        page.get_by_role("button", name="Submit").click()
        with suppress(playwright.TimeoutError):
            page.wait_for_url(lambda url: not url.endswith("/run"))
            return


def test_a_backfill_started_by_the_form_reads_what_it_was_asked_to(ran, tmp_path, page):
    folder = shutil.copytree(ran.settings.data_dir.parent, tmp_path / "copy", symlinks=True)
    settings = load_settings(folder / "newsledger.toml")
    with writer(settings.warehouse, owner="test") as connection:
        connection.execute("update extractions set extractor_version = 'older' where source = 'harbour-courier'")
        (aged,) = connection.execute("select count(*) from extractions where extractor_version = 'older'").fetchone()
    assert aged > 3
    with serving(folder) as served:
        backfill = served.deployments()["backfill"]
        log_in(page, served)
        page.goto(f"{served.api.removesuffix('/api')}/deployments/deployment/{backfill['id']}/run")
        ours = {"flow_runs": {"deployment_id": {"any_": [backfill["id"]]}}}
        for parameter in backfill["parameter_openapi_schema"]["properties"]:
            page.get_by_text(f"{parameter} (Optional)").wait_for()
        page.locator("form button").nth(1).click()
        page.get_by_text("Use JSON input").click()
        page.locator("form textarea").fill('{"stage": "nonsense"}')
        page.get_by_role("button", name="Submit").click()
        page.get_by_text("'nonsense' is not one of ['fetch', 'extract', 'models']").first.wait_for()
        assert served.ask("/flow_runs/filter", ours) == []

        page.locator("form textarea").fill('{"stage": "extract", "extractor_version": "older"}')
        submit(page)
        (run,) = wait_until(lambda: served.ask("/flow_runs/filter", ours), what="the run")
        assert (run["parameters"]["stage"], run["parameters"]["extractor_version"]) == ("extract", "older")
        ended = wait_until(lambda: served.ended(run["id"]), what="the end of the run")
        assert ended["state_type"] == "COMPLETED"
    with duckdb.connect(settings.warehouse.path, read_only=True) as connection:
        left = connection.execute("select count(*) from extractions where extractor_version = 'older'").fetchone()
        kind, state, selection = connection.execute(
            "select kind, state, selection from runs where run_id = ?", [run["id"]]
        ).fetchone()
    assert left == (0,)
    assert (kind, state, json.loads(selection)["stage"]) == ("backfill", "finished", "extract")
