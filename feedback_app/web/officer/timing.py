"""Pages about the clock: extension, what waits for the head, and a kind put right."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.core.errors import Invalid
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.reasons import EXTENSION_REASONS
from feedback_app.tickets.services import reclassifying, requesting
from feedback_app.tickets.services.requesting import Extension
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.officer import blueprint, choosing
from feedback_app.web.officer.doing import Answered, act_page, perform
from feedback_app.web.officer.forms_coordination import DecideForm, ExtendForm, ReclassifyForm
from feedback_app.web.presenting import kind_name


@blueprint.route("/phieu/<code>/gia-han", methods=["GET", "POST"])
def extend(code: str) -> Answered:
    form = ExtendForm()

    def deed(session: Any, ticket: Ticket) -> None:
        extension = Extension(
            reason_code=form.reason_code.data,
            text=form.text.data,
            legal_basis=form.legal_basis.data or "",
            days=form.days.data or 0,
        )
        requesting.extend(
            session, ticket, by=actor(), extension=extension, at=clock.now(), seen_version=form.version
        )

    def again() -> Answered:
        ticket = choosing.seen(code)
        most = requesting.most_days(db.session(), ticket) if ticket else 0
        return act_page(code, Act.EXTEND, form, most=most)

    said = _l("Đã trình đề nghị gia hạn. Thời hạn thay đổi khi thủ trưởng đồng ý.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/thu-truong", methods=["GET", "POST"])
def decide_request(code: str) -> Answered:
    form = DecideForm()

    def deed(session: Any, ticket: Ticket) -> None:
        requesting.decide(
            session,
            ticket,
            by=actor(),
            approve=form.verdict.data == "yes",
            remarks=(form.remarks.data or "").strip(),
            at=clock.now(),
            seen_version=form.version,
        )

    def again() -> Answered:
        ticket = choosing.seen(code)
        waiting = next((r for r in ticket.head_requests if r.verdict is None), None) if ticket else None
        return act_page(code, Act.DECIDE_REQUEST, form, asked=waiting, reasons=EXTENSION_REASONS)

    said = _l("Đã ghi quyết định của thủ trưởng.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/doi-loai", methods=["GET", "POST"])
def reclassify(code: str) -> Answered:
    form, seen = ReclassifyForm(), choosing.seen(code)
    offered = reclassifying.kinds(loaded(), seen) if seen else []
    form.kind.choices = [(str(kind), kind_name(loaded(), kind)) for kind in offered]

    def deed(session: Any, ticket: Ticket) -> None:
        given: dict[str, Any] = {"by": actor(), "at": clock.now(), "seen_version": form.version}
        kind, reason = form.kind.data, form.reason.data
        reclassifying.reclassify(session, ticket, kind, loaded(), reason=reason, **given)

    def again() -> Answered:
        effect = _effect(form, seen) if seen and request.method == "POST" and not form.errors else None
        return act_page(code, Act.RECLASSIFY, form, effect=effect)

    if form.validate_on_submit() and form.sure.data:
        return perform(code, form, deed, _l("Đã đổi loại phản ánh và tính lại thời hạn."), again)
    return again()


def _effect(form: ReclassifyForm, ticket: Ticket) -> dict[str, Any] | None:
    """Return what the change does to the due date; ``None``, with the reason on the form, where it cannot be made."""
    try:
        after = reclassifying.preview(db.session(), ticket, form.kind.data, on=clock.today())
    except Invalid as error:
        form.kind.errors = [error.message]
        return None
    names = {"was": kind_name(loaded(), ticket.kind), "kind": kind_name(loaded(), form.kind.data)}
    return names | {"before": ticket.due_on, "after": after, "late": bool(after and after < clock.today())}
