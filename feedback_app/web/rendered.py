"""Parts of pages that look the same for everybody until what they show changes: rendered once in each process."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from markupsafe import Markup

MOST = 64

_parts: OrderedDict[Hashable, Markup] = OrderedDict()


def get(key: Hashable, make: Callable[[], Markup]) -> Markup:
    """Return the part kept under ``key``, which must name everything that it depends on; made where there is none."""
    found = _parts.get(key)
    if found is None:
        found = _parts[key] = make()
        while len(_parts) > MOST:
            _parts.popitem(last=False)
    return found
