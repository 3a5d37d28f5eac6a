"""Sorting: the three best candidates with their reasons, one press to give the ticket to one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Invalid
from feedback_app.core.i18n import language
from feedback_app.deadlines.calendar import WorkCalendar, work_calendar
from feedback_app.sorting import waiting
from feedback_app.sorting.waiting import Return, Waiting
from feedback_app.tickets import queries
from feedback_app.tickets.services import assigning
from feedback_app.web import days
from feedback_app.web.catalogue import loaded
from feedback_app.web.coordinating import blueprint
from feedback_app.web.identity import actor
from feedback_app.web.officer import choosing
from feedback_app.web.officer.doing import REFUSALS, Answered, refused
from feedback_app.web.officer.forms import ActForm
from feedback_app.web.presenting import agency_name, field_name, kind_name

LONGEST_REASON = 4000


class GiveForm(ActForm):
    agency = StringField(validators=[DataRequired()])
    reason = TextAreaField(
        _l("Lý do"), validators=[DataRequired(_l("Vui lòng ghi lý do giao.")), Length(max=LONGEST_REASON)]
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """One agency to press; ``score`` in percent, None where an agency proposed it and not the rules."""

    code: str
    name: str
    score: int | None
    why: str
    reason: str  # what is written into the history, in Vietnamese


@dataclass(frozen=True, slots=True)
class Card:
    """One ticket that waits."""

    code: str
    title: str
    body: str
    version: int
    deadline: days.Chip
    facts: str
    returns: list[tuple[str, str, str]]
    offers: list[Offer]


@blueprint.get("/phan-loai")
def triage() -> str:
    after = _key(request.args.get("after", ""))
    found = waiting.page(db.session(), actor(), after, waiting.PAGE + 1)
    shown = found[: waiting.PAGE]
    calendar = work_calendar(loaded().catalogue)
    last = shown[-1].ticket if len(found) > len(shown) else None
    mark = f"{last.due_on}.{last.id}" if last is not None else None
    return render_template(
        "coordinating/triage.html",
        cards=[_card(one, calendar) for one in shown],
        first_href=url_for("coordinating.triage") if after else None,
        next_href=url_for("coordinating.triage", after=mark) if mark else None,
    )


@blueprint.post("/phan-loai/<code>")
def give(code: str) -> Answered:
    form = GiveForm()
    if not form.validate_on_submit():
        flash(_("Vui lòng chọn cơ quan và ghi lý do giao."), "error")
        return redirect(url_for("coordinating.triage"))
    try:
        _give(code, form)
    except Invalid as error:
        flash(error.message, "error")
    except REFUSALS as error:
        return refused(code, error, form)
    else:
        name = agency_name(loaded(), form.agency.data)
        flash(_("Đã giao phiếu %(code)s cho %(agency)s.", code=code, agency=name), "success")
    return redirect(url_for("coordinating.triage"))


def _give(code: str, form: GiveForm) -> None:
    with unit_of_work() as session:
        ticket = queries.handled_by(session, actor(), code, whole=True)
        if form.agency.data not in dict(choosing.agencies(ticket)):
            raise Invalid(_("Cơ quan này không nhận phiếu được."), "agency")
        assigning.assign(
            session,
            ticket,
            loaded().agency_ids[form.agency.data],
            by=actor(),
            reason=form.reason.data,
            at=clock.now(),
            seen_version=form.version,
        )


def _card(one: Waiting, calendar: WorkCalendar) -> Card:
    ticket = one.ticket
    return Card(
        code=ticket.code,
        title=ticket.title,
        body=ticket.body,
        version=ticket.version,
        deadline=days.chip(ticket.due_on, clock.today(), calendar, estimated=ticket.due_estimated),
        facts=f"{kind_name(loaded(), ticket.kind)} · {field_name(loaded(), ticket.field)}",
        returns=[_returned(back) for back in one.returns],
        offers=[*_proposed(one), *_candidates(one)],
    )


def _returned(back: Return) -> tuple[str, str, str]:
    return agency_name(loaded(), back.agency_id), agency_name(loaded(), back.proposed_id), back.reason


def _proposed(one: Waiting) -> Iterator[Offer]:
    """Yield the agency that the last return named, unless the rules thought of it too."""
    last = next(iter(one.returns), None)
    thought = {row["code"] for row in _best(one)}
    if last is None or last.proposed_id is None or loaded().agency_codes[last.proposed_id] in thought:
        return
    why = _("%(agency)s đề xuất khi trả lại phiếu", agency=agency_name(loaded(), last.agency_id))
    name = agency_name(loaded(), last.proposed_id)
    yield Offer(loaded().agency_codes[last.proposed_id], name, None, why, _sentence(why))


def _candidates(one: Waiting) -> Iterator[Offer]:
    for row in _best(one):
        vietnamese = row.get("why_vi") or one.leg.reason_vi
        why = row.get("why_en", vietnamese) if language() == "en" else vietnamese
        name = agency_name(loaded(), row["code"], one.leg.started_on)
        yield Offer(
            row["code"],
            name,
            round(row["score"] * 100),
            _sentence(why),
            _sentence(vietnamese)[:LONGEST_REASON],
        )


def _best(one: Waiting) -> list[dict[str, Any]]:
    best: list[dict[str, Any]] = one.leg.candidates.get("best_first", [])
    return best


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _key(mark: str) -> tuple[date, int] | None:
    on, _dot, row_id = mark.partition(".")
    try:
        return date.fromisoformat(on), min(int(row_id), 2**63 - 1)
    except ValueError:
        return None
