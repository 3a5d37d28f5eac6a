"""Packs that a test changes are put back."""

from tests.packs import packs_put_back

__all__ = ["packs_put_back"]
