"""``newsledger serve``: Prefect's server and page, a worker and the schedules, in one command on one machine.

The parts are Prefect's own programs, run as subprocesses and restarted when they die. The deployments are those of
``prefect.yaml``; those that are no longer in the file are removed from the server.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from filelock import FileLock, Timeout

from extract.errors import NewsledgerError, SettingsError
from flows.declared import prefect_file
from flows.deploy import deploy
from flows.doctor import check_limits
from flows.reconcile import stop_runs, tidy
from flows.server import KEY_FILE, SERVE_FILE, Server, answers, own_key, private_home, worker_environment
from flows.settings import Settings
from flows.stages import utc_now
from load.connection import writer
from load.ledger import close_dead_runs

# The server starts within seconds on an idle machine. A busy one may take minutes, and the log says so.
START_TIMEOUT_S = 300.0
STOP_TIMEOUT_S = 20.0
# The server is stopped last, when nothing uses it any more. Its state is in its database, so killing it loses nothing;
# on a busy machine, its own shutdown takes a minute.
SERVER_STOP_TIMEOUT_S = 5.0
# Time (seconds) to finish or undo a batch. A longer build of models is killed, and the next run repeats it.
RUN_PATIENCE_S = 10.0
LOOK_EVERY_S = 0.5
# A part that keeps dying is restarted after growing pauses, up to a minute.
RESTART_DELAYS_S = (0.0, 1.0, 5.0, 15.0, 60.0)
# After this many seconds, the death of a part is not counted as a failed start.
STEADY_AFTER_S = 300.0
ALERT_EVERY_S = 600.0
# Clock corrections smaller than this (seconds) are frequent and do no harm.
PUT_BACK_S = 60.0
MAX_LOG_BYTES = 10_000_000
LOOPBACK = ("127.0.0.1", "localhost", "::1")
ANY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104  # compared with, never bound by default
PR_SET_PDEATHSIG = 1


class ServeError(NewsledgerError):
    """The server, or one of its parts, could not be started."""


@dataclass
class Part:
    """One subprocess: the command that starts it, its log, and whether it still runs."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    patience_s: float = STOP_TIMEOUT_S
    starts: int = 0
    started_at: float = field(default=0.0)

    def start(self) -> None:
        """Start the process; its output goes to its log, of which one older file is kept."""
        if self.log.exists() and self.log.stat().st_size > MAX_LOG_BYTES:
            self.log.replace(self.log.with_suffix(".old.log"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_leave_with_parent if sys.platform == "linux" else None,
            )
        self.starts += 1
        self.started_at = time.monotonic()

    def is_running(self) -> bool:
        """Return whether the process is alive."""
        return self.process is not None and self.process.poll() is None

    def is_due(self) -> bool:
        """Return whether the process has died and the pause before its restart is over."""
        if self.is_running():
            return False
        lived = time.monotonic() - self.started_at
        if lived > STEADY_AFTER_S:
            self.starts = 1
        return lived >= RESTART_DELAYS_S[min(self.starts - 1, len(RESTART_DELAYS_S) - 1)]

    def ask_to_stop(self) -> None:
        """Ask the process to finish its work and exit."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)

    def stop(self) -> None:
        """Wait for a process that was asked to stop; kill it when it does not."""
        if self.process is None or self.process.poll() is not None:
            return
        try:
            self.process.wait(self.patience_s)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def serve(
    settings: Settings, *, host: str, port: int, public_names: Sequence[str] = (), tell: Callable[[str], None]
) -> None:
    """Run server, page, worker and schedules until interrupted.

    Every request except the health check needs the key of this data folder. ``public_names`` are further host names
    that the server accepts, besides those of this machine and bare addresses.

    Raises SettingsError without a settings file, and ServeError when another ``serve`` uses this data folder, the port
    is taken, or the server does not start.
    """
    if settings.file is None:
        raise SettingsError(
            "There is no settings file, and scheduled runs need one.",
            hint="`newsledger init` writes one to start from.",
        )
    limits = check_limits()
    if not limits.is_ok:
        raise ServeError(f"Prefect's server would fail with {limits.seen}.", hint=limits.do)
    # Shells make background programs ignore Ctrl-C's signal.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with _only_one(private_home(settings.data_dir)):
        _require_free(host, port)
        _run(settings, Listening(host, port, tuple(public_names)), tell)


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the server listens, and the host names that it accepts besides this machine's."""

    host: str
    port: int
    names: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The address at which this machine reaches the server."""
        host = "127.0.0.1" if self.host in ANY_ADDRESS else self.host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


def _run(settings: Settings, listening: Listening, tell: Callable[[str], None]) -> None:
    here = Server(f"{listening.url}/api", own_key(settings.data_dir))
    api_url = here.api_url
    server, worker, looker = _parts(settings, listening, here)
    try:
        server.start()
        tell(f"Starting Prefect's server, which takes some seconds (its log: {server.log}).")
        _wait_for(api_url, server)
        deploy(here, prefect_file(), settings)
        tidy(here)
        _write_serve_file(settings.data_dir, api_url)
        worker.start()
        tell(f"Page and API: {listening.url}   (Ctrl-C stops everything)")
        tell(f"Each browser asks once for the key, which is in {private_home(settings.data_dir) / KEY_FILE}")
        if listening.host not in LOOPBACK:
            tell("The key crosses the network in the clear: let a proxy with TLS stand before this.")
        looker.started_at = time.monotonic()
        _watch(server, worker, looker, here, tell)
    finally:
        with _undisturbed():
            if worker.is_running() and answers(api_url):
                # The worker would kill its runs without giving them time.
                stop_runs(here, RUN_PATIENCE_S)
            for parts in ((looker, worker), (server,)):
                for part in parts:
                    part.ask_to_stop()
                for part in parts:
                    part.stop()
            _close_ledger(settings)
            (settings.data_dir / SERVE_FILE).unlink(missing_ok=True)


def _close_ledger(settings: Settings) -> None:
    # A killed run could not record how it ended.
    if settings.warehouse.url or settings.warehouse.path.exists():
        with writer(settings.warehouse, owner="serve") as connection:
            close_dead_runs(connection, now=utc_now())


@contextmanager
def _only_one(home: Path) -> Iterator[None]:
    lock = FileLock(home / "serve.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise ServeError(
            f"Another `newsledger serve` is using {home.parent}.",
            hint="Stop it first, or give this one a data_dir of its own.",
        ) from None
    with lock:
        yield


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ignore a second Ctrl-C, which would leave half of the parts running."""
    names = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(name, signal.SIG_IGN) for name in names]
    try:
        yield
    finally:
        for name, handler in zip(names, before, strict=True):
            signal.signal(name, handler)


