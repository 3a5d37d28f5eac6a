"""The provincial dialogue: from the call to "đã hứa / đã làm" at the next one."""

import io
import re

import pytest
from docx import Document
from sqlalchemy import select

from feedback_app.core.db import db
from feedback_app.dialogues.jobs import follow
from feedback_app.dialogues.models import Meeting, MeetingItem, MeetingProposal
from feedback_app.notifications.models import Dispatch
from feedback_app.tickets.models import Ticket

INSIDE, PUBLIC = "/hoi-nghi-doi-thoai", "/doi-thoai"
CONFERENCE = {
    "kind": "provincial",
    "title": "Hội nghị đối thoại doanh nghiệp cuối năm",
    "chair": "vp-ubnd",
    "place": "Hội trường UBND tỉnh",
    "hour": "08:00",
    "held_on": "2026-12-10",
    "closes_on": "2026-11-20",
    "replies_on": "2026-12-04",
    "parent": "",
}
SAID = {
    "field": "",
    "title": "Hoàn thuế giá trị gia tăng chậm",
    "body": "Công ty nước mắm nộp hồ sơ hoàn thuế từ tháng 8, đề nghị hoàn trong tháng 12.",
    "filer_type": "enterprise",
    "name": "Công ty Nước mắm Mẫu",
    "identifier": "4200000001",
    "email": "nuoc.mam@example.vn",
}


@pytest.fixture
def focal(province):
    return province.person("focal_point", "so-tc")


def plan(person, **told):
    """Plan a meeting and publish its call; return its code."""
    sent = person.browser().post(f"{INSIDE}/lap", data=CONFERENCE | told)
    assert sent.status_code == 302, sent.text
    code = sent.location.rsplit("/", 1)[1]
    assert person.browser().post(f"{INSIDE}/{code}/cong-bo").status_code == 302
    return code


def propose(province, code, **told):
    """Send the public form as somebody without an account; return the page that follows."""
    guest = province.guest()
    page = guest.get(f"{PUBLIC}/{code}/gui-kien-nghi").text
    secret = re.search(r'name="secret"[^>]*value="([\w-]{43})"', page)[1]
    sent = guest.post(f"{PUBLIC}/{code}/gui-kien-nghi", data=SAID | {"secret": secret} | told)
    province.work()
    return sent.text


def classify(person, code, proposal, **told):
    given = {
        "heading": "Thời gian hoàn thuế",
        "competence": "agency",
        "handling": "on_day",
        "sectoral": "",
    } | told
    seen = {"seen_version": str(proposal.version)}
    return person.browser().post(f"{INSIDE}/{code}/kien-nghi/{proposal.id}", data=given | seen)


def proposals():
    db.session.remove()
    return db.session.scalars(select(MeetingProposal).order_by(MeetingProposal.id)).all()


def letters(what):
    rows = db.session.scalars(select(Dispatch).where(Dispatch.letter == "dialogue"))
    return [row for row in rows if row.data["what"] == what]


def conclude(person, code, dated, **item):
    told = {
        "text": "Rút ngắn thời gian hoàn thuế còn 20 ngày",
        "owner": "thue",
        "due_on": "2027-02-15",
    } | item
    added = person.browser().post(f"{INSIDE}/{code}/ket-luan/noi-dung", data=told)
    assert added.status_code == 302, added.text
    signed = {"letter_number": "512/TB-UBND", "letter_date": dated, "letter_signer": "Chủ tịch (mẫu)"}
    issued = person.browser().post(f"{INSIDE}/{code}/ket-luan", data=signed)
    assert issued.status_code == 302, issued.text


