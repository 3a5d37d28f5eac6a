"""What takes longer than a ticket: commitments that outlive it, and rules that must change first."""

import re
from datetime import date

from feedback_app.escalation.jobs import remind_dated
from feedback_app.notifications.models import Notification

WANTED = {
    "title": "Cho hoàn thuế từng phần",
    "rule": "Khoản 2 Điều 9 chưa cho hoàn từng phần.",
    "owner": "so-tc",
    "text": "Phải sửa quy định mới giải quyết được.",
}


def tax_matter(province, officer, title="Hoàn thuế từng phần"):
    receipt = province.file(title, "Công ty xin hoàn thuế từng phần.", field="tax")
    officer.does(receipt.number, "nhan")
    return receipt


def backlog_of(province):
    return province.guest().get("/kien-nghi-sua-quy-dinh").text


def number_in(page):
    return re.search(r"KNSĐ-2026-\d{4}", page)[0]


def test_a_rule_that_must_change_is_followed_in_public_until_it_does(province):
    officer, keeper = province.person("officer", "thue"), province.person("focal_point", "so-tc")
    first, second = tax_matter(province, officer), tax_matter(province, officer, "Vướng hoàn thuế")
    assert officer.does(first.number, "cho-sua-quy-dinh", text="Chờ sửa.", owner="thue").status_code == 200
    officer.does(first.number, "cho-sua-quy-dinh", **WANTED)
    assert province.ticket(first).status == "policy_backlog"
    code = number_in(backlog_of(province))
    officer.does(second.number, "cho-sua-quy-dinh", existing=code, text="Đã có kiến nghị.", owner="thue")

    public = backlog_of(province)
    assert code in public
    assert "2 phiếu nêu việc này" in public
    assert "Công ty" not in public
    assert first.number not in public
    assert code in province.follow(first).get(f"/theo-doi/{first.number}").text

    done = {"status": "changed", "public_note": "Nghị định mới cho hoàn từng phần.", "owner": "so-tc"}
    assert officer.browser().post(f"/viec-theo-doi/kien-nghi/{code}", data=done).status_code == 403
    silent = keeper.browser().post(f"/viec-theo-doi/kien-nghi/{code}", data=done | {"public_note": ""})
    assert silent.status_code == 200
    keeper.browser().post(f"/viec-theo-doi/kien-nghi/{code}", data=done)
    province.work()

    for receipt in (first, second):
        ticket = province.ticket(receipt)
        assert (ticket.status, ticket.close_reason) == ("closed", "rule_changed")
        told = province.follow(receipt).get(f"/theo-doi/{receipt.number}").text
        assert f"Quy định theo kiến nghị {code} đã được sửa" in told
    assert "Nghị định mới" in backlog_of(province)
    again = keeper.browser().post(f"/viec-theo-doi/kien-nghi/{code}", data=done | {"status": "noted"})
    assert "không đổi lại được" in again.text


def test_whoever_rated_and_closed_hears_of_the_rule_too(province):
    officer, keeper = province.person("officer", "thue"), province.person("focal_point", "so-tc")
    receipt = tax_matter(province, officer)
    officer.does(receipt.number, "cho-sua-quy-dinh", **WANTED)
    province.owner(receipt, "danh-gia", answered="yes", solved="no")
    assert province.ticket(receipt).close_reason == "rated"
    declined = {"status": "declined", "public_note": "Bộ trả lời không sửa.", "owner": "so-tc"}
    keeper.browser().post(f"/viec-theo-doi/kien-nghi/{number_in(backlog_of(province))}", data=declined)
    province.work()
    assert province.ticket(receipt).close_reason == "rated"
    assert "không được chấp nhận" in province.follow(receipt).get(f"/theo-doi/{receipt.number}").text


