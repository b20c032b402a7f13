"""A process that reads pages, and ends with the page that takes too long.

Nothing else stops what a page may do to a parser written in C: no signal, no thread, no exception. The limit is of
processor time, so a page that is read on an idle machine is read on a busy one too.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from threading import Event, Thread
from typing import Any

from extract.errors import NewsledgerError
from extract.types import Fetch

LOOK_EVERY_S = 0.2
# A page that waits for something takes no processor time; reading waits for the archive alone.
LONGEST_WAIT_S = 900.0
# What one process may take beyond what it begins with: the models are a third of a gigabyte, and a page that is as long
# as pages may be takes less than half of one.
MEMORY_BYTES = 2 << 30

Work = Callable[[Any, Fetch], Any]


class ReadingStoppedError(NewsledgerError):
    """The run was asked to stop; its current pages are read by the next one."""


class PageLostError(Exception):
    """The process has ended in the middle of a page; ``took_too_long`` tells a page's own doing from other ends."""

    def __init__(self, reason: str, took_too_long: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.took_too_long = took_too_long


class PageProcess:
    """Does ``work`` on pages one after another in a process of its own, which is started again when a page ends it.

    For one thread at a time. ``limit_s`` is the processor time in seconds that one page may take.
    """

    def __init__(self, work: Work, limit_s: int, stopping: Event) -> None:
        self._work = work
        self._limit_s = limit_s
        self._stopping = stopping
        self._process: ForkServerProcess | None = None
        self._connection: Connection[Any, Any] | None = None

    def read(self, shared: Any, fetches: Sequence[Fetch], reject: Callable[[Fetch, PageLostError], Any]) -> list[Any]:
        """Return what the work gave for each page, or what ``reject`` gives for one that ended its process.

        A process that ended otherwise than by its limit is given a second chance: somebody may have killed it. Raises
        ReadingStoppedError when the run is asked to stop, and what the work raises.
        """
        done: list[Any] = []
        has_died = False
        while len(done) < len(fetches):
            before = len(done)
            try:
                self._read_on(shared, fetches, done)
            except PageLostError as lost:
                has_died = has_died and len(done) == before
                if lost.took_too_long or has_died:
                    done.append(reject(fetches[len(done)], lost))
                has_died = not lost.took_too_long and not has_died
        return done

    def end(self) -> None:
        """End the process, whatever it is at."""
        if self._process is not None and self._connection is not None:
            self._process.kill()
            self._process.join()
            self._connection.close()
        self._process = self._connection = None

    def _read_on(self, shared: Any, fetches: Sequence[Fetch], done: list[Any]) -> None:
        connection = self._start()
        try:
            connection.send((shared, fetches[len(done) :]))
            while len(done) < len(fetches):
                done.append(self._receive(connection))
        except (EOFError, ConnectionError):
            raise self._why_it_ended() from None

    def _receive(self, connection: Connection[Any, Any]) -> Any:
        waits_until = time.monotonic() + LONGEST_WAIT_S
        while not connection.poll(LOOK_EVERY_S):
            if self._stopping.is_set():
                self.end()
                raise ReadingStoppedError("Reading was stopped.")
            if time.monotonic() > waits_until:
                self.end()
                raise PageLostError(f"strip and read did not end in {LONGEST_WAIT_S:.0f} s", took_too_long=True)
        result, error = connection.recv()
        if error is not None:
            raise error
        return result

    def _why_it_ended(self) -> PageLostError:
        assert self._process is not None
        self._process.join()
        code = self._process.exitcode or 0
        self.end()
        if code == -signal.SIGXCPU:
            return PageLostError(
                f"strip and read took more than {self._limit_s} s of processor time", took_too_long=True
            )
        how = signal.Signals(-code).name if code < 0 else f"code {code}"
        return PageLostError(f"the process that read the page ended with {how}", took_too_long=False)

    def _start(self) -> Connection[Any, Any]:
        if self._connection is None:
            # The parent may have threads and an open database, so it is not it that is forked.
            context = get_context("forkserver")
            context.set_forkserver_preload(["flows.preload"])
            os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
            ours, theirs = context.Pipe()
            arguments = (theirs, self._work, self._limit_s, dict(os.environ))
            process = context.Process(target=_serve, args=arguments, name="reader", daemon=True)
            # Only a process that has started can be ended.
            process.start()
            theirs.close()
            self._connection, self._process = ours, process
        return self._connection


def _serve(connection: Connection[Any, Any], work: Work, limit_s: int, environment: Mapping[str, str]) -> None:
    # The process that this one is forked from may be older than what its parent has set since.
    os.environ.update(environment)
    # A terminal sends Ctrl-C to all processes; this one ends when its parent says so.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _limit_memory(MEMORY_BYTES)
    _end_with_parent()
    # A page makes many short-lived objects and few cycles: collecting as often as Python does by itself costs a tenth.
    gc.set_threshold(50_000, 20, 20)
    while True:
        try:
            shared, fetches = connection.recv()
        except EOFError:
            return
        for fetch in fetches:
            _allow(limit_s)
            try:
                answer = (work(shared, fetch), None)
            except Exception as error:
                connection.send((None, error))
                break
            connection.send(answer)


def _allow(seconds: int) -> None:
    """Let the kernel end this process when it has taken so much more processor time."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(time.process_time()) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until if most == resource.RLIM_INFINITY else min(until, most), most))


def _limit_memory(more: int) -> None:
    """Have the system refuse this process more memory than that, before the whole machine has none left."""
    status = Path("/proc/self/status")
    if not status.exists():  # not on Linux, where alone the limit is of all that a process asks for
        return
    taken = next(line for line in status.read_text(encoding="ascii", errors="replace").splitlines() if "VmData" in line)
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    until = int(taken.split()[1]) * 1024 + more
    resource.setrlimit(resource.RLIMIT_DATA, (until if most == resource.RLIM_INFINITY else min(until, most), most))


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: of a kill -9 it would learn nothing while it reads."""
    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    Thread(target=watch, name="parent watch", daemon=True).start()
