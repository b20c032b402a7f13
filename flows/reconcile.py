"""Bring a Prefect server back in step with ``prefect.yaml`` and with the processes that really run.

Prefect keeps deployments and schedules that are no longer in the file, leaves runs of killed processes in ``Running``,
and lets missed runs pile up. This module repairs all three each time the server starts. A single catch-up run is
enough, because the stages determine what is missing. Prefect also keeps runs that it planned while the clock was ahead;
they can be planned again.
"""

from __future__ import annotations

import os
import signal
import socket
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.declared import Declared
from flows.engine import TAG
from flows.pool import POOL
from flows.server import Server

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import FlowRun
    from prefect.client.schemas.responses import DeploymentResponse

LOOK_EVERY_S = 0.1
# The most runs that a server returns at once.
PAGE = 200


def reconcile(declared: Sequence[Declared]) -> None:
    """Remove this program's deployments and schedules that are no longer declared."""
    from prefect import get_client

    wanted = {d.name: set(d.schedules) for d in declared}
    with get_client(sync_client=True) as client:
        for deployment in client.read_deployments():
            if TAG in deployment.tags:
                _remove_stale(client, deployment, wanted)


def tidy(server: Server, *, judge_runs: bool = True, replan: bool = False) -> None:
    """Close dead runs (if ``judge_runs``), and delete all late runs but the newest of each deployment.

    ``judge_runs`` must be false while a worker that is alive may just be starting runs. With ``replan``, scheduled runs
    are deleted too, and are planned again by the current clock. Only for a server whose runs are all on this machine:
    nothing is known about the processes of other machines.
    """
    from prefect import get_client

    with server.in_use(), get_client(sync_client=True) as client:
        if judge_runs:
            close_dead_runs(client)
        if replan:
            drop_plans(client)
        drop_late_runs(client)


def _remove_stale(client: SyncPrefectClient, deployment: DeploymentResponse, wanted: dict[str, set[str]]) -> None:
    if deployment.name not in wanted:
        client.delete_deployment(deployment.id)
        return
    for schedule in deployment.schedules or []:
        if (schedule.slug or "") not in wanted[deployment.name]:
            client.delete_deployment_schedule(deployment.id, schedule.id)


def close_dead_runs(client: SyncPrefectClient) -> list[str]:
    """Mark this program's runs as crashed that Prefect shows as running here though their process is gone.

    Runs of the readers' pool are left out: they may be on another machine, which Prefect does not record with the
    process. Returns the names of the runs.
    """
    from prefect.states import Crashed

    closed = []
    for run in _runs(client, "RUNNING", "CANCELLING", "PENDING"):
        if run.work_pool_name != POOL and not _process_lives(run.infrastructure_pid):
            client.set_flow_run_state(run.id, Crashed(message="Its process is gone."), force=True)
            closed.append(run.name)
    return closed


def stop_runs(server: Server, patience_s: float) -> None:
    """Ask the processes of deployed runs to finish or undo their current step, and wait for them to end."""
    from prefect import get_client

    with server.in_use(), get_client(sync_client=True) as client:
        runs = _runs(client, "RUNNING", "CANCELLING", "PENDING")
    living = list(_living_pids(runs))
    for pid in living:
        os.kill(int(pid), signal.SIGTERM)
    deadline = time.monotonic() + patience_s
    while any(_process_lives(pid) for pid in living) and time.monotonic() < deadline:
        time.sleep(LOOK_EVERY_S)


def _living_pids(runs: Iterable[FlowRun]) -> Iterator[str]:
    """Yield the process ids of deployed runs on this machine, except those of the readers' pool."""
    for run in runs:
        pid = run.infrastructure_pid or ""
        if run.deployment_id and run.work_pool_name != POOL and pid.isdigit() and _process_lives(pid):
            yield pid


