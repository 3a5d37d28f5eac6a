"""One answer for a cluster: signed once, numbered once, each enterprise gets it as its own."""

import io
import re

import pytest

from feedback_app.tickets.models import Attachment
from tests.factories.signed import SIGNER, a_signed_pdf, an_identity

LETTER = {"letter_number": "99/SYT-NVY", "letter_date": "2026-10-05", "letter_signer": "Giám đốc"}
TEXT = {"text": "Từ tháng 11 hồ sơ được nhận trở lại.", "legal_refs": "Công văn 1"}


@pytest.fixture(scope="module")
def signed(tmp_path_factory):
    return a_signed_pdf(an_identity(tmp_path_factory.mktemp("identity"))).read_bytes()


@pytest.fixture
def office(province):
    return province.person("focal_point", "so-tc")


def clustered(province, office, receipts):
    """Put the tickets into one cluster and return its page."""
    first, *others = [receipt.number for receipt in receipts]
    assert office.does(first, "gop-nhom", title="Cùng vướng mắc").status_code == 302
    path = re.search(r"/viec-theo-doi/nhom/NVM-2026-\d{4}", office.sees("/viec-theo-doi/nhom"))[0]
    office.browser().post(path, data={"numbers": ", ".join(others)})
    return path


def filed(province, number, to, **more):
    return [province.file("Hồ sơ chưa được nhận", f"Lần {n}.", **(to | more)) for n in range(number)]


def pressed(province, person, path, **form):
    """Open the page, send its form with what it holds already, let the workers work."""
    browser = person.browser()
    page = browser.get(path).text
    seen = re.search(r'name="drafts"[^>]*value="([^"]*)"', page)
    done = browser.post(path, data=form | ({"drafts": seen[1]} if seen else {}))
    province.work()
    return done


def pdf(content):
    return {"signed_file": (io.BytesIO(content), "van-ban.pdf")}


def test_the_clerk_enters_number_date_signer_and_the_signed_letter_once_for_all(
    province, session, office, signed
):
    officer, head, clerk = (province.person(f, "so-yt") for f in ("officer", "agency_head", "clerk"))
    receipts = filed(province, 3, {"field": "health_food_safety"})
    assert {province.held_by(receipt) for receipt in receipts} == {"so-yt"}
    path = clustered(province, office, receipts)
    assert "letter_number" not in officer.sees(f"{path}/tra-loi"), "the clerk's, once it is approved"
    assert pressed(province, officer, f"{path}/tra-loi", **TEXT).status_code == 302

    assert "3 dự thảo đang trình duyệt" in officer.sees(path)
    for receipt in receipts:
        told = province.follow(receipt).get(f"/theo-doi/{receipt.number}").text
        assert "Trả lời chung" not in told, "nobody is told of what is not approved"
    assert clerk.status(f"{path}/phat-hanh") == 403
    assert officer.status(f"{path}/duyet") == 403
    assert TEXT["text"] in head.sees(f"{path}/duyet")
    assert pressed(province, head, f"{path}/duyet", verdict="yes").status_code == 302
    wrong = pressed(province, clerk, f"{path}/phat-hanh", **(LETTER | {"letter_date": "2026-10-06"}))
    assert wrong.text.count("không thể sau ngày hôm nay") == 2, "once at the field, once in the summary"
    assert pressed(province, clerk, f"{path}/phat-hanh", **LETTER, **pdf(signed)).status_code == 302

    for receipt in receipts:
        ticket = province.ticket(receipt)
        (answer,) = ticket.answers
        assert (ticket.status, ticket.clock) == ("answered", "answered")
        assert (answer.letter_number, answer.letter_signer) == ("99/SYT-NVY", "Giám đốc")
        assert (answer.author_id, answer.signed_by_id) == (officer.id, head.id)
        told = province.follow(receipt).get(f"/theo-doi/{receipt.number}").text
        assert "99/SYT-NVY" in told
        assert SIGNER in told
        assert "Trả lời chung" in told
    session.rollback()
    files = session.query(Attachment).filter_by(origin="answer").all()
    assert len(files) == 3
    assert len({file.storage_key for file in files}) == 1, "the letter is kept once"
    assert {file.signatures["list"][0]["intact"] for file in files} == {True}
    address = re.search(r"/theo-doi/[^\"]+/tep/[^\"]+", told)[0]
    opened = province.follow(receipts[-1]).get(address)
    assert opened.data == signed
    opened.close()
    assert "Đã trả lời chung 3 trên 3 phiếu." in officer.sees(path)


def test_a_common_draft_that_was_returned_is_written_anew_for_all_and_one_written_alone_leaves(
    province, office
):
    officer, head, clerk = (province.person(f, "so-yt") for f in ("officer", "agency_head", "clerk"))
    receipts = filed(province, 3, {"field": "health_food_safety"})
    path = clustered(province, office, receipts)
    pressed(province, officer, f"{path}/tra-loi", **TEXT)
    assert "ghi ý kiến" in pressed(province, head, f"{path}/duyet", verdict="no").text, "remarks are needed"
    pressed(province, head, f"{path}/duyet", verdict="no", remarks="Nêu rõ ngày.")
    alone = receipts[0].number
    officer.does(alone, "du-thao", outcome="answered", text="Riêng phiếu này.", step="hand_in")
    page = officer.sees(path)
    assert "dự thảo trả lời riêng đang trình duyệt" in page
    assert "Trả lời chung 2 phiếu" in page
    pressed(province, officer, f"{path}/tra-loi", text="Từ ngày 02/11/2026.")
    pressed(province, head, f"{path}/duyet", verdict="yes")
    head.does(alone, "duyet", verdict="yes")
    clerk.does(alone, "phat-hanh", **(LETTER | {"letter_number": "100/SYT-NVY"}))
    pressed(province, clerk, f"{path}/phat-hanh", **LETTER)
    texts = [province.ticket(receipt).answers[-1].text for receipt in receipts]
    assert texts == ["Riêng phiếu này.", "Từ ngày 02/11/2026.", "Từ ngày 02/11/2026."]
    assert "Đã trả lời chung 2 trên 2 phiếu." in officer.sees(path)
    assert alone not in officer.sees(path)


