"""JSON that every parser accepts."""

from __future__ import annotations

import json
import math
from typing import Any


def as_json(value: Any, **options: Any) -> str:
    """Write standard JSON: null for values that JSON has no number for (infinity, NaN)."""
    try:
        return json.dumps(value, allow_nan=False, **options)
    except ValueError:
        return json.dumps(_finite(value), **options)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(one) for one in value]
    return value
