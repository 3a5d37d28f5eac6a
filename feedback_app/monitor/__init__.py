"""The anti-gaming monitor: rates that make a figure look better than the work behind it."""
