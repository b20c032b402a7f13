"""Read a text: quantities, attributions, dates and mentions, linked to one another (``rows.read_rows``).

Each language has a folder (``english``); modules beside it do not depend on a language.
"""
