"""The answered ticket and the people of the slice's tests."""

from tests.slices.library.conftest import answered, people, propose

__all__ = ["answered", "people", "propose"]
