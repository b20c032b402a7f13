"""What a run did, as a record."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from extract.outcomes import GOOD
from flows.stages import StepTotals
from load.build import BuildResult
from load.compact import Compacted
from load.plan import Plan
from load.publish import Published


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. ``failed`` names the sources and batches that an error stopped, with the error."""

    run_id: str
    discovered: StepTotals = field(default_factory=StepTotals)
    fetched: StepTotals = field(default_factory=StepTotals)
    extracted: StepTotals = field(default_factory=StepTotals)
    built: BuildResult | None = None
    published: Published | None = None
    compacted: Compacted | None = None
    failed: tuple[str, ...] = ()
    plan: Plan | None = None

    @property
    def has_failures(self) -> bool:
        """Whether a source did not answer, or an error stopped a source or a batch."""
        return bool(self.failed or self.discovered.unanswered)

    @property
    def is_lost(self) -> bool:
        """Whether everything that was requested failed."""
        came = self.extracted.pages or any(outcome in GOOD for outcome, _ in self.fetched.outcomes)
        return self.has_failures and not came and self.discovered.unanswered == self.discovered.asked

    def as_json(self) -> dict[str, Any]:
        """Return the object that ``--json`` prints."""
        return {key: value for key, value in asdict(self).items() if key != "plan"}
