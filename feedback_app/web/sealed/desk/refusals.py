"""One page for all that is not there: wrong, kept out, not opened, not allowed, not now. They must look the same."""

from flask import render_template

from feedback_app.confidential.errors import Conflict, NotFound, Tampered, VaultError
from feedback_app.web.sealed.desk.room import Page, desk


@desk.errorhandler(NotFound)
@desk.errorhandler(VaultError)
def not_here(_error: Exception) -> Page:
    """Return the same page with the same status, whatever the reason was."""
    return render_template("sealed/desk/nothing.html"), NotFound.status


@desk.errorhandler(Conflict)
def overtaken(_error: Exception) -> Page:
    return render_template("sealed/desk/refused.html", kept=[]), Conflict.status


@desk.errorhandler(Tampered)
def broken(_error: Exception) -> Page:
    """Say so: whoever can change the database must not be able to pass it off as an ordinary refusal."""
    return render_template("sealed/desk/broken.html"), Tampered.status
