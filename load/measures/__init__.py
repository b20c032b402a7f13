"""Which claims belong to one measure, and which entities the names in articles refer to: see docs/measures.md."""
