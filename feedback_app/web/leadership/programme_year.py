"""The yearly report on the programme to the focal point: a page that prints, a Word document, a workbook."""

from collections.abc import Sequence

from flask import Response, render_template
from flask_babel import gettext as _

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.core.errors import NotFound
from feedback_app.papers import letter, tabled_docx
from feedback_app.papers.tabled import Cell, Tabled
from feedback_app.programme import queries
from feedback_app.programme.labels import period_name
from feedback_app.programme.models import ProgrammeReport
from feedback_app.programme.rules import State
from feedback_app.web.catalogue import loaded
from feedback_app.web.leadership import blueprint
from feedback_app.web.presenting.names import agency_name
from feedback_app.web.presenting.programme import TaskView, state_tag, task_view
from feedback_app.web.tables import download, workbook

PATH = "/chuong-trinh-hanh-dong/bao-cao/<int:year>"
FIRST_YEAR = 2024
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONGEST = 600  # characters of one result in the table; the whole stands in the system


@blueprint.get(PATH)
def programme_year(year: int) -> str:
    return render_template("leadership/programme_year.html", report=_report(year), year=year)


@blueprint.get(PATH + ".docx")
def programme_year_docx(year: int) -> Response:
    return download(tabled_docx.docx(_report(year)), DOCX, f"chuong-trinh-hanh-dong-{year}.docx")


@blueprint.get(PATH + ".xlsx")
def programme_year_xlsx(year: int) -> Response:
    report = _report(year)
    above = [[report.agency], [report.title], [report.subtitle], *([text] for text in report.paragraphs), []]
    table = [list(report.heads), *([str(cell) for cell in row] for row in report.rows)]
    below = [[], *([note] for note in report.notes)]
    return workbook(f"chuong-trinh-hanh-dong-{year}.xlsx", [(_("Báo cáo"), [*above, *table, *below])])


def _report(year: int) -> Tabled:
    """Return the report on a year, over the tasks in order. Raises NotFound for years without a programme."""
    today = clock.today()
    if not FIRST_YEAR <= year <= today.year:
        raise NotFound(str(year))
    found = queries.of_year(db.session(), year)
    views = _tasks()
    numbered = [(view, [report for report in found if report.task == view.number]) for view in views]
    focal = loaded().directory.focal_point(today)
    return Tabled(
        agency=agency_name(loaded(), focal.code),
        superior=_("UBND tỉnh Khánh Hòa"),
        place_and_date=letter.Letter(agency="", dated=today).date_line,
        title=_("Báo cáo kết quả thực hiện Chương trình hành động"),
        subtitle=_(
            "Năm %(year)s, theo Quyết định số %(decision)s",
            year=year,
            decision=loaded().catalogue.programme.decision,
        ),
        paragraphs=_sentences(found),
        heads=(
            _("Số"),
            _("Nhiệm vụ"),
            _("Cơ quan chủ trì"),
            _("Thời gian, sản phẩm"),
            _("Báo cáo"),
            _("Kết quả mới nhất của từng cơ quan"),
        ),
        widths=(5, 20, 20, 20, 10, 45),
        rows=tuple(_row(view, reports) for view, reports in numbered),
        notes=(
            _("Kết quả do các cơ quan tự báo cáo; tài liệu minh chứng lưu trong hệ thống."),
            _("Số liệu tính đến ngày %(day)s.", day=f"{today:%d/%m/%Y}"),
        ),
    )


def _tasks() -> list[TaskView]:
    leads = queries.leading_ids(loaded(), clock.today())
    beside = queries.coordinating_ids(loaded(), clock.today())
    return [task_view(loaded(), n, leads[n], beside[n]) for n in sorted(leads)]


def _sentences(found: Sequence[ProgrammeReport]) -> tuple[str, ...]:
    if not found:
        return (_("Trong năm chưa có báo cáo nào phải nộp."),)
    given = [report for report in found if report.reported_at]
    late = [r for r in given if r.reported_at and clock.local_date(r.reported_at) > r.due_on]
    missing = [r for r in found if r.reported_at is None and r.due_on < clock.today()]
    return (
        _(
            "Số báo cáo phải nộp trong năm: %(all)s; đã nộp %(given)s, trong đó %(late)s nộp sau hạn; "
            "%(missing)s đã quá hạn chưa nộp.",
            all=len(found),
            given=len(given),
            late=len(late),
            missing=len(missing),
        ),
    )


def _row(view: TaskView, reports: Sequence[ProgrammeReport]) -> tuple[Cell, ...]:
    given = [report for report in reports if report.reported_at]
    latest = {report.agency_id: report for report in given}  # in order of their periods
    numbers = _("%(given)s trên %(all)s", given=len(given), all=len(reports)) if reports else "–"
    told = "\n".join(_told(report) for report in latest.values()) or _("chưa có báo cáo")
    return view.number, view.about, view.leads, f"{view.time}. {view.product}.", numbers, told


def _told(report: ProgrammeReport) -> str:
    text = " ".join(report.text.split())
    short = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    from_whom = f"{agency_name(loaded(), report.agency_id)} ({period_name(report.period)})"
    return f"{from_whom}: {state_tag(State(report.state))['label']}. {short}"