def test_what_changed_since_the_page_was_read_is_not_approved_unread(province, office):
    officer, head = province.person("officer", "so-yt"), province.person("agency_head", "so-yt")
    receipts = filed(province, 2, {"field": "health_food_safety"})
    path = clustered(province, office, receipts)
    pressed(province, officer, f"{path}/tra-loi", **TEXT)
    number = receipts[0].number
    stale = f"{number}:1,{receipts[1].number}:x,KH-2020-000000:1,{'9' * 40}"
    done = head.browser().post(
        f"{path}/duyet", data={"verdict": "yes", "drafts": stale}, follow_redirects=True
    )
    assert f"{number}: không còn phù hợp" in done.text
    assert "KH-2020-000000: không có phiếu này" in done.text
    assert all(draft.step == 0 for r in receipts for draft in province.ticket(r).drafts)


def test_an_office_of_one_desk_sends_the_signed_letter_with_the_common_answer(province, office, signed):
    tax = province.person("officer", "thue")
    receipts = filed(province, 2, {"field": "tax"})
    path = clustered(province, office, receipts)
    half = pressed(province, tax, f"{path}/tra-loi", **TEXT, letter_number="7/T")
    assert "đủ số, ngày và người ký" in half.text
    picture = pressed(province, tax, f"{path}/tra-loi", **TEXT, **LETTER, **pdf(b"no pdf at all"))
    assert 'id="signed_file-error"' in picture.text
    assert {province.ticket(receipt).status for receipt in receipts} == {"assigned"}, "nothing half sent"
    pressed(province, tax, f"{path}/tra-loi", **TEXT, **LETTER, **pdf(signed))
    for receipt in receipts:
        ticket = province.ticket(receipt)
        assert [a.letter_number for a in ticket.answers] == ["99/SYT-NVY"]
        assert [file.signatures["list"][0]["signer"] for file in ticket.attachments] == [SIGNER]


def test_what_is_at_ubnd_tinh_or_at_a_ministry_joins_and_gets_the_common_answer_when_it_is_back(
    province, session, loaded, office
):
    builder, hall = province.person("officer", "so-xd"), province.person("provincial_office", "vp-ubnd")
    receipts = filed(province, 3, {"field": "construction"}, area="nha-trang")
    assert {province.held_by(receipt) for receipt in receipts} == {"so-xd"}
    up, away, _plain = receipts
    for receipt in (up, away):
        builder.does(receipt.number, "nhan")
        builder.does(receipt.number, "bao-cao-tinh", text="Vượt thẩm quyền.")
    petition = {
        "addressee": "Bộ Xây dựng",
        "letter_number": "13/UBND",
        "dated": "2026-10-05",
        "text": "Kiến nghị.",
    }
    hall.does(away.number, "kien-nghi-bo", **petition)
    assert [province.ticket(r).status for r in receipts] == ["at_province", "at_ministry", "assigned"]
    path = clustered(province, office, receipts)
    due = province.ticket(up).due_on
    page = builder.sees(path)
    assert "chờ văn bản của UBND tỉnh" in page
    assert "chờ trả lời của bộ, ngành" in page
    assert "Trả lời chung 1 phiếu" in page

    pressed(province, builder, f"{path}/tra-loi", **TEXT)
    assert [province.ticket(r).status for r in receipts] == ["at_province", "at_ministry", "answered"]
    province.now("2026-10-08")
    paper = {"letter_number": "1/UBND", "dated": "2026-10-08", "signer": "Phó Chủ tịch", "text": "Đồng ý."}
    hall.does(up.number, "chi-dao", **paper, kind="directive", owner="so-xd")
    hall.does(away.number, "bo-tra-loi", **paper)
    pressed(province, builder, f"{path}/tra-loi", **TEXT)
    for receipt in (up, away):
        ticket = province.ticket(receipt)
        assert (ticket.status, ticket.clock, ticket.answered_on.isoformat()) == (
            "answered", "answered", "2026-10-08",
        )  # fmt: skip
        assert ticket.clock_events[-1].kind == "stop"
    assert province.ticket(up).due_on == due, "the province's own time is the enterprise's too"
    assert province.ticket(away).due_on > due, "while the ministry had it the clock stood"
    assert "Đã trả lời chung 3 trên 3 phiếu." in builder.sees(path)


def test_a_second_look_cannot_join(province, session, loaded, office):
    tax = province.person("officer", "thue")
    (receipt,) = filed(province, 1, {"field": "tax"})
    tax.does(receipt.number, "nhan")
    tax.does(receipt.number, "tra-loi", **TEXT)
    province.owner(receipt, "xem-xet-lai", answered="no", solved="no", reason="Chưa đúng.")
    assert province.ticket(receipt).status == "review"
    refused = office.does(receipt.number, "gop-nhom", title="Cùng vướng mắc")
    assert refused.status_code == 409
    assert "không còn phù hợp với trạng thái" in refused.text
