"""How a command ends: its exit code, and one sentence for people in the place of a traceback.

===  ==========================================================================================
0    done
1    it failed, or `status` and `doctor` found something that a person should look at
2    a setting, file or argument cannot be used
3    data tests failed, or the warehouse cannot be used; the last good copy stays published
4    another process holds the warehouse
5    the disk is full
6    done in part: some sources or batches failed, and the rest is kept
130  interrupted (Ctrl-C)
143  asked to stop (SIGTERM)
===  ==========================================================================================
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from types import FrameType
from typing import Any

from extract.errors import NewsledgerError
from flows import console
from flows.engine import prepare_environment
from load.errors import is_disk_full
from load.stopping import is_interruption

OS_ERROR, WAREHOUSE, DISK_FULL = 2, 3, 5
INTERRUPTED, STOPPED = 130, 143


class Stopped(BaseException):
    """SIGTERM: finish or undo the current step and leave with 143.

    Not a KeyboardInterrupt, which the command library would turn into its own.
    """


class StopRequest:
    """The handler of Ctrl-C and SIGTERM: the first asks for an orderly end, a further Ctrl-C ends at once."""

    def __init__(self) -> None:
        self.signal: int | None = None

    def listen(self) -> None:
        """Install the handler for both signals; a signal that the process was started to ignore stays ignored."""
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self)

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        """Raise KeyboardInterrupt or Stopped; at a further Ctrl-C end the process."""
        if self.signal is not None and number == signal.SIGINT:
            # Like a kill: what is committed is consistent, and the next run does the rest.
            os.write(2, b"Left at once. The next run does the rest.\n")
            os._exit(INTERRUPTED)
        first, self.signal = self.signal is None, number
        if first and number == signal.SIGINT and sys.stderr.isatty():
            os.write(2, b"\nStopping; what came is kept. Press Ctrl-C again to leave at once.\n")
        raise KeyboardInterrupt if number == signal.SIGINT else Stopped

    @property
    def code(self) -> int:
        """The exit code of a program that was asked to stop."""
        return STOPPED if self.signal == signal.SIGTERM else INTERRUPTED


def run(app: Any) -> None:
    """Run a Typer application and leave with its exit code."""
    prepare_environment()
    console.prepare_streams()
    stop = StopRequest()
    stop.listen()
    code = _run(app, stop)
    if code in (INTERRUPTED, STOPPED):
        word = "Stopped" if stop.signal == signal.SIGTERM else "Interrupted"
        console.note(f"{word}. What was finished is kept; the next run does the rest.")
    sys.exit(_flush(code))


def _run(app: Any, stop: StopRequest) -> int:
    try:
        code = _call(app)
    except NewsledgerError as error:
        console.complain(error)
        return error.exit_code
    except (Stopped, KeyboardInterrupt):
        return stop.code
    except OSError as error:
        return _on_os_error(error)
    except Exception as error:
        # A library may have replaced the exception that the signal raised.
        return stop.code if stop.signal is not None and is_interruption(error) else _on_other_error(error)
    if code == INTERRUPTED and stop.signal is not None:  # Typer turns Ctrl-C into a code
        return stop.code
    return code if isinstance(code, int) else 0


def _call(app: Any) -> Any:
    try:
        return app(standalone_mode=False)
    except SystemExit as left:
        # Typer exits with 1 when its output is closed (``| head``), which is no failure.
        if isinstance(left.__context__, BrokenPipeError):
            raise left.__context__ from None
        raise


def _flush(code: int) -> int:
    """Flush the output; a reader that has gone (``| head``) is no failure."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
    return code


def _drop_output() -> None:
    # Python flushes again at exit, and would report an error.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _on_os_error(error: OSError) -> int:
    if error.errno == errno.EPIPE:
        _drop_output()
        return 0
    if is_disk_full(error):
        return _on_full_disk(str(error.filename or ""))
    hint = HINTS.get(error.errno or 0)
    if error.filename is None and hint is None:
        raise error
    place = f"{error.filename}: " if error.filename else ""
    console.complain(NewsledgerError(f"{place}{error.strerror}.", hint=hint))
    return OS_ERROR


def _on_full_disk(place: str = "") -> int:
    console.complain(
        NewsledgerError(
            f"No room is left on the disk{f' for {place}' if place else ''}.",
            hint="Free some space and run the command again; whole batches are kept, nothing is half-written.",
        )
    )
    return DISK_FULL


DATABASES = {"duckdb": "DuckDB", "sqlite3": "SQLite"}
HINTS = {
    errno.EACCES: "Give this user the right to it, or choose another place.",
    errno.EROFS: "That file system is mounted read-only. Set data_dir to one that can be written.",
    errno.EISDIR: "A file is needed here, and that is a folder.",
    errno.ENOTDIR: "A folder is needed here, and that is a file.",
    errno.ENOENT: "Check the path.",
}


def _on_other_error(error: Exception) -> int:
    show = getattr(error, "show", None)
    if show is not None:  # a usage error of the command library
        show()
        return int(getattr(error, "exit_code", 2))
    if is_disk_full(error):
        return _on_full_disk()
    library = type(error).__module__.partition(".")[0].lstrip("_")
    if library in DATABASES:
        console.complain(
            NewsledgerError(f"{DATABASES[library]}: {error}", hint="`newsledger doctor` checks the files.")
        )
        return WAREHOUSE
    raise error
