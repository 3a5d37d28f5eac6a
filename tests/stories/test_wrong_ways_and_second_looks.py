"""What goes wrong on the way: a wrong agency, an answer that does not convince, a day that comes too soon."""

from sqlalchemy import select

from feedback_app.catalogue import store
from feedback_app.core.db import db
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.escalation import jobs
from feedback_app.notifications.models import Notification


def tax_matter(province, **more):
    return province.file("Hoàn thuế chậm", "Hồ sơ hoàn thuế nộp đã lâu chưa có kết quả.", field="tax", **more)


def test_what_was_sent_to_the_wrong_agency_reaches_the_right_one_through_the_focal_point(province):
    officer = province.person("officer", "thue")
    focal_point = province.person("focal_point", "so-tc")
    right = province.person("officer", "cong-an")
    receipt = tax_matter(province)

    officer.does(receipt.number, "nhan")
    officer.does(receipt.number, "tra-lai", reason="Việc này thuộc Công an tỉnh.", proposed="cong-an")

    assert province.held_by(receipt) == "so-tc"
    assert receipt.number in focal_point.sees("/can-bo/?view=triage")
    assert officer.status(f"/can-bo/phieu/{receipt.number}") == 404
    due_before = province.ticket(receipt).due_on

    focal_point.does(receipt.number, "giao", agency="other", other="cong-an", reason="Đúng thẩm quyền.")

    assert province.held_by(receipt) == "cong-an"
    assert receipt.number in right.sees("/can-bo/")
    assert province.ticket(receipt).due_on == due_before, "the enterprise's clock runs on"


def test_whoever_gave_a_disputed_answer_does_not_give_the_next(province):
    author = province.person("officer", "thue")
    colleague = province.person("officer", "thue")
    receipt = tax_matter(province)
    author.does(receipt.number, "nhan")
    author.does(receipt.number, "tra-loi", text="Không có cơ sở.")

    province.owner(receipt, "xem-xet-lai", answered="no", solved="no", reason="Chưa trả lời vào việc.")

    assert province.ticket(receipt).round == 2
    assert author.does(receipt.number, "tra-loi", text="Vẫn không.").status_code == 403
    assert colleague.does(receipt.number, "tra-loi", text="Đã xem xét lại.").status_code == 302
    assert province.ticket(receipt).status == "answered"


def test_where_nobody_else_can_answer_the_second_look_goes_to_the_provincial_office(province):
    author = province.person("officer", "thue")
    office = province.person("provincial_office", "vp-ubnd")
    receipt = tax_matter(province)
    author.does(receipt.number, "nhan")
    author.does(receipt.number, "tra-loi", text="Không có cơ sở.")

    province.owner(receipt, "xem-xet-lai", answered="no", solved="no", reason="Chưa trả lời vào việc.")

    assert province.held_by(receipt) == "vp-ubnd"
    assert receipt.number in office.sees("/can-bo/")


def told(person, kind_part: str) -> int:
    rows = db.session().scalars(select(Notification.kind).where(Notification.user_id == person.id)).all()
    return sum(kind_part in kind for kind in rows)


def test_the_officer_is_reminded_two_days_before_on_the_day_and_when_it_is_late_each_once(province):
    officer = province.person("officer", "thue")
    receipt = tax_matter(province)
    officer.does(receipt.number, "nhan")
    due = province.ticket(receipt).due_on
    calendar = work_calendar(store.current(db.session()).catalogue)
    two_before = next(
        day
        for day in (due.fromordinal(due.toordinal() - back) for back in range(2, 12))
        if calendar.add_working_days(day, 2) == due
    )
    heard = []
    for day in (two_before, due, calendar.add_working_days(due, 1)):
        province.now(day.isoformat(), "08:00")
        for _twice in range(2):
            db.session.remove()
            jobs.remind()
            province.work()
        rows = db.session().scalars(
            select(Notification.kind).where(Notification.user_id == officer.id).order_by(Notification.id)
        )
        heard.append([kind for kind in rows if "due" in kind or "remind" in kind or "overdue" in kind])
    assert [len(kinds) for kinds in heard] == [1, 2, 3]
    assert len(set(heard[-1])) == 3
