"""WARC to published marts, by number of articles and of cores: rates, where time and memory go, and what grows.

    python -m benchmarks.scale [--articles 1000 10000] [--cores 2] [--engine local] [--json]
    python -m benchmarks.scale --articles 1000 --cores 1 2               # what the second core gives
    python -m benchmarks.scale --articles 10000 --engine local dask     # what Dask costs, one worker a core

Articles are generated into one WARC file first (not counted). Each run is a process of its own with a fresh folder,
kept to so many cores by the operating system, and its memory is that of all its processes together, sampled as
proportional set size (each shared page counted once). The processor time is that of all of them too: on a machine
that does something else besides, it tells more than the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import psutil

from sample.generator import generate_articles, write_warc

SAMPLE_EVERY_S = 0.5
STAGES = ("archive", "read", "load", "models", "publish")


def write_settings(folder: Path, warc: Path, cores: int, run: str = "") -> Path:
    """Write a settings file that takes the WARC file as its only source."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "newsledger.toml"
    file.write_text(
        f'data_dir = "data"\n\n[run]\nworkers = {cores}\n{run}\n[[sources]]\nname = "generated"\nwarcs = ["{warc}"]\n',
        encoding="utf-8",
    )
    return file


def run_here(file: Path) -> dict[str, Any]:
    """Ingest in this process and return the figures; run by ``measure`` in a process of its own."""
    from flows.pipeline import ingest
    from flows.settings import load_settings
    from load.connection import writer

    began = time.perf_counter()
    report = ingest.fn(config=file)
    wall = time.perf_counter() - began
    settings = load_settings(file)
    with writer(settings.warehouse, owner="benchmark") as con:
        batches = con.execute(
            "select stage, sum(seconds), sum(load_seconds), max(load_seconds) from batches group by 1"
        ).fetchall()
        counts = con.execute(
            "select count(distinct article_id), count(*) + (select count(*) from quantities) +"
            " (select count(*) from attributions) + (select count(*) from dates) + (select count(*) from mentions)"
            " from articles"
        ).fetchone()
        halves = con.execute(
            "select avg(load_seconds) from (select load_seconds, ntile(4) over (order by started_at) as part"
            " from batches where stage = 'extract') group by part order by part"
        ).fetchall()
    spent = {stage: (seconds or 0.0, load or 0.0) for stage, seconds, load, _ in batches}
    articles, rows = counts or (0, 0)
    return {
        "articles": articles,
        "rows": rows,
        "pages": report.extracted.pages,
        "failed": list(report.failed),
        "wall_s": wall,
        "stage_s": {
            "archive": sum(spent.get("fetch", (0, 0))),
            "read": spent.get("extract", (0, 0))[0],
            "load": spent.get("extract", (0, 0))[1],
            "models": report.built.seconds if report.built else 0.0,
            "publish": report.published.seconds if report.published else 0.0,
        },
        "load_s_a_batch_by_quarter": [round(row[0], 3) for row in halves],
        "mb": {
            "archive": _size(settings.archive_dir),
            "warehouse": _size(settings.warehouse.path),
            "published": _size(settings.warehouse.published),
            "parquet": _size(settings.warehouse.parquet) if settings.warehouse.parquet else 0.0,
            "search": _size(settings.warehouse.search),
        },
    }


def _size(path: Path) -> float:
    files = [path] if path.is_file() else path.resolve().rglob("*")
    return round(sum(f.stat().st_size for f in files if f.is_file() and not f.is_symlink()) / 1e6, 1)


def measure(file: Path, cores: int, helpers: Sequence[int] = ()) -> dict[str, Any]:
    """Run one ingest on so many cores and watch its processes, and ``helpers`` that work for it."""
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    if len(allowed) < cores:
        raise SystemExit(f"This machine lets us use {len(allowed)} cores only; ask for --cores {len(allowed)}.")
    out = file.with_name("figures.json")
    child = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.scale", "--inside", str(file), "--out", str(out)],
        preexec_fn=lambda: os.sched_setaffinity(0, allowed),
        stderr=subprocess.DEVNULL,
    )
    watched = watch(child, [psutil.Process(pid) for pid in helpers])
    if child.returncode:
        raise SystemExit(f"The run failed with code {child.returncode}; see: newsledger ingest -c {file}")
    figures: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return figures | watched | {"cores": cores}


def watch(child: subprocess.Popen[bytes], helpers: Sequence[psutil.Process]) -> dict[str, float]:
    """Return peak memory (MB) and processor time (s) of a process with all that it starts and its helpers.

    ``others_cores`` is how many cores were busy with something else meanwhile: what the clock says is worth the less.
    """
    began, before, busy, helped = time.perf_counter(), os.times(), _busy_s(), _cpu_s(helpers)
    peak = 0
    process = psutil.Process(child.pid)
    while child.poll() is None:
        peak = max(peak, sum(_memory(p) for p in [*_family(process), *helpers]))
        time.sleep(SAMPLE_EVERY_S)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    spent += _cpu_s(helpers) - helped
    others = (_busy_s() - busy - spent) / (time.perf_counter() - began)
    return {"peak_mb": round(peak / 1e6, 1), "cpu_s": spent, "others_cores": round(max(others, 0.0), 2)}


