"""Where sealed reports are filed and read: an application of its own, behind the same address.

This side only knows where it is. What is filed there never passes through here.
"""

from feedback_app.core.i18n import language

SEALED = "/bao-cao-kin"


def sealed_url(page: str = "") -> str:
    """Return the address of a page of the sealed channel, in the reader's language: it keeps no cookie to know it."""
    return f"{SEALED}/{page}" + ("?lang=en" if language() == "en" else "")
