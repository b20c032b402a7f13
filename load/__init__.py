"""Rows into the warehouse: merges, plans of what is missing, builds, publication and queries.

Knows DuckDB and the records of ``extract``; knows no flows and no network.
"""
