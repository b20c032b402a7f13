"""Writes the report: which pages exist, the inputs of each, and which of them have to be rewritten."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.resources import files
from pathlib import Path

import duckdb

from extract.archive import ArchivePlace
from load.config import WarehouseConfig
from load.connection import reader
from load.errors import WarehouseError
from report import charts, data, front, worldmap
from report.archived import write_archived
from report.articles import write_articles
from report.data import Selection
from report.lead import Story, lead
from report.marks import timeline_data
from report.measures import write_measures
from report.pages import as_json, design_digest
from report.press import Press
from report.revisions import newest_revisions
from report.site import open_site
from report.subjects import KINDS, Kind, place_map, write_subjects
from report.words import Row

OUTLETS_SHOWN = 20
# Widths of the front page's main drawing, for large and for small screens.
LEAD_WIDTHS = {"assets/lead.svg": 540, "assets/lead-small.svg": 300}
ASSETS = ("report.css", "report.js", "fonts/inter.woff2", "fonts/source-serif-4.woff2", "fonts/LICENSE.txt")


@dataclass(frozen=True, slots=True)
class ReportResult:
    """What a report run did: number of pages, seconds, files written and files left unchanged."""

    pages: int
    seconds: float
    files_written: int
    files_unchanged: int


def render(
    config: WarehouseConfig,
    out: Path,
    *,
    published_from: date | None = None,
    published_to: date | None = None,
    measures: Sequence[str] = (),
    sources: Sequence[str] = (),
    place: ArchivePlace | None = None,
) -> ReportResult:
    """Write the report on the published warehouse to a folder; pages with the same inputs as before are not rewritten.

    With ``place``, the archive, each article's page links to a page with its record.
    Raises NotPublished if there is no published warehouse, WarehouseError if the folder cannot be written or the
    published warehouse has the tables of another version.
    """
    started = time.perf_counter()
    selection = Selection(published_from, published_to, tuple(measures), tuple(sources))
    try:
        with reader(config) as con, open_site(out) as site:
            data.pick(con, selection)
            # The footer of every page shows the selection.
            press = Press(con, site, design=f"{design_digest()} {selection}")
            press.env.globals |= {"selection": selection}
            pages = _write(press, place)
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        reason = str(error).splitlines()[0]
        raise WarehouseError(
            f"The published warehouse {config.published} was built by another version of newsledger ({reason}).",
            hint="newsledger backfill --stage models rebuilds and publishes it.",
        ) from error
    return ReportResult(pages, time.perf_counter() - started, site.written, site.unchanged)


def _write(press: Press, place: ArchivePlace | None) -> int:
    _assets(press)
    articles = write_articles(press, write_archived(press, place))
    counts = {"measures": write_measures(press), "articles": articles, **write_subjects(press)}
    _front(press, counts)
    press.page("measures.html", "measures.html.j2", measures=data.rows(press.con, front.MEASURES), counts=counts)
    outlets, unread = (data.rows(press.con, sql) for sql in (front.OUTLETS, front.UNREAD))
    press.page("outlets.html", "outlets.html.j2", outlets=outlets, unread=unread)
    named = [kind for kind in KINDS.values() if kind.name != "outlet"]
    for kind in named:
        _names(press, kind, counts)
    _search(press)
    press.page("reading.html", "reading.html.j2")
    # In addition: the front page, the lists of measures and outlets, search, and the guide.
    return sum(counts.values()) + len(named) + 5


def _assets(press: Press) -> None:
    assets = files("report") / "assets"
    for name in ASSETS:
        press.site.write(f"assets/{name}", assets.joinpath(*name.split("/")).read_bytes())
    press.asset("assets/vega.js", charts.vega_version(), charts.vega)
    press.asset("assets/charts.js", press.key(), _charts_script)
    press.asset("assets/land.svg", press.key(), worldmap.land_svg)


def _charts_script() -> str:
    specs = {"timeline": charts.timeline(), "activity": charts.activity()}
    return f"window.newsledgerCharts = {as_json(specs)};\n"


def _front(press: Press, counts: dict[str, int]) -> None:
    parts = front.front(press.con)
    coverage = Coverage.of(parts["coverage"])
    if coverage.bars:
        press.asset("assets/coverage.svg", press.key(coverage.bars), lambda: charts.coverage_svg(coverage.bars))
    revisions = newest_revisions(press.con)
    story = lead(parts["disagreements"], revisions, parts["moved"])
    build: Row = next(iter(data.rows(press.con, "select * from newsledger_build")), {})
    press.page(
        "index.html",
        "front.html.j2",
        counts=counts,
        parts=parts,
        coverage=coverage,
        revisions=revisions,
        story=story,
        drawings=_lead_drawings(press, story),
        holds=data.rows(press.con, front.HOLDS)[0],
        build=build,
    )


def _lead_drawings(press: Press, story: Story | None) -> list[str]:
    """Draw the measure of the front page's lead story; return the pictures, the larger one first."""
    if story is None or story.measure is None:
        return []
    key = story.measure["measure_key"]
    claims = data.claims_by_measure(press.con, [key], charts.TIMELINE_MARKS).get(key, [])
    chart = timeline_data(claims, data.measure_days(press.con, [key]).get(key, []))
    # Marks on a single line add nothing to the sentence.
    if len({mark["value"] for mark in chart.get("marks", ())}) < 2:
        return []
    for path, width in LEAD_WIDTHS.items():
        press.asset(path, press.key([chart, width]), partial(charts.timeline_svg, chart, width=width))
    return list(LEAD_WIDTHS)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Articles by day and outlet: outlets by name, days with a number for each of them, and the same as bars."""

    outlets: list[str]
    days: list[tuple[date, list[int]]]
    bars: list[Row]
    more: bool

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Coverage:
        """Keep the outlets with the most articles."""
        often: Counter[str] = Counter()
        for row in rows:
            often[row["publisher"]] += row["articles"]
        outlets = sorted(name for name, _ in often.most_common(OUTLETS_SHOWN))
        cells = {(row["news_date"], row["publisher"]): row["articles"] for row in rows}
        days = [(day, [cells.get((day, o), 0) for o in outlets]) for day in sorted({day for day, _ in cells})]
        bars = [{"day": str(d), "outlet": o, "articles": n} for (d, o), n in cells.items() if o in outlets]
        return cls(outlets, days, bars, len(often) > len(outlets))


def _names(press: Press, kind: Kind, counts: dict[str, int]) -> None:
    names = data.rows(press.con, front.NAMES, {"kind": kind.name})
    atlas = place_map(list(names)) if kind.name == "place" else None
    press.page(f"{kind.folder}.html", "names.html.j2", kind=kind, names=names, total=counts[kind.folder], map=atlas)


def _search(press: Press) -> None:
    """Write the quotes to one file per month, so that a new day changes only one of them."""
    months = data.rows(press.con, front.QUOTE_MONTHS)
    for row in months:
        make = partial(_quotes_script, press, row["month"])
        press.asset(f"assets/quotes/{row['month']}.js", press.key(row["made_of"]), make)
    count = sum(row["claims"] for row in months)
    press.page("search.html", "search.html.j2", months=[row["month"] for row in months], count=count)


def _quotes_script(press: Press, month: str) -> str:
    quotes = [list(row.values()) for row in data.rows(press.con, front.QUOTES, [month])]
    return f"window.newsledgerQuotes({as_json(month)}, {as_json(quotes)});\n"
