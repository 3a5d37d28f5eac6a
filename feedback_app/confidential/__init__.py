"""Sealed reports: an application of its own (docs/vault.md). Importing it loads nothing."""
