"""The report: a static site, written from the published warehouse, that can be viewed without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from report.writer import ReportResult, render

__all__ = ["ReportResult", "render"]


def __getattr__(name: str) -> Any:
    """Import the writer lazily: it draws charts, which evidence and selections do not need."""
    if name not in __all__:
        raise AttributeError(f"module 'report' has no attribute {name!r}")
    from report import writer

    return getattr(writer, name)
