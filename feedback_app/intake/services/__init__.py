"""Writes of filing: drafts, their files, the filing itself, lost codes."""
