"""``newsledger forget``: remove pages from everything that stores them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from extract.discover import clean_url
from extract.errors import InputError
from flows import console, stages
from flows.forgetting import forget_rows
from flows.runs import open_run
from flows.settings import Settings
from load.connection import looking
from load.forget import Forgettable, Forgotten, look_at
from load.plan import Selection


def forget_pages(
    settings: Settings, url: str | None, *, source: str | None, before: date | None, dry_run: bool, as_json: bool
) -> int:
    """Forget the named pages, or with ``dry_run`` print what would be forgotten; return 1 when there are none.

    Raises InputError when ``url`` is not a web address, and QueryError when nothing is named.
    """
    clean = clean_url(url) or url if url else None
    if clean and "://" not in clean and not clean.startswith("file:"):
        raise InputError(f"{url!r} is not a web address.", hint="Name a page as `newsledger query` shows it: https://…")
    what = Forgettable(clean, source, before)
    found = _preview(settings, what) if dry_run else _forget(settings, what)
    if as_json:
        console.print_json(asdict(found))
    else:
        console.say(_words(found, dry_run))
    return 0 if found.attempts else 1


def _preview(settings: Settings, what: Forgettable) -> Forgotten:
    with looking(settings.warehouse) as view:
        return look_at(view.connection, what)


def _forget(settings: Settings, what: Forgettable) -> Forgotten:
    sources = (what.source,) if what.source else ()
    with open_run(settings, "forget", Selection(sources=sources)) as context:
        # The page may have been archived by a run that died before it entered it.
        stages.recover(context)
        counts = forget_rows(context, what)
        stages.build_models(context, full=False, days=())
        stages.publish_copy(context)
        return counts


def _words(found: Forgotten, dry_run: bool) -> str:
    if not found.attempts:
        return "No such pages are known, so there is nothing to forget."
    counts = (
        f"{found.attempts:,} fetches with {found.versions:,} article versions and {found.quantities:,} numbers,"
        f" in {found.files:,} archive files"
    )
    if dry_run:
        return f"Would forget {counts}."
    return f"Forgot {counts}. Reports written before (newsledger report) still show them: write them again."
