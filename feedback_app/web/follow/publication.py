"""The enterprise reads what an agency would publish of its ticket, and agrees or objects."""

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import NotFound
from feedback_app.library import queries
from feedback_app.library.lifecycle import Status
from feedback_app.library.services import deciding
from feedback_app.web.follow.acts import OwnersView, Page
from feedback_app.web.forms import FlaskForm
from feedback_app.web.intake.fields import Prose
from feedback_app.web.presenting.library import answer_view

OPEN = frozenset({Status.WAITING, Status.PUBLISHED})


class PublicationForm(FlaskForm):
    says = RadioField(
        _l("Ý kiến của Quý doanh nghiệp"),
        choices=[
            SelectChoice("yes", _l("Đồng ý công bố bản này")),
            SelectChoice("no", _l("Không đồng ý công bố")),
        ],
        validators=[InputRequired(_l("Xin chọn đồng ý hoặc không đồng ý."))],
    )
    reason = Prose(_l("Lý do, hoặc chỗ cần che thêm"), longest=2000)


class Publication(OwnersView):
    methods = ("GET", "POST")

    def answer(self, code: str) -> Page:
        ticket, _owner = self.load(db.session(), code)
        row = queries.of_ticket(db.session(), ticket.id)
        if row is None:
            raise NotFound(code)
        form = PublicationForm()
        if not form.validate_on_submit():
            return render_template(
                "follow/publication.html",
                form=form,
                code=code,
                row=row,
                view=answer_view(row, store.current(db.session())),
                open=Status(row.status) in OPEN,
            )
        agreed = form.says.data == "yes"
        with unit_of_work() as session:
            ticket, owner = self.load(session, code)
            found = queries.of_ticket(session, ticket.id)
            if found is None:
                raise NotFound(code)
            deciding.reply(
                session, ticket, found, by=owner, agreed=agreed, reason=form.reason.data or "", at=clock.now()
            )
        return self.back(
            code,
            _("Cảm ơn Quý doanh nghiệp đã đồng ý.") if agreed else _("Câu trả lời sẽ không được công bố."),
        )


PAGES = (("/cong-bo", Publication, "publication"),)
