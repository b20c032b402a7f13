"""Watches: notifications when a figure moves, is disputed, is revised, or comes from an anonymous source only."""