def cancel_runs(server: Server, name: str, patience_s: float) -> list[str]:
    """Cancel this program's unfinished runs whose name or identifier contains ``name``; return their names.

    A worker ends the runs that it has started; runs of a command on this machine are signalled here. Runs that a
    schedule has planned for later are kept.
    """
    from prefect import get_client
    from prefect.states import Cancelled, Cancelling

    with server.in_use(), get_client(sync_client=True) as client:
        found = [run for run in _runs(client, "RUNNING", "PENDING") if name in run.name or name in str(run.id)]
        for run in found:
            client.set_flow_run_state(run.id, Cancelling(message="Cancelled by a command."), force=True)
            if run.deployment_id is None:
                _stop_process(run.infrastructure_pid)
        deadline = time.monotonic() + patience_s
        for run in found:
            while time.monotonic() < deadline and _is_at_work(client, run):
                time.sleep(LOOK_EVERY_S)
            if run.deployment_id is None:
                client.set_flow_run_state(run.id, Cancelled(), force=True)
    return [run.name for run in found]


def _stop_process(infrastructure: str | None) -> None:
    host, _, pid = (infrastructure or "").rpartition(":")
    if host in ("", socket.gethostname()) and pid.isdigit() and _process_lives(infrastructure):
        os.kill(int(pid), signal.SIGTERM)


def _is_at_work(client: SyncPrefectClient, run: FlowRun) -> bool:
    if run.deployment_id is None:
        return _process_lives(run.infrastructure_pid)
    state = client.read_flow_run(run.id).state
    return state is not None and not state.is_final()


def drop_plans(client: SyncPrefectClient) -> None:
    """Delete the runs that schedules have planned."""
    now = datetime.now(UTC)
    for run in _runs(client, "SCHEDULED"):
        if (due := _due(run)) and due > now:
            client.delete_flow_run(run.id)


def _due(run: FlowRun) -> datetime | None:
    """Return the time at which a scheduled run should start; None for other runs."""
    return (run.next_scheduled_start_time or run.expected_start_time) if run.auto_scheduled else None


def drop_late_runs(client: SyncPrefectClient) -> int:
    """Keep, for each deployment, the newest run that should have started by now; delete the others."""
    late: dict[object, list[FlowRun]] = defaultdict(list)
    for run in _runs(client, "SCHEDULED"):
        if (due := _due(run)) and due < datetime.now(UTC):
            late[run.deployment_id].append(run)
    dropped = 0
    for runs in late.values():
        for run in runs[:-1]:
            client.delete_flow_run(run.id)
            dropped += 1
    return dropped


def _runs(client: SyncPrefectClient, *kinds: str) -> list[FlowRun]:
    """Read all of this program's runs in these states, the earliest first; a server returns 200 at a time."""
    from prefect.client.schemas.filters import (
        FlowRunFilter,
        FlowRunFilterState,
        FlowRunFilterStateType,
        FlowRunFilterTags,
    )
    from prefect.client.schemas.objects import StateType
    from prefect.client.schemas.sorting import FlowRunSort

    states = FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType(kind) for kind in kinds]))
    wanted = FlowRunFilter(state=states, tags=FlowRunFilterTags(all_=[TAG]))
    found: list[FlowRun] = []
    while page := client.read_flow_runs(
        flow_run_filter=wanted, sort=FlowRunSort.EXPECTED_START_TIME_ASC, limit=PAGE, offset=len(found)
    ):
        found += page
    return found


def _process_lives(infrastructure: str | None) -> bool:
    # Prefect's process worker writes "pid" (older ones "host:pid"); another machine's is not ours to judge.
    host, _, pid = (infrastructure or "").rpartition(":")
    if host and host != socket.gethostname():
        return True
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return _is_ours(Path(f"/proc/{pid}/cmdline"))


def _is_ours(command_line: Path) -> bool:
    # A process id may be reused by another process, above all after a restart of the machine.
    try:
        words = command_line.read_bytes()
    except OSError:
        return True
    return any(name in words for name in (b"prefect", b"newsledger", b"flows.start"))
