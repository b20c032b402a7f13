"""Questions that an assistant asks of the published warehouse, and the MCP server that lets it ask them."""
