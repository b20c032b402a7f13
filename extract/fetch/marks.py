"""The marks by which publishers reserve rights in a page, by the names that the settings give them."""

from typing import Literal

Right = Literal["noarchive", "noai", "tdm"]
