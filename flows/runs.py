"""The context of a run: recorded in the ledger when it starts, closed with its final state however it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from uuid import uuid4

from extract.errors import NewsledgerError
from flows import console, log
from flows.alerts import send_all
from flows.artifacts import sign_run
from flows.engine import in_flow_run
from flows.metrics import write_metrics
from flows.settings import Settings
from flows.stages import RunContext, utc_now
from load.connection import Connection, writer
from load.errors import DiskFull
from load.ledger import RunState, close_dead_runs, finish_run, start_run
from load.plan import Selection
from load.rename import find_renamed, rename_sources
from load.stopping import is_interruption

# A share is read on behalf of an ingest or a backfill, which holds the locks.
GOES_FIRST = ("ingest", "read")


@contextmanager
def open_run(settings: Settings, kind: str, selection: Selection) -> Iterator[RunContext]:
    """Record a run in the ledger, close the runs of dead processes, and record the state in which this one ends."""
    run_id = _prefect_run_id() or uuid4().hex
    log.open_log(settings.log, settings.base)
    context = RunContext(settings, run_id, _teller(), gives_way=kind not in GOES_FIRST)
    with log.bound(run_id=run_id, kind=kind), _entered(context, kind, selection):
        yield context


@contextmanager
def _entered(context: RunContext, kind: str, selection: Selection) -> Iterator[None]:
    settings = context.settings
    sign_run()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    settings.warehouse.path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _open(context, kind, selection)
    except DiskFull:
        _alert(context)
        raise
    try:
        yield
    except BaseException as error:
        was_asked = is_interruption(error)
        state: RunState = "cancelled" if was_asked else "failed"
        try:
            _close(context, kind, state, "asked to stop" if was_asked else f"{type(error).__name__}: {error}")
        except NewsledgerError as unclosed:
            # A full disk, for example. The next run closes this one; people are notified all the same.
            context.tell(f"The run could not be closed: {unclosed}")
        if not was_asked:
            _alert(context)
            _measure(context)
        if was_asked and isinstance(error, Exception):
            raise KeyboardInterrupt from error
        raise
    _close(context, kind, "finished", None)
    _alert(context)
    _watch(context)
    _measure(context)


def _open(context: RunContext, kind: str, selection: Selection) -> None:
    with context.warehouse(kind) as connection:
        for dead in close_dead_runs(connection, now=utc_now()):
            context.tell(f"Run {dead} has died; it is closed as crashed, and this run does what it left undone.")
        _rename(context, connection)
        start_run(connection, kind=kind, now=utc_now(), selection=asdict(selection), run_id=context.run_id)
    log.write("info", f"{kind} started", selection=asdict(selection))


def _rename(context: RunContext, connection: Connection) -> None:
    """Apply renames of sources, those in the settings and those that are detected, to the rows of the warehouse."""
    sources = context.settings.all_sources()
    noted = rename_sources(connection, context.settings.renames())
    guessed = rename_sources(connection, find_renamed(connection, sources))
    for old, new in (noted | guessed).items():
        context.tell(f"Source {old} is now called {new}; its pages and rows go by the new name.")
    for old, new in guessed.items():
        context.tell(
            f'Add was = ["{old}"] to [[sources]] {new}, so that a warehouse rebuilt from the archive knows it too.'
        )


def _close(context: RunContext, kind: str, state: RunState, detail: str | None) -> None:
    with writer(context.settings.warehouse, owner=kind, on_wait=context.tell) as connection:
        finish_run(connection, context.run_id, state, now=utc_now(), detail=detail)
    log.write("error" if state == "failed" else "info", f"{kind} {state}", state=state, detail=detail)


def _alert(context: RunContext) -> None:
    try:
        send_all(context.settings, context.tell)
    except (NewsledgerError, OSError) as error:
        # Another process that holds the warehouse must not make a completed run fail.
        context.tell(f"Alerts could not be looked for: {error}")


def _measure(context: RunContext) -> None:
    if not context.settings.run.metrics:
        return
    try:
        write_metrics(context.settings, utc_now())
    except (NewsledgerError, OSError) as error:
        context.tell(f"Metrics could not be written: {error}")


def _watch(context: RunContext) -> None:
    from flows.watching import watch_all

    try:
        watch_all(context.settings, context.tell)
    except (NewsledgerError, OSError) as error:
        context.tell(f"Watches could not be looked at: {error}")


def _teller() -> Callable[[str], None]:
    if not in_flow_run():
        return console.note
    from prefect.logging import get_run_logger

    return get_run_logger().info


def _prefect_run_id() -> str | None:
    # The same id on Prefect's page and in the warehouse.
    if not in_flow_run():
        return None
    from prefect.runtime import flow_run

    return str(flow_run.id)
