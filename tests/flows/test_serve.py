"""``newsledger serve`` for real: Prefect's server, a worker and the sample newsroom on loopback, and what kills do."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
import requests
from requests.adapters import HTTPAdapter
from serve_attacks import ask_everything_without_the_key, attack, attack_with_the_key, keep_the_key
from urllib3.util import Retry

from benchmarks.week import Clock
from flows import deploy
from flows.server import answers, find_server, server_at
from flows.status import next_runs
from sample.server import serve_newsroom, source_toml

pytestmark = [pytest.mark.server, pytest.mark.slow]
PROGRAM = (sys.executable, "-c", "from flows.cli import main; main()")
OVER = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, seconds=180.0, what="it"):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.3)
    raise AssertionError(f"{what} did not happen in {seconds:.0f} s")


class Served:
    """A running ``newsledger serve`` and its API."""

    program: tuple[str, ...] = PROGRAM

    def __init__(self, folder: Path, port: int):
        self.folder, self.port, self.api = folder, port, f"http://127.0.0.1:{port}/api"
        environment = os.environ | {
            "NEWSLEDGER_CONFIG": str(folder / "newsledger.toml"),
            "PREFECT_WORKER_QUERY_SECONDS": "1",
            "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "3",
        }
        environment.pop("PREFECT_API_URL", None)
        self.output = folder / "serve.out"
        with self.output.open("wb") as output:
            command = [*self.program, "serve", "--port", str(port)]
            self.process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
        wait_until(lambda: "Page and API" in self.said() or self.process.poll(), 330, "the start")
        assert self.process.poll() is None, self.said()
        self.server = server_at(self.api, folder / "data")
        # One for all questions: each session has the server write down a token of its own.
        self.session = self.server.session()
        patient = Retry(5, backoff_factor=0.3, status_forcelist=[503], allowed_methods=None)
        self.session.mount("http://", HTTPAdapter(max_retries=patient))

    def said(self) -> str:
        return self.output.read_text()

    def ask(self, path: str, body: object = None):
        """Call the API as Prefect's client does: a server whose SQLite file is busy answers 503 and is asked again."""
        method = "GET" if body is None else "POST"
        answer = self.session.request(method, self.api + path, json=body, timeout=20)
        answer.raise_for_status()
        return answer.json()

    def deployments(self) -> dict[str, dict]:
        return {d["name"]: d for d in self.ask("/deployments/filter", {})}

    def run(self, deployment: str, **parameters: object) -> dict:
        """Start a deployment's run as the page's form does, and wait for its end."""
        run_id = self.start_run(deployment, **parameters)
        return wait_until(lambda: self.ended(run_id), what=f"the end of {deployment}")

    def start_run(self, deployment: str, **parameters: object) -> str:
        at = f"/deployments/{self.deployments()[deployment]['id']}/create_flow_run"
        return self.ask(at, {"parameters": parameters, "enforce_parameter_schema": True})["id"]

    def ended(self, run_id: str) -> dict | None:
        run = self.ask(f"/flow_runs/{run_id}")
        return run if run["state_type"] in OVER else None

    def parts(self) -> dict[str, int]:
        """The living processes of this server and worker: name to pid."""
        listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
        rows = [line.split(None, 2) for line in listed.splitlines()]
        return {
            "server" if "flows.guard" in args else "worker": int(pid)
            for pid, parent, args in rows
            if parent == str(self.process.pid) and re.search("flows.guard|prefect worker start", args)
        }

    def stop(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        return self.process.wait(40)


@contextmanager
def serving(folder: Path):
    served = Served(folder, free_port())
    try:
        yield served
    finally:
        if served.process.poll() is None:
            served.stop(signal.SIGTERM)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A data folder whose settings name two outlets of a sample newsroom that answers as long as the module runs."""
    folder = tmp_path_factory.mktemp("served")
    with serve_newsroom(crawl_delay=0) as newsroom:
        head = 'data_dir = "data"\n[fetch]\nmin_host_interval_s = 0.0\nbackoff_base_s = 0.1\n[run]\nworkers = 1\n'
        outlets = "\n".join(source_toml(source) for source in newsroom.sources[:2])
        (folder / "newsledger.toml").write_text(head + outlets)
        yield folder


def ledger(folder: Path, run_id: str) -> tuple | None:
    """Look a run up in the warehouse, once nobody writes to it."""

    def opened():
        with suppress(duckdb.IOException):
            return duckdb.connect(folder / "data" / "warehouse.duckdb", read_only=True)

    with wait_until(opened, what="the end of writing") as connection:
        sql = "select kind, state, selection from runs where replace(run_id, '-', '') = replace(?, '-', '')"
        return connection.execute(sql, [run_id]).fetchone()


def cancelled_by_command(served: Served, folder: Path) -> dict:
    """Cancel a run while it runs; again when it was done before the command had started, as on a busy machine."""
    command = [*PROGRAM, "cancel", "backfill", "-c", str(folder / "newsledger.toml")]
    for _ in range(5):
        run_id = served.start_run("backfill", stage="models", published_from="2020-01-01", published_to="2024-12-31")
        wait_until(lambda: served.ask(f"/flow_runs/{run_id}")["state_type"] in ("RUNNING", *OVER), what="the run")  # noqa: B023
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
        run = wait_until(lambda: served.ended(run_id), what="the end")  # noqa: B023
        if run["state_type"] != "COMPLETED":
            assert (done.returncode, done.stdout.startswith("cancelled backfill")) == (0, True), done.stderr
            break
    return run


def test_serve_runs_deployments_and_survives_kills(folder):
    with serving(folder) as served:
        data = folder / "data"
        assert find_server(data) == served.server
        scheduled = {name: [s["slug"] for s in d["schedules"]] for name, d in served.deployments().items()}
        unscheduled = {"build": [], "backfill": []}
        assert scheduled == {"ingest": ["every-ten-minutes"], "maintain": ["nightly"], **unscheduled}

        attack(served)
        attack_with_the_key(served)
        ask_everything_without_the_key(served)
        keep_the_key(served)
        run_an_ingest(served, folder)
        wrong = served.session.post(
            f"{served.api}/deployments/{served.deployments()['backfill']['id']}/create_flow_run",
            json={"parameters": {"published_from": 7, "stage": "nonsense"}, "enforce_parameter_schema": True},
            timeout=20,
        )
        assert wrong.status_code in (409, 422)

        cancelled = cancelled_by_command(served, folder)
        assert cancelled["state_type"] == "CANCELLED"
        assert (ledger(folder, cancelled["id"]) or ("", "cancelled"))[1] == "cancelled"

        # A scheduled run must exist for ingest and maintain alone.
        ours = {name: d["id"] for name, d in served.deployments().items()}
        wait_until(lambda: planned(served) == {ours["ingest"], ours["maintain"]}, what="the schedule")
        upcoming = dict(next_runs(find_server(data)))
        assert set(upcoming) == {"ingest", "maintain"}
        assert timedelta(0) < upcoming["ingest"] - datetime.now(UTC) + timedelta(minutes=1) < timedelta(minutes=11)

        kill_its_parts(served, folder)
        assert served.stop(signal.SIGINT) == 130
        assert served.parts() == {}
        assert not answers(served.api)
        assert find_server(data) is None


def run_an_ingest(served: Served, folder: Path) -> None:
    ingest = served.run("ingest")
    assert ingest["state_type"] == "COMPLETED"
    assert re.fullmatch(r"ingest \d{4}-\d\d-\d\d \d\d:\d\d \(2 sources\)", ingest["name"])
    assert ledger(folder, ingest["id"])[:2] == ("ingest", "finished")
    with duckdb.connect(folder / "data" / "newsledger.duckdb", read_only=True) as published:
        articles = published.execute("select count(*) from articles").fetchone()[0]
    assert articles > 3
    tables = served.ask("/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [ingest["id"]]}}})
    assert "outcome" in "".join(str(table["data"]) for table in tables)


def kill_its_parts(served: Served, folder: Path) -> None:
    """Kill the server and the worker: both are started again, and what is asked for then is done."""
    server, worker = served.parts()["server"], served.parts()["worker"]
    os.kill(server, signal.SIGKILL)
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: len(set(served.parts().values()) - {server, worker}) == 2, what="the restart")
    wait_until(lambda: answers(served.api), what="the server's answer")
    backfill = served.run(
        "backfill", published_from="2024-11-01", published_to="2024-11-30", stage="extract", sources=None
    )
    assert backfill["state_type"] == "COMPLETED"
    kind, state, selection = ledger(folder, backfill["id"])
    assert (kind, state) == ("backfill", "finished")
    assert "2024-11-01" in str(selection)


def planned(served: Served) -> set[str]:
    state = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
    return {run["deployment_id"] for run in served.ask("/flow_runs/filter", state)}


def test_what_has_left_the_file_leaves_the_server_and_sigterm_stops_all(folder):
    project = Path(deploy.__file__).with_name("prefect.yaml")
    kept = [
        part for part in re.split(r"(?m)^(?=  - name: )", project.read_text()) if not part.startswith("  - name: build")
    ]
    (folder / "prefect.yaml").write_text(
        "".join(kept).replace('      - slug: nightly\n        cron: "23 3 * * *"\n        timezone: UTC\n', "")
    )
    with serving(folder) as served:
        found = served.deployments()
        assert set(found) == {"ingest", "maintain", "backfill"}
        assert found["maintain"]["schedules"] == []

        dead = a_run_whose_process_is_gone(served)
        os.kill(served.parts()["worker"], signal.SIGKILL)
        wait_until(lambda: (served.ended(dead) or {}).get("state_type") == "CRASHED", what="the close of the dead run")

        run_id = served.start_run("backfill", stage="models", published_from="2020-01-01", published_to="2024-12-31")
        wait_until(lambda: served.ask(f"/flow_runs/{run_id}")["state_type"] == "RUNNING", what="the run")
        pid = int(served.ask(f"/flow_runs/{run_id}")["infrastructure_pid"])
        assert served.stop(signal.SIGTERM) == 143
        wait_until(lambda: not Path(f"/proc/{pid}").exists(), 20, "the end of the run's process")
        assert served.parts() == {}
    # None: it was stopped before it had begun to work.
    state = (ledger(folder, run_id) or (None, None))[1]
    assert state in (None, "finished", "cancelled", "crashed")


def a_run_whose_process_is_gone(served: Served) -> str:
    """Leave a run as a killed process leaves it: Running, under the number of a process that has ended."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    run = {"flow_id": served.deployments()["maintain"]["flow_id"], "tags": ["newsledger"]}
    run_id = served.ask("/flow_runs/", run)["id"]
    served.session.patch(f"{served.api}/flow_runs/{run_id}", json={"infrastructure_pid": str(gone.pid)}, timeout=20)
    served.ask(f"/flow_runs/{run_id}/set_state", {"state": {"type": "RUNNING", "name": "Running"}, "force": True})
    return run_id


@pytest.mark.skipif(shutil.which("cc") is None, reason="there is no C compiler")
def test_a_clock_that_was_ahead_and_is_put_right_stops_no_schedule(folder, tmp_path, monkeypatch):
    clock = Clock(tmp_path)
    clock.set(datetime.now(UTC) + timedelta(days=365))
    monkeypatch.setenv("LD_PRELOAD", str(clock.library))
    monkeypatch.setenv("CLOCK_OFFSET_FILE", str(clock.file))
    with serving(folder) as served:
        planned_ingests(served)
        clock.set(datetime.now(UTC))

        def soon():
            with suppress(requests.RequestException):
                upcoming = dict(next_runs(find_server(folder / "data")))
                return upcoming.get("ingest", datetime.max.replace(tzinfo=UTC)) < datetime.now(UTC) + timedelta(hours=1)

        wait_until(soon, 300, "a plan by the clock that is right")
        assert "The clock was put back" in served.said()


def test_parts_leave_when_serve_itself_is_killed(folder):
    served = Served(folder, free_port())
    assert set(served.parts()) == {"server", "worker"}
    served.stop(signal.SIGKILL)
    wait_until(lambda: not answers(served.api), 20, "the end of the server")


def test_a_taken_port_is_named(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [*PROGRAM, "serve", "--port", port, "-c", str(folder / "newsledger.toml")],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_of_late_runs_one_is_kept_even_when_server_and_worker_die_together(folder):
    (folder / "prefect.yaml").unlink(missing_ok=True)
    with serving(folder) as served:
        planned_ingests(served)
    late = make_late(folder)
    with serving(folder) as served:
        assert sum(exists(served, run_id) for run_id in late) == 1
        planned_ingests(served)
        for pid in served.parts().values():
            os.kill(pid, signal.SIGKILL)
        late = make_late(folder)
        wait_until(lambda: answers(served.api), what="the server's answer")
        wait_until(lambda: "worker" in served.parts(), what="the worker")
        assert sum(exists(served, run_id) for run_id in late) == 1


def planned_ingests(served: Served) -> list[str]:
    wanted = {
        "deployments": {"name": {"any_": ["ingest"]}},
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
    }
    return wait_until(lambda: len(found := served.ask("/flow_runs/filter", wanted)) >= 3 and found, what="the schedule")


def exists(served: Served, run_id: str) -> bool:
    return served.session.get(f"{served.api}/flow_runs/{run_id}", timeout=20).ok


def make_late(folder: Path) -> list[str]:
    """Turn the server's clock for its next three ingests: they should have started long ago."""
    waiting = (
        "select r.id from flow_run r join deployment d on d.id = r.deployment_id"
        " where d.name = 'ingest' and r.state_type = 'SCHEDULED' order by r.expected_start_time limit 3"
    )
    with closing(sqlite3.connect(folder / "data" / "prefect" / "prefect.db", timeout=20)) as database, database:
        ids = [row[0] for row in database.execute(waiting).fetchall()]
        for minutes, run_id in enumerate(ids, 30):
            when = f"{datetime.now(UTC) - timedelta(minutes=minutes):%Y-%m-%d %H:%M:%S.%f}"
            database.execute(
                "update flow_run set expected_start_time = ?, next_scheduled_start_time = ? where id = ?",
                [when, when, run_id],
            )
    assert len(ids) == 3
    return ids
