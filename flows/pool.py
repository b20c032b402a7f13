"""Read pages on a Prefect work pool: any number of workers, on any machines, take shares of the pages.

A share is the pages whose URL hashes to it. So a run gets just two numbers and queries the ledger for what is missing.
It merges what it reads batch by batch: when a run dies, only its current batch is lost, and its share is given out
again. Two runs of one share would read pages twice and change nothing.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING
from uuid import UUID

from extract.errors import SettingsError
from flows.declared import READERS_POOL
from flows.engine import TAG, in_flow_run
from flows.server import find_server, server_at, worker_environment
from flows.settings import Settings
from flows.stages import RunContext, StepTotals, utc_now
from load.ledger import close_dead_runs, crashed_runs, read_by
from load.plan import Selection

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import FlowRun

POOL = READERS_POOL
DEPLOYMENT = "read/read"
# More shares would only wait, and each is polled in every round.
RUNS_AT_ONCE = 100
TRIES = 3
LOOK_EVERY_S = 1.0
LOOK_FOR_DEAD_EVERY_S = 5.0
# A run that a worker has taken starts within seconds, if that worker is alive.
START_PATIENCE_S = 300.0


def read_by_workers(context: RunContext, selection: Selection, pages: int) -> tuple[StepTotals, tuple[str, ...]]:
    """Have the workers read the missing pages of this selection; return what they did and which shares failed.

    Raises SettingsError without a Prefect server.
    """
    if not in_flow_run():
        raise SettingsError(
            "engine is 'prefect', but no Prefect server answers.",
            hint='Run `newsledger serve` and `newsledger worker`, or set engine = "local" in [run] of the settings.',
        )
    from prefect import get_client

    shares = -(-pages // context.settings.run.pool_pages)
    with get_client(sync_client=True) as client:
        work = _Work(client, context, selection, shares)
        work.say_if_nobody_is_there()
        try:
            lost = work.finish()
        finally:
            work.leave()
    with context.warehouse("read") as connection:
        counts, outcomes = read_by(connection, work.runs)
    return StepTotals(counts, outcomes), lost


def work_here(settings: Settings, *, server: str | None, name: str | None, limit: int) -> None:
    """Replace this process by a Prefect worker of the pool. Raises SettingsError when no server answers."""
    at = server_at(server, settings.data_dir) if server else find_server(settings.data_dir)
    if at is None or settings.file is None:
        raise SettingsError(
            "A worker needs a settings file and the address of a Prefect server that answers.",
            hint="Give --server http://HOST:4200/api, its key in PREFECT_API_AUTH_STRING, or run: newsledger serve",
        )
    command = [sys.executable, "-P", "-m", "prefect", "worker", "start", "--pool", POOL, "--type", "process"]
    command += ["--limit", str(limit), *(("--name", name) if name else ())]
    os.execve(sys.executable, command, worker_environment(settings.file, at))  # noqa: S606  # no shell is wanted


class _Work:
    """The shares that wait, those that runs are reading, and all runs so far."""

    def __init__(self, client: SyncPrefectClient, context: RunContext, selection: Selection, shares: int) -> None:
        self.runs: list[str] = []
        self._client = client
        self._context = context
        self._selection = selection
        self._shares = shares
        self._waiting = deque(range(shares))
        self._open: dict[UUID, int] = {}
        self._tries: Counter[int] = Counter()

    def say_if_nobody_is_there(self) -> None:
        """Tell the user to start a worker when none is online."""
        workers = self._client.read_workers_for_work_pool(POOL)
        if not any(str(worker.status).endswith("ONLINE") for worker in workers):
            self._context.tell(f"No worker of the pool {POOL} is online; waiting for one: newsledger worker")

    def finish(self) -> tuple[str, ...]:
        """Give out all shares and wait for them; return a description of those that failed every time."""
        lost: list[str] = []
        looked = time.monotonic()
        while self._waiting or self._open:
            while self._waiting and len(self._open) < RUNS_AT_ONCE:
                self._give_out(self._waiting.popleft())
            time.sleep(LOOK_EVERY_S)
            if time.monotonic() - looked > LOOK_FOR_DEAD_EVERY_S:
                looked = time.monotonic()
                self._close_dead()
            lost += filter(None, map(self._settle, self._look()))
        return tuple(lost)

    def leave(self) -> None:
        """Cancel the runs that no worker has begun; those that have begun end by themselves, and keep their rows."""
        from prefect.states import Cancelled

        for run in self._look():
            if run.state and run.state.is_scheduled():
                self._client.set_flow_run_state(run.id, Cancelled(message="Its ingest has ended."), force=True)

    def _give_out(self, share: int) -> None:
        from prefect.deployments import run_deployment

        selection = asdict(replace(self._selection, stage="extract", share=(share, self._shares)))
        # Prefect annotates its sync calls as if they might be awaited.
        run: FlowRun = run_deployment(  # type: ignore[assignment]
            DEPLOYMENT, parameters={"selection": selection}, timeout=0, tags=[TAG]
        )
        self._tries[share] += 1
        self._open[run.id] = share
        self.runs.append(str(run.id))

    def _look(self) -> Sequence[FlowRun]:
        from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId

        if not self._open:
            return ()
        return self._client.read_flow_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=list(self._open))))

    def _settle(self, run: FlowRun) -> str | None:
        if run.state is None or not run.state.is_final():
            return None
        share = self._open.pop(run.id)
        if run.state.is_completed():
            return None
        what = f"share {share + 1} of {self._shares} ({run.name}): {run.state.name}, {run.state.message}"
        if self._tries[share] >= TRIES:
            return what
        self._context.tell(f"Giving out again {what}")
        self._waiting.append(share)
        return None

    def _close_dead(self) -> None:
        """Close the runs whose process is dead: here by its process id, elsewhere by that machine's next run.

        When a whole machine is gone, the server recognises its runs by their missing heartbeats (``automations``).
        """
        from prefect.states import Crashed

        with self._context.warehouse("read") as connection:
            close_dead_runs(connection, now=utc_now())
            dead = crashed_runs(connection, [str(run_id) for run_id in self._open])
        for run in self._look():
            if str(run.id) in dead or _never_started(run):
                self._client.set_flow_run_state(run.id, Crashed(message="Its process is gone."), force=True)


def _never_started(run: FlowRun) -> bool:
    state = run.state
    return bool(state and state.is_pending() and (utc_now() - state.timestamp).total_seconds() > START_PATIENCE_S)
