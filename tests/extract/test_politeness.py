"""Two processes and a server that writes down how it was asked: a small form of ``benchmarks.politeness``."""

from benchmarks.politeness import CRAWL_DELAY_S, RETRY_AFTER_S, measure, violations

INTERVAL_S = 0.05


def test_two_processes_ask_politely():
    found = measure(requests=240, hosts=6, interval_s=INTERVAL_S)
    assert found["violations"] == 0, found
    assert found["requests_seen"] > 200
    assert found["sections_asked"] == found["sitemaps_asked"] == 4, "two hosts of each kind, by each process"


def test_the_witness_sees_what_is_impolite():
    well = [("127.0.0.1", "/page/1", 0.0, 1.0), ("127.0.0.1", "/page/2", 1.1, 1.2)]
    assert violations(well, INTERVAL_S).total() == 0
    assert violations([*well, ("127.0.0.1", "/page/3", 1.15, 1.3)], INTERVAL_S)["slot"] == 1
    assert violations([*well, ("127.0.0.1", "/page/3", 1.21, 1.3)], INTERVAL_S)["delay"] == 1
    assert violations([*well, ("127.0.0.1", "/private/3", 2.0, 2.1)], INTERVAL_S)["robots"] == 1
    assert violations([*well, ("127.0.0.1", "/reserved/3", 2.0, 2.1)], INTERVAL_S)["reserved"] == 1
    again = [("127.0.0.1", "/ai.txt", float(at), at + 0.1) for at in range(2, 5)]
    assert violations([*well, *again], INTERVAL_S)["files"] == 1
    closed = [("127.0.0.7", "/.well-known/tdmrep.json", 0.0, 0.1)]
    assert violations(closed, INTERVAL_S)["robots"] == 1
    slow = [("127.0.0.5", "/page/1", 0.0, 1.0), ("127.0.0.5", "/page/2", 1.0 + CRAWL_DELAY_S / 2, 2.0)]
    assert violations(slow, CRAWL_DELAY_S / 4)["delay"] == 1
    assert violations([*well, ("127.0.0.1", "/more/2", 2.0, 2.1)], INTERVAL_S)["beyond"] == 1
    busy = [("127.0.0.1", "/busy/1", 0.0, 1.0), ("127.0.0.1", "/page/2", 1.0 + RETRY_AFTER_S / 2, 2.0)]
    assert violations(busy, INTERVAL_S)["retry_after"] == 1
