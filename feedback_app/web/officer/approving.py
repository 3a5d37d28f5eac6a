"""Pages of a draft on its way: written, handed in, approved or returned, issued by the clerk."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.core.files import Refused, TakenIn
from feedback_app.tickets.lifecycle import Act, Status
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services import approving
from feedback_app.tickets.services.answering import Decision
from feedback_app.web import uploads
from feedback_app.web.identity import actor
from feedback_app.web.officer import blueprint, choosing
from feedback_app.web.officer.beside import drafts_of
from feedback_app.web.officer.deciding import polite
from feedback_app.web.officer.doing import Answered, act_page, perform
from feedback_app.web.officer.forms_decisions import ApproveForm, DraftForm, IssueForm


@blueprint.route("/phieu/<code>/du-thao", methods=["GET", "POST"])
def draft(code: str) -> Answered:
    form = DraftForm()
    if request.method == "GET":
        _fill(form, choosing.seen(code))
    handing_in = request.form.get("step") == "hand_in"

    def deed(session: Any, ticket: Ticket) -> None:
        saved = approving.save(
            session,
            ticket,
            _decision(form),
            by=actor(),
            at=clock.now(),
            seen_draft=form.draft_version,
            seen_version=form.version,
        )
        if handing_in:
            approving.hand_in(session, ticket, saved, by=actor(), at=clock.now())

    def again() -> Answered:
        return act_page(code, Act.DRAFT, form)

    said = _l("Đã trình duyệt dự thảo.") if handing_in else _l("Đã lưu dự thảo.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/duyet", methods=["GET", "POST"])
def approve(code: str) -> Answered:
    form = ApproveForm()

    def deed(session: Any, ticket: Ticket) -> None:
        approving.approve(
            session,
            ticket,
            by=actor(),
            verdict=form.verdict.data == "yes",
            remarks=(form.remarks.data or "").strip(),
            at=clock.now(),
            seen_version=form.version,
        )

    def again() -> Answered:
        return act_page(code, Act.APPROVE, form, draft=_shown(code))

    said = _l("Đã ghi ý kiến về dự thảo.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/phat-hanh", methods=["GET", "POST"])
def issue(code: str) -> Answered:
    form = IssueForm()

    def again() -> Answered:
        return act_page(code, Act.ISSUE, form, draft=_shown(code))

    if not form.validate_on_submit():
        return again()
    try:
        with uploads.taken_in(form.signed_file.data, only_pdf=True) as file:
            return perform(code, form, _issuing(form, file), _l("Đã phát hành và gửi doanh nghiệp."), again)
    except Refused as refusal:
        form.signed_file.errors = [refusal.reason]
        return again()


def _issuing(form: IssueForm, file: TakenIn | None) -> Any:
    def deed(session: Any, ticket: Ticket) -> None:
        row = approving.issue(
            session, ticket, by=actor(), letter=form.letter(), at=clock.now(), seen_version=form.version
        )
        uploads.attach_signed(session, row, file)

    return deed


def _shown(code: str) -> Any:
    ticket = choosing.seen(code)
    return next(iter(reversed(drafts_of(db.session(), ticket))), None) if ticket else None


def _fill(form: DraftForm, ticket: Ticket | None) -> None:
    """Show what was written so far; an apology is offered where the answer would be late."""
    live = approving.live_draft(ticket) if ticket else None
    form.outcome.data = live.outcome if live else str(Status.ANSWERED)
    form.apology.data = (live.apology if live else "") or polite()
    if live is not None:
        form.seen_draft.data = live.version
        form.reason_code.data, form.text.data = live.reason_code, live.text
        form.legal_refs.data = live.legal_refs


def _decision(form: DraftForm) -> Decision:
    outcome = Status(form.outcome.data)
    return Decision(
        outcome=outcome,
        text=form.text.data or "",
        legal_refs=form.legal_refs.data or "",
        reason_code="" if outcome is Status.ANSWERED else form.reason_code.data or "",
        apology=form.apology.data or "",
    )
