"""Steps run alike with and without Prefect, and one that fails does not stop the rest."""

import signal

import pytest
from prefect import task
from prefect.exceptions import CancelledRun

from flows.engine import each, once, prepare_environment, run_flow
from flows.server import Server, find_server


@task
def double(number: int, plus: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number * 2 + plus


def test_once_calls_the_function_where_there_is_no_flow_run():
    assert once(double, 2, 1) == 5


def test_each_yields_every_item_with_its_result_or_error():
    done = {d.item: d for d in each(double, range(5), 1, at_once=2)}
    assert {item: d.result for item, d in done.items() if not d.error} == {0: 1, 1: 3, 2: 5, 4: 9}
    assert str(done[3].error) == "three"


def test_each_takes_items_only_as_they_are_needed():
    taken = []

    def items():
        for number in range(100):
            taken.append(number)
            yield number * 10

    stream = each(double, items(), 0, at_once=2)
    next(stream)
    assert len(taken) <= 3
    stream.close()


def test_no_server_is_found_where_none_answers(tmp_path, monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    (tmp_path / "serve.json").write_text('{"api_url": "http://127.0.0.1:9/api"}')
    assert find_server(tmp_path) is None


def test_a_command_whose_run_is_cancelled_is_asked_to_stop():
    def cancelled():
        raise CancelledRun("Cancelled.")

    asked = []
    before = signal.signal(signal.SIGTERM, lambda number, _frame: asked.append(number))
    try:
        with pytest.raises(CancelledRun):
            run_flow(cancelled, Server("http://127.0.0.1:9/api"))
    finally:
        signal.signal(signal.SIGTERM, before)
    assert asked == [signal.SIGTERM]


def test_environment_keeps_what_the_user_set():
    environment = {"PREFECT_SERVER_ANALYTICS_ENABLED": "true"}
    prepare_environment(environment)
    assert environment["PREFECT_SERVER_ANALYTICS_ENABLED"] == "true"
    assert environment["DO_NOT_TRACK"] == "1"
