"""``cancel``: ask the runs that a Prefect server knows to stop."""

from __future__ import annotations

from extract.errors import InputError
from flows import console
from flows.reconcile import cancel_runs
from flows.server import find_server
from flows.settings import Settings

PATIENCE_S = 60.0


def cancel(settings: Settings, name: str | None) -> int:
    """Cancel the runs whose name or identifier holds ``name`` (all when None); return 1 when there is none.

    Raises InputError where no server answers: such a run is ended where it was started.
    """
    server = find_server(settings.data_dir)
    if server is None:
        raise InputError(
            "No Prefect server answers, so no run can be found.",
            hint="Stop a run that was started by hand with Ctrl-C or `kill` (never -9): it keeps what is finished.",
        )
    cancelled = cancel_runs(server, name or "", PATIENCE_S)
    for run in cancelled:
        console.say(f"cancelled {run}")
    if not cancelled:
        console.note(f"No run{f' called {name!r}' if name else ''} is waiting or running.")
    return 0 if cancelled else 1
