"""Forty enterprises with one obstacle: one common answer, forty numbers, clocks and surveys."""

import re

from feedback_app.tickets.models import Answer, Ticket
from tests.factories import a_ticket

ANSWER = {"text": "Từ tháng 11 hệ thống nhận hồ sơ trở lại.", "legal_refs": "Công văn 1"}


def forty(province, session, loaded):
    filed = [
        a_ticket(
            session,
            loaded,
            to="thue",
            field="tax",
            title="Không nộp được hồ sơ thuế điện tử",
            body=f"Hệ thống báo lỗi {n}.",
        ).code
        for n in range(38)
    ]
    own = {"field": "tax"}
    hidden = province.file("Không nộp được hồ sơ thuế điện tử", "Báo lỗi.", hide_identity="y", **own)
    open_one = province.file("Không nộp được hồ sơ thuế điện tử", "Báo lỗi.", **own)
    return [*filed, hidden.number, open_one.number], hidden


def path_of_the_cluster(office):
    return re.search(r"/viec-theo-doi/nhom/NVM-2026-\d{4}", office.sees("/viec-theo-doi/nhom"))[0]


def test_forty_enterprises_get_one_common_answer_and_keep_what_is_theirs(province, session, loaded):
    office, tax = province.person("focal_point", "so-tc"), province.person("officer", "thue")
    numbers, hidden = forty(province, session, loaded)
    assert tax.does(numbers[0], "gop-nhom", title="Lỗi thuế điện tử").status_code == 403
    assert office.does(numbers[0], "gop-nhom").status_code == 200, "a name is needed"
    office.does(numbers[0], "gop-nhom", title="Lỗi thuế điện tử")
    path = path_of_the_cluster(office)
    assert numbers[5] in office.sees(path), "members are suggested"
    office.browser().post(path, data={"like": numbers[1:10], "numbers": ", ".join(numbers[10:])})
    twice = office.browser().post(
        path, data={"numbers": f"{numbers[1]}, KH-2020-000000"}, follow_redirects=True
    )
    assert "đã ở trong một nhóm" in twice.text
    assert "KH-2020-000000: không có phiếu này" in twice.text

    page = tax.sees(path)
    assert "trên 40 phiếu" in page
    assert "Công ty TNHH Ví Dụ" not in page
    tax.does(numbers[3], "nhan")
    tax.does(numbers[3], "bo-sung", text="Xin ảnh màn hình.")
    tax.does(numbers[4], "nhan")
    tax.does(numbers[4], "tra-loi", text="Riêng doanh nghiệp này đã xử lý xong.")
    assert numbers[4] not in tax.sees(path), "answered on its own, it left"

    tax.browser().post(f"{path}/tra-loi", data=ANSWER)
    province.work()
    page = tax.sees(path)
    assert "Đã trả lời chung 38 trên 39 phiếu." in page
    assert "Chờ doanh nghiệp bổ sung" in page, "nobody is left half done without being said"

    session.rollback()
    answers = session.query(Answer).filter_by(text=ANSWER["text"]).all()
    assert len({answer.ticket_id for answer in answers}) == 38
    answered = session.query(Ticket).filter(Ticket.status == "answered", Ticket.code.in_(numbers)).all()
    assert {t.answered_on is not None and t.clock == "answered" for t in answered} == {True}
    assert "Công ty TNHH Ví Dụ" not in tax.sees(f"/can-bo/phieu/{hidden.number}")

    province.owner(hidden, "danh-gia", answered="yes", solved="yes")
    session.rollback()
    assert session.query(Ticket).filter_by(status="closed").count() == 1, "each rates for itself"


def test_who_was_left_is_answered_by_doing_it_again(province, session, loaded):
    office, tax = province.person("focal_point", "so-tc"), province.person("officer", "thue")
    numbers = [a_ticket(session, loaded, to="thue", field="tax").code for _ in range(3)]
    office.does(numbers[0], "gop-nhom", title="Lỗi thuế điện tử")
    path = path_of_the_cluster(office)
    office.browser().post(path, data={"numbers": ",".join(numbers[1:])})
    province.now("2026-10-20")
    late = tax.browser().post(f"{path}/tra-loi", data=ANSWER, follow_redirects=True)
    assert late.text.count("phải kèm lời xin lỗi") == 3, "each late one says so, and nothing was sent"
    tax.browser().post(f"{path}/tra-loi", data=ANSWER | {"apology": "Xin lỗi vì chậm."})
    province.work()
    assert "Đã trả lời chung 3 trên 3 phiếu." in tax.sees(path)
    assert tax.status(f"{path}/tra-loi") == 403, "nothing is left to answer"
    stranger = province.person("officer", "so-yt")
    assert stranger.status(path) == 404
