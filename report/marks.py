"""The marks of a chart: one for each claim with a value, next to those of the same day, with its tooltip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any

from report.charts import BOUND_WORDS, COLOURS, LOGARITHMIC_FROM, TIMELINE_MARKS
from report.words import Row, days, fitting_unit, moment, speaker

OTHER = "other outlets"
# Marks of one day are drawn side by side within this part of the day.
DAY_WIDTH = timedelta(hours=18)
# Number of labelled days on an axis.
TICKS = 7
# Height in pixels of a row in the chart with one row per measure.
ROW = 28


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim with its value in the chart's unit."""

    claim: Row
    low: float
    high: float

    @property
    def middle(self) -> float:
        """The position of its mark."""
        return (self.low + self.high) / 2


def timeline_data(claims: Sequence[Row], days: Sequence[Row]) -> dict[str, Any]:
    """Return the data of a measure's chart: the marks of claims, each day's median and ends, and the axes."""
    unit, ends = _common_unit(claims)
    values = [value for claim in claims for value in _values(claim, ends)]
    if not values:
        return {}
    divisor, unit = (0.01, "percent") if unit == "ratio" else fitting_unit(max(map(abs, values)), unit)
    placed = [Placed(claim, found[0], found[-1]) for claim in claims if (found := _values(claim, ends, divisor))]
    return {
        "chart": "timeline",
        "unit": unit,
        "scale": "log" if _is_wide(values) else "linear",
        "step": 1 if divisor == 1 and all(value.is_integer() for value in map(float, values)) else 0,
        "marks": _marks(placed),
        "days": list(_steps(_since(days, claims), divisor)),
        **_axis(placed),
    }


def _since(days: Sequence[Row], claims: Sequence[Row]) -> list[Row]:
    """Return the days that a chart of these claims shows."""
    first = min(claim["day"] for claim in claims)
    return [day for day in days if day["news_date"] >= first]


def _is_wide(values: Sequence[float]) -> bool:
    return min(values) > 0 and max(values) / min(values) > LOGARITHMIC_FROM


def activity_data(claims: Sequence[Row], *, most: int = 12) -> dict[str, Any]:
    """Return a subject's chart data: marks of the most frequent figures on at least two days, measures first."""
    often = Counter((not c["measure_key"], name) for c in claims if (name := _what(c)))
    leading = sorted(often, key=lambda entry: (entry[0], -often[entry], entry[1]))[:most]
    rank = {name: i for i, (_, name) in enumerate(leading)}
    shown = [c for c in claims if _what(c) in rank][-TIMELINE_MARKS:]
    if len({claim["day"] for claim in shown}) < 2:
        return {}
    placed = [Placed(claim, 0, 0) for claim in shown]
    marks = _marks(placed)
    for mark, claim in zip(marks, shown, strict=True):
        what = str(_what(claim))
        mark |= {"measure": what, "rank": rank[what]}
    return {"chart": "activity", "height": ROW * len(rank), "marks": marks, **_axis(placed)}


def _what(claim: Row) -> str | None:
    """Return the label of a claim's row in a subject's chart: its measure, or what it counts."""
    name: str | None = claim["measure_name"] if claim["measure_key"] else claim["thing"]
    return name


def _common_unit(claims: Iterable[Row]) -> tuple[str | None, tuple[str, str]]:
    """Return the unit that all claims share, and the columns with their values in that unit."""
    units = {claim["unit"] for claim in claims}
    if len(units) <= 1:
        return next(iter(units), None), ("low", "high")
    si = {claim["si_unit"] for claim in claims}
    return (next(iter(si)), ("si_low", "si_high")) if len(si) == 1 and None not in si else (None, ("low", "high"))


def _values(claim: Row, ends: tuple[str, str], divisor: float = 1) -> list[float]:
    """Return the finite ends of a claim's value, in the chart's unit."""
    return [claim[end] / divisor for end in ends if claim[end] is not None and isfinite(claim[end])]


def _axis(placed: Sequence[Placed]) -> dict[str, Any]:
    """Return the first and last moment of the axis of days, and the days that are labelled."""
    first, *_, last = sorted([one.claim["day"] for one in placed] * 2)
    span = (last - first).days
    step = max(1, -(-span // (TICKS - 1)))
    return {
        "domain": [f"{first}T00:00:00", f"{last}T23:59:59"],
        "ticks": [f"{first + timedelta(days=n)}T12:00:00" for n in range(0, span + 1, step)],
    }


def _steps(days: Sequence[Row], divisor: float) -> Iterable[Row]:
    """Return each day's median and ends at its start and its end; rows without a value separate non-adjacent days."""
    before: date | None = None
    for row in days:
        day = row["news_date"]
        if before and day - before > timedelta(days=1):
            yield {"at": f"{before}T23:30:00", "median": None, "low": None, "high": None}
        values = {name: row[name] / divisor for name in ("median", "low", "high")}
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
        "said_by": speaker(claim) or "the outlet itself",
        "quote": claim["quote"],
        "href": f"../articles/{claim['article_id']}.html#q-{claim['claim_id']}",
    }
