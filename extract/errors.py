"""The base class of all exceptions whose messages are for users.

    NewsledgerError
    ├── SettingsError      the settings file or the environment has an invalid value
    ├── InputError         a given file, page or date range cannot be used
    └── ...                load and flows derive their own from the same base class

A message says what is wrong and where; ``hint`` says what to do about it. Only the command line converts an
error to an exit code.
"""

from __future__ import annotations


class NewsledgerError(Exception):
    """An error that the user can fix. ``exit_code`` is the exit code of the command line."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class SettingsError(NewsledgerError):
    """An invalid key, type or value in the settings."""

    exit_code = 2


class InputError(NewsledgerError):
    """A file, an address or an interval given on the command line that cannot be used."""

    exit_code = 2
