"""Settings of all tests."""

from hypothesis import settings

# Machines differ: no test fails for being slow.
settings.register_profile("newsledger", deadline=None)
settings.load_profile("newsledger")
