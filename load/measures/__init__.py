"""Which claims are of one measure, and who or what the names in articles mean: see docs/measures.md."""
