"""A run: opened in the ledger when it starts, closed with its state however it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from uuid import uuid4

from extract.errors import NewsledgerError
from flows import console
from flows.alerts import send_all
from flows.artifacts import sign_run
from flows.engine import in_flow_run
from flows.metrics import write_metrics
from flows.settings import Settings
from flows.stages import House, utc_now
from load.connection import Connection, writer
from load.errors import DiskFull
from load.ledger import RunState, close_dead_runs, finish_run, start_run
from load.plan import Selection
from load.rename import find_renamed, rename_sources
from load.stopping import is_interruption

# A share is read for an ingest or a backfill, which has taken its turn.
GOES_FIRST = ("ingest", "read")


@contextmanager
def open_run(settings: Settings, kind: str, selection: Selection) -> Iterator[House]:
    """Enter a run into the ledger, close the runs of dead processes, and write down how this one ends."""
    tell = _teller()
    run_id = _prefect_run_id() or uuid4().hex
    house = House(settings, run_id, tell, gives_way=kind not in GOES_FIRST)
    sign_run()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    settings.warehouse.path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _open(house, kind, selection)
    except DiskFull:
        _alert(house)
        raise
    try:
        yield house
    except BaseException as error:
        was_asked = is_interruption(error)
        state: RunState = "cancelled" if was_asked else "failed"
        try:
            _close(house, kind, state, "asked to stop" if was_asked else f"{type(error).__name__}: {error}")
        except NewsledgerError as unclosed:
            # Of a full disk, for one. The next run closes this one, and people are told all the same.
            house.tell(f"The run could not be closed: {unclosed}")
        if not was_asked:
            _alert(house)
            _measure(house)
        if was_asked and isinstance(error, Exception):
            raise KeyboardInterrupt from error
        raise
    _close(house, kind, "finished", None)
    _alert(house)
    _watch(house)
    _measure(house)


def _open(house: House, kind: str, selection: Selection) -> None:
    with house.writing(kind) as connection:
        for dead in close_dead_runs(connection, now=utc_now()):
            house.tell(f"Run {dead} had died without a word; it is closed as crashed, and what it lacks is done now.")
        _rename(house, connection)
        start_run(connection, kind=kind, now=utc_now(), selection=asdict(selection), run_id=house.run_id)


def _rename(house: House, connection: Connection) -> None:
    """Have the rows of sources that were renamed go by their new names."""
    sources = house.settings.all_sources()
    noted = rename_sources(connection, house.settings.renames())
    guessed = rename_sources(connection, find_renamed(connection, sources))
    for old, new in (noted | guessed).items():
        house.tell(f"Source {old} is now called {new}; its pages and rows go by the new name.")
    for old, new in guessed.items():
        house.tell(
            f'Add was = ["{old}"] to [[sources]] {new}, so that a warehouse rebuilt from the archive knows it too.'
        )


def _close(house: House, kind: str, state: RunState, detail: str | None) -> None:
    with writer(house.settings.warehouse, owner=kind, on_wait=house.tell) as connection:
        finish_run(connection, house.run_id, state, now=utc_now(), detail=detail)


def _alert(house: House) -> None:
    try:
        send_all(house.settings, house.tell)
    except (NewsledgerError, OSError) as error:
        # A run that did its work has not failed because somebody holds the warehouse just now.
        house.tell(f"Alerts could not be looked for: {error}")


def _measure(house: House) -> None:
    if not house.settings.run.metrics:
        return
    try:
        write_metrics(house.settings, utc_now())
    except (NewsledgerError, OSError) as error:
        house.tell(f"Metrics could not be written: {error}")


def _watch(house: House) -> None:
    from flows.watching import watch_all

    try:
        watch_all(house.settings, house.tell)
    except (NewsledgerError, OSError) as error:
        house.tell(f"Watches could not be looked at: {error}")


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
