"""The folder that a report is written to.

A report is written to a separate folder and moved into place when it is complete, so a reader sees either the old or
the new report. A manifest has a digest of each file's inputs: unchanged files are not rewritten.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from load.errors import WarehouseError

MANIFEST = ".report.json"
# The folder in which the next report is written, and the file in it that marks it as complete.
ASIDE = ".report.next"
WHOLE = "whole.json"


class Site:
    """Files of one report. Paths are relative, with ``/``; ``made_of`` is a digest of all inputs of a file."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.written = 0
        self.unchanged = 0
        self._aside = out / ASIDE
        finish_interrupted(out)
        self._before = _read_manifest(out / MANIFEST)
        self._there = _files(out)
        self._now: dict[str, list[str]] = {}
        self._changed: list[str] = []

    def keep(self, path: str, made_of: str) -> bool:
        """Whether the file already exists with the same inputs; then it is kept."""
        known = self._before.get(path)
        if known is None or known[0] != made_of or path not in self._there:
            return False
        self._now[path] = known
        self.unchanged += 1
        return True

    def write(self, path: str, content: str | bytes, made_of: str = "") -> None:
        """Write a file to the separate folder, unless it already has this content."""
        data = content.encode() if isinstance(content, str) else content
        digest = hashlib.sha256(data).hexdigest()[:32]
        known = self._before.get(path)
        self._now[path] = [made_of, digest]
        if known and known[1] == digest and path in self._there:
            self.unchanged += 1
            return
        _put(self._aside / path, data)
        self._changed.append(path)
        self.written += 1

    def close(self) -> None:
        """Move the written files into place, and remove files of an earlier report that this one does not have."""
        if self._now == self._before and not self._changed:
            shutil.rmtree(self._aside, ignore_errors=True)
            return
        gone = sorted(self._before.keys() - self._now.keys())
        _put(self._aside / MANIFEST, json.dumps(self._now, sort_keys=True).encode())
        plan = {"move": [*sorted(self._changed, key=_pages_last), MANIFEST], "remove": gone}
        _put(self._aside / (WHOLE + ".part"), json.dumps(plan).encode())
        os.replace(self._aside / (WHOLE + ".part"), self._aside / WHOLE)
        finish_interrupted(self.out)


@contextmanager
def open_site(out: Path) -> Iterator[Site]:
    """Open a folder to write a report to; raises WarehouseError if it cannot be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with FileLock(out / ".report.lock", timeout=0):
            site = Site(out)
            yield site
            site.close()
    except Timeout as error:
        raise WarehouseError(
            f"Another report is being written to {out}.", hint="Wait for it, or name another folder with --out."
        ) from error
    except OSError as error:
        raise WarehouseError(
            f"The report cannot be written to {out}: {error.strerror}.",
            hint="Name another folder with --out, or free some space.",
        ) from error


def finish_interrupted(out: Path) -> None:
    """Move a completely written report into place; delete an incomplete one."""
    aside = out / ASIDE
    if (aside / WHOLE).exists():
        plan = json.loads((aside / WHOLE).read_text(encoding="utf-8"))
        for path in filter(_is_inside, plan["move"]):
            if (aside / path).exists():
                (out / path).parent.mkdir(parents=True, exist_ok=True)
                os.replace(aside / path, out / path)
        for path in filter(_is_inside, plan["remove"]):
            (out / path).unlink(missing_ok=True)
    shutil.rmtree(aside, ignore_errors=True)


def _pages_last(path: str) -> tuple[bool, bool, str]:
    """Sort key of files: linked files before the pages that link to them, and the front page last."""
    return path.endswith(".html"), path == "index.html", path


def _files(out: Path) -> set[str]:
    """Return the paths of all files in the folder: one walk is faster than a check per file."""
    found: set[str] = set()
    for folder, _, names in os.walk(out):
        inside = PurePosixPath(Path(folder).relative_to(out).as_posix())
        found.update(str(inside / name) for name in names)
    return found


def _read_manifest(path: Path) -> dict[str, list[str]]:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return {p: k for p, k in known.items() if _is_inside(p)}


def _is_inside(path: str) -> bool:
    """Whether a path that was read from the folder stays inside it."""
    return ".." not in Path(path).parts and not Path(path).is_absolute()


def _put(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
