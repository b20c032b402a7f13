"""``newsledger archive verify``: read every record of the archive and say what is damaged."""

from __future__ import annotations

from dataclasses import asdict

from extract.archive import verify
from flows import console
from flows.settings import Settings


def verify_archive(settings: Settings, *, as_json: bool) -> int:
    """Check every record's checksums; return 1 when any is damaged."""
    place = settings.archive_place
    files = place.files()
    problems = list(verify(place))
    if as_json:
        console.print_json({"files": len(files), "damaged": [asdict(problem) for problem in problems]})
    else:
        for problem in problems:
            console.say(str(problem))
        console.note(_verdict(len(files), len(problems)))
    return 1 if problems else 0


def _verdict(files: int, damaged: int) -> str:
    if not damaged:
        return f"All records of {files:,} archive files are whole."
    return (
        f"{damaged:,} damaged stretches in {files:,} archive files. All other records can be read; "
        "put the damaged files back from a copy, and run: newsledger maintain"
    )
