"""One-time tokens made of seeds: whoever has the tables without the installation's key can make none of them."""

from feedback_app.core.security import keyed_hash

SYMBOLS = 32  # of a token that travels in an address: 128 bits


def pulse_token(seed: str) -> str:
    """Return the token of an invitation, as it stands in the address that is sent."""
    return keyed_hash(seed, "pulse seed")[:SYMBOLS]


def stored(token: str) -> str:
    """Return under what an invitation's token is known in the tables."""
    return keyed_hash(token, "pulse token")
