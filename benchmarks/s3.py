"""An S3-compatible server of its own process on loopback, for tests and benchmarks."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

SERVE = "from moto.server import main; main(['-H', '127.0.0.1', '-p', '0'])"
KEYS = {
    "AWS_ACCESS_KEY_ID": "reader",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@dataclass(frozen=True)
class Server:
    """A running server: its address, its log, and the environment with which clients find it."""

    address: str
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def environment(self) -> dict[str, str]:
        """Keys and endpoint, as a client takes them."""
        return KEYS | {"AWS_ENDPOINT_URL": self.address}


@contextmanager
def s3_server(folder: Path) -> Iterator[Server]:
    """Start the server on a free port, make the bucket ``news``, and end it."""
    log = folder / "s3.log"
    with log.open("wb") as said:
        process = subprocess.Popen([sys.executable, "-c", SERVE], stdout=said, stderr=said, env=os.environ | KEYS)
    try:
        server = Server(_address(log), log, process)
        requests.put(f"{server.address}/news", timeout=10).raise_for_status()
        yield server
    finally:
        process.kill()
        process.wait()


def _address(log: Path) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for line in log.read_text(encoding="utf-8").splitlines():
            if "Running on http" in line:
                return line.rpartition(" ")[2].strip()
        time.sleep(0.05)
    raise TimeoutError(log.read_text(encoding="utf-8"))
