"""A file that a host does not give is said in words for people."""

import socket

import pytest

from extract.fetch import FetchPolicy
from extract.fetch.stream import StreamError, read_small

POLICY = FetchPolicy(max_attempts=1, backoff_base_s=0)


def test_a_host_that_is_not_there_is_named_with_the_reason():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        # Bound, but nobody listens.
        closed = f"http://127.0.0.1:{taken.getsockname()[1]}/warc.paths.gz"
        with pytest.raises(StreamError, match=r"cannot be read: the connection failed: .*refused\.") as refused:
            read_small(closed, POLICY)
    with pytest.raises(StreamError, match=r"cannot be read: the name does not resolve: ") as nameless:
        read_small("http://no-such-host.invalid/warc.paths.gz", POLICY)
    assert not [str(error.value) for error in (refused, nameless) if "host='" in str(error.value)]
