"""The log of runs: messages for people, and each batch with its counts, as JSON lines if the settings say so.

A line has ``time`` (ISO 8601, UTC), ``level`` and ``message``, and ``run_id``, ``kind`` and ``batch_id`` where they
apply. A merged batch also has its stage, seconds, rows and outcomes.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from extract.errors import SettingsError

if TYPE_CHECKING:
    from flows.log_settings import LogSettings

Level = Literal["debug", "info", "warning", "error"]

_logger = logging.getLogger("newsledger")
# Not propagated, so that a program that configures the root logger does not get each line twice.
_logger.propagate = False
_bound: dict[str, str] = {}
# The current handler; others may have added their own to the logger.
_handler: logging.StreamHandler[Any] | None = None


def open_log(settings: LogSettings, base: Path) -> None:
    """Start or stop writing JSON lines, as the settings say; relative paths are relative to ``base``.

    Raises SettingsError when the file cannot be written.
    """
    global _handler
    close_log()
    if settings.format == "text":
        return
    # Imported here: most commands write no such lines, and it brings sockets and queues.
    from logging.handlers import WatchedFileHandler

    try:
        # Reopened when another program moves the file, as logrotate does.
        _handler = WatchedFileHandler(base / settings.file) if settings.file else logging.StreamHandler(sys.stderr)
    except OSError as error:
        raise SettingsError(
            f"The log {settings.file} cannot be written: {error.strerror}.", hint="Name another with file in [log]."
        ) from None
    _handler.setFormatter(_JsonLines())
    _logger.addHandler(_handler)
    _logger.setLevel(settings.level.upper())


def close_log() -> None:
    """Stop writing lines."""
    global _handler
    if _handler is not None:
        _logger.removeHandler(_handler)
        _handler.close()
        _handler = None


def is_written() -> bool:
    """Return whether a log is written."""
    return _handler is not None


def takes_standard_error() -> bool:
    """Return whether JSON lines go to standard error, where lines for people would mix with them."""
    return _handler is not None and not isinstance(_handler, logging.FileHandler)


@contextmanager
def bound(**fields: str) -> Iterator[None]:
    """Add these fields to all lines within the block."""
    before = dict(_bound)
    _bound.update(fields)
    try:
        yield
    finally:
        _bound.clear()
        _bound.update(before)


def write(level: Level, message: str, **fields: Any) -> None:
    """Write a line if its level is logged."""
    if is_written():
        _logger.log(logging.getLevelNamesMapping()[level.upper()], message, extra={"fields": {**_bound, **fields}})


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """Format a record as a JSON object on one line."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": time, "level": record.levelname.lower(), "message": record.getMessage()}
        return json.dumps(line | getattr(record, "fields", {}), default=str)
