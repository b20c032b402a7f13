"""The map: coastlines, drawn by Vega from a file of this package, and the positions of places on it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

WIDTH, HEIGHT = 1000.0, 490.0
# Scale of d3's projections: pixels for one radian at the equator; chosen so that the globe just fits the width.
SCALE = 180.0
# A map shows at least this part of the world's width, so that its coarse coastlines can still be recognised.
NARROWEST = 260.0


@dataclass(frozen=True, slots=True)
class Window:
    """The visible part of the map, in the map's pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def scale(self) -> float:
        """Scale factor between the whole map and this part, if it is drawn as wide as the whole map."""
        return self.width / WIDTH


def land_svg() -> str:
    """Draw the coastlines (Natural Earth, 1:110 million, public domain) in the Equal Earth projection."""
    import vl_convert

    topology = json.loads((files("report") / "natural_earth" / "land-110m.json").read_text(encoding="utf-8"))
    shape = {"type": "geoshape", "fill": "#8b93a0", "fillOpacity": 0.38, "aria": False}
    spec = {
        "data": {"values": topology, "format": {"type": "topojson", "feature": "land"}},
        "mark": shape,
        "projection": {"type": "equalEarth", "scale": SCALE, "translate": [WIDTH / 2, HEIGHT / 2]},
        "width": WIDTH,
        "height": HEIGHT,
        "padding": 0,
        "background": "transparent",
        "config": {"view": {"stroke": None}},
    }
    drawn: str = vl_convert.vegalite_to_svg(spec)
    # Vega numbers its clip paths consecutively; there is only one here.
    return re.sub(r"clip\d+", "clip", drawn)


def point(latitude: float, longitude: float) -> tuple[float, float]:
    """Return the position of a place on the map (Šavrič, Patterson and Jenny 2018, the Equal Earth projection)."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    slope = 9 * a4 * theta**8 + 7 * a3 * theta**6 + 3 * a2 * theta**2 + a1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * slope)
    y = a4 * theta**9 + a3 * theta**7 + a2 * theta**3 + a1 * theta
    return WIDTH / 2 + SCALE * x, HEIGHT / 2 - SCALE * y


def window(points: Sequence[tuple[float, float]]) -> Window:
    """Return the part of the map that contains the points with a margin, in the proportions of the whole map."""
    if not points:
        return Window(0, 0, WIDTH, HEIGHT)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    width = min(WIDTH, max(NARROWEST, wide * 1.25, high * 1.4 * WIDTH / HEIGHT))
    height = width * HEIGHT / WIDTH
    x = min(max((min(xs) + max(xs) - width) / 2, 0), WIDTH - width)
    y = min(max((min(ys) + max(ys) - height) / 2, 0), HEIGHT - height)
    return Window(x, y, width, height)
