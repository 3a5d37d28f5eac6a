"""Tickets with a life of their own choosing, as statistics have them."""

from tests.slices.statistics.conftest import life

__all__ = ["life"]
