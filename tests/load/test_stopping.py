"""A process that is asked to stop while a library works: the work is cut short, and who asked is not forgotten."""

import os
import signal
import time

import pytest

from load.stopping import as_interrupt, is_interruption


class Asked(BaseException):
    """What the program's own handler raises."""


@pytest.fixture
def handler():
    def on_signal(_number, _frame):
        raise Asked

    before = signal.signal(signal.SIGTERM, on_signal)
    yield on_signal
    signal.signal(signal.SIGTERM, before)


def stop_me():
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(5)


def test_the_block_sees_a_keyboard_interrupt_and_the_program_what_it_asked_for(handler):
    seen = []

    def swallow():
        try:
            stop_me()
        except BaseException as error:
            seen.append(type(error))

    with pytest.raises(Asked), as_interrupt():
        swallow()
    assert seen == [KeyboardInterrupt]
    assert signal.getsignal(signal.SIGTERM) is handler


def test_what_the_interrupt_broke_in_the_block_does_not_hide_who_asked(handler):
    def break_down():
        try:
            stop_me()
        except KeyboardInterrupt:
            raise ValueError("half done") from None

    with pytest.raises(Asked), as_interrupt():
        break_down()


def test_an_error_of_the_block_stays_its_own(handler):
    with pytest.raises(ValueError, match="its own"), as_interrupt():
        raise ValueError("its own")
    assert signal.getsignal(signal.SIGTERM) is handler


def test_a_cut_query_and_a_stop_are_interruptions_and_a_failure_is_none():
    assert is_interruption(RuntimeError("Query interrupted"))
    assert is_interruption(Asked())
    assert not is_interruption(RuntimeError("Out of memory"))
