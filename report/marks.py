"""The marks of a chart: one for each claim that has a value, apart from its neighbours, with what hovering shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any

from report.charts import BOUND_WORDS, COLOURS, LOGARITHMIC_FROM, TIMELINE_MARKS
from report.words import Row, days, moment

OTHER = "other outlets"
# Marks of one day are laid side by side within this part of it.
DAY_WIDTH = timedelta(hours=18)
# How many days of an axis are labelled.
TICKS = 7
# Pixels of a row of the chart that has one for each measure.
ROW = 28


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim with its value in the unit that the chart is drawn in."""

    claim: Row
    low: float
    high: float

    @property
    def middle(self) -> float:
        """Where its mark stands."""
        return (self.low + self.high) / 2


def timeline_data(claims: Sequence[Row], days: Sequence[Row]) -> dict[str, Any]:
    """Return the data of a measure's chart: the marks of claims, each day's median and ends, and the axes."""
    unit, ends = _common_unit(claims)
    placed = [p for claim in claims if (p := _place(claim, ends))]
    if not placed:
        return {}
    values = [end for p in placed for end in (p.low, p.high)]
    is_wide = min(values) > 0 and max(values) / min(values) > LOGARITHMIC_FROM
    return {
        "chart": "timeline",
        "unit": unit,
        "scale": "log" if is_wide else "linear",
        "marks": _marks(placed),
        "days": list(_steps([day for day in days if day["news_date"] >= min(claim["day"] for claim in claims)])),
        **_axis(placed),
    }


def activity_data(claims: Sequence[Row], *, measures: int = 12) -> dict[str, Any]:
    """Return the data of an outlet's, a person's or a place's chart: marks of its most claimed measures."""
    often = Counter(c["measure_name"] for c in claims if c["measure_key"])
    rank = {name: i for i, (name, _) in enumerate(often.most_common(measures))}
    shown = [c for c in claims if c["measure_name"] in rank][-TIMELINE_MARKS:]
    placed = [Placed(claim, 0, 0) for claim in shown]
    if not placed:
        return {}
    marks = _marks(placed)
    for mark, claim in zip(marks, shown, strict=True):
        mark |= {"measure": claim["measure_name"], "rank": rank[claim["measure_name"]]}
    axis = _axis(placed)
    # One measure on one day is no chart, but a row of a table.
    if len(rank) < 2 and len(axis["ticks"]) < 2:
        return {}
    return {"chart": "activity", "height": ROW * len(rank), "marks": marks, **axis}


def _common_unit(claims: Iterable[Row]) -> tuple[str | None, tuple[str, str]]:
    """Return the unit that all claims share, and the columns that have their values in it."""
    units = {claim["unit"] for claim in claims}
    if len(units) <= 1:
        return next(iter(units), None), ("low", "high")
    si = {claim["si_unit"] for claim in claims}
    return (next(iter(si)), ("si_low", "si_high")) if len(si) == 1 and None not in si else (None, ("low", "high"))


def _place(claim: Row, ends: tuple[str, str]) -> Placed | None:
    found = [claim[end] for end in ends if claim[end] is not None and isfinite(claim[end])]
    return Placed(claim, found[0], found[-1]) if found else None


def _axis(placed: Sequence[Placed]) -> dict[str, Any]:
    """Return the first and last moment of the axis of days, and the days that are labelled."""
    first, *_, last = sorted([one.claim["day"] for one in placed] * 2)
    span = (last - first).days
    step = max(1, -(-span // (TICKS - 1)))
    return {
        "domain": [f"{first}T00:00:00", f"{last}T23:59:59"],
        "ticks": [f"{first + timedelta(days=n)}T12:00:00" for n in range(0, span + 1, step)],
    }


def _steps(days: Sequence[Row]) -> Iterable[Row]:
    """Return each day's median and ends at its start and at its end; rows of no value part days that do not adjoin."""
    before: date | None = None
    for row in days:
        day = row["news_date"]
        if before and day - before > timedelta(days=1):
            yield {"at": f"{before}T23:30:00", "median": None, "low": None, "high": None}
        values = {name: row[name] for name in ("median", "low", "high")}
        yield from ({"at": f"{day}T{hour}:00:00", **values} for hour in ("01", "23"))
        before = day


def _marks(placed: Sequence[Placed]) -> list[Row]:
    often = Counter(one.claim["outlet"] for one in placed)
    coloured = {outlet for outlet, _ in often.most_common(len(COLOURS) - (len(often) > len(COLOURS)))}
    on_day = Counter(one.claim["day"] for one in placed)
    seen: Counter[date] = Counter()
    marks = []
    for one in placed:
        day = one.claim["day"]
        seen[day] += 1
        outlet = one.claim["outlet"]
        at = datetime.combine(day, time(12)) + DAY_WIDTH * (seen[day] / (on_day[day] + 1) - 0.5)
        marks.append(_mark(one, at, outlet if outlet in coloured else OTHER))
    return marks


def _mark(one: Placed, at: datetime, outlet: str) -> Row:
    claim = one.claim
    return {
        "at": at.isoformat(timespec="minutes"),
        "low": one.low,
        "high": one.high,
        "value": one.middle,
        "outlet": outlet,
        "outlet_name": claim["outlet"],
        "bound": BOUND_WORDS.get(claim["bound"], "exactly"),
        "is_plan": claim["measure_kind"] == "plan",
        "published": moment(claim["news_date"]),
        "true_of": days(claim["as_of_start"], claim["as_of_end"]) or "not said",
        "written": claim["surface"],
        "said_by": claim["said_by_name"] or claim["said_by"] or "the outlet itself",
        "quote": claim["quote"],
        "href": f"../articles/{claim['article_id']}.html#q-{claim['claim_id']}",
    }
