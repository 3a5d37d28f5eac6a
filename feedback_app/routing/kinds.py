"""The kind of a filing, from its words."""

from feedback_app.catalogue.packs import Kind
from feedback_app.routing.inference import Reading

# Of equal scores the more particular kind wins.
_PRECEDENCE = (
    Kind.OVERLAPPING_INSPECTION,
    Kind.OVERDUE_DOSSIER,
    Kind.RULE_PROPOSAL,
    Kind.INFORMATION_REQUEST,
)


def kind_of(reading: Reading, accused: bool, enough: float) -> str:
    """The kind the words speak for, ``obstacle`` when none reaches the score ``enough``.

    A text that accuses an official is an informal-cost report whatever else it says.
    """
    if accused:
        return Kind.INFORMAL_COST.value
    scores = {kind: reading.kinds.get(kind, 0.0) for kind in _PRECEDENCE}
    best = max(_PRECEDENCE, key=lambda kind: scores[kind])
    return (best if scores[best] >= enough else Kind.OBSTACLE).value
