"""``newsledger archive verify``: read every record of the archive and list what is damaged or missing."""

from __future__ import annotations

from dataclasses import asdict

from extract.archive import verify
from flows import console
from flows.settings import Settings
from load.connection import looking
from load.errors import WarehouseError
from load.ledger import archived_attempts


def verify_archive(settings: Settings, *, as_json: bool) -> int:
    """Check the checksums of all records, and that every record in the ledger exists; return 1 if one is wrong."""
    place = settings.archive_place
    files = place.files()
    problems = list(verify(place, _known(settings)))
    if as_json:
        console.print_json({"files": len(files), "damaged": [asdict(problem) for problem in problems]})
    else:
        for problem in problems:
            console.say(str(problem))
        console.note(_verdict(len(files), len(problems)))
    return 1 if problems else 0


def _known(settings: Settings) -> dict[str, list[int]]:
    try:
        with looking(settings.warehouse) as view:
            # While another process writes, this is the published copy; all that it lists must exist too.
            return archived_attempts(view.connection)
    except WarehouseError as error:
        # The archive must still be checked: a damaged warehouse is rebuilt from it.
        console.note(f"Missing records cannot be found, since the warehouse cannot be read: {error}")
        return {}


def _verdict(files: int, damaged: int) -> str:
    if not damaged:
        return f"All records of {files:,} archive files are whole."
    return (
        f"{damaged:,} damaged or missing stretches in {files:,} archive files. All other records can be read; "
        "put the files back from a copy, and run: newsledger maintain"
    )
