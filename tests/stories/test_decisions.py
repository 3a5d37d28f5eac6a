"""How a matter is decided: by three people and a clerk, with an apology, refused, shown elsewhere, disputed."""

from datetime import date

from tests.factories.files import a_pdf

HEALTH, TAX = "so-yt", "thue"
LETTER = {"letter_number": "0456/SYT-NV", "letter_date": "2026-10-08", "letter_signer": "Giám đốc Sở"}


def matter(province, to, **more):
    field = {HEALTH: "health_food_safety", TAX: "tax"}[to]
    receipt = province.file("Chờ kết quả đã lâu", "Hồ sơ nộp đã lâu chưa có kết quả.", field=field, **more)
    assert province.held_by(receipt) == to
    return receipt


def test_an_ordinary_answer_goes_through_three_people_and_comes_back_once(province):
    author, head = province.person("officer", HEALTH), province.person("agency_head", HEALTH)
    clerk = province.person("clerk", HEALTH)
    receipt = matter(province, HEALTH)
    author.does(receipt.number, "nhan")
    assert author.does(receipt.number, "tra-loi", text="Đã giải quyết.").status_code == 403, "not in one step"

    draft = {"outcome": "answered", "text": "Hồ sơ đã được cấp.", "step": "hand_in"}
    author.does(receipt.number, "du-thao", **(draft | {"step": "save"}))
    assert head.does(receipt.number, "duyet", verdict="yes").status_code == 409, "nothing was handed in"
    author.does(receipt.number, "du-thao", **draft)
    assert author.does(receipt.number, "duyet", verdict="yes").status_code == 403
    assert author.does(receipt.number, "du-thao", **draft).status_code == 409, "what is being approved stands"

    assert "Vui lòng ghi ý kiến" in head.does(receipt.number, "duyet", verdict="no").text
    head.does(receipt.number, "duyet", verdict="no", remarks="Ghi rõ ngày cấp.")
    assert "Ghi rõ ngày cấp." in author.sees(f"/can-bo/phieu/{receipt.number}/du-thao")
    author.does(receipt.number, "du-thao", **(draft | {"text": "Hồ sơ đã được cấp ngày 07/10."}))
    assert clerk.does(receipt.number, "phat-hanh", **LETTER).status_code == 403, "the head comes first"
    head.does(receipt.number, "duyet", verdict="yes")
    province.now("2026-10-08")
    clerk.does(receipt.number, "phat-hanh", **LETTER)

    page = province.follow(receipt).get(f"/theo-doi/{receipt.number}").text
    assert "0456/SYT-NV" in page
    assert "Hồ sơ đã được cấp ngày 07/10." in page
    answer = province.ticket(receipt).answers[0]
    assert (answer.author_id, answer.signed_by_id) == (author.id, head.id)


def test_a_signed_letter_comes_back_with_the_clerk_s_number(province):
    author, head = province.person("officer", HEALTH), province.person("agency_head", HEALTH)
    clerk = province.person("clerk", HEALTH)
    receipt = matter(province, HEALTH)
    author.does(receipt.number, "nhan")
    author.does(receipt.number, "du-thao", outcome="answered", text="Đã cấp.", step="hand_in")
    head.does(receipt.number, "duyet", verdict="yes")
    province.now("2026-10-08")
    nothing = clerk.does(receipt.number, "phat-hanh", letter_number="")
    assert "Vui lòng ghi số" in nothing.text
    clerk.does(receipt.number, "phat-hanh", signed_file=a_pdf(), **LETTER)
    ticket = province.ticket(receipt)
    assert ticket.status == "answered"
    assert [a.name for a in ticket.attachments] == ["van-ban.pdf"]
    assert "van-ban.pdf" in province.follow(receipt).get(f"/theo-doi/{receipt.number}").text


def test_a_desk_of_one_person_passes_every_step(province):
    """Where nobody else holds a step's function the author takes it: a commune desk may be one person."""
    head = province.person("agency_head", HEALTH)
    receipt = matter(province, HEALTH)
    head.does(receipt.number, "nhan")
    head.does(receipt.number, "du-thao", outcome="answered", text="Đã cấp.", step="hand_in")
    assert head.does(receipt.number, "duyet", verdict="yes").status_code == 302
    other = province.person("agency_head", HEALTH)
    receipt = matter(province, HEALTH)
    head.does(receipt.number, "nhan")
    head.does(receipt.number, "du-thao", outcome="answered", text="Đã cấp.", step="hand_in")
    assert head.does(receipt.number, "duyet", verdict="yes").status_code == 403, "there is another head now"
    assert other.does(receipt.number, "duyet", verdict="yes").status_code == 302


