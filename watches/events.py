"""Events, read from the published warehouse, each with a key that stays the same after rebuilds.

Keys consist of what identifies an event for a reader: article and sentence, the two values, the versions of a page; not
of identifiers, which a new extractor may change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from exchange.forms import as_json
from load.connection import Connection
from load.query import resolve
from report.words import amount, value
from watches.watch import Watch

Row = dict[str, Any]

CLAIM = """
    c.claim_id, c.article_id, c.version_id, c.measure_key, c.measure_name, c.surface, c.low, c.high, c.bound, c.unit,
    c.currency, c.per, c.thing, c.said_by, c.is_anonymous, c.quote, c.headline,
    coalesce(c.publisher, c.source) as outlet, c.news_date, c.url
"""
HAS = "contains(strip_accents(lower({column})), strip_accents(lower(?)))"
COLUMNS = {
    "measure": "concat_ws(' ', c.measure_name, c.measure_key)",
    "entity": "concat_ws(' ', c.said_by_name, c.said_by, c.subject, c.place_name, c.place)",
}
SAID = """
    select {claim} from claims as c
    where {condition} and c.is_counted {only} order by c.news_date, c.claim_id
"""
DISAGREED = """
    select d, l as lower_claim, h as higher_claim
    from claim_disagreements as d
    inner join claims as l on l.claim_id = d.lower_claim_id
    left join claims as h on h.claim_id = d.higher_claim_id
    where d.lower_claim_id in (select c.claim_id from claims as c where {condition})
        or d.higher_claim_id in (select c.claim_id from claims as c where {condition})
    order by d.measure_key, d.lower_claim_id, d.higher_claim_id
"""
REVISED = """
    select r.version_id, r.before_version_id, a as after_claim, b as before_claim
    from claim_revisions as r
    inner join claims as a on a.claim_id = r.claim_id
    inner join claims as b on b.claim_id = r.before_claim_id
    where r.claim_id in (select c.claim_id from claims as c where {condition})
    order by r.revised_at, r.version_id, a.claim_start
"""
# The newest day of each matching measure (and each unit of its values), the median of its values, and the claim closest
# to the median.
VALUES = """
    with counted as (
        select c.*, coalesce(currency, unit, '') as in_unit, (coalesce(low, high) + coalesce(high, low)) / 2 as middle
        from claims as c
        where {condition} and c.is_counted and c.is_latest and c.measure_key is not null
            and coalesce(low, high) is not null
    ),
    medians as (
        select measure_key, in_unit, news_date, median(middle) as median from counted
        group by measure_key, in_unit, news_date
        qualify row_number() over (partition by measure_key, in_unit order by news_date desc) = 1
    )
    select m.median, c from medians as m inner join counted as c using (measure_key, in_unit, news_date)
    qualify row_number() over (partition by measure_key, in_unit order by abs(middle - median), claim_id) = 1
    order by measure_key, in_unit
