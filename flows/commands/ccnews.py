"""``newsledger ccnews``: ingest a publisher's pages from a month of CC-NEWS."""

from __future__ import annotations

from dataclasses import asdict

from flows import console
from flows.ccnews import Month, Taken, plan_month, take_month, total_bytes
from flows.commands.run import PARTIAL, run_backfill
from flows.settings import Settings


def take_ccnews(settings: Settings, month: str, *, source: str, hosts: list[str], dry_run: bool, as_json: bool) -> int:
    """Ingest a month, or with ``dry_run`` print its size; return the exit code."""
    (chosen,) = settings.pick_sources([source])
    planned = plan_month(settings, month, chosen, hosts)
    if dry_run:
        _show_plan(settings, month, planned, as_json)
        return 0
    taken = take_month(settings, planned, chosen)
    _show(taken, as_json)
    code = run_backfill(
        settings,
        published=(None, None),
        fetched=(None, None),
        sources=[source],
        stage="extract",
        extractor_version=None,
        outcomes=[],
        left_out=False,
        dry_run=False,
        as_json=as_json,
    )
    return code or (PARTIAL if taken.failed else 0)


def _show_plan(settings: Settings, name: str, month: Month, as_json: bool) -> None:
    size, is_estimate = total_bytes(settings, month)
    if as_json:
        console.print_json({**asdict(month), "bytes": size, "is_estimate": is_estimate})
        return
    about = "about " if is_estimate else ""
    console.say(
        f"CC-NEWS of {name}: {month.listed:,} files, {month.read_before:,} read before; to read:"
        f" {len(month.files):,} files, {about}{size / 1e9:,.2f} GB ({size:,} bytes)."
        f" Only pages of {', '.join(month.hosts)} are kept."
    )


def _show(taken: Taken, as_json: bool) -> None:
    if not as_json:
        outcomes = ", ".join(f"{count:,} {outcome}" for outcome, count in taken.kept.outcomes) or "no pages"
        console.say(
            f"{taken.files:,} files read; kept {outcomes}; skipped {taken.passed_over:,} records of other hosts."
        )
    for problem in taken.failed:
        console.warn(f"! {problem}")
