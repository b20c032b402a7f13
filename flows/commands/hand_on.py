"""``export``, ``search`` and ``evidence``: find claims and pass them on to people and programs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from exchange.forms import dictionary_of, export, form_of, stream
from exchange.selection import Selection
from extract.errors import InputError
from flows import console
from flows.settings import Settings
from load.search import END, FOUND, publishers_of, search

if TYPE_CHECKING:
    from report.evidence import Evidence


def run_export(settings: Settings, selection: Selection, out: Path | None, *, form: str | None, as_json: bool) -> int:
    """Write the selected claims to a file or standard output; return the exit code."""
    if out is None:
        chosen = form_of(Path("claims.csv"), form)
        if chosen == "parquet" and sys.stdout.isatty():
            raise InputError("Parquet is not written to a terminal.", hint="Name a file: newsledger export a.parquet")
        rows = stream(settings.warehouse, selection, chosen, sys.stdout.buffer)
    else:
        chosen = form_of(out, form)
        rows = export(settings.warehouse, selection, chosen, out)
    files = [] if out is None else [str(out)] + [str(dictionary_of(out))] * (chosen != "jsonld")
    if as_json and out:
        console.print_json({"claims": rows, "files": files})
    else:
        console.note(
            f"Wrote {rows:,} {'claim' if rows == 1 else 'claims'}{' to ' + ' and '.join(files) if files else ''}."
        )
    return 0


def run_search(
    settings: Settings,
    words: str,
    *,
    kind: str | None,
    published_from: date | None,
    published_to: date | None,
    sources: Sequence[str],
    limit: int,
    as_json: bool,
) -> int:
    """Print the articles and quotes that have the words, best first; return 1 when there are none."""
    hits = search(
        settings.warehouse,
        words,
        kind=kind,
        published_from=published_from,
        published_to=published_to,
        publishers=publishers_of(settings.warehouse, [s.name for s in settings.pick_sources(list(sources))])
        if sources
        else (),
        limit=limit,
    )
    if as_json:
        console.print_json([hit.as_json() for hit in hits])
        return 0 if hits else 1
    for hit in hits:
        console.say_boldly(hit.headline or "Article without a headline")
        if hit.as_json()["snippet"] != hit.headline:
            console.say_marked(f"  {hit.snippet}", FOUND, END)
        console.say(f"  {hit.publisher}, {hit.news_date} · {hit.url or 'no address'}")
        if hit.claim_id:
            console.say(f"  newsledger evidence {hit.claim_id[:12]}")
        console.say("")
    if not hits:
        console.note(
            "Nothing has all these words. Try fewer, the beginning of one (ferr*), or drop the filters;\n"
            '`newsledger query "select min(news_date), max(news_date) from claims"` shows which days there are.'
        )
        return 1
    console.note(f"{len(hits):,} found{'; more with --limit' if len(hits) == limit else ''}.")
    return 0


def run_evidence(settings: Settings, claim_id: str, out: Path | None, *, as_json: bool) -> int:
    """Print the evidence of a claim, or write it to a folder or an HTML file; return the exit code."""
    from report.evidence import gather, write

    evidence = gather(settings.warehouse, settings.archive_place, claim_id)
    if out:
        files = [str(path) for path in write(evidence, out)]
        if as_json:
            console.print_json({"files": files, **evidence.as_json()})
        else:
            console.say("\n".join(files))
    elif as_json:
        console.print_json(evidence.as_json())
    else:
        _print_evidence(evidence)
    if evidence.gap:
        console.note(evidence.gap)
    return 1 if evidence.gap else 0


def _print_evidence(evidence: Evidence) -> None:
    from report.words import days, moment, value

    claim = evidence.claim
    console.say_boldly(f"{value(claim)} {claim['measure_name'] or claim['thing'] or ''}".strip())
    quote, start = claim["quote"], claim["claim_start"] - claim["sentence_start"]
    end = start + claim["claim_end"] - claim["claim_start"]
    console.say_marked(f"{quote[:start]}{FOUND}{quote[start:end]}{END}{quote[end:]}\n", FOUND, END)
    facts = (
        ("said by", claim["said_by"] or "the outlet itself"),
        ("as of", days(claim["as_of_start"], claim["as_of_end"]) or "no day is stated"),
        ("outlet", claim["publisher"] or claim["source"]),
        ("headline", claim["headline"]),
        ("published", moment(claim["published_at"])),
        ("address", claim["url"]),
        ("version", f"{claim['version_number']} of {len(evidence.versions)}"),
        ("characters", f"{claim['claim_start']} to {claim['claim_end']} of the article's text"),
        ("archived", f"{claim['warc_file']} at byte {claim['warc_offset']}" if claim["warc_file"] else "no"),
        ("page", f"SHA-256 {claim['page_sha256']}"),
        ("read by", f"extractor version {claim['extractor_version']}"),
        ("claim", claim["claim_id"]),
    )
    for name, fact in facts:
        console.say(f"{name:<11} {str(fact or 'not known').replace(chr(0xA0), ' ')}")
    console.note(f"To send it: newsledger evidence {claim['claim_id'][:12]} --out evidence.html")
