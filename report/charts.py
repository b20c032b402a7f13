"""Charts: Vega-Lite specifications by Altair. The page holds the data; Vega, in the report's folder, draws them.

Altair and vl-convert take a while to import, so a report that needs no new drawing never loads them.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt

# Bounds by their names in the legend, with their shapes.
SHAPES = {
    "exactly": "circle",
    "about": "diamond",
    "at least, more than": "triangle-up",
    "at most, less than": "triangle-down",
    "a range": "square",
}
BOUND_WORDS = {
    "exact": "exactly",
    "about": "about",
    "at_least": "at least, more than",
    "more_than": "at least, more than",
    "at_most": "at most, less than",
    "less_than": "at most, less than",
    "between": "a range",
}
# Hues that are distinguishable in light and dark mode and with most kinds of colour blindness; the last is for "other
# outlets".
COLOURS = (
    "#3d7ec7", "#e07b22", "#2f9e77", "#c64b5e", "#8a69c9", "#a8871c", "#3aa5b5", "#d069a8", "#7f9440", "#8b93a0",
)  # fmt: skip
GREY = "#7d848e"
FONT = "Inter, system-ui, sans-serif"
TIMELINE_MARKS = 500
# Values whose ratio is larger than this are shown on a logarithmic scale.
LOGARITHMIC_FROM = 300
# A picture of at most this width in pixels has room for a third of an axis's labels.
NARROW = 420
LONG_NUMBER = re.compile(r"\d+\.\d{3,}")


def vega() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one classic script, wrapped in a function."""
    import vl_convert

    return f"(()=>{{{vl_convert.javascript_bundle('window.vegaEmbed = vegaEmbed;')}}})();\n"


def vega_version() -> str:
    """Return a version that identifies the content of ``vega()``, which takes seconds to generate."""
    return version("vl-convert-python")


def timeline() -> dict[str, Any]:
    """Chart of a measure: ``claims``, ``plans`` and ``ranges`` are its marks, ``median`` and ``spread`` its days."""
    import altair as alt

    band = alt.Chart(alt.NamedData(name="spread")).mark_area(color=GREY, opacity=0.12, interpolate="step-after")
    line = alt.Chart(alt.NamedData(name="median")).mark_line(color=GREY, strokeDash=[5, 4], interpolate="step-after")
    label = "datum.value != 0 && abs(datum.value) < 10000 ? format(datum.value, ',.4~g') : format(datum.value, '.3~s')"
    words = f"replace(replace({label}, 'G', ' bn'), 'M', ' m')"
    y = alt.Y(
        "value:Q", title=None, scale=alt.Scale(zero=False, padding=14), axis=alt.Axis(labelExpr=words, tickCount=6)
    )
    x = _day()
    layers = [
        band.encode(x=x, y="low:Q", y2="high:Q").properties(name="spread"),
        line.encode(x=x, y="median:Q").properties(name="median"),
        _ranges(),
        *_claims(y),
    ]
    return _plain(alt.layer(*layers).properties(width="container", height=340))


def timeline_svg(data: dict[str, Any], *, width: int, height: int = 260) -> str:
    """Draw a measure's chart, from the same data as on its page, as a picture that needs no script."""
    import vl_convert

    spec = timeline()
    marks = data["marks"]
    datasets = {
        "spread": data["days"],
        "median": data["days"],
        "ranges": [mark for mark in marks if mark["low"] < mark["high"]],
        "plans": [mark for mark in marks if mark["is_plan"]],
        "claims": [mark for mark in marks if not mark["is_plan"]],
    }
    spec["layer"] = [_for_picture(layer, data, width) for layer in spec["layer"] if datasets[layer["name"]]]
    spec |= {"datasets": datasets, "width": width, "height": height, "params": []}
    return _shorter(vl_convert.vegalite_to_svg(spec))


