"""Checks of this machine and installation: what would make a run fail, and how to fix it."""

from __future__ import annotations

import re
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import requests

from extract.errors import NewsledgerError, SettingsError
from flows.feeds import ask_feeds, doubled_feeds
from flows.server import find_server
from flows.settings import DEFAULT_FILE, Settings, load_settings
from load.connection import looking, reader

LOW_DISK_BYTES = 2_000_000_000
CLOCK_TOLERANCE_S = 120
TIMEOUT_S = 5.0
SHOWN_PACKAGES = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of a check: whether it passed, what was found and, if it failed, what to do."""

    check: str
    is_ok: bool
    seen: str
    do: str | None = None


def examine(config: Path | None) -> Iterator[Finding]:
    """Make every check independently, so that one that fails does not hide the others."""
    yield check_packages(lock_file())
    yield check_limits()
    try:
        settings = load_settings(config)
    except SettingsError as error:
        yield Finding("settings", False, error.message, error.hint)
        return
    checks: tuple[Callable[[Settings], Finding], ...] = (
        check_settings,
        check_contact,
        check_rights,
        check_archive,
        check_disk,
        check_names,
        check_clock,
        check_server,
        check_warehouse,
        check_published,
    )
    for check in checks:
        yield check(settings)
    yield from check_feeds(settings)


def lock_file() -> Path | None:
    """Return the lock file of pinned packages, or None when this is no checkout."""
    file = Path(__file__).resolve().parent.parent / "requirements.lock"
    return file if file.exists() else None


def check_limits() -> Finding:
    """Compare the packages that only Prefect uses with the releases that it works with."""
    from packaging.requirements import Requirement

    text = Path(__file__).with_name("constraints.txt").read_text(encoding="utf-8")
    limits = [Requirement(line) for line in text.splitlines() if line and not line.startswith("#")]
    broken = [
        f"{limit.name} {found} (Prefect needs {limit.specifier})"
        for limit in limits
        if (found := _installed(limit.name)) and found not in limit.specifier
    ]
    do = "pip install " + " ".join(f"'{limit}'" for limit in limits)
    return Finding(
        "Prefect's packages", not broken, ", ".join(broken) or "as Prefect needs them", do if broken else None
    )


def check_packages(lock: Path | None) -> Finding:
    """Compare the installed packages with the pinned ones; packages that are not installed are not compared."""
    if lock is None:
        return Finding("packages", True, "no requirements.lock here to compare with")
    pinned = dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^\s\\;]+)", lock.read_text(encoding="utf-8"), re.MULTILINE))
    installed = {name: _installed(name) for name in pinned}
    other = [
        f"{name} {installed[name]} (pinned: {wanted})"
        for name, wanted in pinned.items()
        if installed[name] not in (None, wanted)
    ]
    if not other:
        return Finding("packages", True, f"{sum(v is not None for v in installed.values())} as pinned")
    more = f" and {len(other) - SHOWN_PACKAGES} more" if len(other) > SHOWN_PACKAGES else ""
    return Finding("packages", False, ", ".join(other[:SHOWN_PACKAGES]) + more, "Install the pinned ones: make setup")


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def check_settings(settings: Settings) -> Finding:
    """Check that there is a settings file with at least one source that is not paused."""
    if settings.file is None:
        return Finding("settings", False, f"no {DEFAULT_FILE} here", "Write one to start from: newsledger init")
    active = sum(not source.paused for source in settings.sources)
    if not active:
        return Finding("settings", False, f"{settings.file}: no active source", "newsledger sources add URL")
    return Finding("settings", True, f"{settings.file}, {active} active of {len(settings.sources)} sources")


def check_contact(settings: Settings) -> Finding:
    """Check that the User-Agent has a contact, so that publishers can reach the operator."""
    if settings.fetch.contact:
        return Finding("contact", True, settings.fetch.contact)
    return Finding("contact", False, "none", 'Set [fetch] contact = "you@example.org": publishers see it.')


def check_feeds(settings: Settings) -> Iterator[Finding]:
    """Request each feed and sitemap once, as politely as an ingest.

    Yields one finding for all that answer, and one for each that does not.
    """
    sources = settings.pick_sources(None)
    answers = ask_feeds(settings, sources)
    good = sum(answer.problem is None for answer in answers)
    all_answer = good == len(answers)
    do = None if all_answer else "The findings below name each one that does not answer."
    yield Finding("feeds", all_answer, f"{good} of {len(answers)} feeds, sitemaps and sections answer", do)
    for answer in answers:
        if answer.problem:
            yield Finding(f"feed of {answer.source}", False, f"{answer.url}: {answer.problem}", "Open it in a browser.")
    for url, names in doubled_feeds(sources).items():
        yield Finding("doubled feed", False, f"{url}: {', '.join(names)}", "Enter it once: newsledger sources remove")


def check_rights(settings: Settings) -> Finding:
    """Check that the data folder, and the folders of the warehouse and the published copy, are writable."""
    folders = {settings.data_dir, settings.warehouse.path.parent, settings.warehouse.published.parent}
    for folder in sorted(folders):
        # A folder that does not exist yet will be created in its nearest existing parent.
        there = next(f for f in (folder, *folder.parents) if f.exists())
        try:
            with tempfile.TemporaryFile(dir=there):
                pass
        except OSError as error:
            return Finding(
                "write access", False, f"{there}: {error.strerror}", "Give this user the folder, or set data_dir."
            )
    return Finding("write access", True, str(settings.data_dir))


def check_archive(settings: Settings) -> Finding:
    """Check the object store that holds the archive, if there is one."""
    try:
        place = settings.archive_place
        is_there = place.is_there()
    except NewsledgerError as error:
        return Finding("archive", False, error.message, error.hint)
    return Finding("archive", True, f"{place}{'' if is_there else ' (to be made)'}")


def check_disk(settings: Settings) -> Finding:
    """Check the free disk space of the data folder, or of where it will be."""
    folder = next(f for f in (settings.data_dir, *settings.data_dir.parents) if f.exists())
    free = shutil.disk_usage(folder).free
    seen = f"{free / 1e9:,.1f} GB free"
    if free < LOW_DISK_BYTES:
        return Finding("disk", False, seen, "Free some: a build writes a new published copy beside the old one.")
    return Finding("disk", True, seen)


def check_names(settings: Settings) -> Finding:
    """Resolve the host of every source."""
    lost = [host for host in _hosts(settings) if not _resolves(host)]
    if lost:
        return Finding(
            "names (DNS)", False, f"no address for {', '.join(lost)}", "Check the network, or the source's URL."
        )
    return Finding("names (DNS)", True, f"{len(_hosts(settings))} hosts have an address")


def _hosts(settings: Settings) -> list[str]:
    return sorted({host for url in _addresses(settings) if (host := urlsplit(url).hostname)})


def _addresses(settings: Settings) -> list[str]:
    """Return the URLs that ingests request, without the passwords that the settings may contain."""
    return [url for source in settings.pick_sources(None) for url in source.announcements]


def _resolves(host: str) -> bool:
    try:
        socket.getaddrinfo(host, None)
    except OSError:
        return False
    return True


def check_clock(settings: Settings) -> Finding:
    """Compare this machine's clock with the Date header (RFC 9110 6.6.1) of the first source that answers."""
    for url in _origins(settings):
        try:
            answer = requests.head(url, timeout=TIMEOUT_S, allow_redirects=False, headers={"User-Agent": "newsledger"})
            theirs = parsedate_to_datetime(answer.headers["Date"]).timestamp()
        except (requests.RequestException, KeyError, ValueError):
            continue
        off = time.time() - theirs
        if abs(off) > CLOCK_TOLERANCE_S:
            return Finding("clock", False, f"{off:+,.0f} s off {url}", "Set the clock: timedatectl set-ntp true")
        return Finding("clock", True, f"within {CLOCK_TOLERANCE_S} s of {url}")
    return Finding("clock", True, "nothing to compare with")