def test_from_the_call_to_what_was_promised_and_done(province, focal):
    leader, tax = province.person("leadership", None), province.person("officer", "thue")
    province.now("2026-11-02")
    code = plan(focal)
    assert "Nhận kiến nghị đến hết" in province.guest().get(f"{PUBLIC}/").text

    province.now("2026-11-10")
    receipt = propose(province, code)
    assert "Đã tiếp nhận kiến nghị" in receipt
    ticket = db.session.scalars(select(Ticket)).one()
    assert (ticket.channel, ticket.channel_code) == ("dialogue", f"{code}/0001")
    assert ticket.lead_id is not None, "the worker routed it"
    assert classify(focal, code, proposals()[0]).status_code == 302

    agenda = leader.sees(f"{INSIDE}/{code}/chuong-trinh")
    assert "1. Thời gian hoàn thuế" in agenda
    assert "Nước mắm" not in agenda, "no enterprise by name"
    page = tax.sees(f"{INSIDE}/viec")
    assert ticket.code in page
    tax.does(ticket.code, "nhan")

    province.now("2026-12-07")
    assert "1, chậm" in leader.sees(f"{INSIDE}/{code}"), "everybody inside sees who is late"
    follow()
    province.work()
    assert letters("reply"), "and the agency is reminded"

    province.now("2026-12-10", "14:00")
    focal.browser().post(f"{INSIDE}/{code}/da-to-chuc")
    province.now("2026-12-15")
    conclude(focal, code, "2026-12-14", ticket=ticket.code)
    province.work()
    told = [row for row in letters("concluded") if row.recipient == SAID["email"]]
    assert len(told) == 1
    item = db.session.scalars(select(MeetingItem)).one()
    public = province.guest().get(f"{PUBLIC}/{code}").text
    assert "512/TB-UBND" in public
    assert "đang thực hiện" in public
    assert ticket.code not in public
    assert "Nước mắm" not in public

    province.now("2027-02-16")
    assert "quá hạn" in province.guest().get(f"{PUBLIC}/da-hua-da-lam").text
    follow()
    province.work()
    assert letters("item")

    said = {
        "text": "Đã ban hành quy trình 20 ngày.",
        "done": "y",
        "evidence": (io.BytesIO(b"so\n1\n"), "qt.csv"),
    }
    sent = tax.browser().post(
        f"{INSIDE}/viec/{item.id}/bao-cao", data=said, content_type="multipart/form-data"
    )
    assert sent.status_code == 302, sent.text
    assert "Chờ cơ quan đầu mối xác nhận" in focal.sees(f"{INSIDE}/viec")
    focal.browser().post(f"{INSIDE}/viec/{item.id}/xac-nhan", data={"verdict": "yes"})

    again = plan(focal, held_on="2027-06-25", closes_on="2027-06-01", replies_on="2027-06-20")
    before = province.guest().get(f"{PUBLIC}/{again}").text
    assert "Đã hứa / đã làm từ lần trước" in before
    assert "Đã hứa 1 việc, đã làm 1" in before
    assert "đã làm, sau hạn" in before


def test_what_comes_after_the_closing_day_is_an_ordinary_ticket_and_is_told_so(province, focal):
    province.now("2026-11-02")
    code = plan(focal)
    province.now("2026-11-21")
    assert "Đã hết hạn nhận kiến nghị" in province.guest().get(f"{PUBLIC}/{code}/gui-kien-nghi").text
    receipt = propose(province, code)
    assert "Đã tiếp nhận như phiếu thường" in receipt
    assert proposals() == []
    assert db.session.scalars(select(Ticket)).one().channel == "web"


def test_a_form_sent_twice_is_one_ticket_with_the_same_receipt(province, focal):
    province.now("2026-11-02")
    code, secret = plan(focal), "A" * 43
    pages = [propose(province, code, secret=secret) for _ in range(2)]
    numbers = {re.search(r"KH-\d{4}-\d{6}", page)[0] for page in pages}
    assert len(numbers) == 1
    assert len(proposals()) == 1


def test_an_accusation_is_not_stored_until_its_writer_decides(province, focal):
    province.now("2026-11-02")
    code = plan(focal)
    accusing = {"body": "Cán bộ thuế vòi tiền 20 triệu đồng mới ký hồ sơ hoàn thuế cho công ty."}
    page = propose(province, code, **accusing)
    assert "chưa được lưu" in page
    assert "vòi tiền 20 triệu" in page, "nothing typed is lost"
    assert proposals() == []
    propose(province, code, go_on="1", **accusing)
    assert db.session.scalars(select(Ticket)).one().accusation == "went_on"


