"""Read pages on a running Dask cluster: each batch goes to one of its workers.

Inside a Prefect flow run, a batch is a Prefect task, submitted by Prefect's Dask task runner; without a Prefect server,
the same function runs on the same cluster as a plain call. Batches are sent as locations in the archive, so the workers
must see the archive under the same path and have the same version of this program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextvars import copy_context
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from extract import EXTRACTOR_VERSION
from extract.archive import ArchivePlace
from extract.errors import NewsledgerError, SettingsError
from extract.types import Fetch
from flows.engine import for_this_run, in_flow_run
from flows.page_reader import Known, read_pages
from load.extraction import Extraction

# Batches in progress for each thread of the cluster: one is read while the previous one is merged.
BATCHES_A_THREAD = 2


class ClusterError(NewsledgerError):
    """The cluster does not answer, or its workers cannot do the work."""


class ClusterReader:
    """Reads batches on the workers of a Dask cluster.

    Raises SettingsError when Dask is not installed, and ClusterError when the cluster cannot be used.
    """

    def __init__(self, address: str, archive: ArchivePlace, known: Known) -> None:
        self._archive = archive
        self._known = known
        # The flow run's own: that of a batch's task, which travels with what it submits, holds the open warehouse.
        self._context = copy_context()
        self._runner, self._client = _connect(address)
        try:
            self._threads = _check(self._client, address, self._archive)
        except BaseException:
            self.close()
            raise

    @property
    def at_once(self) -> int:
        """How many batches keep every thread of the cluster busy while others are merged."""
        return BATCHES_A_THREAD * self._threads

    def read(self, fetches: Sequence[Fetch]) -> Iterator[Extraction]:
        """Read these pages on a worker and yield the result of each, in their order.

        A batch whose worker dies is read again by another worker.
        """
        work = {"archive": self._archive, "known": self._known, "fetches": list(fetches)}
        if in_flow_run():
            future = self._context.copy().run(self._runner.submit, for_this_run(read_batch), parameters=work)
        else:
            future = self._client.submit(read_batch.fn, **work, pure=False)
        yield from future.result()

    def close(self) -> None:
        """Disconnect from the cluster, which keeps running."""
        self._runner.__exit__(None, None, None)


@task(name="read", tags=["cpu"], cache_policy=NO_CACHE)
def read_batch(archive: ArchivePlace, known: Known, fetches: list[Fetch]) -> list[Extraction]:
    """Read a batch of archived pages; runs on a worker."""
    return list(read_pages(archive, known, fetches))


def _connect(address: str) -> tuple[Any, Any]:
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError:
        raise SettingsError(
            "engine is 'dask', but Dask is not installed here.", hint="pip install 'newsledger[dask]'"
        ) from None
    runner: Any = DaskTaskRunner(address=address)
    runner.__enter__()
    try:
        return runner, runner.client
    except (OSError, ValueError) as error:
        runner.__exit__(None, None, None)
        raise ClusterError(
            f"No Dask scheduler answers at {address}: {error}.",
            hint="Start one with `dask scheduler` and workers with `dask worker ADDRESS --nthreads 1`, "
            "or correct dask_address in [run] of the settings.",
        ) from None


def _check(client: Any, address: str, archive: ArchivePlace) -> int:
    """Check that every worker can do the work; return the total number of their threads.

    Raises ClusterError when there are no workers, or one has another version or does not see the archive.
    """
    threads: dict[str, int] = client.nthreads()
    if not threads:
        raise ClusterError(
            f"The Dask cluster at {address} has no workers.", hint=f"Start some: dask worker {address} --nthreads 1"
        )
    for worker, answer in client.run(describe_worker, archive, on_error="return").items():
        if isinstance(answer, Exception):
            raise ClusterError(
                f"The Dask worker {worker} cannot run Newsledger: {type(answer).__name__}: {answer}.",
                hint="Install the same version of Newsledger there.",
            )
        version, sees_archive = answer
        if version != EXTRACTOR_VERSION:
            raise ClusterError(
                f"The Dask worker {worker} reads with extractor {version}; here it is {EXTRACTOR_VERSION}.",
                hint="Install the same version of Newsledger there.",
            )
        if not sees_archive:
            raise ClusterError(
                f"The Dask worker {worker} does not see the archive {archive}.",
                hint="Put data_dir on a file system that all machines share under the same path.",
            )
    return sum(threads.values())


def describe_worker(archive: ArchivePlace) -> tuple[str, bool]:
    """Return the extractor version of this worker, and whether it sees the archive."""
    return EXTRACTOR_VERSION, archive.is_there()
