"""The short form of the call: one page, without JavaScript; sent twice it is one ticket, sent late an ordinary one."""

import re
from typing import Any

from flask import current_app, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField

from feedback_app.core import clock, i18n
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict
from feedback_app.core.limits import limiter
from feedback_app.core.security import grouped
from feedback_app.dialogues import queries
from feedback_app.dialogues.models import Meeting
from feedback_app.dialogues.services import proposing
from feedback_app.dialogues.services.proposing import Proposed
from feedback_app.intake import codes
from feedback_app.intake import queries as intake
from feedback_app.intake.labels import FILER_TYPES
from feedback_app.intake.rules import FilerType
from feedback_app.routing.accusation import Notice, noticed
from feedback_app.tickets.policy import Owner
from feedback_app.tickets.services.opening import FiledBy
from feedback_app.web.catalogue import loaded
from feedback_app.web.dialogues import blueprint, reader
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import account
from feedback_app.web.intake.accusing import longest
from feedback_app.web.intake.fields import Choice, Line, Prose
from feedback_app.web.intake.who import check_email, check_phone, identifier_hint
from feedback_app.web.presenting.dialogues import meeting_view
from feedback_app.web.presenting.names import agency_name, local

LONGEST = 6000
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


class ProposalForm(FlaskForm):
    title = Line(_l("Kiến nghị, vướng mắc trong một câu"), required=_l("Xin nêu kiến nghị trong một câu."))
    body = Prose(
        _l("Nội dung cụ thể"),
        required=_l("Xin nêu sự việc và đề xuất cách giải quyết."),
        longest=LONGEST,
        description=_l(
            "Vướng ở thủ tục hay quy định nào, cơ quan nào, từ khi nào; đề nghị giải quyết ra sao."
        ),
    )
    field = Choice(_l("Lĩnh vực"))
    filer_type = Choice(_l("Gửi với tư cách"))
    name = Line(_l("Tên doanh nghiệp, hiệp hội"), required=_l("Xin nhập tên người gửi."))
    identifier = Line(_l("Mã số thuế"), longest=30)
    contact_name = Line(_l("Người liên hệ"), longest=120)
    phone = Line(_l("Điện thoại"), longest=30)
    email = Line(_l("Thư điện tử"), description=_l("Để nhận giấy mời và tin về kiến nghị."))
    hide_identity = BooleanField(_l("Ẩn danh tính với cơ quan xử lý"))
    go_on = HiddenField()
    secret = HiddenField()

    def validate_email(self, field: Any) -> None:
        check_email(field.data)

    def validate_phone(self, field: Any) -> None:
        check_phone(field.data)


@blueprint.route("/<code>/gui-kien-nghi", methods=["GET", "POST"])
@limiter.limit("30 per hour", methods=["POST"])
def propose(code: str) -> str:
    meeting = queries.meeting(db.session(), None, code)
    form = _form(meeting)
    if not form.validate_on_submit():
        return _page(meeting, form)
    text = f"{form.title.data}\n{form.body.data}"
    found = noticed(text)
    if found is not None and form.go_on.data != "1":
        return _page(meeting, form, found)
    _send(meeting, form, went_on=found is not None)
    return _receipt(meeting, form)


def _form(meeting: Meeting) -> ProposalForm:
    form = ProposalForm(data=_known())
    wanted = [f for f in loaded().catalogue.fields.fields if not meeting.fields or f.code in meeting.fields]
    form.field.choices = [("", _("Để hệ thống xác định")), *((f.code, local(f.name)) for f in wanted)]
    types = [(t.value, str(name)) for t, name in FILER_TYPES.items() if t is not FilerType.CALLER]
    form.filer_type.choices = types
    if not SECRET.fullmatch(form.secret.data or ""):
        form.secret.data = codes.new_secret()
    return form


def _known() -> dict[str, str]:
    """Return what the account of a signed-in enterprise says of itself."""
    who = reader()
    if who is None or who.enterprise_id is None:
        return {}
    user, enterprise = account(), account().enterprise
    told = {"contact_name": user.name, "phone": user.phone, "email": user.email}
    if enterprise is None:
        return told
    return told | {
        "filer_type": enterprise.filer_type,
        "name": enterprise.name,
        "identifier": enterprise.identifier,
    }


def _page(meeting: Meeting, form: ProposalForm, found: Notice | None = None) -> str:
    return render_template(
        "dialogues/propose.html",
        meeting=meeting_view(loaded(), meeting),
        form=form,
        identifier_hint=identifier_hint(form.filer_type.data, form.identifier.data),
        phrases=longest(found.phrases) if found is not None else (),
        story=f"{form.title.data}\n\n{form.body.data}",
        longest=LONGEST,
    )


def _send(meeting: Meeting, form: ProposalForm, *, went_on: bool) -> None:
    """File the proposal, unless the very same form was filed before."""
    if intake.is_filed(db.session(), codes.submission(form.secret.data)):
        return
    who = reader()
    owner = Owner(user_id=who.user_id, enterprise_id=who.enterprise_id) if who and who.enterprise_id else None
    told = Proposed(
        secret=form.secret.data,
        by=_filed_by(form),
        title=form.title.data or "",
        body=form.body.data or "",
        field=form.field.data or "",
        hide_identity=bool(form.hide_identity.data),
        went_on=went_on,
    )
    prefix = current_app.extensions["settings"].code_prefix
    try:
        with unit_of_work() as session:
            row = queries.meeting(session, None, meeting.code)
            proposing.propose(session, row, told, loaded(), owner=owner, at=clock.now(), prefix=prefix)
    except Conflict:  # the same form by another request: its receipt follows
        db.session.rollback()


def _filed_by(form: ProposalForm) -> FiledBy:
    return FiledBy(
        filer_type=form.filer_type.data,
        name=form.name.data or "",
        identifier=form.identifier.data or "",
        contact_name=form.contact_name.data or "",
        phone=form.phone.data or "",
        email=form.email.data or "",
        locale=i18n.language(),
    )


def _receipt(meeting: Meeting, form: ProposalForm) -> str:
    """Return the receipt, the same however often the form is sent; the code follows from the form's own secret."""
    session, secret = db.session(), form.secret.data
    ticket = intake.receipt_of(session, codes.submission(secret))
    if ticket is None:
        raise Conflict(_("Chưa gửi được, xin bấm gửi lại; nội dung vẫn còn ở trang trước."))
    code = codes.tracking_code(secret) if ticket.tracking_hash else None
    return render_template(
        "dialogues/receipt.html",
        meeting=meeting_view(loaded(), meeting),
        ticket=ticket,
        agency=agency_name(loaded(), ticket.lead_id),
        code=grouped(code) if code else None,
        late=proposing.is_late(session, ticket.submission, meeting),
    )
