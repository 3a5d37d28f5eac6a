"""The common answer of a cluster: written, approved and issued once; each member is a unit of work of its own."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback_app.core import clock
from feedback_app.core.errors import Forbidden, Invalid
from feedback_app.core.files import Refused, TakenIn
from feedback_app.tickets.services import answering, clustering, common_answer
from feedback_app.tickets.services.answering import Decision, Letter
from feedback_app.tickets.services.common_answer import Member, Standing
from feedback_app.web import uploads
from feedback_app.web.beyond import blueprint
from feedback_app.web.beyond.clusters import each, seen, shown
from feedback_app.web.beyond.forms import ApproveTogetherForm, CommonAnswerForm, IssueTogetherForm
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor


@blueprint.route("/nhom/<code>/tra-loi", methods=["GET", "POST"])
def answer_cluster(code: str) -> str | Response:
    """Answer every member that the person's agency holds; where the agency has approvals, drafts go on their way."""
    row, inside = seen(code)
    ready, form = (
        [member.ticket for member in inside if member.standing is Standing.READY],
        CommonAnswerForm(),
    )
    if not ready:
        raise Forbidden
    sends = any(answering.may_send(loaded(), ticket, actor()) for ticket in ready)
    if form.validate_on_submit() and _holds(form, form.decision()):
        codes = [ticket.code for ticket in ready]
        done = _with_file(form, lambda file: each(codes, _answering(code, form.decision(), file)))
        if done:
            return redirect(url_for("beyond.cluster", code=code))
    page = {"form": form, "row": row, "count": len(ready), "sends": sends}
    return render_template("beyond/answer_cluster.html", **page, **shown(inside))


@blueprint.route("/nhom/<code>/duyet", methods=["GET", "POST"])
def approve_cluster(code: str) -> str | Response:
    """Approve or return all drafts of the common answer whose awaited step is this person's."""
    row, inside = seen(code)
    mine, form = [member for member in inside if member.approvable], ApproveTogetherForm()
    if not mine:
        raise Forbidden
    verdict, remarks = form.verdict.data == "yes", (form.remarks.data or "").strip()
    if form.validate_on_submit() and (verdict or remarks):
        drafts, given = form.seen(), {"verdict": verdict, "remarks": remarks}

        def deed(session: Any, number: str) -> None:
            group = clustering.one(session, code)
            common_answer.approve(session, group, number, drafts[number], by=actor(), at=clock.now(), **given)

        each(drafts, deed)
        return redirect(url_for("beyond.cluster", code=code))
    if form.is_submitted() and form.verdict.data == "no" and not remarks:
        form.remarks.errors = [_("Vui lòng ghi ý kiến để người soạn sửa dự thảo.")]
    return _drafts_page("approve_cluster", form, row, inside, mine)


@blueprint.route("/nhom/<code>/phat-hanh", methods=["GET", "POST"])
def issue_cluster(code: str) -> str | Response:
    """Enter number, date, signer and the signed PDF once, and send every approved draft under them."""
    row, inside = seen(code)
    mine, form = [member for member in inside if member.issuable], IssueTogetherForm()
    if not mine:
        raise Forbidden
    if form.validate_on_submit():
        letter, drafts = form.letter(), form.seen()
        if _holds(form, Decision(text="", letter=letter)) and _with_file(
            form, lambda file: each(drafts, _issuing(code, drafts, letter, file))
        ):
            return redirect(url_for("beyond.cluster", code=code))
    return _drafts_page("issue_cluster", form, row, inside, mine)


def _drafts_page(name: str, form: Any, row: Any, inside: list[Member], mine: list[Member]) -> str:
    """Show the texts that the drafts have, each once, with how many have it."""
    texts: dict[tuple[str, str], int] = {}
    for draft in (member.draft for member in mine if member.draft is not None):
        texts[draft.text, draft.legal_refs] = texts.get((draft.text, draft.legal_refs), 0) + 1
    if request.method == "GET":
        form.show(mine)
    page = {"form": form, "row": row, "count": len(mine), "texts": texts}
    return render_template(f"beyond/{name}.html", **page, **shown(inside))


def _answering(code: str, decision: Decision, file: TakenIn | None) -> Callable[[Any, str], None]:
    told = uploads.signed(file) if file else None

    def deed(session: Any, number: str) -> None:
        group = clustering.one(session, code)
        given: dict[str, Any] = {"by": actor(), "at": clock.now()}
        sent = common_answer.answer(session, group, number, decision, loaded(), **given)
        if sent is not None:
            uploads.attach_signed(session, sent, file, told)

    return deed


def _issuing(
    code: str, drafts: dict[str, int], letter: Letter, file: TakenIn | None
) -> Callable[[Any, str], None]:
    told = uploads.signed(file) if file else None

    def deed(session: Any, number: str) -> None:
        group = clustering.one(session, code)
        given: dict[str, Any] = {"by": actor(), "at": clock.now()}
        sent = common_answer.issue(session, group, number, drafts[number], letter, **given)
        uploads.attach_signed(session, sent, file, told)

    return deed


def _holds(form: Any, decision: Decision) -> bool:
    """Say whether the decision may be sent at all; what is wrong with it is marked once, not once a ticket."""
    try:
        answering.check(decision, clock.today())
    except Invalid as error:
        form[error.field].errors = [error.message]
        return False
    return True


def _with_file(form: Any, deed: Callable[[TakenIn | None], Iterable[str] | None]) -> bool:
    """Do the deed with the signed letter, if one was sent; a file that is refused is marked, and nothing is done."""
    try:
        with uploads.taken_in(form.signed_file.data, only_pdf=True) as file:
            deed(file)
    except Refused as refusal:
        form.signed_file.errors = [refusal.reason]
        return False
    return True
