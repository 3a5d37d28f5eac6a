"""The pages of one ticket for whoever owns it; audiences differ only in how the ticket is loaded."""

from typing import TYPE_CHECKING, Protocol

from flask import flash, redirect, render_template, request, url_for
from flask.views import View
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback_app.catalogue import store
from feedback_app.core import clock, files
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import IllegalTransition, NotFound
from feedback_app.surveys import services as surveys
from feedback_app.tickets import queries
from feedback_app.tickets.facts import facts_of
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import Owner, acts_open_to
from feedback_app.tickets.services import owning
from feedback_app.web.follow.forms import DisputeForm, RateForm, ReopenForm, ReplyForm
from feedback_app.web.follow.page import is_owners, page_of
from feedback_app.web.follow.uploads import received

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Page = str | Response | tuple[str, int]


class Load(Protocol):
    """How an audience comes to its ticket; a stranger's raises ``NotFound``."""

    def __call__(self, session: "Session", code: str, *, whole: bool = False) -> tuple[Ticket, Owner]: ...


class OwnersView(View):
    """A page of one ticket; an act that no longer fits its state is explained."""

    init_every_request = False

    def __init__(self, load: Load) -> None:
        self.load = load

    def dispatch_request(self, **values: str) -> Page:
        code = values["code"]
        try:
            return self.answer(code)
        except IllegalTransition:
            return render_template("follow/not_now.html", code=code), 409

    def answer(self, code: str) -> Page:
        raise NotImplementedError

    def show(self, code: str, *, reply: ReplyForm | None = None, rate: RateForm | None = None) -> str:
        """Return the page of the ticket, with a form as it was filled in."""
        session = db.session()
        page = page_of(session, *self.load(session, code, whole=True))
        return render_template(
            "follow/ticket.html", page=page, reply=reply or ReplyForm(None), rate=rate or RateForm(None)
        )

    def require(self, code: str, act: Act) -> None:
        """Refuse the page of an act that does not fit.

        Raises:
            IllegalTransition: the ticket is in another state.
        """
        ticket, owner = self.load(db.session(), code)
        if act not in acts_open_to(owner, facts_of(ticket)):
            raise IllegalTransition(act)

    def back(self, code: str, message: str) -> Response:
        flash(message, "success")
        return redirect(url_for(".ticket", code=code))


class ShowTicket(OwnersView):
    methods = ("GET",)

    def answer(self, code: str) -> Page:
        return self.show(code)


class Reply(OwnersView):
    methods = ("POST",)

    def answer(self, code: str) -> Page:
        self.require(code, Act.REPLY)
        form = ReplyForm()
        valid = form.validate()
        with received(form.files) as taken:
            if not valid or form.files.errors:
                return self.show(code, reply=form)
            with unit_of_work() as session:
                ticket, owner = self.load(session, code)
                owning.reply(session, ticket, by=owner, text=form.text.data, files=taken, at=clock.now())
        return self.back(code, _("Đã gửi phần bổ sung. Thời hạn trả lời của cơ quan tiếp tục được tính."))


class Rate(OwnersView):
    methods = ("POST",)

    def answer(self, code: str) -> Page:
        self.require(code, Act.RATE)
        form = RateForm()
        if not form.validate():
            return self.show(code, rate=form)
        with unit_of_work() as session:
            ticket, owner = self.load(session, code)
            owning.rate(session, ticket, by=owner, verdict=form.verdict(), at=clock.now())
            token = third_question(session, ticket)
        return third_page(code, token, _("Cảm ơn Quý doanh nghiệp đã đánh giá. Phiếu đã được đóng."))


class Dispute(OwnersView):
    methods = ("GET", "POST")

    def answer(self, code: str) -> Page:
        self.require(code, Act.DISPUTE)
        form = DisputeForm()
        if not form.validate_on_submit():
            return render_template("follow/dispute.html", form=form, code=code)
        with unit_of_work() as session:
            token = self._dispute(session, code, form)
        return third_page(code, token, _("Đã gửi đề nghị xem xét lại. Một người khác sẽ xem xét."))

    def _dispute(self, session: "Session", code: str, form: DisputeForm) -> str:
        ticket, owner = self.load(session, code)
        at = clock.now()
        owning.dispute(
            session,
            ticket,
            store.current(session),
            by=owner,
            verdict=form.verdict(),
            reason=form.reason.data,
            others_answer=queries.others_who_answer(session, ticket, clock.local_date(at)),
            at=at,
        )
        return third_question(session, ticket)


class Reopen(OwnersView):
    methods = ("GET", "POST")

    def answer(self, code: str) -> Page:
        self.require(code, Act.REOPEN)
        form = ReopenForm()
        if not form.validate_on_submit():
            return render_template("follow/reopen.html", form=form, code=code)
        with unit_of_work() as session:
            ticket, owner = self.load(session, code)
            at = clock.now()
            owning.reopen(
                session,
                ticket,
                store.current(session),
                by=owner,
                reason=form.reason.data,
                others_answer=queries.others_who_answer(session, ticket, clock.local_date(at)),
                at=at,
            )
        return self.back(code, _("Đã mở lại phiếu. Một người khác sẽ xem xét, với thời hạn mới."))


class Withdraw(OwnersView):
    methods = ("GET", "POST")

    def answer(self, code: str) -> Page:
        self.require(code, Act.WITHDRAW)
        if request.method == "GET":
            return render_template("follow/withdraw.html", code=code)
        with unit_of_work() as session:
            ticket, owner = self.load(session, code)
            owning.withdraw(session, ticket, by=owner, at=clock.now())
        return self.back(
            code, _("Đã rút phiếu. Phiếu vẫn được lưu và Quý doanh nghiệp có thể gửi phiếu mới.")
        )


class Download(OwnersView):
    """The ticket's files that the enterprise sent or was sent."""

    methods = ("GET",)

    def answer(self, code: str) -> Page:
        public_id = (request.view_args or {})["public_id"]
        ticket, _owner = self.load(db.session(), code, whole=True)
        file = next((a for a in ticket.attachments if a.public_id == public_id and is_owners(a)), None)
        if file is None:
            raise NotFound(public_id)
        return files.download(file.storage_key, file.name, file.media_type)


PAGES = (
    ("", ShowTicket, "ticket"),
    ("/bo-sung", Reply, "reply"),
    ("/danh-gia", Rate, "rate"),
    ("/xem-xet-lai", Dispute, "dispute"),
    ("/mo-lai", Reopen, "reopen"),
    ("/rut", Withdraw, "withdraw"),
    ("/tep/<public_id>", Download, "file"),
)


def third_question(session: "Session", ticket: Ticket) -> str:
    """Return a token for the agency that gave the last answer; the ticket keeps no trace of it."""
    agency = store.current(session).agency_codes[ticket.answers[-1].agency_id]
    return surveys.offer(session, agency=agency, field=ticket.field, on=clock.today())


def third_page(code: str, token: str, thanks: str) -> Response:
    """Return the page with the third question; its answer must not name this page as where it came from."""
    response = Response(
        render_template("follow/third.html", code=code, token=token, thanks=thanks, error=None),
        mimetype="text/html",
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