"""


@dataclass(frozen=True, slots=True)
class Event:
    """An event for a watch.

    ``key`` identifies it among the events of its watch; ``claims`` are its evidence, the older or lower one first;
    ``value`` is the measure's value, for an event of kind moved.
    """

    key: str
    title: str
    before: str | None
    after: str | None
    claims: tuple[Row, ...]
    measure: str | None = None
    value: float | None = None

    def as_json(self) -> Row:
        """Return it as JSON values."""
        return dict(as_json(asdict(self)))


def find_events(con: Connection, watch: Watch) -> Iterator[Event]:
    """Yield all current events, sent before or not; for ``moved``, the current value of each measure."""
    if watch.of == "query":
        yield from _new_rows(con, watch)
        return
    condition, values = _condition(watch)
    if watch.when == "moved":
        yield from _values(con, condition, values)
    elif watch.when == "disagreed":
        yield from _disagreed(con, condition, values)
    elif watch.when == "revised":
        yield from revised(con, condition, values)
    else:
        yield from _said(con, watch, condition, values)


def all_disagreements(con: Connection) -> Iterator[Event]:
    """Yield every disagreement."""
    yield from _disagreed(con, "true", [])


def all_revisions(con: Connection) -> Iterator[Event]:
    """Yield every revision."""
    yield from revised(con, "true", [])


def _condition(watch: Watch) -> tuple[str, list[str]]:
    if watch.of == "source":
        return "c.source = ?", [watch.what]
    words = watch.what.replace(",", " ").split()
    return " and ".join([HAS.format(column=COLUMNS[watch.of])] * len(words)), words


def _rows(con: Connection, sql: str, values: Sequence[Any] = ()) -> list[Row]:
    result = con.execute(sql, values)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def key_of(*parts: Any) -> str:
    """Make a key from the parts that identify an event."""
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()[:24]


def _short(claim: Row) -> Row:
    """Return the parts of a claim that are sent."""
    kept = "claim_id article_id surface low high bound unit quote said_by is_anonymous headline news_date url".split()
    outlet = claim.get("outlet") or claim.get("publisher") or claim["source"]
    return {name: claim[name] for name in kept} | {"outlet": outlet}


def _said(con: Connection, watch: Watch, condition: str, values: list[str]) -> Iterator[Event]:
    only = "and c.is_anonymous" if watch.when == "anonymous" else ""
    for claim in _rows(con, SAID.format(claim=CLAIM, condition=condition, only=only), values):
        what = claim["measure_name"] or claim["thing"] or claim["surface"]
        by = f"a source without a name ({claim['said_by']})" if claim["is_anonymous"] else claim["said_by"]
        title = f"{what}: {value(claim)}, {f'says {by}, ' if by else ''}{claim['outlet']}"
        key = key_of(claim["article_id"], claim["quote"], claim["surface"])
        yield Event(key, title, None, value(claim), (_short(claim),))


def _disagreed(con: Connection, condition: str, values: list[str]) -> Iterator[Event]:
    for row in _rows(con, DISAGREED.format(condition=condition), [*values, *values]):
        told = row["d"]
        # A value that its own article calls denied has no counterpart: the other side is a row of NULLs.
        claims = tuple(_short(claim) for claim in (row["lower_claim"], row["higher_claim"]) if claim["claim_id"])
        shown = [amount(told[f"{end}_value"], told["unit"]) for end in ("lower", "higher")][: len(claims)]
        sides = [f"{value} ({claim['outlet']})" for value, claim in zip(shown, claims, strict=True)]
        between = ", disputed: " if told["disagreement"] == "verdict" else " or "
        title = f"{told['measure_name']}: {between.join(sides)}"
        if len(claims) == 1:
            title += ", denied"
        # The same two values of the same outlets are the same disagreement, however often they say it.
        key = key_of(told["measure_name"], [claim["outlet"] for claim in claims], shown)
        yield Event(key, title, shown[0], shown[1] if len(shown) > 1 else None, claims)


def revised(con: Connection, condition: str, values: list[str]) -> Iterator[Event]:
    """Yield the revisions of claims that meet a condition; all numbers of one change of a page are one event."""
    changes: dict[str, list[Row]] = {}
    for row in _rows(con, REVISED.format(condition=condition), values):
        changes.setdefault(row["version_id"], []).append(row)
    for version, rows in changes.items():
        pairs = [(row["before_claim"], row["after_claim"]) for row in rows]
        before, after = (", ".join(value(pair[end]) for pair in pairs) for end in (0, 1))
        first = _short(pairs[0][1])
        changed = ", ".join(f"{value(old)} to {value(new)}" for old, new in pairs)
        title = f"{first['outlet']} changed {changed}: {first['headline'] or first['url']}"
        claims = [_short(claim) for pair in pairs for claim in pair]
        yield Event(key_of(rows[0]["before_version_id"], version), title, before, after, tuple(claims))


def _values(con: Connection, condition: str, values: list[str]) -> Iterator[Event]:
    for row in _rows(con, VALUES.format(condition=condition), values):
        claim, median = row["c"], row["median"]
        shown = amount(median, claim["currency"] or claim["unit"])
        measure = f"{claim['measure_key']} {claim['currency'] or claim['unit'] or ''}"
        yield Event("", claim["measure_name"], None, shown, (_short(claim),), measure, median)


def _new_rows(con: Connection, watch: Watch) -> Iterator[Event]:
    for row in _rows(con, resolve(watch.what)):
        plain = as_json(row)
        shown = ", ".join(f"{name} {cell}" for name, cell in list(plain.items())[:4])
        yield Event(key_of(plain), f"{watch.what}: {shown}", None, json.dumps(plain, ensure_ascii=False), ())
