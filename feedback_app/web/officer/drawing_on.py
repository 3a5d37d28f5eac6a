"""The chooser of templates beside a form with an answer: pressing it fills the form on the server."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SubmitField
from wtforms.validators import Optional

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.core.errors import NotFound
from feedback_app.tickets import queries
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services import templates
from feedback_app.tickets.templating import AnswerTemplate
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.presenting import agency_name


class DrawsOnTemplates:
    """Two fields for every form that has ``text`` and ``legal_refs`` of an answer."""

    template = SelectField(_l("Mẫu trả lời"), validators=[Optional()], validate_choice=False)
    fill = SubmitField(_l("Điền mẫu"))


def drew(form: Any, code: str) -> bool:
    """Offer the templates for the ticket; fill the form and say True where the person asked for one.

    What was typed before stays: the wording is added below it.
    """
    ticket = _seen(code)
    offered = templates.offered(db.session(), actor(), ticket) if ticket is not None else []
    form.template.choices = (
        [("", _("Chọn mẫu")), *((str(t.id), _label(t)) for t in offered)] if offered else []
    )
    if ticket is None or not (form.is_submitted() and form.fill.data):
        return False
    chosen = next((t for t in offered if str(t.id) == form.template.data), None)
    if chosen is not None:
        _fill(form, chosen, ticket)
    return True


def kept_at() -> str | None:
    """Return the address of the templates, for who keeps those of an agency."""
    return url_for("wordings.index") if templates.agencies_of(actor()) else None


def _fill(form: Any, template: AnswerTemplate, ticket: Ticket) -> None:
    found = templates.render(db.session(), template, ticket, actor(), loaded(), clock.today())
    form.text.data = _below(form.text.data, found.text, "\n\n")
    form.legal_refs.data = _below(form.legal_refs.data, found.legal_refs, "\n")


def _below(typed: str | None, added: str, gap: str) -> str:
    return gap.join(part for part in ((typed or "").rstrip(), added) if part)


def _label(template: AnswerTemplate) -> str:
    if not template.shared:
        return template.name
    return _(
        "%(name)s (dùng chung: %(agency)s)",
        name=template.name,
        agency=agency_name(loaded(), template.agency_id),
    )


def _seen(code: str) -> Ticket | None:
    try:
        return queries.handled_by(db.session(), actor(), code)
    except NotFound:
        return None
