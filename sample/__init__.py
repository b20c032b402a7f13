"""A small newsroom of our own writing: articles with gold rows, outlets, a server and a generator."""