def _origins(settings: Settings) -> list[str]:
    urls = [urlsplit(url) for url in _addresses(settings)]
    return list(dict.fromkeys(f"{url.scheme}://{url.netloc}/robots.txt" for url in urls))[:3]


def check_server(settings: Settings) -> Finding:
    """Check which Prefect server commands would use; none is fine, unless workers are to read pages."""
    server = find_server(settings.data_dir)
    if server is None and settings.run.engine == "prefect":
        return Finding("Prefect", False, "no server answers, and run.engine is prefect", "Run: newsledger serve")
    return Finding(
        "Prefect", True, f"{server} answers" if server else "no server: commands run plainly; newsledger serve"
    )


def check_warehouse(settings: Settings) -> Finding:
    """Check that the warehouse can be opened: a damaged, newer or foreign file cannot."""
    where = settings.warehouse.url or str(settings.warehouse.path)
    if not settings.warehouse.url and not settings.warehouse.path.exists():
        return Finding("warehouse", True, "none yet: newsledger ingest")
    try:
        with looking(settings.warehouse) as view:
            if view.busy:
                return Finding("warehouse", True, f"being written by {view.busy}")
            row = view.connection.execute("select count(*) from fetches").fetchone()
    except NewsledgerError as error:
        return Finding("warehouse", False, error.message, error.hint)
    except duckdb.Error as error:
        do = "Move the file away and run: newsledger maintain   (it rebuilds the warehouse from the archive)"
        return Finding("warehouse", False, f"{where}: {str(error).splitlines()[0]}", do)
    return Finding("warehouse", True, f"{row[0] if row else 0:,} fetches in {where}")


def check_published(settings: Settings) -> Finding:
    """Open the published copy and count its articles."""
    if not settings.warehouse.published.exists():
        return Finding("published copy", True, "none yet: newsledger ingest")
    try:
        with reader(settings.warehouse) as connection:
            row = connection.execute("select count(*) from articles").fetchone()
    except (NewsledgerError, duckdb.Error) as error:
        return Finding("published copy", False, str(error), "Write it again: newsledger build --full")
    return Finding("published copy", True, f"{row[0] if row else 0:,} articles in {settings.warehouse.published}")
