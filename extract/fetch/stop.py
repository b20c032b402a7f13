"""The exception of a fetcher that was told to stop."""


class FetchStopped(BaseException):
    """The fetcher was told to stop before the attempt was made; nothing is recorded."""
