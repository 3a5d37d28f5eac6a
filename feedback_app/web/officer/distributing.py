"""Who gets the ticket and what of it: return, assign, release of withheld files."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.core import clock
from feedback_app.core.errors import NotFound
from feedback_app.core.files import Refused, TakenIn
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.models import Attachment, Ticket
from feedback_app.tickets.services import assigning, handling
from feedback_app.web import uploads
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.officer import blueprint, choosing
from feedback_app.web.officer.doing import Answered, act_page, perform
from feedback_app.web.officer.forms import AssignForm, ReleaseForm, ReturnForm


@blueprint.route("/phieu/<code>/tra-lai", methods=["GET", "POST"])
def return_wrong(code: str) -> Answered:
    form = ReturnForm()
    form.proposed.choices = [("", _("Chưa rõ")), *choosing.agencies(choosing.seen(code))]

    def deed(session: Any, ticket: Ticket) -> None:
        assigning.return_wrong(
            session,
            ticket,
            loaded(),
            by=actor(),
            reason=form.reason.data,
            proposed_id=loaded().agency_ids.get(form.proposed.data or ""),
            at=clock.now(),
            seen_version=form.version,
        )

    def again() -> Answered:
        return act_page(code, Act.RETURN, form)

    said = _l("Đã trả lại phiếu %(code)s để phân loại lại.", code=code)
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/giao", methods=["GET", "POST"])
def assign(code: str) -> Answered:
    form = AssignForm()
    seen = choosing.seen(code)
    choosing.offer(form, seen)

    def deed(session: Any, ticket: Ticket) -> None:
        assigning.assign(
            session,
            ticket,
            loaded().agency_ids[form.chosen],
            by=actor(),
            reason=form.reason.data,
            at=clock.now(),
            seen_version=form.version,
        )

    def again() -> Answered:
        return act_page(code, Act.ASSIGN, form, whys=choosing.whys(seen))

    said = _l("Đã giao phiếu %(code)s.", code=code)
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/tep/<public_id>/cho-xem", methods=["GET", "POST"])
def release(code: str, public_id: str) -> Answered:
    form = ReleaseForm()

    def again() -> Answered:
        return act_page(code, Act.RELEASE_FILES, form, public_id=public_id)

    if not form.validate_on_submit():
        return again()
    try:
        with uploads.taken_in(form.copy.data, only_pdf=False) as copy:
            said = _l("Người xử lý đã xem được tệp.")
            return perform(code, form, _releasing(public_id, copy), said, again)
    except Refused as refusal:
        form.copy.errors = [refusal.reason]
        return again()


def _releasing(public_id: str, copy: TakenIn | None) -> Any:
    def deed(session: Any, ticket: Ticket) -> None:
        original = _withheld(ticket, public_id)
        if copy is None:
            handling.release(session, ticket, original, by=actor(), at=clock.now())
        else:
            handling.release_copy(session, ticket, copy, by=actor(), at=clock.now())
            uploads.keep(copy)

    return deed


def _withheld(ticket: Ticket, public_id: str) -> Attachment:
    found = next((a for a in ticket.attachments if a.public_id == public_id and not a.released), None)
    if found is None:
        raise NotFound(public_id)
    return found
