"""The policy backlog in public: which rules ought to change, who follows it, how far it is. No ticket, no name."""

from flask import render_template

from feedback_app.core.db import db
from feedback_app.tickets.labels import PROPOSAL_STATES
from feedback_app.tickets.services.backlog import listed
from feedback_app.web.catalogue import loaded
from feedback_app.web.portal import blueprint
from feedback_app.web.presenting import agency_name, field_name


@blueprint.get("/kien-nghi-sua-quy-dinh")
def backlog() -> str:
    rows = [
        {
            "code": row.proposal.code,
            "title": row.proposal.title,
            "rule": row.proposal.rule,
            "field": field_name(loaded(), row.proposal.field),
            "owner": agency_name(loaded(), row.proposal.owner_id),
            "state": PROPOSAL_STATES[row.proposal.status],
            "note": row.proposal.public_note,
            "at": row.proposal.at,
            "decided_at": row.proposal.decided_at,
            "tickets": row.tickets,
        }
        for row in listed(db.session(), public=True)
    ]
    return render_template("portal/backlog.html", rows=rows)