def _leave_with_parent() -> None:
    # When `serve` itself is killed, the kernel asks its parts to stop; otherwise they would hold the port forever.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _parts(settings: Settings, listening: Listening, here: Server) -> tuple[Part, Part, Part]:
    home = private_home(settings.data_dir)
    environment = worker_environment(settings.file, here) | {"PREFECT_HOME": str(home)}
    of_server = environment | {
        "PREFECT_SERVER_API_AUTH_STRING": here.key or "",
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": listening.url,
        # The page must call the API at the address that the browser opened; any other origin is rejected.
        "PREFECT_UI_API_URL": "/api",
    }
    start_server = [sys.executable, "-P", "-m", "flows.guard", "--host", listening.host, "--port", str(listening.port)]
    start_server += [word for name in listening.names for word in ("--name", name)]
    start_worker = [
        sys.executable,
        "-P",
        "-m",
        "prefect",
        "worker",
        "start",
        "--pool",
        "newsledger",
        "--type",
        "process",
        "--name",
        "newsledger",
    ]
    channel = ("--alert",) if settings.alerts.channels else ()
    look = [sys.executable, "-P", "-m", "flows", "status", "--json", *channel]
    return (
        Part("server", start_server, of_server, home / "server.log", patience_s=SERVER_STOP_TIMEOUT_S),
        Part("worker", start_worker, environment, home / "worker.log"),
        # Runs send their own alerts; this reports that no run starts, or that one was killed.
        Part("alerts", look, environment, home / "alerts.log"),
    )


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServeError(
                f"Cannot listen on {host}:{port}: {error.strerror}.",
                hint="Another server may run there; choose another with --port.",
            ) from None


def _wait_for(api_url: str, server: Part) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while not answers(api_url):
        if not server.is_running():
            raise ServeError("Prefect's server stopped while it started.", hint=f"Its log: {server.log}")
        if time.monotonic() > deadline:
            raise ServeError(
                f"Prefect's server did not answer in {START_TIMEOUT_S:.0f} s.", hint=f"Its log: {server.log}"
            )
        time.sleep(LOOK_EVERY_S)


def _write_serve_file(data_dir: Path, api_url: str) -> None:
    temporary = data_dir / f"{SERVE_FILE}.tmp"
    temporary.write_text(json.dumps({"api_url": api_url, "pid": os.getpid()}), encoding="utf-8")
    temporary.replace(data_dir / SERVE_FILE)


def _watch(server: Part, worker: Part, looker: Part, here: Server, tell: Callable[[str], None]) -> None:
    is_in_step, has_old_plans, clock = True, False, _clock()
    while True:
        before, clock = clock, _clock()
        if before - clock > PUT_BACK_S:
            tell(f"The clock was put back by {before - clock:.0f} s; scheduled runs are planned again.")
            # Its scheduler sleeps until a time of the old clock.
            server.ask_to_stop()
            server.stop()
            has_old_plans = True
        if time.monotonic() - looker.started_at > ALERT_EVERY_S and not looker.is_running():
            looker.start()
        is_in_step = is_in_step and server.is_running() and worker.is_running()
        if server.is_due():
            _say_restart(server, tell)
            server.start()
        if not is_in_step and answers(here.api_url):
            is_in_step = _catch_up(worker, here, tell, replan=has_old_plans)
            has_old_plans &= not is_in_step
        time.sleep(LOOK_EVERY_S)


def _clock() -> float:
    """Return the wall clock minus the monotonic clock in seconds; it changes when the wall clock is set."""
    return time.time() - time.monotonic()


def _catch_up(worker: Part, here: Server, tell: Callable[[str], None], *, replan: bool) -> bool:
    """Bring a server that answers again in step with what runs, and only then let a worker start runs.

    The runs of a worker that stayed alive are not judged.
    """
    if not worker.is_running() and not worker.is_due():
        return False
    try:
        tidy(here, judge_runs=not worker.is_running(), replan=replan)
    except httpx.HTTPError:
        return False  # The server is gone again, or too busy to answer; the next round tries again.
    if not worker.is_running():
        _say_restart(worker, tell)
        worker.start()
    return True


def _say_restart(part: Part, tell: Callable[[str], None]) -> None:
    tell(f"The {part.name} has stopped; starting it again (its log: {part.log}).")