def _for_picture(layer: dict[str, Any], data: dict[str, Any], width: int) -> dict[str, Any]:
    """Fit the axes and legends of a layer to the data, without the interactive parts."""
    encoding = {name: channel for name, channel in layer["encoding"].items() if name not in ("tooltip", "href")}
    encoding["x"]["scale"]["domain"] = data["domain"]
    encoding["x"]["axis"]["values"] = data["ticks"][:: 1 if width > NARROW else 3]
    if "opacity" in encoding:
        encoding["opacity"] = {"value": 0.9}
    if data["scale"] == "log" and "scale" in encoding["y"]:
        encoding["y"]["scale"] = {"type": "log", "padding": 14}
    if data["step"] and "axis" in encoding["y"]:
        encoding["y"]["axis"]["tickMinStep"] = data["step"]
    if "color" in encoding:
        encoding["color"]["title"] = None
        encoding["color"]["legend"] |= {"columns": max(1, width // 170), "titleLimit": 0}
    if "shape" in encoding:
        encoding["shape"]["legend"] = None
    return layer | {"encoding": encoding}


def activity() -> dict[str, Any]:
    """Chart of an outlet, a person or a place: a row for each measure, a mark for each claim."""
    import altair as alt

    y = alt.Y(
        "measure:N",
        title=None,
        sort=alt.EncodingSortField("rank", order="ascending"),
        axis=alt.Axis(labelLimit=230, grid=True),
    )
    # The page sets the height, by the number of rows.
    return _plain(alt.layer(*_claims(y)).properties(width="container", height=100))


def _day() -> alt.X:
    """Return the axis of days; the page sets its first and last day and which days are labelled."""
    import altair as alt

    scale = alt.Scale(domain=["2000-01-01", "2000-01-02"])
    return alt.X(
        "at:T", title=None, scale=scale, axis=alt.Axis(format="%-d %b %Y", values=[], labelOverlap=True, labelFlush=36)
    )


def _colour() -> alt.Color:
    import altair as alt

    legend = alt.Legend(orient="bottom", columns=4, labelLimit=180, symbolType="circle", symbolOpacity=1)
    scale = alt.Scale(range=list(COLOURS))
    return alt.Color("outlet:N", title="Outlet (click to single out)", legend=legend, scale=scale)


def _ranges() -> alt.Chart:
    """Return the bars that connect the ends of ranges."""
    import altair as alt

    bars = alt.Chart(alt.NamedData(name="ranges")).mark_rule(strokeWidth=4, strokeCap="round", opacity=0.55)
    drawn: alt.Chart = bars.encode(x=_day(), y="low:Q", y2="high:Q", color=_colour()).properties(name="ranges")
    return drawn


def _claims(y: alt.Y) -> list[alt.Chart]:
    """Return the marks of claims, each a link to its evidence: plans hollow, all others filled."""
    import altair as alt

    chosen = alt.selection_point(name="outlet", fields=["outlet"], bind="legend")
    legend = alt.Legend(orient="top", columns=5, symbolStrokeColor=GREY, symbolFillColor=GREY, symbolSize=90)
    texts = {"published": "Published", "outlet_name": "Outlet", "written": "As written", "said_by": "Said by"}
    texts["true_of"] = "True of"
    encoding = {
        "x": _day(),
        "y": y,
        "color": _colour(),
        "opacity": alt.condition(chosen, alt.value(0.85), alt.value(0.12)),
        "shape": alt.Shape(
            "bound:N",
            title=None,
            scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())),
            legend=legend,
        ),
        "href": "href:N",
        "tooltip": [*(alt.Tooltip(f"{n}:N", title=t) for n, t in texts.items()), alt.Tooltip("quote:N", title="Quote")],
    }
    filled = alt.Chart(alt.NamedData(name="claims")).mark_point(size=110, filled=True, cursor="pointer")
    hollow = alt.Chart(alt.NamedData(name="plans")).mark_point(
        size=110, filled=False, strokeWidth=2.2, cursor="pointer"
    )
    return [
        hollow.encode(**encoding).properties(name="plans"),
        filled.encode(**encoding).properties(name="claims").add_params(chosen),
    ]


def coverage_svg(bars: list[dict[str, Any]]) -> str:
    """Draw coverage, one row per outlet; bars have day, outlet and articles."""
    import altair as alt
    import vl_convert

    day = "%-d %b" if len({bar["day"][:4] for bar in bars}) == 1 else "%-d %b %Y"
    chart = (
        alt.Chart(alt.NamedData(name="claims"))
        .mark_rect(color=COLOURS[0], aria=False)
        .encode(
            x=alt.X(
                "yearmonthdate(day):O",
                title=None,
                axis=alt.Axis(format=day, labelOverlap=True, labelAngle=0, ticks=False, domain=False),
                scale=alt.Scale(paddingInner=0.12),
            ),
            y=alt.Y(
                "outlet:N",
                title=None,
                axis=alt.Axis(labelLimit=200, ticks=False, domain=False),
                scale=alt.Scale(paddingInner=0.18),
            ),
            opacity=alt.Opacity(
                "articles:Q",
                title="Articles a day",
                scale=alt.Scale(domainMin=0, range=[0.12, 1]),
                legend=alt.Legend(orient="top", values=_steps(bars), format="d"),
            ),
        )
        .properties(width=860, height=24 * len({bar["outlet"] for bar in bars}))
    )
    # Padded, because the labels were measured without the page's fonts, and a viewer's font may be wider.
    padding = {"left": 24, "right": 8, "top": 4, "bottom": 4}
    drawn = vl_convert.vegalite_to_svg({**_plain(chart), "padding": padding, "data": {"values": bars}})
    return _shorter(drawn)


def _shorter(drawn: str) -> str:
    """Round a drawing's numbers to a hundredth of a pixel; all digits would be as large as the rest of the page."""
    return LONG_NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), drawn)


def _steps(bars: list[dict[str, Any]]) -> list[int]:
    """Return the numbers that a legend shows: round ones up to the maximum."""
    most = max(bar["articles"] for bar in bars)
    return [step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500) if step < most] + [most]


def _plain(chart: alt.TopLevelMixin) -> dict[str, Any]:
    sizes = {"labelFontSize": 12, "titleFontSize": 12, "labelColor": GREY, "titleColor": GREY}
    styled = (
        chart.configure(background="transparent", font=FONT)
        .configure_axis(
            **sizes,
            gridColor=GREY,
            gridOpacity=0.2,
            domainColor=GREY,
            domainOpacity=0.5,
            tickColor=GREY,
            labelPadding=6,
        )
        .configure_legend(**sizes, titleFontWeight=500, rowPadding=5, columnPadding=18, offset=12)
        .configure_view(stroke=None)
    )
    spec: dict[str, Any] = styled.to_dict()
    return spec
