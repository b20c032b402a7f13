"""Reading a text: quantities, attributions, dates and mentions, tied to one another (``rows.read_rows``)."""
