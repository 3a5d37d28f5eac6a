"""What stands in the place of the sealed channel where that is not running: a page that says so.

Where it runs, requests below its address never come here.
"""

from flask import render_template, request
from flask.blueprints import BlueprintSetupState

from feedback_app.web.elsewhere import SEALED
from feedback_app.web.portal import blueprint

AWAY = 503


def sealed_away(rest: str = "") -> tuple[str, int]:  # noqa: ARG001 - whichever page was asked for
    """Say that nothing is taken in; what came along from the ordinary form is handed back and kept nowhere."""
    return render_template("portal/sealed_away.html", story=request.form.get("story", "")), AWAY


def _comes_from_elsewhere(state: BlueprintSetupState) -> None:
    """Take no notice of tokens: the channel's own forms carry none of ours, and nothing is done here."""
    state.app.extensions["csrf"].exempt(sealed_away)


blueprint.record_once(_comes_from_elsewhere)
for rule in (f"{SEALED}/", f"{SEALED}/<path:rest>"):
    blueprint.add_url_rule(rule, view_func=sealed_away, methods=["GET", "POST"])
