"""``newsledger serve``: Prefect's server and page, a worker and the schedules, in one command on one machine.

The parts are Prefect's own programs, started as processes of this one and started again when they die. What is
deployed is ``prefect.yaml``: what has left the file leaves the server.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from extract.errors import NewsledgerError
from flows.deploy import deploy, prefect_file
from flows.engine import QUIET, SERVE_FILE, answers
from flows.settings import Settings

START_TIMEOUT_S = 90.0
STOP_TIMEOUT_S = 20.0
LOOK_EVERY_S = 0.5
# A part that dies at once again is started ever later, up to a minute.
RESTART_DELAYS_S = (0.0, 1.0, 5.0, 15.0, 60.0)


class ServeError(NewsledgerError):
    """The server, or one of its parts, could not be started."""


@dataclass
class Part:
    """One process of ours: how to start it, and whether it still runs."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0
    started_at: float = field(default=0.0)

    def start(self) -> None:
        """Start the process; its output goes to its log."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.starts += 1
        self.started_at = time.monotonic()

    def is_running(self) -> bool:
        """Tell whether the process is alive."""
        return self.process is not None and self.process.poll() is None

    def restart_if_dead(self, tell: Callable[[str], None]) -> bool:
        """Start the process again when it has died, at once or after a pause if it keeps dying."""
        if self.is_running():
            return False
        pause = RESTART_DELAYS_S[min(self.starts - 1, len(RESTART_DELAYS_S) - 1)]
        if time.monotonic() - self.started_at < pause:
            return False
        tell(f"The {self.name} has stopped; starting it again (its log: {self.log}).")
        self.start()
        return True

    def stop(self) -> None:
        """Ask the process to finish its work and leave; end it when it does not."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def serve(settings: Settings, *, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Run server, page, worker and schedules until interrupted.

    Raises ServeError when the port is taken or the server does not come up.
    """
    _require_free(host, port)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    api_url = f"http://{host}:{port}/api"
    server, worker = _parts(settings, host, port, api_url)
    try:
        server.start()
        _wait_for(api_url, server)
        _write_serve_file(settings.data_dir, api_url)
        deploy(api_url, prefect_file())
        worker.start()
        tell(f"Page and API: http://{host}:{port}   (Ctrl-C stops everything)")
        _watch((server, worker), tell)
    finally:
        worker.stop()
        server.stop()
        (settings.data_dir / SERVE_FILE).unlink(missing_ok=True)


def _parts(settings: Settings, host: str, port: int, api_url: str) -> tuple[Part, Part]:
    home = settings.data_dir / "prefect"
    home.mkdir(exist_ok=True)
    environment = {
        **os.environ,
        **QUIET,
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": api_url,
        "PREFECT_UI_API_URL": api_url,
    }
    if settings.file:
        environment["NEWSLEDGER_CONFIG"] = str(settings.file)
    start_server = [*_prefect(), "server", "start", "--host", host, "--port", str(port)]
    start_worker = [
        *_prefect(),
        "worker",
        "start",
        "--pool",
        "newsledger",
        "--type",
        "process",
        "--name",
        "newsledger",
    ]
    return (
        Part("server", start_server, environment, home / "server.log"),
        Part("worker", start_worker, environment, home / "worker.log"),
    )


def _prefect() -> list[str]:
    return [sys.executable, "-m", "prefect"]


def _require_free(host: str, port: int) -> None:
    with socket.socket() as probe:
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


def _watch(parts: tuple[Part, ...], tell: Callable[[str], None]) -> None:
    while True:
        for part in parts:
            part.restart_if_dead(tell)
        time.sleep(LOOK_EVERY_S)
