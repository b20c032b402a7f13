"""Deploy what ``prefect.yaml`` declares to a Prefect server, and remove what is no longer in the file.

``prefect deploy --all`` does the first half (and in some releases stops at its first deployment, when the server
rejects its request for workers), but never the second.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flows.declared import READERS_POOL, Declared, read_declared
from flows.server import Server
from flows.settings import Settings

# Without a command of its own, Prefect starts a second Python to find the code of a flow that is installed anyway,
# which takes a good second of every run.
# Safe (-P): the folder that a run starts in is the user's, who may have a `load.py` there.
RUN_COMMAND = "python -P -m flows.start"


def deploy(server: Server, file: Path, settings: Settings) -> tuple[str, ...]:
    """Make the server's deployments match the file, and its automations the channels; return the names of both.

    Runs get the path of the settings file as a parameter, so that a worker without ``NEWSLEDGER_CONFIG`` finds it. Runs
    of the readers' pool do not, because they may be on other machines; they are deployed only where the settings use
    that pool.
    """
    from flows.automations import put_automations
    from flows.reconcile import reconcile

    declared = tuple(_with_settings(d, settings) for d in read_declared(file) if _is_wanted(d, settings))
    with server.in_use():
        for pool in sorted({d.work_pool for d in declared}):
            _ensure_pool(pool)
        for deployment in declared:
            _apply(deployment)
        reconcile(declared)
        automations = put_automations(settings.alerts)
    return (*(d.name for d in declared), *automations)


def _is_wanted(declared: Declared, settings: Settings) -> bool:
    return declared.work_pool != READERS_POOL or settings.run.engine == "prefect"


def _with_settings(declared: Declared, settings: Settings) -> Declared:
    if settings.file is None or declared.work_pool == READERS_POOL:
        return declared
    return replace(declared, parameters={"config": str(settings.file)} | declared.parameters)


def _ensure_pool(name: str) -> None:
    from prefect import get_client
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.exceptions import ObjectAlreadyExists
    from prefect.workers.process import ProcessWorker

    template = ProcessWorker.get_default_base_job_template()
    with get_client(sync_client=True) as client:
        try:
            client.create_work_pool(WorkPoolCreate(name=name, type="process", base_job_template=template))
        except ObjectAlreadyExists:
            return


def _apply(declared: Declared) -> None:
    from prefect.client.schemas.objects import ConcurrencyLimitConfig
    from prefect.deployments.runner import RunnerDeployment
    from prefect.flows import load_flow_from_entrypoint
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    limit = ConcurrencyLimitConfig(**declared.concurrency_limit) if declared.concurrency_limit else None
    deployment: RunnerDeployment = load_flow_from_entrypoint(declared.entrypoint).to_deployment(
        name=declared.name,
        schedules=[Cron(cron, timezone=zone, slug=slug) for slug, (cron, zone) in declared.schedules.items()],
        parameters=declared.parameters,
        description=declared.description,
        tags=list(declared.tags),
        concurrency_limit=limit,
        work_pool_name=declared.work_pool,
        # Set on each deployment and not on the pool, which may be older than this program.
        job_variables={"command": RUN_COMMAND},
        entrypoint_type=EntrypointType.MODULE_PATH,
    )  # type: ignore[assignment]  # Prefect annotates its sync calls as if they might be awaited
    deployment.apply()
