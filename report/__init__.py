"""The report: a static site, written from the published warehouse, that needs no network to look at."""

from report.writer import ReportResult, render

__all__ = ["ReportResult", "render"]
