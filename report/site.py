"""The folder that a report is written to: atomic files, and a manifest that says what need not be written again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from load.errors import WarehouseError

MANIFEST = ".report.json"


class Site:
    """Files of one report. Paths are relative, with ``/``; an input digest stands for all that a file is made of."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.written = 0
        self.unchanged = 0
        self._before = _read_manifest(out)
        self._now: dict[str, list[str]] = {}

    def keep(self, path: str, made_of: str) -> bool:
        """Whether the file is there already, made of the same; it then stays as it is."""
        known = self._before.get(path)
        if known is None or known[0] != made_of or not (self.out / path).exists():
            return False
        self._now[path] = known
        self.unchanged += 1
        return True

    def write(self, path: str, content: str | bytes, made_of: str = "") -> None:
        """Write a file, unless it has this very content already."""
        data = content.encode() if isinstance(content, str) else content
        digest = hashlib.sha256(data).hexdigest()
        known = self._before.get(path)
        self._now[path] = [made_of, digest]
        if known and known[1] == digest and (self.out / path).exists():
            self.unchanged += 1
            return
        _write_atomically(self.out / path, data)
        self.written += 1

    def close(self) -> None:
        """Remove what an earlier report wrote and this one has not, and write the manifest."""
        for path in self._before.keys() - self._now.keys():
            (self.out / path).unlink(missing_ok=True)
        if self._now != self._before:
            _write_atomically(self.out / MANIFEST, json.dumps(self._now, sort_keys=True).encode())


@contextmanager
def open_site(out: Path) -> Iterator[Site]:
    """Open a folder to write a report to; raises WarehouseError when it cannot be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        site = Site(out)
        yield site
        site.close()
    except OSError as error:
        raise WarehouseError(
            f"The report cannot be written to {out}: {error.strerror}.",
            hint="Name another folder with --out, or make room.",
        ) from error


def _read_manifest(out: Path) -> dict[str, list[str]]:
    try:
        known = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return {p: k for p, k in known.items() if ".." not in Path(p).parts and not Path(p).is_absolute()}


def _write_atomically(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".part")
    temporary.write_bytes(data)
    os.replace(temporary, path)
