"""The root of all errors that a person is meant to read.

    NewsledgerError
    ├── SettingsError      the settings file or the environment says something we cannot follow
    ├── InputError         a file, page or date range that was given cannot be used
    └── ...                load and flows add theirs below the same root

A message says what is wrong and where; ``hint`` says what to do about it. Only the command line turns an
error into an exit code.
"""

from __future__ import annotations


class NewsledgerError(Exception):
    """Something that the user can fix. ``exit_code`` is what the command line leaves with."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class SettingsError(NewsledgerError):
    """A key, a type or a value in the settings that cannot be followed."""

    exit_code = 2


class InputError(NewsledgerError):
    """A file, an address or an interval given on the command line that cannot be used."""

    exit_code = 2
