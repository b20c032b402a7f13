"""A moment in a process's work is told by its processor time, with that of the processes below it."""

import multiprocessing
import subprocess
import sys

import pytest

pytest.importorskip("psutil")

import psutil

from benchmarks.moments import processor_time, wait

SPIN = "while True: pass"
# So long that it is looked at more than once on any machine.
COUNT = "import time\nwhile time.process_time() < 1.5: pass"


def work(below: str) -> None:
    """Let a process below work, and do nothing."""
    subprocess.run([sys.executable, "-c", below], check=False)


def test_the_wait_ends_while_a_process_below_works():
    process = multiprocessing.get_context("spawn").Process(target=work, args=(SPIN,))
    process.start()
    try:
        assert wait(process, 0.5) >= 0.5
        assert process.is_alive()
    finally:
        for below in psutil.Process(process.pid).children(recursive=True):
            below.kill()
        process.join()
    assert process.exitcode == 0
    assert processor_time(process.pid or 0) == 0


def test_a_process_that_ends_first_is_not_waited_for():
    process = multiprocessing.get_context("spawn").Process(target=work, args=(COUNT,))
    process.start()
    spent = wait(process, 1000)
    process.join()
    assert process.exitcode == 0
    assert 0 < spent < 1000
