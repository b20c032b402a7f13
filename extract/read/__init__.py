"""Reading a text: quantities, attributions, dates and mentions, tied to one another (``rows.read_rows``).

A folder a language (``english``); beside it is what no language owns.
"""
