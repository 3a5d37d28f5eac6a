"""Pages of the ways up: UBND tỉnh, a ministry, and what comes back from there."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.core.files import Refused, TakenIn
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services import petitioning, referring
from feedback_app.tickets.services.referring import Direction
from feedback_app.tickets.services.ways_up import Document, is_vertical
from feedback_app.web import uploads
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.officer import blueprint, choosing
from feedback_app.web.officer.doing import Answered, Deed, act_page, perform
from feedback_app.web.officer.forms_upward import (
    DirectForm,
    MinistryReplyForm,
    PetitionForm,
    ReportUpForm,
    SignedForm,
    WatchForm,
)


@blueprint.route("/phieu/<code>/bao-cao-tinh", methods=["GET", "POST"])
def report_up(code: str) -> Answered:
    form = ReportUpForm()

    def deed(session: Any, ticket: Ticket) -> None:
        referring.report_up(
            session,
            ticket,
            loaded(),
            by=actor(),
            reason=form.text.data,
            at=clock.now(),
            seen_version=form.version,
        )

    def again() -> Answered:
        ticket = choosing.seen(code)
        latest = referring.latest_report(db.session(), ticket) if ticket else None
        return act_page(code, Act.REPORT_UP, form, latest=latest)

    said = _l("Đã báo cáo UBND tỉnh. Văn phòng UBND tỉnh giữ phiếu cho đến khi có ý kiến chỉ đạo.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/chi-dao", methods=["GET", "POST"])
def direct(code: str) -> Answered:
    form = DirectForm()
    form.owner.choices = [("", _("Chọn cơ quan")), *_owners(choosing.seen(code))]

    def deed(session: Any, ticket: Ticket, file: TakenIn | None) -> None:
        direction = Direction(
            kind=Document(form.kind.data),
            paper=form.paper(),
            owner_id=loaded().agency_ids[form.owner.data],
            owner_due_on=form.owner_due_on.data,
        )
        given: dict[str, Any] = {"by": actor(), "at": clock.now(), "seen_version": form.version}
        referring.direct(session, ticket, loaded(), direction, file=file, **given)

    def again() -> Answered:
        return act_page(code, Act.DIRECT, form)

    return _with_file(code, form, deed, _l("Đã ghi văn bản và chuyển phiếu đến cơ quan giải quyết."), again)


@blueprint.route("/phieu/<code>/kien-nghi-bo", methods=["GET", "POST"])
def petition(code: str) -> Answered:
    form = PetitionForm()

    def deed(session: Any, ticket: Ticket) -> None:
        petitioning.petition(
            session,
            ticket,
            loaded(),
            by=actor(),
            addressee=form.addressee.data.strip(),
            paper=form.paper(),
            at=clock.now(),
            seen_version=form.version,
        )

    def again() -> Answered:
        return act_page(code, Act.PETITION, form)

    said = _l("Đã ghi kiến nghị. Thời hạn của tỉnh tạm dừng; doanh nghiệp nhận thông báo.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/theo-doi-bo", methods=["GET", "POST"])
def watch(code: str) -> Answered:
    form = WatchForm()

    def deed(session: Any, ticket: Ticket) -> None:
        petitioning.watch(
            session, ticket, by=actor(), text=form.text.data, at=clock.now(), seen_version=form.version
        )

    def again() -> Answered:
        return act_page(code, Act.WATCH, form)

    said = _l("Đã ghi tình hình; doanh nghiệp đọc được.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/bo-tra-loi", methods=["GET", "POST"])
def ministry_replied(code: str) -> Answered:
    form = MinistryReplyForm()

    def deed(session: Any, ticket: Ticket, file: TakenIn | None) -> None:
        given: dict[str, Any] = {"by": actor(), "at": clock.now(), "seen_version": form.version}
        petitioning.ministry_replied(session, ticket, paper=form.paper(), file=file, **given)

    def again() -> Answered:
        return act_page(code, Act.MINISTRY_REPLIED, form)

    said = _l("Đã ghi văn bản của bộ, ngành. Thời hạn tính tiếp và cơ quan chủ trì giải quyết tiếp.")
    return _with_file(code, form, deed, said, again)


def _owners(ticket: Ticket | None) -> list[tuple[str, str]]:
    """Return the agencies, the central vertical ones marked: they are asked, not directed."""
    today = clock.today()
    asked = _("ngành dọc trung ương: đề nghị")
    return [
        (code, f"{name} ({asked})" if _vertical(code, today) else name)
        for code, name in choosing.agencies(ticket)
    ]


def _vertical(code: str, today: Any) -> bool:
    return is_vertical(loaded(), loaded().agency_ids[code], today)


def _with_file(
    code: str,
    form: SignedForm,
    deed: Callable[[Any, Ticket, TakenIn | None], None],
    said: Any,
    again: Callable[[], Answered],
) -> Answered:
    """Do the deed with the signed document, which is stored with it or not at all."""
    if not form.validate_on_submit():
        return again()
    try:
        with uploads.taken_in(form.signed_file.data, only_pdf=True) as file:
            return perform(code, form, _keeping(deed, file), said, again)
    except Refused as refusal:
        form.signed_file.errors = [refusal.reason]
        return again()


def _keeping(deed: Callable[[Any, Ticket, TakenIn | None], None], file: TakenIn | None) -> Deed:
    def whole(session: Any, ticket: Ticket) -> None:
        deed(session, ticket, file)
        if file is not None:
            uploads.keep(file)

    return whole
