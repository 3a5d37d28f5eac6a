"""Files of a ticket, for those who may open them."""

from flask import Response

from feedback_app.core import files
from feedback_app.core.db import db
from feedback_app.core.errors import NotFound
from feedback_app.tickets import queries
from feedback_app.tickets.facts import facts_of
from feedback_app.tickets.policy import sees_filer
from feedback_app.web.identity import actor
from feedback_app.web.officer import blueprint


@blueprint.get("/phieu/<code>/tep/<public_id>")
def file(code: str, public_id: str) -> Response:
    """Return the file as a download; one that is withheld from this reader does not exist."""
    ticket = queries.handled_by(db.session(), actor(), code, whole=True)
    found = next((a for a in ticket.attachments if a.public_id == public_id), None)
    if found is None or not (found.released or sees_filer(actor(), facts_of(ticket))):
        raise NotFound
    return files.download(found.storage_key, found.name, found.media_type)