def test_a_sectoral_dialogue_settles_what_then_drops_out_of_the_provincial_agenda(province, focal):
    tax = province.person("officer", "thue")
    province.now("2026-11-02")
    code = plan(focal)
    whole = db.session.scalars(select(Meeting)).one()
    own = {"kind": "sectoral", "chair": "thue", "parent": str(whole.id), "title": "Đối thoại về thuế"}
    days = {"held_on": "2026-11-28", "closes_on": "2026-11-19", "replies_on": "2026-11-25"}
    sectoral = plan(tax, **own, **days)
    meetings = {row.code: row.id for row in db.session.scalars(select(Meeting))}

    propose(province, code)
    propose(province, code, title="Vướng giấy phép xây dựng nhà xưởng", body="Chưa được cấp phép xây dựng.")
    first, second = proposals()
    unsent = classify(focal, code, first, handling="sectoral")
    assert "Xin chọn cuộc đối thoại chuyên đề" in unsent.text
    classify(focal, code, first, handling="sectoral", sectoral=str(meetings[sectoral]))
    classify(focal, code, second, heading="Cấp phép xây dựng nhà xưởng")
    assert "Thời gian hoàn thuế" in tax.sees(f"{INSIDE}/{sectoral}/chuong-trinh")
    agenda = focal.sees(f"{INSIDE}/{code}/chuong-trinh")
    assert "Thời gian hoàn thuế" not in agenda
    assert "Cấp phép xây dựng nhà xưởng" in agenda

    page = f"{INSIDE}/{sectoral}/kien-nghi/{first.id}/da-giai-quyet"
    assert tax.browser().post(page, data={"note": "Hoàn trong tháng 12."}).status_code == 302
    assert "Thời gian hoàn thuế" not in tax.sees(f"{INSIDE}/{sectoral}/chuong-trinh")


def test_the_chair_places_a_point_with_the_reason_and_the_paper_has_that_order(province, focal):
    leader = province.person("leadership", None)
    province.now("2026-11-02")
    code = plan(focal)
    for title in ("Hoàn thuế chậm", "Quyết toán thuế"):
        propose(province, code, title=title)
    for row, heading in zip(proposals(), ("Hoàn thuế", "Quyết toán"), strict=True):
        classify(focal, code, row, heading=heading)
    address = f"{INSIDE}/{code}/chuong-trinh"
    keys = re.findall(r'name="key" value="([^"]+)"', leader.sees(address))
    refused = leader.browser().post(address, data={"key": keys[1], "place": "1", "reason": ""})
    assert "Xin nêu lý do đổi thứ tự" in refused.text
    placed = {"key": keys[1], "place": "1", "reason": "Nhiều doanh nghiệp hỏi"}
    assert leader.browser().post(address, data=placed).status_code == 302
    page = leader.sees(address)
    assert page.index("Quyết toán") < page.index("1. Quyết toán") + 20
    assert "Chủ tọa xếp: Nhiều doanh nghiệp hỏi" in page
    paper = Document(io.BytesIO(leader.browser().get(f"{address}.docx").data))
    assert [row.cells[1].text for row in paper.tables[1].rows][1:] == ["Quyết toán", "Hoàn thuế"]


def test_those_invited_hear_that_it_is_put_off_and_why_it_is_cancelled(province, focal):
    province.now("2026-11-02")
    code = plan(focal)
    propose(province, code)
    later = {"held_on": "2026-12-20", "closes_on": "2026-11-25", "replies_on": "2026-12-15"}
    silent = focal.browser().post(f"{INSIDE}/{code}/hoan", data=later)
    assert "Xin nêu lý do" in silent.text
    focal.browser().post(f"{INSIDE}/{code}/hoan", data=later | {"reason": "Bão số 15."})
    province.work()
    told = [row for row in letters("postponed") if row.recipient == SAID["email"]]
    assert [row.data["day"] for row in told] == ["20/12/2026"]
    assert "Hoãn từ 10/12/2026 sang 20/12/2026" in province.guest().get(f"{PUBLIC}/{code}").text
    focal.browser().post(f"{INSIDE}/{code}/huy", data={"reason": "Gộp với hội nghị tháng 6."})
    province.work()
    assert letters("cancelled")
    assert "Gộp với hội nghị tháng 6." in province.guest().get(f"{PUBLIC}/{code}").text
    assert not any("hoàn thuế" in str(row.data).lower() for row in db.session.scalars(select(Dispatch)))
