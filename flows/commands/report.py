"""``newsledger report``: write the report on the published warehouse as a static site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from importlib import import_module
from pathlib import Path

from extract.errors import InputError
from flows import console
from flows.settings import Settings


def run_report(
    settings: Settings,
    out: Path,
    *,
    published_from: date | None,
    published_to: date | None,
    measures: Sequence[str],
    sources: Sequence[str],
    with_archive: bool,
    as_json: bool,
) -> int:
    """Write the report to a folder and print where its front page is; return the exit code."""
    _require_charts()
    from report import render

    _refuse_other_folder(out)
    result = render(
        settings.warehouse,
        out,
        published_from=published_from,
        published_to=published_to,
        measures=measures,
        sources=sources,
        place=settings.archive_place if with_archive else None,
    )
    _write_feeds(settings, out)
    if as_json:
        console.print_json({"front": str(out / "index.html"), **asdict(result)})
    else:
        console.say(str(out / "index.html"))
        console.note(
            f"{result.pages:,} pages in {result.seconds:.1f} s: {result.files_written:,} files written, "
            f"{result.files_unchanged:,} unchanged."
        )
    return 0


def _require_charts() -> None:
    """Raise InputError where the packages that draw the charts are not installed."""
    try:
        import_module("altair")
        import_module("vl_convert")
    except ImportError as error:
        raise InputError(
            f"The report needs the package {error.name}, which is not installed.",
            hint="pip install 'newsledger[report]'",
        ) from None


def _write_feeds(settings: Settings, out: Path) -> None:
    """Write the feeds beside the pages that their entries link to."""
    from flows.watching import write_feeds
    from watches.ledger import open_ledger

    with open_ledger(settings.watches_file) as ledger:
        write_feeds(settings, ledger, out / "feeds", "..")


def _refuse_other_folder(out: Path) -> None:
    """Raise InputError for a folder that contains files but no report, since a report is many files."""
    is_other = out.is_dir() and any(out.iterdir()) and not any(out.glob(".report.*"))
    if is_other:
        raise InputError(
            f"{out} contains other files, and a report is a folder of many files.",
            hint="Name a folder of its own: newsledger report --out site",
        )
