"""The page of a measure: its timeline, its claims, their SQL query, and downloads as CSV and Parquet."""

from __future__ import annotations

from report import data, downloads
from report.charts import TIMELINE_MARKS
from report.data import page_name
from report.marks import timeline_data
from report.press import Press

# Longer tables are slow in browsers; the files contain all rows.
ROWS = 100


def write_measures(press: Press) -> int:
    """Write the pages of all measures that changed; return how many measures there are."""
    inputs = data.inputs(press.con, data.MEASURE_INPUTS)
    names = {key: f"measures/{page_name(key)}" for key in inputs}
    paths = {key: (f"{name}.html", f"{name}.csv", f"{name}.parquet") for key, name in names.items()}
    for keys in press.stale(paths, inputs):
        totals, days = data.measure_totals(press.con, keys), data.measure_days(press.con, keys)
        subjects = data.measure_subjects(press.con, keys)
        for key, claims in data.claims_by_measure(press.con, keys, TIMELINE_MARKS).items():
            press.page(
                paths[key][0],
                "measure.html.j2",
                press.key(inputs[key]),
                key=key,
                claims=claims[::-1][:ROWS],
                total=totals[key],
                subjects=subjects.get(key, []),
                drawn=len(claims),
                sql=data.measure_sql(key),
                chart=timeline_data(claims, days.get(key, [])),
            )
        for key, table in downloads.by_measure(press.con, keys):
            made_of = press.key(inputs[key])
            press.site.write(paths[key][1], downloads.as_csv(table), made_of)
            press.site.write(paths[key][2], downloads.as_parquet(table), made_of)
    return len(inputs)
