"""Run the flows with Prefect where there is a server, and as plain functions elsewhere.

A flow's body is ordinary Python that hands its steps to ``each`` (many batches) or ``once`` (one call). Inside a
Prefect flow run, these submit Prefect tasks; outside, they call the same functions directly. So each stage has one
implementation, and no temporary server is needed, which takes seconds to start and fails when several start at once.
"""

from __future__ import annotations

import inspect
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from flows.server import QUIET, Server
from load.stopping import is_interruption

if TYPE_CHECKING:
    from prefect import Flow, Task

P = ParamSpec("P")
R = TypeVar("R")

# The tag of all runs and deployments of this program, so that those of others are left alone.
TAG = "newsledger"


def prepare_environment(environment: dict[str, str] | None = None) -> None:
    """Set the variables that silence Prefect, before it is first imported; the user's own settings take precedence."""
    target = os.environ if environment is None else environment
    for name, value in QUIET.items():
        target.setdefault(name, value)


def run_flow(flow: Flow[..., Any], server: Server | None, **parameters: Any) -> Any:
    """Run a flow with this Prefect server, or as a plain function when ``server`` is None."""
    if server is None:
        return flow.fn(**parameters)
    from prefect import tags
    from prefect.exceptions import CancelledRun

    with server.in_use(), tags(TAG):
        try:
            return flow(**parameters)
        except CancelledRun:
            # The run was cancelled on the server, which signalled this process; the server's handler tells the user.
            signal.raise_signal(signal.SIGTERM)
            raise


def in_flow_run() -> bool:
    """Return whether this code runs inside a Prefect flow run."""
    from prefect.context import FlowRunContext

    return FlowRunContext.get() is not None


def cancellable(body: Callable[P, R]) -> Callable[P, R]:
    """Make a flow that is interrupted by a cancellation end in the state Cancelled.

    Prefect does this only while its own signal handler is installed, which it is not while dbt runs; the run would be
    shown as crashed. A flow that returns a state ends in it.
    """

    @wraps(body)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return body(*args, **kwargs)
        except BaseException as error:
            if not (in_flow_run() and is_interruption(error) and _is_cancelling()):
                raise
            from prefect.states import Cancelled

            return Cancelled(message="Cancelled; what was finished is kept.")  # type: ignore[return-value]

    # Prefect resolves the types of parameters by name, and would look for them in this module.
    run.__annotations__ = inspect.get_annotations(body, eval_str=True)
    run.__signature__ = inspect.signature(body, eval_str=True)  # type: ignore[attr-defined]
    return run


def _is_cancelling() -> bool:
    from prefect import get_client
    from prefect.runtime import flow_run

    with get_client(sync_client=True) as client:
        state = client.read_flow_run(flow_run.id).state
    return state is not None and state.is_cancelling()


def once(step: Task[..., Any], *arguments: Any) -> Any:
    """Run one step: as a Prefect task inside a flow run, else as a plain call."""
    return _task_call(step)(*arguments) if in_flow_run() else step.fn(*arguments)


@dataclass(frozen=True, slots=True)
class Done:
    """The result of one item, or the error that it raised."""

    item: Any
    result: Any = None
    error: Exception | None = None


def each(
    step: Task[..., Any],
    items: Iterable[Any],
    *shared: Any,
    at_once: int = 1,
    on_stop: Callable[[], None] = lambda: None,
) -> Iterator[Done]:
    """Run a step for every item, at most ``at_once`` at a time, and yield each result as it is done.

    An item that raises does not stop the others; its error is yielded. Items are taken one by one, so a long plan is
    never in memory as submitted work. ``on_stop`` is called when the caller is interrupted or stops iterating: the
    items in progress are waited for, and ``on_stop`` can ask them to end early.
    """
    call = _task_call(step) if in_flow_run() else step.fn
    with ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="batch") as pool:
        try:
            yield from _drain(pool, call, iter(items), shared, at_once)
        except BaseException:
            on_stop()
            raise


def for_this_run(step: Task[..., Any]) -> Task[..., Any]:
    """Copy a step for the current flow run, with only those of its own and the run's tags that have a limit.

    With each tag, limited or not, a task run asks the server for a slot, and a server on SQLite often answers "busy,
    ask again in two seconds".
    """
    from prefect.context import FlowRunContext

    run = FlowRunContext.get()
    assert run is not None
    assert run.flow_run is not None
    tags = {*step.tags, *run.flow_run.tags}
    step = step.with_options()
    step.tags = {tag for tag in tags if _is_limited(tag, str(run.flow_run.id))}
    return step


def _task_call(step: Task[..., Any]) -> Callable[..., Any]:
    # Threads do not inherit context variables: each call runs in a copy of this flow run's.
    import contextvars

    from prefect.context import TagsContext

    step = for_this_run(step)
    with TagsContext(current_tags=set()):
        context = contextvars.copy_context()
    return lambda *arguments: context.copy().run(step, *arguments)


@lru_cache(maxsize=16)
def _is_limited(tag: str, flow_run_id: str) -> bool:
    """Return whether the server limits how many tasks with this tag run at once; requested once in a flow run."""
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound

    with get_client(sync_client=True) as client:
        try:
            client.read_global_concurrency_limit_by_name(f"tag:{tag}")
        except ObjectNotFound:
            return False
    return True


def _drain(
    pool: ThreadPoolExecutor,
    call: Callable[..., Any],
    items: Iterator[Any],
    shared: tuple[Any, ...],
    at_once: int,
) -> Iterator[Done]:
    running: dict[Future[Any], Any] = {}
    try:
        for item in items:
            running[pool.submit(call, item, *shared)] = item
            while len(running) >= at_once:
                yield from _finished(running)
        while running:
            yield from _finished(running)
    finally:
        for future in running:
            future.cancel()


def _finished(running: dict[Future[Any], Any]) -> Iterator[Done]:
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in done:
        item = running.pop(future)
        error = future.exception()
        if error is not None and not isinstance(error, Exception):
            raise error
        yield Done(item, error=error) if error else Done(item, future.result())
