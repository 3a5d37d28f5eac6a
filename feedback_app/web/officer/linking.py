"""Pages of what outgrows a ticket: the policy backlog and commitments."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.core.errors import Invalid, NotFound
from feedback_app.tickets import queries
from feedback_app.tickets.lifecycle import Act, Status
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services import backlog, clustering, projects, promising, recognising
from feedback_app.tickets.services.answering import Decision
from feedback_app.tickets.services.backlog import Proposed
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.officer import blueprint, choosing
from feedback_app.web.officer.deciding import polite
from feedback_app.web.officer.doing import Answered, act_page, perform
from feedback_app.web.officer.forms_linking import (
    ClusterForm,
    JoinProjectForm,
    PromiseForm,
    ProposeForm,
    RecogniseForm,
    SettlePromiseForm,
)
from feedback_app.web.officer.viewing import view_of
from feedback_app.web.presenting.beyond import promise_of


@blueprint.route("/phieu/<code>/cho-sua-quy-dinh", methods=["GET", "POST"])
def propose_change(code: str) -> Answered:
    form = ProposeForm()
    ticket = choosing.seen(code)
    known = backlog.undecided(db.session()) if ticket else ()
    form.existing.choices = [("", _("Kiến nghị mới")), *((p.code, f"{p.code}: {p.title}") for p in known)]
    form.owner.choices = choosing.agencies(ticket)
    if not form.is_submitted() and ticket and ticket.holder_id:
        form.owner.data = loaded().agency_codes[ticket.holder_id]

    def deed(session: Any, ticket: Ticket) -> None:
        given: dict[str, Any] = {"by": actor(), "at": clock.now(), "seen_version": form.version}
        backlog.propose(session, ticket, loaded(), _decision(form), _proposed(form), **given)

    def again() -> Answered:
        form.apology.data = form.apology.data or polite()
        return act_page(code, Act.PROPOSE_CHANGE, form)

    said = _l("Đã ghi kiến nghị. Doanh nghiệp được báo ngay, hoặc khi dự thảo được duyệt và phát hành.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/gop-nhom", methods=["GET", "POST"])
def cluster(code: str) -> Answered:
    form = ClusterForm()
    known = clustering.listed(db.session(), actor())
    form.existing.choices = [("", _("Nhóm mới")), *((c.code, f"{c.code}: {c.title}") for c, _n in known)]

    def deed(session: Any, ticket: Ticket) -> None:
        by, at, title = actor(), clock.now(), (form.title.data or "").strip()
        if form.existing.data:
            group = clustering.one(session, form.existing.data)
            clustering.join(session, group, ticket, by=by, at=at, seen_version=form.version)
        elif title:
            clustering.create(session, ticket, title=title, by=by, at=at)
        else:
            raise Invalid(_("Vui lòng ghi tên nhóm hoặc chọn nhóm đã có."), "title")

    def again() -> Answered:
        return act_page(code, Act.CLUSTER, form)

    said = _l("Đã đưa phiếu vào nhóm. Số phiếu, thời hạn và đánh giá của từng doanh nghiệp giữ riêng.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/du-an", methods=["GET", "POST"])
def project(code: str) -> Answered:
    form = JoinProjectForm()
    known = projects.listed(db.session(), actor())
    named = ((d.project.code, f"{d.project.code}: {d.project.title}") for d in known)
    form.project.choices = [("", _("Chọn hồ sơ")), *named]

    def deed(session: Any, ticket: Ticket) -> None:
        found = projects.one(session, actor(), form.project.data).project
        projects.join(session, found, ticket, by=actor(), at=clock.now(), seen_version=form.version)

    def again() -> Answered:
        return act_page(code, Act.PROJECT, form)

    said = _l("Đã đưa phiếu vào hồ sơ dự án.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/kenh-khac", methods=["GET", "POST"])
def recognise(code: str) -> Answered:
    form = RecogniseForm()

    def deed(session: Any, ticket: Ticket) -> None:
        given: dict[str, Any] = {"by": actor(), "at": clock.now()}
        number, source = (form.duplicate.data or "").strip().upper(), (form.code.data or "").strip()
        if number:
            recognising.same_matter(session, ticket, number, loaded(), text=form.text.data or "", **given)
        elif form.channel.data and source and form.received_on.data:
            found = {"channel": form.channel.data, "code": source, "received_on": form.received_on.data}
            recognising.recognise(session, ticket, **found, **given, seen_version=form.version)
        else:
            raise Invalid(_("Vui lòng ghi kênh, mã và ngày nhận, hoặc số phiếu trùng."), "channel")

    def again() -> Answered:
        return act_page(code, Act.RECOGNISE, form)

    said = _l("Đã ghi nhận cùng một vụ việc; chỉ một thời hạn được tính.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/cam-ket", methods=["GET", "POST"])
def promise(code: str) -> Answered:
    form = PromiseForm()

    def deed(session: Any, ticket: Ticket) -> None:
        promising.promise(
            session,
            ticket,
            by=actor(),
            text=form.text.data,
            due_on=form.due_on.data,
            at=clock.now(),
            seen_version=form.version,
        )

    def again() -> Answered:
        return act_page(code, Act.PROMISE, form)

    said = _l("Đã ghi cam kết; doanh nghiệp đọc và theo dõi được.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/cam-ket/<int:commitment_id>", methods=["GET", "POST"])
def settle_promise(code: str, commitment_id: int) -> Answered:
    form = SettlePromiseForm()

    def deed(session: Any, ticket: Ticket) -> None:
        kept, note = form.verdict.data == "kept", form.note.data or ""
        promising.settle(session, ticket, commitment_id, by=actor(), kept=kept, note=note, at=clock.now())

    def again() -> Answered:
        ticket = queries.handled_by(db.session(), actor(), code, whole=True)
        row = next((c for c in ticket.commitments if c.id == commitment_id and c.state == "open"), None)
        if row is None or not promising.handles(actor(), ticket):
            raise NotFound(str(commitment_id))
        return render_template(
            "officer/settle_promise.html",
            form=form,
            heading=_("Báo kết quả thực hiện cam kết"),
            view=view_of(db.session(), ticket),
            promise=promise_of(row, loaded(), clock.today()),
        )

    said = _l("Đã ghi kết quả; doanh nghiệp được báo.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


def _decision(form: ProposeForm) -> Decision:
    return Decision(
        outcome=Status.POLICY_BACKLOG,
        text=form.text.data or "",
        legal_refs=form.legal_refs.data or "",
        apology=form.apology.data or "",
    )


def _proposed(form: ProposeForm) -> Proposed | str:
    if form.existing.data:
        return str(form.existing.data)
    return Proposed(
        title=(form.title.data or "").strip(),
        rule=(form.rule.data or "").strip(),
        owner_id=loaded().agency_ids[form.owner.data],
    )
