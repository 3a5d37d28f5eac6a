"""``--hypothesis-profile=deep`` makes 5,000 examples of each property instead of 300."""

from hypothesis import settings

settings.register_profile("deep", max_examples=5000, deadline=None)
