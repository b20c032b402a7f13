"""The error inside one attempt; it never leaves ``extract.fetch``."""

from __future__ import annotations

from extract.outcomes import Outcome


class AttemptError(Exception):
    """An attempt ended without a usable response; ``outcome`` classifies it."""

    def __init__(self, outcome: Outcome, detail: str) -> None:
        super().__init__(detail)
        self.outcome: Outcome = outcome
        self.detail = detail
