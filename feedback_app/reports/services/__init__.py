"""Asking for a report, making it, and its layouts."""
