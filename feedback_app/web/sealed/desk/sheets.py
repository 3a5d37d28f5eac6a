"""What is printed from the unlocked room: the register of a quarter, the proposal sheet. Printing is an act."""

from datetime import date

from flask import render_template, request

from feedback_app.confidential import store
from feedback_app.confidential.services import papers
from feedback_app.confidential.services.papers import RegisterRow
from feedback_app.confidential.weeks import quarter_of, quarter_span
from feedback_app.web.sealed.desk import forms, labels
from feedback_app.web.sealed.desk.history import entries
from feedback_app.web.sealed.desk.room import Page, desk, here, today
from feedback_app.web.sealed.desk.seen import rows
from feedback_app.web.sealed.desk.standing import standing

QUARTERS = 8  # offered to choose from


def quarters(on: date, *, ended: bool = False) -> list[str]:
    """Return the last quarters, the newest first; ``ended`` leaves out the one that is running."""
    first, _after = quarter_span(quarter_of(on))
    number = first.year * 4 + (first.month - 1) // 3 - int(ended)
    return [f"{n // 4}-Q{n % 4 + 1}" for n in range(number, number - QUARTERS, -1)]


@desk.route("/so-theo-doi", methods=["GET", "POST"])
def register() -> Page:
    """Choose a quarter, then print the register of the reports that this seat reads."""
    form = forms.QuarterForm(request.form if request.method == "POST" else None)
    form.quarter.choices = forms.offered({name: labels.quarter(name) for name in quarters(today())})
    if request.method == "GET" or not form.validate():
        page = render_template("sealed/desk/register.html", form=form)
        return page if request.method == "GET" else (page, 422)
    since, until = quarter_span(form.quarter.data)
    with store.unit_of_work() as session:
        lines = papers.register_sheet(session, here(), since, until, on=today())
    return render_template(
        "sealed/desk/register_sheet.html",
        body=labels.body(here().body),
        quarter=labels.quarter(form.quarter.data),
        lines=[_line(line) for line in lines],
        printed=labels.week(today()),
        seat=here().seat,
    )


def _line(line: RegisterRow) -> list[str]:
    answers = line.answers
    about = labels.agency(answers.agency, line.week) or labels.unit(answers.unit)
    outcome = str(labels.OUTCOMES[line.outcome]) if line.outcome else ""  # type: ignore[index]
    stage = str(labels.STAGES[line.stage])
    return [str(line.number), labels.week(line.week), line.commitment, about, labels.field(answers.field),
            line.handler, outcome or stage]  # fmt: skip


@desk.post("/bao-cao/<report_id>/phieu-de-xuat")
def proposal(report_id: str) -> str:
    """Print what the head is asked to sign: answers and assessment, neither the account nor who reports."""
    at = standing(here(), report_id)
    with store.unit_of_work() as session:
        sheet = papers.proposal(session, here(), report_id, on=today())
    return render_template(
        "sealed/desk/proposal.html",
        body=labels.body(here().body),
        short=labels.short(report_id),
        week=labels.week(sheet.week),
        answers=rows(sheet.answers, at),
        assessments=entries(sheet.assessments, at.roster, at.links),
        referrals=entries([n for n in at.opened.working.notes if n.kind == "referral"], at.roster, at.links),
        handler=sheet.handler,
    )
