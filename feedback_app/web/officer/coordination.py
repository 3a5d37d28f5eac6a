"""Pages of working together: opinions, objections, colleagues, consent."""

from contextlib import ExitStack
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.core.files import Refused
from feedback_app.tickets import queries
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services import consenting, objecting, opinions, staffing
from feedback_app.web import uploads
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.officer import blueprint, choosing
from feedback_app.web.officer.doing import Answered, act_page, perform
from feedback_app.web.officer.forms_coordination import (
    AskConsentForm,
    AskOpinionForm,
    DelegateForm,
    GiveOpinionForm,
    ObjectForm,
    RecuseForm,
    SettleForm,
)


@blueprint.route("/phieu/<code>/lay-y-kien", methods=["GET", "POST"])
def ask_opinion(code: str) -> Answered:
    form = AskOpinionForm()
    form.agencies.choices = choosing.agencies(choosing.seen(code))

    def deed(session: Any, ticket: Ticket) -> None:
        asked = {loaded().agency_ids[agency] for agency in form.agencies.data or ()}
        opinions.ask(
            session,
            ticket,
            asked,
            by=actor(),
            question=form.text.data,
            at=clock.now(),
            seen_version=form.version,
        )

    def again() -> Answered:
        return act_page(code, Act.ASK_OPINION, form)

    said = _l("Đã lấy ý kiến. Thời hạn chung với doanh nghiệp vẫn tính tiếp.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/y-kien", methods=["GET", "POST"])
def give_opinion(code: str) -> Answered:
    form = GiveOpinionForm()

    def again() -> Answered:
        return act_page(code, Act.GIVE_OPINION, form)

    if not form.validate_on_submit():
        return again()
    try:
        with ExitStack() as stack:
            sent = [stack.enter_context(uploads.taken_in(f, only_pdf=False)) for f in form.files.data or ()]
            files = [file for file in sent if file is not None]

            def deed(session: Any, ticket: Ticket) -> None:
                opinions.give(session, ticket, by=actor(), text=form.text.data, files=files, at=clock.now())
                for file in files:
                    uploads.keep(file)

            return perform(code, form, deed, _l("Đã gửi ý kiến cho cơ quan chủ trì."), again)
    except Refused as refusal:
        form.files.errors = [refusal.reason]
        return again()


@blueprint.route("/phieu/<code>/khong-dong-y", methods=["GET", "POST"])
def object_assignment(code: str) -> Answered:
    form = ObjectForm()

    def deed(session: Any, ticket: Ticket) -> None:
        objecting.to_assignment(
            session, ticket, by=actor(), text=form.text.data, at=clock.now(), seen_version=form.version
        )

    def again() -> Answered:
        return act_page(code, Act.OBJECT, form)

    said = _l("Đã gửi ý kiến không đồng ý đến Văn phòng UBND tỉnh.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/quyet-dinh", methods=["GET", "POST"])
def settle(code: str) -> Answered:
    form = SettleForm()
    form.agency.choices = [("", _("Chọn cơ quan")), *choosing.agencies(choosing.seen(code))]

    def deed(session: Any, ticket: Ticket) -> None:
        objecting.settle(
            session,
            ticket,
            by=actor(),
            uphold=form.verdict.data == "upheld",
            remarks=(form.remarks.data or "").strip(),
            agency_id=loaded().agency_ids.get(form.agency.data or ""),
            at=clock.now(),
            seen_version=form.version,
        )

    def again() -> Answered:
        ticket = choosing.seen(code)
        waiting = next((o for o in ticket.objections if o.verdict is None), None) if ticket else None
        return act_page(code, Act.SETTLE, form, objection=waiting)

    said = _l("Đã quyết định về ý kiến không đồng ý.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/giao-nguoi", methods=["GET", "POST"])
def delegate(code: str) -> Answered:
    form, ticket = DelegateForm(), choosing.seen(code)
    able = queries.who_answer(db.session(), ticket, clock.today()) if ticket else []
    form.person.choices = [(str(user.id), user.name) for user in able]

    def deed(session: Any, ticket: Ticket) -> None:
        to_id = int(form.person.data)
        staffing.delegate(session, ticket, by=actor(), to_id=to_id, at=clock.now(), seen_version=form.version)

    def again() -> Answered:
        return act_page(code, Act.DELEGATE, form)

    said = _l("Đã giao người xử lý phiếu.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/khong-tham-gia", methods=["GET", "POST"])
def recuse(code: str) -> Answered:
    form = RecuseForm()

    def deed(session: Any, ticket: Ticket) -> None:
        staffing.recuse(session, ticket, loaded(), by=actor(), reason=form.reason.data, at=clock.now())

    def again() -> Answered:
        return act_page(code, Act.RECUSE, form)

    said = _l("Đã ghi nhận. Ông/Bà không xử lý phiếu này nữa.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/xin-biet-ten", methods=["GET", "POST"])
def ask_consent(code: str) -> Answered:
    form = AskConsentForm()

    def deed(session: Any, ticket: Ticket) -> None:
        consenting.ask(
            session, ticket, by=actor(), text=form.text.data, at=clock.now(), seen_version=form.version
        )

    def again() -> Answered:
        return act_page(code, Act.ASK_CONSENT, form)

    said = _l("Đã gửi đề nghị. Tên doanh nghiệp vẫn được giữ kín cho đến khi doanh nghiệp đồng ý.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()
