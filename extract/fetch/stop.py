"""How a fetcher says that it was told to stop."""


class FetchStopped(BaseException):
    """The fetcher was told to stop, so the attempt was not made; nothing is recorded of it."""
