"""What an enterprise is told and asked about its clock and its name: extension, objection, consent."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask import render_template
from flask_babel import gettext as _

from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.clock import local_date
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import NotFound
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.reasons import EXTENSION_REASONS
from feedback_app.tickets.services import consenting, objecting
from feedback_app.web import presenting
from feedback_app.web.follow.acts import OwnersView, Page
from feedback_app.web.follow.forms import ConsentForm, ObjectExtensionForm

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice of an extension: who decided what, why, and until when."""

    code: str
    title: str
    agency: str
    reason: str
    text: str
    legal_basis: str
    days: int
    decided_on: date
    due_on: date | None
    confirmed: bool


def notice_of(session: "Session", ticket: Ticket) -> Notice | None:
    """Return the notice of the running round's extension, if it was extended."""
    approved = [r for r in ticket.head_requests if r.kind == "extension" and r.verdict == "approved"]
    request = next((r for r in approved if r.round == ticket.round), None)
    if request is None or request.decided_at is None:
        return None
    on = local_date(request.decided_at)
    return Notice(
        code=ticket.code,
        title=ticket.title,
        agency=presenting.agency_name(store.current(session), request.agency_id, on),
        reason=str(EXTENSION_REASONS.get(request.reason_code, "")),
        text=request.text,
        legal_basis=request.legal_basis,
        days=request.days or 0,
        decided_on=on,
        due_on=ticket.due_on,
        confirmed=ticket.due_confirmed,
    )


class ExtensionNotice(OwnersView):
    """The notice as a page that prints."""

    methods = ("GET",)

    def answer(self, code: str) -> Page:
        ticket, _owner = self.load(db.session(), code, whole=True)
        notice = notice_of(db.session(), ticket)
        if notice is None:
            raise NotFound(code)
        return render_template("follow/extension_notice.html", notice=notice, code=code)


class ObjectExtension(OwnersView):
    methods = ("GET", "POST")

    def answer(self, code: str) -> Page:
        self.require(code, Act.OBJECT_EXTENSION)
        form = ObjectExtensionForm()
        if not form.validate_on_submit():
            return render_template("follow/object_extension.html", form=form, code=code)
        with unit_of_work() as session:
            ticket, owner = self.load(session, code)
            objecting.to_extension(session, ticket, by=owner, text=form.text.data, at=clock.now())
        return self.back(code, _("Đã gửi. Văn phòng UBND tỉnh sẽ xem xét và trả lời Quý doanh nghiệp."))


class Consent(OwnersView):
    methods = ("GET", "POST")

    def answer(self, code: str) -> Page:
        self.require(code, Act.CONSENT)
        form = ConsentForm()
        ticket, _owner = self.load(db.session(), code)
        if not form.validate_on_submit():
            asked = consenting.waiting(ticket)
            agency = presenting.agency_name(store.current(db.session()), asked.agency_id, clock.today())
            return render_template("follow/consent.html", form=form, code=code, asked=asked, agency=agency)
        granted = form.granted.data == "yes"
        with unit_of_work() as session:
            ticket, owner = self.load(session, code)
            consenting.decide(session, ticket, by=owner, granted=granted, at=clock.now())
        said = (
            _("Đã cho cơ quan giải quyết biết tên.")
            if granted
            else _("Tên Quý doanh nghiệp vẫn được giữ kín.")
        )
        return self.back(code, said)


PAGES = (
    ("/thong-bao-gia-han", ExtensionNotice, "extension_notice"),
    ("/khong-dong-y-gia-han", ObjectExtension, "object_extension"),
    ("/cho-biet-ten", Consent, "consent"),
)
