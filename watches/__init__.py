"""Watches: what is to be told when a figure moves, is disagreed on, revised, or said by nobody with a name."""