def test_a_late_answer_carries_an_apology_or_does_not_leave(province):
    officer = province.person("officer", TAX)
    receipt = matter(province, TAX)
    officer.does(receipt.number, "nhan")
    early = officer.does(receipt.number, "xin-loi", text="Xin lỗi.", new_date="2026-10-30")
    assert early.status_code in {200, 403}
    province.now("2026-10-15")
    assert "lời xin lỗi" in officer.does(receipt.number, "tra-loi", text="Đã hoàn.").text
    past = officer.does(receipt.number, "xin-loi", text="Xin lỗi vì chậm.", new_date="2026-10-15")
    assert "phải sau ngày hôm nay" in past.text
    officer.does(receipt.number, "xin-loi", text="Xin lỗi vì chậm.", new_date="2026-10-20")
    page = province.follow(receipt).get(f"/theo-doi/{receipt.number}").text
    assert "Xin lỗi vì chậm." in page
    assert "20/10/2026" in page
    assert province.ticket(receipt).due_on == date(2026, 10, 14), "late stays late"
    assert officer.does(receipt.number, "tra-loi", text="Đã hoàn.").status_code == 302


def test_a_refusal_names_its_reason_and_can_be_rated_and_disputed(province):
    officer, colleague = province.person("officer", TAX), province.person("officer", TAX)
    receipt = matter(province, TAX)
    officer.does(receipt.number, "nhan")
    assert "Vui lòng chọn lý do" in officer.does(receipt.number, "khong-giai-quyet", text="Không.").text
    officer.does(receipt.number, "khong-giai-quyet", reason_code="settled", text="Đã giải quyết tháng trước.")
    page = province.follow(receipt).get(f"/theo-doi/{receipt.number}").text
    assert "giải quyết xong" in page
    province.owner(receipt, "xem-xet-lai", answered="no", solved="no", reason="Chưa ai giải quyết.")
    assert province.ticket(receipt).round == 2
    assert officer.does(receipt.number, "tra-loi", text="Vẫn vậy.").status_code == 403
    assert colleague.does(receipt.number, "tra-loi", text="Đã xem lại.").status_code == 302


def test_a_complaint_is_shown_its_own_way_with_what_to_do(province):
    officer = province.person("officer", TAX)
    receipt = matter(province, TAX)
    officer.does(receipt.number, "nhan")
    officer.does(receipt.number, "huong-dan", reason_code="complaint", text="Đây là khiếu nại.")
    page = province.follow(receipt).get(f"/theo-doi/{receipt.number}").text
    assert "Gửi đơn khiếu nại" in page
    province.owner(receipt, "danh-gia", answered="yes", solved="no")
    assert province.ticket(receipt).status == "closed"


def test_a_second_dispute_ends_at_the_province_s_office(province):
    people = [province.person("officer", TAX) for _ in range(3)]
    office = province.person("provincial_office", "vp-ubnd")
    receipt = matter(province, TAX)
    people[0].does(receipt.number, "nhan")
    people[0].does(receipt.number, "tra-loi", text="Không có cơ sở.")
    province.owner(receipt, "xem-xet-lai", answered="no", solved="no", reason="Chưa đúng.")
    people[1].does(receipt.number, "tra-loi", text="Vẫn không có cơ sở.")
    province.owner(receipt, "xem-xet-lai", answered="no", solved="no", reason="Vẫn chưa đúng.")
    assert province.held_by(receipt) == "vp-ubnd"
    assert people[2].does(receipt.number, "tra-loi", text="Lần ba.").status_code == 403
    assert office.does(receipt.number, "tra-loi", text="Văn phòng trả lời.").status_code == 302
    assert [a.round for a in province.ticket(receipt).answers] == [1, 2, 3]


def test_a_closed_ticket_opens_again_within_thirty_days_and_not_after(province):
    officer, colleague = province.person("officer", TAX), province.person("officer", TAX)
    first, second = matter(province, TAX), matter(province, TAX, name="Công ty Khác")
    for receipt in (first, second):
        officer.does(receipt.number, "nhan")
        officer.does(receipt.number, "tra-loi", text="Đã hoàn.")
        province.owner(receipt, "danh-gia", answered="yes", solved="yes")
    province.now("2026-11-04")
    province.owner(first, "mo-lai", reason="Tiền chưa về.")
    assert (province.ticket(first).status, province.ticket(first).round) == ("review", 2)
    assert colleague.does(first.number, "tra-loi", text="Đã chuyển tiền.").status_code == 302
    province.now("2026-11-05")
    assert "/mo-lai" not in province.follow(second).get(f"/theo-doi/{second.number}").text
    assert province.owner(second, "mo-lai", reason="Muộn rồi.").status_code == 409
