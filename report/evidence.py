"""The evidence of one claim, for sending to others: the quote in its text, all versions, and the archived page.

It is written as one HTML file that contains everything, or as a folder with the same page, the claim as JSON, the
page's record as a separate WARC file, and digests.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from exchange.forms import as_json
from extract.archive import ArchiveError, ArchivePlace
from extract.errors import InputError
from load.config import WarehouseConfig
from load.connection import Connection, reader
from report.archived import Archived, open_record
from report.data import rows
from report.pages import environment
from report.spans import Change, Piece, Span, compare_paragraphs, cut
from report.words import Row

CLAIM = """
    select c.*, f.warc_length, f.page_sha256, f.final_url, f.status, f.content_type,
        t.source_start, t.source_end, t.cue_start, t.cue_end, a.text, a.language, a.authors, a.blocks
    from claims as c
    inner join articles as a using (version_id)
    left join fetches as f on f.fetch_id = c.fetch_id
    left join attributions as t on t.attribution_id = c.attribution_id
    where c.claim_id = ?
"""
VERSIONS = """
    select v.version_number, v.version_id, v.valid_from, v.valid_to, v.is_current, a.headline, a.text, a.fetched_at,
        f.page_sha256, f.warc_file, f.warc_offset, a.extractor_version
    from intermediate.int_article_versions as v
    inner join articles as a using (version_id)
    left join fetches as f on f.fetch_id = a.fetch_id
    where v.article_id = ?
    order by v.version_number
"""
MATCHES = "select claim_id, surface, thing, publisher from claims where starts_with(claim_id, ?) order by 1 limit 6"
# With fewer characters of a claim's id, a later claim is too likely to match as well.
SHORTEST = 6
WARC = "page.warc.gz"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence of a claim: its row, its article's versions, and its archived page.

    ``gap`` says why there is no archived page, if there is none.
    """

    claim: Row
    versions: tuple[Row, ...]
    archived: Archived | None
    gap: str | None

    def as_json(self) -> dict[str, Any]:
        """Return the claim with the location of its page, and the versions without their texts, as JSON values."""
        versions = [{key: value for key, value in row.items() if key != "text"} for row in self.versions]
        plain = {key: value for key, value in self.claim.items() if key not in ("text", "blocks")}
        digest = self.archived and self.archived.sha256
        return dict(as_json({"claim": plain, "versions": versions, "warc_sha256": digest}))


def gather(config: WarehouseConfig, place: ArchivePlace, claim_id: str) -> Evidence:
    """Collect the evidence of a claim, given by its id or the beginning of it.

    If the archived page cannot be read, the rest is still returned and ``gap`` says why. Raises NotPublished, and
    InputError for an id that matches no claim or more than one.
    """
    with reader(config) as con:
        claim = rows(con, CLAIM, [_one_claim(con, claim_id)])[0]
        versions = rows(con, VERSIONS, [claim["article_id"]])
    try:
        return Evidence(claim, versions, open_record(place, claim), None)
    except ArchiveError as error:
        return Evidence(claim, versions, None, error.message)


def _one_claim(con: Connection, claim_id: str) -> str:
    found = rows(con, MATCHES, [claim_id]) if len(claim_id) >= SHORTEST else ()
    exact = [row for row in found if row["claim_id"] == claim_id]
    if len(exact or found) == 1:
        return str((exact or found)[0]["claim_id"])
    if not found:
        raise InputError(
            f"No claim has the id {claim_id!r}.",
            hint="`newsledger search WORDS` and the column claim_id of `claims` give ids; "
            f"their first {SHORTEST} characters or more are enough.",
        )
    shown = "; ".join(f"{row['claim_id'][:12]} ({row['surface']} {row['thing'] or ''})" for row in found)
    raise InputError(f"Several claims have an id that begins with {claim_id!r}.", hint=f"Give more of it: {shown}")


def write(evidence: Evidence, out: Path) -> list[Path]:
    """Write the evidence to an HTML file (by its suffix) or a folder; return the files. Raises InputError."""
    try:
        if out.suffix.lower() in (".html", ".htm"):
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_text(page(evidence), encoding="utf-8")
            return [out]
        return _write_folder(evidence, out)
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error.strerror or error}.", hint="Name another --out.") from None


def _write_folder(evidence: Evidence, out: Path) -> list[Path]:
    if out.exists() and not (out / "claim.json").exists() and any(out.iterdir()):
        raise InputError(f"{out} contains other files.", hint="Name a new folder with --out.")
    out.mkdir(parents=True, exist_ok=True)
    claim = json.dumps(evidence.as_json(), ensure_ascii=False, indent=2) + "\n"
    contents = {
        "evidence.html": page(evidence).encode(),
        "claim.json": claim.encode(),
        "article.txt": evidence.claim["text"].encode(),
    } | ({WARC: evidence.archived.warc} if evidence.archived else {})
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(contents.items()))
    for name, data in (contents | {"SHA256SUMS": sums.encode()}).items():
        (out / name).write_bytes(data)
    return [out / name for name in (*contents, "SHA256SUMS")]


def page(evidence: Evidence) -> str:
    """Write the HTML page, which loads nothing: it contains the WARC file as a data link."""
    claim = evidence.claim
    template = environment().get_template("evidence.html.j2")
    return template.render(
        claim=claim,
        blocks=_marked(claim),
        versions=evidence.versions,
        changes=_changes(evidence.versions),
        archived=evidence.archived,
        gap=evidence.gap,
        json=json.dumps(evidence.as_json(), ensure_ascii=False, indent=2),
    )


def _marked(claim: Row) -> list[list[Piece]]:
    """Split the text into its blocks, and these at the sentence, its number, its speaker and the cue."""
    spans = [
        Span(claim[f"{part}_start"], claim[f"{part}_end"], kind, claim["claim_id"])
        for part, kind in (("claim", "quantity"), ("source", "source"), ("cue", "cue"), ("sentence", "sentence"))
        if claim[f"{part}_start"] is not None
    ]
    text, blocks = claim["text"], claim["blocks"] or [{"start": 0}]
    edges = [block["start"] for block in blocks][1:]
    return [cut(text, start, end, spans) for start, end in pairwise([0, *edges, len(text)]) if start < end]


def _changes(versions: Sequence[Row]) -> list[tuple[Row, Row, list[Change]]]:
    return [(a, b, list(compare_paragraphs(a["text"], b["text"]))) for a, b in pairwise(versions)]
