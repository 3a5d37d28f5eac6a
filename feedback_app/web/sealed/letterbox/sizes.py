"""Sizes of files in words."""

from feedback_app.core.i18n import so

KILOBYTE = 1024


def in_words(size: int) -> str:
    """Return ``1,2 MB`` or ``34 KB``."""
    if size >= KILOBYTE * KILOBYTE:
        return f"{so(size / KILOBYTE / KILOBYTE, 1)} MB"
    return f"{so(max(1, round(size / KILOBYTE)))} KB"
