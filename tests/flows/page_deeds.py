"""What pages do to the process that reads them. Alone here, since every such process imports this module first."""

import os
import re
import signal
import sys
from contextlib import suppress

from extract.archive import ArchiveStoreError


def loop():
    while True:
        pass


def raising(error):
    yield from ()
    raise error


def stubborn():
    while True:
        try:
            pow(3, 10**6)
        except BaseException:  # what a careless parser does
            continue


def hoard():
    """Take memory until there is none, and give it back; return how many gigabytes it was."""
    taken = []
    with suppress(MemoryError):
        while len(taken) < 640:
            taken.append(bytes(100_000_000))  # asked for and not touched: no machine runs out of it
    return len(taken) / 10


DEEDS = {
    "loop": loop,
    "pattern": lambda: re.match(r"(a+)+$", "a" * 60 + "b"),
    "arithmetic": lambda: pow(3, 10**9),
    "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "abort": os.abort,
    "exit": lambda: os._exit(3),
    "exit code 0": lambda: os._exit(0),
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "asked to leave": lambda: os.kill(os.getpid(), signal.SIGTERM),
    "an alarm": lambda: signal.raise_signal(signal.SIGALRM),
    "leaves as a program does": sys.exit,
    "raises what is no error": lambda: next(raising(KeyboardInterrupt)),
    "closes all files": lambda: os.closerange(3, 1_000),
    "a pattern in bytes": lambda: re.search(rb"(?:a|a)*?b$", b"a" * 60 + b"c"),
    "catches everything": stubborn,
}
TOO_LONG = {"loop", "pattern", "arithmetic", "a pattern in bytes", "catches everything"}


def do(shared, page):
    if deed := DEEDS.get(page.fetch_id):
        deed()
    if page.fetch_id == "store":
        raise ArchiveStoreError("the store does not answer", hint="look at it")
    if page.fetch_id.startswith("once ") and not shared.joinpath(page.fetch_id).exists():
        shared.joinpath(page.fetch_id).touch()
        os._exit(9)
    if page.fetch_id == "hoard":
        return f"took {hoard()} GB"
    return f"{page.fetch_id} read by {os.getpid()}"
