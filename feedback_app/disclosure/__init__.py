"""Which counts of a table may be shown, and what a reader can still work out about the others. Pure.

A count below the minimum is hidden, and so many others with it that every hidden count keeps several possible
values for a reader who knows all that is shown, over all releases together. See docs/adr/0016.
"""

from feedback_app.disclosure.auditing import audit, audit_together, narrowed
from feedback_app.disclosure.protecting import MINIMUM, Source, protect, protect_together
from feedback_app.disclosure.tables import (
    MANY,
    TOTAL,
    Contradiction,
    Key,
    Protected,
    Release,
    Table,
    Unprotectable,
)

__all__ = [
    "MANY",
    "MINIMUM",
    "TOTAL",
    "Contradiction",
    "Key",
    "Protected",
    "Release",
    "Source",
    "Table",
    "Unprotectable",
    "audit",
    "audit_together",
    "narrowed",
    "protect",
    "protect_together",
]