def _busy_s() -> float:
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system)


def _cpu_s(processes: Sequence[psutil.Process]) -> float:
    return float(sum(times.user + times.system for times in (process.cpu_times() for process in processes)))


def _family(process: psutil.Process) -> list[psutil.Process]:
    try:
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
        return 0


def make_warc(articles: int, folder: Path) -> Path:
    """Write the WARC file, or take the one that a run before this one wrote."""
    path = folder / f"generated-{articles}.warc.gz"
    if not path.exists():
        write_warc(generate_articles(articles, seed=1), path.with_suffix(".new"))
        path.with_suffix(".new").rename(path)
    return path


def run_engine(engine: str, warc: Path, home: Path, cores: int) -> dict[str, Any]:
    """Run one ingest on this machine's cores, or on a Dask cluster of so many workers on loopback."""
    shutil.rmtree(home, ignore_errors=True)
    if engine == "local":
        return measure(write_settings(home, warc, cores), cores) | {"engine": engine}
    from benchmarks.dask_cluster import dask_cluster

    home.mkdir(parents=True)
    with dask_cluster(home, cores) as cluster:
        file = write_settings(home, warc, cores, f'engine = "dask"\ndask_address = "{cluster.address}"\n')
        return measure(file, cores, cluster.pids) | {"engine": engine}


def show(figures: list[dict[str, Any]]) -> None:
    """Print a line a run, and how rate and memory compare with the first."""
    head = (
        f"{'articles':>9} {'engine':<6}{'cores':>6}{'others':>7}{'wall s':>8}{'art/s':>7}{'cpu s':>8}{'art/cpu s':>10}"
    )
    print(f"{head}{'peak MB':>9}" + "".join(f"{stage + ' s':>11}" for stage in STAGES))
    for f in figures:
        rate, cpu_rate = f["articles"] / f["wall_s"], f["articles"] / f["cpu_s"]
        line = f"{f['articles']:>9,} {f['engine']:<6}{f['cores']:>6}{f['others_cores']:>7.2f}{f['wall_s']:>8.1f}"
        print(f"{line}{rate:>7.1f}{f['cpu_s']:>8.1f}{cpu_rate:>10.2f}{f['peak_mb']:>9,.0f}", end="")
        print("".join(f"{f['stage_s'][s]:>11.1f}" for s in STAGES))
    for f in figures:
        print(
            f"{f['articles']:,} articles: {f['rows']:,} rows, failed {len(f['failed'])}, on disk MB {f['mb']}, ", end=""
        )
        print(f"load s a batch by quarter of the run {f['load_s_a_batch_by_quarter']}")
    first = figures[0]
    for f in figures[1:]:
        print(
            f"{f['articles']:,} on {f['cores']} ({f['engine']}) against {first['articles']:,} on {first['cores']}: "
            f"rate x {_ratio(f, first, 'wall_s'):.2f}, rate by processor time x {_ratio(f, first, 'cpu_s'):.2f}, "
            f"memory x {f['peak_mb'] / first['peak_mb']:.2f}"
        )
    for few, many in pairwise(figures):
        more = many["articles"] - few["articles"]
        if more > 0 and (few["cores"], few["engine"]) == (many["cores"], many["engine"]):
            print(
                f"{more:,} more than {few['articles']:,}, so without the start: "
                f"{more / (many['wall_s'] - few['wall_s']):.1f} articles a s, "
                f"{more / (many['cpu_s'] - few['cpu_s']):.2f} a processor s"
            )


def _ratio(one: dict[str, Any], other: dict[str, Any], seconds: str) -> float:
    return float((one["articles"] / one[seconds]) / (other["articles"] / other[seconds]))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[1000])
    parser.add_argument("--cores", type=int, nargs="+", default=[2])
    parser.add_argument("--engine", nargs="+", choices=("local", "dask"), default=["local"])
    parser.add_argument("--folder", type=Path, help="keep WARC and runs here, and take the WARC from here")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        arguments.out.write_text(json.dumps(run_here(arguments.inside)), encoding="utf-8")
        return
    with tempfile.TemporaryDirectory(prefix="newsledger-scale-") as temporary:
        folder = arguments.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        figures = []
        for articles, cores, engine in product(arguments.articles, arguments.cores, arguments.engine):
            warc = make_warc(articles, folder).absolute()
            figures.append(run_engine(engine, warc, folder / f"run-{articles}-{cores}-{engine}", cores))
    show(figures)
    if arguments.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
