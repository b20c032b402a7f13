"""The main job: which pages there are, what each is made of, and which of them must be written again."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise
from math import isfinite
from pathlib import Path
from statistics import median
from typing import Any

from load.config import WarehouseConfig
from load.connection import Connection, reader
from report import charts, data, front
from report.data import Row, Selection, page_name
from report.pages import as_csv, as_json, design_digest, environment
from report.site import Site, open_site
from report.spans import Piece, Span, compare, cut

# Pages whose rows are read together: bounds memory, and keeps the number of queries small.
TOGETHER = 500
ASSETS = ("report.css", "report.js")


@dataclass(frozen=True, slots=True)
class ReportResult:
    """What a report did: pages in it, seconds it took, files it wrote and files it left as they were."""

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
) -> ReportResult:
    """Write the report on the published warehouse to a folder; pages made of the same as before stay untouched.

    Raises NotPublished when there is no published warehouse, WarehouseError when the folder cannot be written.
    """
    started = time.perf_counter()
    selection = Selection(published_from, published_to, tuple(measures), tuple(sources))
    with reader(config) as con, open_site(out) as site:
        data.pick(con, selection)
        report = _Report(con, site, selection)
        pages = report.write()
    return ReportResult(pages, time.perf_counter() - started, site.written, site.unchanged)


class _Report:
    def __init__(self, con: Connection, site: Site, selection: Selection) -> None:
        self.con = con
        self.site = site
        self.env = environment()
        self.design = design_digest()
        self.selection = selection
        built = data.rows(con, "select * from newsledger_build")
        self.env.globals |= {"selection": selection, "build": built[0] if built else {}}
        self.measure_inputs = data.inputs(con, data.MEASURE_INPUTS)
        self.article_inputs = data.inputs(con, data.ARTICLE_INPUTS)

    def write(self) -> int:
        self._assets()
        self._measures()
        self._articles()
        return len(self.measure_inputs) + len(self.article_inputs) + self._lists()

    def _assets(self) -> None:
        assets = files("report") / "assets"
        for name in ASSETS:
            self.site.write(f"assets/{name}", (assets / name).read_bytes())
        if not self.site.keep("assets/vega.js", charts.vega_version()):
            self.site.write("assets/vega.js", charts.vega(), charts.vega_version())
        if not self.site.keep("assets/timeline.js", self.design):
            spec = f"window.newsledgerTimeline = {as_json(charts.timeline())};\n"
            self.site.write("assets/timeline.js", spec, self.design)

    def _page(self, path: str, template: str, made_of: str = "", **values: Any) -> None:
        root = "../" * path.count("/")
        self.site.write(path, self.env.get_template(template).render(root=root, **values), made_of)

    def _stale(self, folder: str, inputs: dict[str, str], *, more: str = "") -> list[str]:
        """Keys of pages that must be written again, where ``more`` is a file's ending beside the page."""
        stale = []
        for key, made_of in sorted(inputs.items()):
            path = f"{folder}/{page_name(key) if folder == 'measures' else key}"
            endings = [".html", more] if more else [".html"]
            if not all([self.site.keep(path + ending, self.design + made_of) for ending in endings]):
                stale.append(key)
        return stale

    def _measures(self) -> None:
        for keys in _batches(self._stale("measures", self.measure_inputs, more=".csv")):
            for key, claims in data.claims_by_measure(self.con, keys).items():
                made_of = self.design + self.measure_inputs[key]
                path = f"measures/{page_name(key)}"
                sql = data.measure_sql(key)
                marks = list(_marks(claims))[: charts.TIMELINE_MARKS]
                self._page(path + ".html", "measure.html.j2", made_of, key=key, claims=claims, sql=sql, marks=marks)
                self.site.write(path + ".csv", as_csv(claims), made_of)

    def _articles(self) -> None:
        for ids in _batches(self._stale("articles", self.article_inputs)):
            claims = data.claims_by_version(self.con, ids)
            attributions = data.attributions_by_version(self.con, ids)
            for article, versions in data.versions(self.con, ids).items():
                shown = [Version.of(v, claims.get(v["version_id"], []), attributions) for v in versions]
                changes = [compare(a["text"], b["text"]) for a, b in pairwise(versions)]
                made_of = self.design + self.article_inputs[article]
                self._page(
                    f"articles/{article}.html", "article.html.j2", made_of, versions=shown[::-1], changes=changes
                )

    def _lists(self) -> int:
        con = self.con
        parts = front.front(con)
        bars = [
            {"day": str(row["news_date"]), "outlet": row["publisher"], "articles": row["articles"]}
            for row in parts["coverage"]
        ]
        made_of = self.design + _digest(bars)
        if bars and not self.site.keep("assets/coverage.svg", made_of):
            self.site.write("assets/coverage.svg", charts.as_svg(charts.coverage(), bars), made_of)
        counts = {"articles": len(self.article_inputs), "measures": len(self.measure_inputs)}
        self._page("index.html", "front.html.j2", counts=counts, parts=parts)
        self._page("measures.html", "measures.html.j2", measures=data.rows(con, front.MEASURES))
        self._page("outlets.html", "outlets.html.j2", outlets=data.rows(con, front.OUTLETS))
        for kind, template, sql in (("person", "people", front.PEOPLE), ("place", "places", front.PLACES)):
            named = data.rows(con, sql)
            where: dict[str, list[Row]] = {row["name"]: [] for row in named}
            for row in data.rows(con, front.NAMED_IN, [kind]):
                where.get(row["name"], []).append(row)
            self._page(f"{template}.html", f"{template}.html.j2", named=named, where=where)
        self._search()
        return 6

    def _search(self) -> None:
        quotes = [list(row.values()) for row in data.rows(self.con, front.QUOTES)]
        self.site.write("assets/quotes.js", f"window.newsledgerQuotes = {as_json(quotes)};\n")
        self._page("search.html", "search.html.j2", count=len(quotes))


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an article as its page shows it: its row, its blocks cut into pieces, its claims."""

    row: Row
    blocks: tuple[tuple[str, list[Piece]], ...]
    claims: list[Row]

    @classmethod
    def of(cls, row: Row, claims: list[Row], attributions: dict[str, list[Row]]) -> Version:
        """Cut a version's text at its quantities and attributions."""
        spans = [Span(c["claim_start"], c["claim_end"], "quantity", c["claim_id"]) for c in claims]
        for said in attributions.get(row["version_id"], ()):
            spans += [
                Span(said[f"{part}_start"], said[f"{part}_end"], part, said["attribution_id"])
                for part in ("source", "cue")
                if said[f"{part}_start"] is not None
            ]
        spans.sort(key=lambda s: s.start)
        return cls(row, tuple(_blocks(row, spans)), claims)


