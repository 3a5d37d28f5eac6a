"""The main job from end to end, in the words of those who do it."""

from datetime import date

from feedback_app.catalogue import store
from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.indicators.definitions import edition_of, evaluate
from feedback_app.statistics import jobs, queries
from feedback_app.statistics.figures import Figure, Group, total_counts
from feedback_app.statistics.periods import containing


def figures_of_the_month(province):
    db.session.remove()
    jobs.refresh()
    db.session.remove()
    return queries.figures(db.session(), containing(clock.today()))


def scores(province):
    figures = figures_of_the_month(province)
    edition = edition_of(store.current(db.session()).catalogue.indicators)
    results = evaluate(edition, total_counts(figures.by_group))
    return {component.component.id: component for result in results for component in result.components}


def counts(figures):
    return {str(name): value.n for name, value in figures.by_group.get(Group(), {}).items()}


def test_an_enterprise_files_the_right_agency_answers_in_time_and_the_month_s_figures_move(province):
    officer = province.person("officer", "thue")
    elsewhere = province.person("officer", "so-xd")
    before = counts(figures_of_the_month(province))
    shares_before = {name: c.denominator for name, c in scores(province).items()}

    receipt = province.file(
        "Hoàn thuế giá trị gia tăng chậm",
        "Hồ sơ hoàn thuế GTGT của công ty nộp ngày 01/9/2026 đến nay chưa được cơ quan thuế giải quyết.",
        field="tax",
    )

    assert province.held_by(receipt) == "thue"
    assert receipt.number in officer.sees("/can-bo/")
    assert receipt.number not in elsewhere.sees("/can-bo/?view=agency")
    assert elsewhere.status(f"/can-bo/phieu/{receipt.number}") == 404
    promised = province.ticket(receipt).due_on
    calendar = work_calendar(store.current(db.session()).catalogue)
    assert promised == date(2026, 10, 14), (
        "seven working days after Monday, the day of receipt being day zero"
    )
    assert f"{promised:%d/%m/%Y}" in officer.sees(f"/can-bo/phieu/{receipt.number}")

    officer.does(receipt.number, "nhan")
    province.now("2026-10-07")
    officer.does(receipt.number, "bo-sung", text="Xin gửi tờ khai thuế tháng 8.")
    assert province.ticket(receipt).clock == "paused"

    province.now("2026-10-14")
    page = province.follow(receipt).get(f"/theo-doi/{receipt.number}").get_data(as_text=True)
    assert "Xin gửi tờ khai thuế tháng 8." in page
    province.owner(receipt, "bo-sung", text="Tờ khai đã nộp qua mạng, xin xem mã giao dịch.")
    ticket = province.ticket(receipt)
    assert ticket.clock == "open"
    assert ticket.due_on == calendar.add_working_days(promised, 5), "the pause of five working days counts"

    officer.does(
        receipt.number,
        "tra-loi",
        text="Cục Thuế đã ra quyết định hoàn thuế.",
        letter_number="123/QĐ-CT",
        letter_date="2026-10-14",
        letter_signer="Người ký mẫu",
    )
    page = province.follow(receipt).get(f"/theo-doi/{receipt.number}").get_data(as_text=True)
    assert "123/QĐ-CT" in page

    province.now("2026-10-15")
    province.owner(receipt, "danh-gia", answered="yes", solved="yes")
    assert province.ticket(receipt).status == "closed"

    after = counts(figures_of_the_month(province))
    for name in (Figure.RECEIVED, Measure.ANSWERED, Figure.IN_TIME):
        assert after.get(str(name), 0) == before.get(str(name), 0) + 1, name
    moved = {n for n, c in scores(province).items() if c.denominator > shares_before[n]}
    assert moved, "no component of an indicator noticed"
    public = province.guest().get("/so-lieu/?ky=2026-10").get_data(as_text=True)
    assert "VCCI" in public


def test_an_answer_that_nobody_rates_is_closed_after_fifteen_working_days(province):
    from feedback_app.tickets.jobs import close_unrated

    officer = province.person("officer", "thue")
    receipt = province.file("Hoàn thuế chậm", "Hồ sơ hoàn thuế nộp đã lâu chưa có kết quả.", field="tax")
    officer.does(receipt.number, "nhan")
    officer.does(receipt.number, "tra-loi", text="Đã hoàn thuế.")
    calendar = work_calendar(store.current(db.session()).catalogue)
    last = calendar.add_working_days(province.ticket(receipt).answered_on, 15)

    province.now(last.isoformat())
    close_unrated()
    assert province.ticket(receipt).status == "answered"

    province.now(calendar.add_working_days(last, 1).isoformat())
    close_unrated()
    ticket = province.ticket(receipt)
    assert (ticket.status, ticket.close_reason) == ("closed", "unrated")
