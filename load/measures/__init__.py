"""Groups claims into measures, and resolves the names in articles to entities: see docs/measures.md."""
