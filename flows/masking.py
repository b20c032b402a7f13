"""Mask secrets in settings before they are shown."""

from __future__ import annotations

import re
from typing import Any

from flows.settings import AlertSettings


def masked(value: Any, key: str = "") -> Any:
    """Replace the secrets in a value of the settings; ``key`` is the name of its setting.

    Channels' addresses and headers' values are masked as a whole, of other URLs only the password.
    """
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
        # A proxy's user name alone may be a token, and a malformed URL may contain its password anywhere.
        return value if value.startswith(("env:", "file:")) else re.sub(r".*@", "http://***@", value)
    return re.sub(r"(?<=://)[^/\s@]*:[^/\s@]*@", "***@", value)
