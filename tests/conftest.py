"""Settings of all tests."""

import pytest
from hypothesis import settings

# Machines differ: no test fails for being slow.
settings.register_profile("newsledger", deadline=None)
settings.load_profile("newsledger")

# Of these files each has a few tests that build warehouses; those of the other folder are many and short.
SHORT = "extract"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the short tests last: they fill the time of whichever process is done first."""
    items.sort(key=lambda item: SHORT in item.path.parts)
