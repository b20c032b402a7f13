"""Charts: Vega-Lite specifications by Altair. The page holds the data; Vega, in the report's folder, draws them."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import altair as alt
import vl_convert

SHAPES = {
    "exact": "circle",
    "about": "diamond",
    "at_least": "triangle-up",
    "more_than": "triangle-up",
    "at_most": "triangle-down",
    "less_than": "triangle-down",
    "between": "square",
}
# Readable on light and on dark paper.
GREY = "#7a7f87"
TIMELINE_MARKS = 2000


def vega() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one classic script, kept in a function of its own."""
    return f"(()=>{{{vl_convert.javascript_bundle('window.vegaEmbed = vegaEmbed;')}}})();\n"


def vega_version() -> str:
    """Return what stands for the content of ``vega()``, which takes seconds to make."""
    return version("vl-convert-python")


def timeline() -> dict[str, Any]:
    """Chart of a measure: rows have day, low, high, value, median, outlet, bound, is_plan, said_by, quote and href."""
    base = alt.Chart(alt.NamedData(name="claims"))
    x = alt.X("day:T", title=None)
    colour = alt.Color("outlet:N", title="Outlet", legend=alt.Legend(labelLimit=160, columns=4, orient="bottom"))
    hover = [alt.Tooltip(f"{name}:N") for name in ("outlet", "day", "bound", "written", "said_by", "quote")]
    bars = base.mark_rule(strokeWidth=3, opacity=0.5).encode(x=x, y=alt.Y("low:Q"), y2="high:Q", color=colour)
    marks = base.mark_point(size=90, filled=True).encode(
        x=x,
        y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=False)),
        color=colour,
        stroke=alt.Stroke("outlet:N", legend=None),
        fillOpacity=alt.condition("datum.is_plan", alt.value(0), alt.value(0.85)),
        shape=alt.Shape("bound:N", scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())), legend=None),
        href="href:N",
        tooltip=hover,
    )
    median = base.mark_line(strokeDash=[4, 3], color=GREY, interpolate="step-after").encode(x=x, y="median:Q")
    return _plain(alt.layer(bars, median, marks).properties(width="container", height=300))


def coverage() -> dict[str, Any]:
    """Chart of coverage: rows have day, outlet and articles."""
    chart = (
        alt.Chart(alt.NamedData(name="claims"))
        .mark_bar()
        .encode(
            x=alt.X("yearmonthdate(day):O", title=None, axis=alt.Axis(format="%d %b", labelOverlap=True)),
            y=alt.Y("articles:Q", title="Articles"),
            color=alt.Color("outlet:N", title="Outlet", legend=alt.Legend(labelLimit=160)),
            tooltip=["outlet:N", "day:T", "articles:Q"],
        )
        .properties(width=640, height=180)
    )
    return _plain(chart)


def as_svg(spec: dict[str, Any], data: list[dict[str, Any]]) -> str:
    """Draw a chart with its data here and now."""
    return vl_convert.vegalite_to_svg({**spec, "data": {"values": data}})


def _plain(chart: alt.TopLevelMixin) -> dict[str, Any]:
    styled = (
        chart.configure(background="transparent")
        .configure_axis(labelColor=GREY, titleColor=GREY, gridColor=GREY, gridOpacity=0.25, domainColor=GREY)
        .configure_legend(labelColor=GREY, titleColor=GREY)
        .configure_view(stroke=None)
    )
    spec: dict[str, Any] = styled.to_dict()
    return spec
