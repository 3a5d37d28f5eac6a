"""Approval chains: whose approval an answer needs in which agency, one to four steps, changed with a preview."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback_app.accounts.actor import Function
from feedback_app.accounts.queries import holders
from feedback_app.catalogue import chains, editing
from feedback_app.catalogue.packs.approvals import ApprovalChain, ApprovalsPack
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, Invalid, NotFound
from feedback_app.tickets.queries import drafts_in_approval
from feedback_app.web.admin import blueprint
from feedback_app.web.admin.forms_approvals import ChainForm, function_name, slots
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.presenting import agency_name, local

COMMON = "chung"  # the address of the chain of all agencies that have none of their own


@dataclass(frozen=True, slots=True)
class Taker:
    """A step as the preview tells it; ``people``: who could take it today (None: not counted)."""

    name: str
    functions: str
    people: int | None


@blueprint.get("/quy-trinh-duyet")
def approvals() -> str:
    pack = loaded().catalogue.approvals
    own = {code for chain in pack.chains for code in chain.agencies}
    rest = [agency for agency in loaded().directory.active(clock.today()) if agency.code not in own]
    return render_template("admin/approvals.html", pack=pack, rest=rest, common=COMMON, **_words())


@blueprint.route("/quy-trinh-duyet/<name>", methods=["GET", "POST"])
def approval(name: str) -> str | Response:
    agency = _agency(name)
    form, before = _form(agency), _chain(loaded().catalogue.approvals, agency)
    after, takers = None, []
    if form.validate_on_submit():
        try:
            if form.sure.data:
                return _store(form, agency)
            after = _chain(chains.preview(db.session(), agency, form.chain()), agency)
            takers = _takers(after, agency)
        except Invalid as error:
            form.steps.errors = [error.message]
    form.seen.data = form.seen.data or editing.approvals_version(db.session())
    shown = {"agency": agency, "form": form, "before": before, "after": after, "takers": takers}
    under_way = drafts_in_approval(db.session(), _covered(agency))
    return render_template(
        "admin/approval.html",
        **shown,
        name=name,
        samples=loaded().catalogue.approvals.samples,
        under_way=under_way,
        **_words(),
    )


def _form(agency: str | None) -> ChainForm:
    """Return the form: as sent, else with the steps of the sample asked for, else with those in force."""
    chain = _chain(loaded().catalogue.approvals, agency)
    samples = loaded().catalogue.approvals.samples
    sample = next((sample for sample in samples if sample.code == request.args.get("mau")), None)
    whose = "own" if sample or agency is None or chain.agencies else "common"
    return ChainForm(data={"steps": slots((sample or chain).steps), "whose": whose})


def _store(form: ChainForm, agency: str | None) -> Response:
    try:
        with unit_of_work() as session:
            chains.change(
                session,
                agency,
                form.chain(),
                reason=form.reason.data,
                seen_version=form.seen.data,
                by_id=actor().user_id,
            )
    except Conflict:
        raise Conflict(
            _("Người khác vừa sửa quy trình duyệt. Vui lòng mở lại trang, xem bản mới rồi sửa tiếp.")
        ) from None
    flash(_("Đã lưu. Dự thảo đang trình vẫn theo quy trình cũ."), "success")
    return redirect(url_for("admin.approvals"))


def _agency(name: str) -> str | None:
    """Return the code of an agency that there is today; None for the common chain."""
    if name == COMMON:
        return None
    if all(agency.code != name for agency in loaded().directory.active(clock.today())):
        raise NotFound(name)
    return name


def _chain(pack: ApprovalsPack, agency: str | None) -> ApprovalChain:
    if agency is None:
        return next(chain for chain in pack.chains if not chain.agencies)
    return pack.chain_for(agency)


def _covered(agency: str | None) -> list[int]:
    """Return the ids of the agencies whose chain is changed."""
    if agency is not None:
        return [loaded().agency_ids[agency]]
    own = {code for chain in loaded().catalogue.approvals.chains for code in chain.agencies}
    return [agency_id for code, agency_id in loaded().agency_ids.items() if code not in own]


def _takers(chain: ApprovalChain, agency: str | None) -> list[Taker]:
    held = holders(db.session(), loaded().agency_ids[agency], clock.today()) if agency else None
    found = []
    for step in chain.steps:
        people = None
        if held is not None:
            people = len(
                frozenset().union(*(held.get(Function(code), frozenset()) for code in step.functions))
            )
        found.append(Taker(local(step.note), _names(step.functions), people))
    return found


def _names(functions: tuple[str, ...]) -> str:
    return ", ".join(function_name(code) for code in functions)


def _words() -> dict[str, object]:
    return {
        "agency_of": lambda code: agency_name(loaded(), code),
        "functions": _names,
        "local": local,
    }
