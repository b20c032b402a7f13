"""The log of runs: what people are told, and each batch with its counts, as JSON lines where the settings say so.

A line has ``time`` (ISO 8601, UTC), ``level`` and ``message``, and ``run_id``, ``kind``, ``batch_id`` if it is of one;
a merged batch has its stage, seconds, rows and outcomes besides.
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
# Programs that configure the root logger do not get each line twice.
_logger.propagate = False
_bound: dict[str, str] = {}
# Where lines go; others may have put handlers of their own on the logger.
_handler: logging.StreamHandler[Any] | None = None


def open_log(settings: LogSettings, base: Path) -> None:
    """Write JSON lines from now on, or stop it; relative files count from ``base``. Raises SettingsError."""
    global _handler
    close_log()
    if settings.format == "text":
        return
    # Imported here: most commands write no such lines, and it brings sockets and queues.
    from logging.handlers import WatchedFileHandler

    try:
        # Opened anew when another program moves it away, as logrotate does.
        _handler = WatchedFileHandler(base / settings.file) if settings.file else logging.StreamHandler(sys.stderr)
    except OSError as error:
        raise SettingsError(
            f"The log {settings.file} cannot be written: {error.strerror}.", hint="Name another with file in [log]."
        ) from None
    _handler.setFormatter(_JsonLines())
    _logger.addHandler(_handler)
    _logger.setLevel(settings.level.upper())


def close_log() -> None:
    """Write no more lines."""
    global _handler
    if _handler is not None:
        _logger.removeHandler(_handler)
        _handler.close()
        _handler = None


def is_written() -> bool:
    """Tell whether lines are written down."""
    return _handler is not None


def takes_standard_error() -> bool:
    """Tell whether lines for people would stand among JSON lines."""
    return _handler is not None and not isinstance(_handler, logging.FileHandler)


@contextmanager
def bound(**fields: str) -> Iterator[None]:
    """Have all lines carry these fields meanwhile."""
    before = dict(_bound)
    _bound.update(fields)
    try:
        yield
    finally:
        _bound.clear()
        _bound.update(before)


def write(level: Level, message: str, **fields: Any) -> None:
    """Write a line, if lines of this level are wanted."""
    if is_written():
        _logger.log(logging.getLevelNamesMapping()[level.upper()], message, extra={"fields": {**_bound, **fields}})


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """Write a record as one JSON object without line ends."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": time, "level": record.levelname.lower(), "message": record.getMessage()}
        return json.dumps(line | getattr(record, "fields", {}), default=str)
