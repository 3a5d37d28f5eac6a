"""What somebody typed and must not lose when the form could not be taken."""

from collections.abc import Mapping

from flask_babel import gettext as _

NAMES = ("text", "reason", "extract", "story")


def typed(form: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return (label, text) of the longer fields that were filled in."""
    labels = {
        "text": _("Nội dung"),
        "reason": _("Lý do"),
        "extract": _("Trích lục"),
        "story": _("Nội dung trình bày"),
    }
    return [(str(labels[name]), form[name]) for name in NAMES if form.get(name, "").strip()]
