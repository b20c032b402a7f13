"""``newsledger doctor``: print the findings of the checks."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from flows import console
from flows.doctor import examine


def show_findings(config: Path | None, *, as_json: bool) -> int:
    """Print each check with its hint; return 1 when one failed."""
    findings = list(examine(config))
    if as_json:
        console.print_json([asdict(finding) for finding in findings])
    else:
        console.print_table(
            ("check", "", "seen", "do"),
            [(f.check, "ok" if f.is_ok else "problem", f.seen, f.do) for f in findings],
        )
    return 0 if all(finding.is_ok for finding in findings) else 1
