"""Cut the power anywhere in the whole pipeline; run again; is the warehouse the one of an uninterrupted run?

    python -m benchmarks.power [--trials 20] [--kills 2] [--steps] [--parts 1] [--names kept|lost] [--json]

As ``benchmarks.crash``, but a kill takes with it whatever was not synced. A library that runs are started with
(``power.c``, for which a C compiler is needed) keeps what each fsync gave the disk; after a kill each file becomes what
it was at its last fsync, and one that never had any is empty. With ``--names kept`` renames, new names and removals
outlive the cut, as on a journalled file system; with ``lost`` only those of folders that were synced since. Both are
harder than what a disk does, which has written some of the rest as well.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from hashlib import sha256
from pathlib import Path

from benchmarks.crash import Course, Reader, arguments, run_trials

NAMES = ("kept", "lost")


def build(folder: Path) -> Path:
    """Compile the library that programs are started with."""
    library, source = folder / "power.so", Path(__file__).with_name("power.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], check=True)
    return library


class Disk:
    """A folder as files are seen, and beside it what is synced of it."""

    def __init__(self, watched: Path, synced: Path) -> None:
        self.watched, self.synced = watched, synced
        synced.mkdir()

    def environment(self, library: Path) -> dict[str, str]:
        """Return what a program is to be started with."""
        return {"LD_PRELOAD": str(library), "POWER_WATCHED": str(self.watched), "POWER_SYNCED": str(self.synced)}

    def sync(self, folder: Path) -> None:
        """Take all that a folder holds as synced."""
        for place, _, names in os.walk(folder):
            keys = _keys(Path(place))
            own = keys.pop(".")
            listing = "".join(f"{key}\t{name}\n" for name, key in keys.items())
            (self.synced / f"d-{own}").write_text(listing, encoding="utf-8")
            for name in names:
                file = Path(place, name)
                if not file.is_symlink():
                    shutil.copyfile(file, self.synced / f"f-{keys[name]}")

    def cut(self, folder: Path, *, names: str) -> int:
        """Make a folder what a power cut leaves of it; return how many files were lost or lost something."""
        left = folder.with_name(f"{folder.name}.left")
        self._leave(folder, left, names)
        before, after = _contents(folder), _contents(left)
        shutil.rmtree(folder)
        left.rename(folder)
        self.sync(folder)
        return sum(after.get(name) != digest for name, digest in before.items())

    def _leave(self, folder: Path, left: Path, names: str) -> None:
        left.mkdir()
        now = _keys(folder)
        own = now.pop(".")
        for name, key in (self._synced_names(own) if names == "lost" else now).items():
            entry = folder / name
            if now.get(name) == key and entry.is_symlink():
                (left / name).symlink_to(entry.readlink())
            elif now.get(name) == key and entry.is_dir():
                self._leave(entry, left / name, names)
            else:
                self._leave_file(key, left / name)
                if now.get(name) == key:
                    (left / name).chmod(entry.stat().st_mode & 0o777)

    def _leave_file(self, key: str, left: Path) -> None:
        kept = self.synced / f"f-{key}"
        if kept.exists():
            shutil.copyfile(kept, left)
        else:
            left.touch()

    def _synced_names(self, folder: str) -> dict[str, str]:
        """Return the names of a folder at its last fsync, with the keys of what they named."""
        listing = self.synced / f"d-{folder}"
        lines = listing.read_text(encoding="utf-8").splitlines() if listing.exists() else []
        return {name: key for key, name in (line.split("\t", 1) for line in lines)}


def _contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).digest() for path in files}


def _keys(folder: Path) -> dict[str, str]:
    """Return what ``power.c`` calls the files and folders of a folder, and itself (``.``): inode and time of birth."""
    names = [".", *sorted(entry.name for entry in folder.iterdir())]
    command = ["stat", "--format=%i %W %w", "--", *names]
    lines = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.splitlines()
    keys = {}
    for name, line in zip(names, lines, strict=True):
        inode, seconds, born = line.split(" ", 2)
        keys[name] = f"{inode}-{seconds}-{int(born.split('.')[1][:9])}"
    return keys


class PowerCourse(Course):
    """Trials in which each kill is a power cut."""

    def __init__(self, root: Path, articles: int, parts: int, names: str) -> None:
        watched = root / "trials"
        watched.mkdir()
        self.names, self.disk, self.lost = names, Disk(watched, root / "synced"), 0
        os.environ |= self.disk.environment(build(root))
        super().__init__(watched, articles, parts)

    def begun(self, folder: Path) -> None:
        """Take the settings as synced."""
        self.disk.sync(folder)

    def killed(self, folder: Path, reader: Reader) -> None:
        """Cut the power; readers look again when the machine is up."""
        with reader.lock:
            self.lost += self.disk.cut(folder, names=self.names)


def main() -> None:
    """Run and print a line a trial; leave with 1 when a warehouse differs."""
    parser = arguments(__doc__)
    parser.add_argument("--names", choices=NAMES, default="kept")
    args = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="newsledger-power-"))
    try:
        course = PowerCourse(root, args.articles, args.parts, args.names)
        figures = run_trials(course, args) | {"files_lost": course.lost}
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print(
        f"{figures['trials']} trials, {figures['kills']} power cuts, names {args.names}: {figures['differ']} warehouses"
        f" differ; {figures['files_lost']} files lost what was not synced; {figures['views']} reads,"
        f" {figures['wrong_reads']} of them wrong"
    )
    if args.json:
        print(json.dumps(figures))
    raise SystemExit(bool(figures["differ"] or figures["wrong_reads"]))


if __name__ == "__main__":
    main()
