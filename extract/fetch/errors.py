"""What can go wrong inside one attempt; it never leaves ``extract.fetch``."""

from __future__ import annotations

from extract.outcomes import Outcome


class AttemptError(Exception):
    """An attempt ended without a usable answer. ``outcome`` is its place in the closed list."""

    def __init__(self, outcome: Outcome, detail: str) -> None:
        super().__init__(detail)
        self.outcome: Outcome = outcome
        self.detail = detail