def _blocks(row: Row, spans: Sequence[Span]) -> Iterator[tuple[str, list[Piece]]]:
    text = row["text"]
    blocks = row["blocks"] or [{"kind": "paragraph", "start": 0, "end": len(text)}]
    at = 0
    for i, block in enumerate(blocks):
        # A block reaches to the next one, so that no character of the text is left out.
        end = blocks[i + 1]["start"] if i + 1 < len(blocks) else len(text)
        yield block["kind"], cut(text, at, end, spans)
        at = end


def _marks(claims: Sequence[Row]) -> Iterator[Row]:
    """Return the marks of a timeline: claims with at least one finite end, and the median of their day."""
    placed = [(claim, middle) for claim in claims if (middle := _middle(claim)) is not None]
    days: dict[date, list[float]] = {}
    for claim, middle in placed:
        if claim["is_counted"]:
            days.setdefault(claim["news_date"], []).append(middle)
    for claim, middle in placed:
        low, high = claim["low"], claim["high"]
        is_range = low is not None and high is not None and isfinite(low) and isfinite(high)
        day = claim["news_date"]
        yield {
            "day": str(day),
            "low": low if is_range else middle,
            "high": high if is_range else middle,
            "value": middle,
            "median": median(days[day]) if day in days else None,
            "outlet": claim["publisher"] or claim["source"],
            "bound": claim["bound"],
            "is_plan": claim["measure_kind"] == "plan",
            "written": claim["surface"],
            "said_by": claim["said_by_name"] or claim["said_by"],
            "quote": claim["quote"],
            "href": f"../articles/{claim['article_id']}.html#q-{claim['claim_id']}",
        }


def _middle(claim: Row) -> float | None:
    ends = [end for end in (claim["low"], claim["high"]) if end is not None and isfinite(end)]
    return sum(ends) / len(ends) if ends else None


def _batches(keys: list[str]) -> Iterator[list[str]]:
    return (keys[i : i + TOGETHER] for i in range(0, len(keys), TOGETHER))


def _digest(plain: Any) -> str:
    return sha256(as_json(plain).encode()).hexdigest()[:16]
