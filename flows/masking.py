"""Secrets in settings, taken out before anything is shown."""

from __future__ import annotations

import re
from typing import Any

from flows.settings import AlertSettings


def masked(value: Any, key: str = "") -> Any:
    """Take secrets out of a value: whole addresses of channels, which are keys themselves, passwords in others."""
    if key == "headers":
        return {name: inner if inner.startswith(("env:", "file:")) else "***" for name, inner in value.items()}
    if isinstance(value, dict):
        return {name: masked(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [masked(inner, key) for inner in value]
    if not isinstance(value, str):
        return value
    if key in AlertSettings.model_fields:
        return re.sub(r"(?<=://).*", "***", value)
    if key == "proxy":
        # A proxy may be sent a name alone that is a token; and one written wrong may have its password anywhere.
        return value if value.startswith(("env:", "file:")) else re.sub(r".*@", "http://***@", value)
    return re.sub(r"(?<=://)[^/\s@]*:[^/\s@]*@", "***@", value)
