"""A subprocess that reads pages, and is killed by a page that takes too long.

Nothing else can interrupt a parser written in C: no signal, no thread, no exception. The limit is in processor time, so
a page that can be read on an idle machine can be read on a busy one too.
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
# Waiting takes no processor time, and reading waits only for the archive; this limit (seconds) is for that.
LONGEST_WAIT_S = 900.0
# Memory (bytes) that a process may allocate beyond what it starts with. The models take a third of a gigabyte, and a
# page of the maximum length less than half of one.
MEMORY_BYTES = 2 << 30

Work = Callable[[Any, Fetch], Any]


class ReadingStoppedError(NewsledgerError):
    """The run was asked to stop; the next run reads its current pages."""


class PageLostError(Exception):
    """The process ended while it read a page; ``took_too_long`` is true when it exceeded its time limit."""

    def __init__(self, reason: str, took_too_long: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.took_too_long = took_too_long


class PageProcess:
    """Runs ``work`` on one page after another in a subprocess, which is restarted when a page ends it.

    For one thread at a time. ``limit_s`` is the processor time in seconds that one page may take.
    """

    def __init__(self, work: Work, limit_s: int, stopping: Event) -> None:
        self._work = work
        self._limit_s = limit_s
        self._stopping = stopping
        self._process: ForkServerProcess | None = None
        self._connection: Connection[Any, Any] | None = None

    def read(self, shared: Any, fetches: Sequence[Fetch], reject: Callable[[Fetch, PageLostError], Any]) -> list[Any]:
        """Return the result of ``work`` for each page, or the result of ``reject`` for a page that ended the process.

        A page whose process ended for another reason than its limit is tried a second time, since somebody may have
        killed it. Raises ReadingStoppedError when the run is asked to stop, and any error that ``work`` raises.
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
        """Kill the process, whatever it is doing."""
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
            # Forked from a server process: the parent may have threads and an open database.
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
    # The fork server may be older than variables that its parent has set since.
    os.environ.update(environment)
    # A terminal sends Ctrl-C to all processes; this one waits for its parent to end it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _limit_memory(MEMORY_BYTES)
    _end_with_parent()
    # Pages create many short-lived objects and few cycles; Python's default thresholds would cost a tenth.
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
    """Make the kernel end this process after this many more seconds of processor time."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(time.process_time()) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until if most == resource.RLIM_INFINITY else min(until, most), most))


def _limit_memory(more: int) -> None:
    """Make the kernel refuse this process more than this many further bytes, before the machine runs out of memory."""
    status = Path("/proc/self/status")
    if not status.exists():  # not on Linux, where alone the limit is of all that a process asks for
        return
    taken = next(line for line in status.read_text(encoding="ascii", errors="replace").splitlines() if "VmData" in line)
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    until = int(taken.split()[1]) * 1024 + more
    resource.setrlimit(resource.RLIMIT_DATA, (until if most == resource.RLIM_INFINITY else min(until, most), most))


def _end_with_parent() -> None:
    """End this process when its parent is gone: while it reads, it would not notice that its parent was killed."""
    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    Thread(target=watch, name="parent watch", daemon=True).start()
