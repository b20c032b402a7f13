"""The slots of a number: what it is of, whose, where, as of when, and who says so."""
