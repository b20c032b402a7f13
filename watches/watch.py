"""The definition of a watch: the claims that it covers, and the event that it waits for."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Kind = Literal["measure", "entity", "source", "query"]
When = Literal["moved", "disagreed", "revised", "anonymous", "new"]


class Watch(BaseModel):
    """One watch: an entry of ``[[watches]]`` in the settings."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="Short name, used in commands and for its feed.")
    of: Kind = Field("measure", description="What `what` names: a measure, an entity, a source or a saved query.")
    what: str = Field(min_length=1, description="Words of its name, which must all match; name of a source or query.")
    when: When = Field(
        "new",
        description="moved: its value changed; disagreed: outlets give values that cannot both be right; revised: an "
        "outlet changed a number; anonymous: a source without a name gives one; new: any claim, or row of the query.",
    )
    by_percent: float = Field(0, ge=0, description="How far a value must move to be reported (with when = 'moved').")

    @model_validator(mode="after")
    def _fits_together(self) -> Watch:
        if self.when == "moved" and self.of != "measure":
            raise ValueError(f"watch {self.name!r}: only a measure moves, and this is a watch of a {self.of}")
        if self.of == "query" and self.when != "new":
            raise ValueError(f"watch {self.name!r}: a saved query is watched for new rows; write when = 'new'")
        if self.by_percent and self.when != "moved":
            raise ValueError(f"watch {self.name!r}: by_percent goes with when = 'moved'")
        return self


def name_of(what: str, when: str) -> str:
    """Make a short name from what is watched."""
    return re.sub(r"[^a-z0-9]+", "-", f"{what} {when}".lower()).strip("-")[:60].strip("-")
