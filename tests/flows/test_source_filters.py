"""A source's filters, from the settings to the warehouse: what is left out, why, and how it is let in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from newsroom_helpers import write_settings

from extract.errors import SettingsError
from flows.pipeline import backfill, ingest
from flows.settings import Settings, load_settings
from load.connection import looking
from sample.server import Newsroom, serve_newsroom

FILTERS = '[sources.filters]\nnot_urls = ["{pattern}"]\nmax_pages = 2\n'
PAGES = "select count(distinct url) from fetches where purpose = 'page' and source = 'harbour-courier'"
LEFT = "select rule, url, reason from left_out order by all"


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with serve_newsroom(crawl_delay=0.0) as served:
        yield served


def one_source(folder: Path, newsroom: Newsroom, more: str) -> Settings:
    file = write_settings(folder, newsroom).file
    assert file is not None
    head, *sources = file.read_text().split("[[sources]]")
    mine = next(source for source in sources if "harbour-courier" in source)
    file.write_text(f"{head}[[sources]]{mine}\n{more}")
    return load_settings(file)


def ask(settings: Settings, sql: str) -> list[tuple[object, ...]]:
    with looking(settings.warehouse) as view:
        return view.connection.execute(sql).fetchall()


@pytest.mark.usefixtures("no_models")
def test_what_is_left_out_is_recorded_with_its_reason_and_let_in_by_a_backfill(
    tmp_path: Path, newsroom: Newsroom
) -> None:
    free = one_source(tmp_path, newsroom, "")
    assert backfill.fn(dry_run=True, config=free.file).plan is not None
    settings = one_source(tmp_path, newsroom, FILTERS.format(pattern="no-such-place"))
    ingest.fn(config=settings.file)
    assert ask(settings, PAGES) == [(2,)]
    waiting = ask(settings, LEFT)
    assert waiting
    assert {rule for rule, _, _ in waiting} == {"max_pages"}

    # One of those that wait is now left out by a pattern; of the others, the next run takes two.
    path = urlsplit(str(waiting[0][1])).path + "$"
    settings = one_source(tmp_path, newsroom, FILTERS.format(pattern=path))
    ingest.fn(config=settings.file)
    assert ask(settings, PAGES) == [(4,)]
    left = ask(settings, LEFT)
    assert ("not_urls", waiting[0][1], f"Its URL matches {path}.") in left
    assert len(left) == len(waiting) - 2

    # A backfill is not limited to a number of pages, and goes by the other filters unless told.
    plan = backfill.fn(dry_run=True, config=settings.file).plan
    assert plan is not None
    assert [one.candidate.url for one in plan.left_out] == [waiting[0][1]]
    assert sum(cell.left_out for cell in plan.cells) == 1
    assert len(plan.candidates) == len(left) - 1
    backfill.fn(left_out=True, config=settings.file)
    assert ask(settings, PAGES) == [(2 + len(waiting),)]
    ingest.fn(config=settings.file)
    assert ask(settings, LEFT) == []


def test_a_filter_that_is_wrong_is_named_with_its_source(tmp_path: Path, newsroom: Newsroom) -> None:
    with pytest.raises(SettingsError, match=r"harbour-courier filters.*not a regular expression"):
        one_source(tmp_path, newsroom, '[sources.filters]\nurls = ["("]\n')
    with pytest.raises(SettingsError, match="did you mean 'urls'"):
        one_source(tmp_path, newsroom, '[sources.filters]\nurl = ["x"]\n')