def test_where_answers_are_approved_the_backlog_waits_for_the_approval(province):
    officer, head = province.person("officer", "so-yt"), province.person("agency_head", "so-yt")
    clerk, focal_point = province.person("clerk", "so-yt"), province.person("focal_point", "so-tc")
    receipt = province.file("Giấy phép phòng khám", "Quy định chưa rõ.", field="tax")
    focal_point.does(receipt.number, "giao", agency="other", other="so-yt", reason="Thuộc y tế.")
    officer.does(receipt.number, "nhan")
    officer.does(receipt.number, "cho-sua-quy-dinh", **WANTED)
    assert province.ticket(receipt).status == "in_work"
    assert "KNSĐ" not in backlog_of(province), "nothing is public before it is approved"
    head.does(receipt.number, "duyet", verdict="yes")
    letter = {"letter_number": "9/SYT", "letter_date": "2026-10-05", "letter_signer": "Giám đốc"}
    clerk.does(receipt.number, "phat-hanh", **letter)
    assert province.ticket(receipt).status == "policy_backlog"
    assert number_in(backlog_of(province))


def reminders(session, person):
    session.rollback()
    mine = session.query(Notification).filter_by(user_id=person.id, kind="promise_due")
    return mine.count()


def test_a_commitment_outlives_the_ticket_and_is_kept_in_public(province, session):
    officer = province.person("officer", "thue")
    receipt = tax_matter(province, officer)
    passed = officer.does(receipt.number, "cam-ket", text="Hoàn thuế đợt 1.", due_on="2026-10-05")
    assert passed.status_code == 200, "a day ahead, or none"
    officer.does(receipt.number, "cam-ket", text="Hoàn thuế đợt 1.", due_on="2026-10-20")
    officer.does(receipt.number, "tra-loi", text="Đã nhận, hẹn hoàn đợt 1.")
    province.owner(receipt, "danh-gia", answered="yes", solved="partly")
    assert province.ticket(receipt).status == "closed"
    assert "đang thực hiện" in province.follow(receipt).get(f"/theo-doi/{receipt.number}").text

    for day, told in (("2026-10-15", 0), ("2026-10-16", 1), ("2026-10-20", 2), ("2026-10-21", 3)):
        province.now(day)
        remind_dated()
        remind_dated()
        province.work()
        assert reminders(session, officer) == told, day
    assert "quá ngày cam kết" in province.follow(receipt).get(f"/theo-doi/{receipt.number}").text
    assert "Hoàn thuế đợt 1." in officer.sees("/viec-theo-doi/cam-ket")

    row = province.ticket(receipt).commitments[0]
    other = province.person("officer", "so-xd")
    assert other.does(receipt.number, f"cam-ket/{row.id}", verdict="kept").status_code == 404
    assert officer.does(receipt.number, f"cam-ket/{row.id}", verdict="broken").status_code == 200
    officer.does(receipt.number, f"cam-ket/{row.id}", verdict="broken", note="Chờ kho bạc.")
    told = province.follow(receipt).get(f"/theo-doi/{receipt.number}").text
    assert "không thực hiện đúng cam kết" in told
    assert "Chờ kho bạc." in told
    assert officer.does(receipt.number, f"cam-ket/{row.id}", verdict="kept").status_code == 404


def test_whoever_watches_a_ministry_is_reminded_once_a_month(province, session):
    officer = province.person("officer", "thue")
    receipt = tax_matter(province, officer)
    paper = {
        "addressee": "Cục Thuế",
        "letter_number": "55/CV",
        "dated": "2026-10-05",
        "text": "Xin hướng dẫn.",
    }
    officer.does(receipt.number, "kien-nghi-bo", **paper)
    for day, told in (("2026-11-04", 0), ("2026-11-05", 1), ("2026-11-20", 1)):
        province.now(day)
        remind_dated()
        province.work()
        session.rollback()
        assert session.query(Notification).filter_by(kind="watch_due").count() == told, day
    assert receipt.number in officer.sees("/viec-theo-doi/bo-nganh")
    officer.does(receipt.number, "theo-doi-bo", text="Vẫn đang chờ.")
    assert province.ticket(receipt).referrals[0].watched_on == date(2026, 11, 20)
    province.now("2026-12-21")
    assert remind_dated() == 1
