"""A PostgreSQL server of its own in a temporary folder, reached by its socket, for tests and benchmarks."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


def postgres_bin() -> Path | None:
    """Return the folder of PostgreSQL's programs, or None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    return Path(program).parent if program else None


@dataclass(frozen=True)
class Postgres:
    """A running server."""

    folder: Path
    programs: Path
    user: str | None

    @property
    def connection(self) -> str:
        """The connection string of its database."""
        return f"dbname=postgres host={self.folder} user={self.user or pwd.getpwuid(os.getuid()).pw_name}"

    def control(self, *arguments: str) -> None:
        """Run ``pg_ctl``."""
        command = [str(self.programs / "pg_ctl"), "-w", "-s", "-D", str(self.folder / "data"), *arguments]
        subprocess.run(command, check=True, user=self.user, cwd=self.folder, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        """Start it, on a socket in its folder alone."""
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off"
        self.control("start", "-l", str(self.folder / "log"), "-o", options)

    def restart(self) -> None:
        """End all sessions at once and start again."""
        self.control("stop", "-m", "immediate")
        self.start()


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Make a server, start it, and remove it when done. It does not run as root, so then it runs as ``postgres``."""
    programs = postgres_bin()
    if programs is None:
        raise RuntimeError("PostgreSQL is not installed: apt-get install postgresql")
    user = "postgres" if os.getuid() == 0 else None
    # A socket's path has room for some hundred characters, and a test's own folder may be closed to other users.
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user)
        initdb = [str(programs / "initdb"), "-D", str(folder / "data"), "-A", "trust", "--no-sync"]
        subprocess.run(initdb, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)
        server = Postgres(folder, programs, user)
        server.start()
        try:
            yield server
        finally:
            server.control("stop", "-m", "immediate")
