"""Queries of the published warehouse for assistants, and the MCP server that provides them."""
