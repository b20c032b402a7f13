"""How many claims are placed under a measure key, and whether a key brings together what belongs together.

    python -m benchmarks.measures [--articles 300] [--keep FOLDER] [--show] [--json]

Generated articles (``sample.generator``) go through every stage. The generator knows, for each number of its events,
which figure of which event it states; a pair of claims of two outlets with the same days is right when both state one
figure of one event. ``placed``: share of counted claims with a key. Precision: share of right pairs among those that
share a key. Recall: share of pairs sharing a key among the right ones. With ``--keep``, a folder filled before is only
built again, so that a change of the rules shows in seconds.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from benchmarks.matching import Score
from flows.engine import prepare_environment
from flows.settings import load_settings
from load.build import build
from load.config import WarehouseConfig
from load.connection import private
from load.lock import writer_lock
from sample.content import SampleArticle
from sample.figures import StatedFigure
from sample.generator import generate_with_truth, write_warc

SETTINGS = """
[[sources]]
name = "generated"
warcs = ["../pages.warc.gz"]
"""
CLAIMS = """
    select url, publisher, as_of_start, as_of_end, measure_key, measure_kind,
        coalesce(low, high) as value, surface, quote
    from claims
    where is_counted
"""


Made = Sequence[tuple[SampleArticle, tuple[StatedFigure, ...]]]
Stated = dict[str, tuple[str, tuple[StatedFigure, ...]]]


class Claim(NamedTuple):
    """What is compared of a counted claim."""

    url: str
    publisher: str
    as_of_start: date | None
    as_of_end: date | None
    measure_key: str | None
    measure_kind: str
    value: float | None
    surface: str
    quote: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Claims, those with a key, those whose figure is known, and the score of pairs."""

    claims: int
    placed: int
    known: int
    pairs: Score
    wrong: Counter[str]


def fill(folder: Path, made: Made) -> None:
    """Take the articles' pages through every stage."""
    from flows.pipeline import ingest

    prepare_environment()
    folder.mkdir(parents=True, exist_ok=True)
    write_warc((article for article, _ in made), folder.parent / "pages.warc.gz")
    (folder / "newsledger.toml").write_text(SETTINGS, encoding="utf-8")
    ingest.fn(config=folder / "newsledger.toml")


def read_claims(config: WarehouseConfig) -> list[Claim]:
    """List the counted claims."""
    with writer_lock(config, owner="benchmark"), private(config) as con:
        return [Claim(*row) for row in con.execute(CLAIMS).fetchall()]


def label(claim: Claim, stated: Stated) -> tuple[str, str] | None:
    """Say which event's figure a claim states; None when the generator did not mean one."""
    event, figures = stated.get(claim.url.rstrip("/").rsplit("/", 1)[-1].removesuffix(".html"), ("", ()))
    names = {f.name for f in figures if _states(claim, f)}
    return (event, names.pop()) if len(names) == 1 else None


def _states(claim: Claim, figure: StatedFigure) -> bool:
    if claim.value is None or (claim.quote not in figure.sentence and figure.sentence not in claim.quote):
        return False
    return math.isclose(claim.value, figure.low, rel_tol=1e-6) and claim.surface.split()[-1] in figure.sentence


def truth(made: Made) -> Stated:
    """Index the stated figures by the articles' slugs, with the number of the event."""
    return {a.slug: (_event(a.slug), stated) for a, stated in made}


def _event(slug: str) -> str:
    parts = slug.removesuffix("-revised").split("-wire-")[0].rsplit("-", 2)
    return parts[-2]


def pairs(claims: Sequence[tuple[Claim, tuple[str, str]]]) -> Iterator[tuple[Claim, Claim, bool]]:
    """Pair the levels of two outlets with the same days; each with whether both state one figure."""
    days = defaultdict(list)
    for claim, figure in claims:
        if claim.measure_kind == "level" and claim.as_of_start is not None:
            days[claim.as_of_start, claim.as_of_end].append((claim, figure))
    for together in days.values():
        for (a, of_a), (b, of_b) in combinations(together, 2):
            if a.publisher != b.publisher:
                yield a, b, of_a == of_b


def measure(claims: Sequence[Claim], stated: Stated) -> Figures:
    """Count and score."""
    known = [(claim, figure) for claim in claims if (figure := label(claim, stated))]
    score, wrong = Score(), Counter[str]()
    for a, b, is_right in pairs(known):
        share = a.measure_key is not None and a.measure_key == b.measure_key
        score.add(int(is_right), int(share), int(is_right and share))
        if share and not is_right:
            wrong[str(a.measure_key)] += 1
    return Figures(len(claims), sum(1 for c in claims if c.measure_key), len(known), score, wrong)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--show", action="store_true", help="print the keys of wrong pairs")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    root = args.keep or Path(tempfile.mkdtemp(prefix="newsledger-measures-"))
    # Three weeks, so that events overlap in time as they do in the news.
    made = list(generate_with_truth(args.articles, seed=5, first_day=date(2024, 3, 1), last_day=date(2024, 3, 21)))
    try:
        if (root / "run" / "newsledger.toml").exists():
            build(load_settings(root / "run" / "newsledger.toml").warehouse, now=datetime.now(UTC), full=True)
        else:
            fill(root / "run", made)
        found = measure(read_claims(load_settings(root / "run" / "newsledger.toml").warehouse), truth(made))
    finally:
        if not args.keep:
            shutil.rmtree(root, ignore_errors=True)
    pairs_ = found.pairs
    print(
        f"{found.claims} counted claims, {found.placed / found.claims:.1%} placed; of {found.known} with a known"
        f" figure, pairs of outlets: precision {pairs_.precision:.3f} ({pairs_.right} of {pairs_.predicted}),"
        f" recall {pairs_.recall:.3f} (of {pairs_.gold})"
    )
    if args.show:
        print("\n".join(f"{count:4} {key}" for key, count in found.wrong.most_common(30)))
    if args.json:
        print(json.dumps(asdict(found)))


if __name__ == "__main__":
    main()
