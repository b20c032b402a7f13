"""The report: a static site, written from the published warehouse, that needs no network to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from report.writer import ReportResult, render

__all__ = ["ReportResult", "render"]


def __getattr__(name: str) -> Any:
    """Import the writer when it is asked for: it draws charts, which evidence and selections do without."""
    if name not in __all__:
        raise AttributeError(f"module 'report' has no attribute {name!r}")
    from report import writer

    return getattr(writer, name)
