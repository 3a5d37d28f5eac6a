"""Pages of one size: whoever watches the line learns neither which screen it was nor whether a code was right."""

import secrets

from flask import Response

STEP = 32 * 1024  # bytes; a page is a multiple of it
_OPEN, _CLOSE = b"<!-- ", b" -->\n"


def pad(response: Response) -> Response:
    """Fill a page up with noise, which does not shrink when something on the way compresses it."""
    if response.mimetype != "text/html" or response.is_streamed:
        return response
    body = response.get_data()
    room = -(len(body) + len(_OPEN) + len(_CLOSE)) % STEP
    response.set_data(body + _OPEN + secrets.token_hex(room // 2 + 1)[:room].encode() + _CLOSE)
    return response
