"""Writes of the answers library, by verb."""
