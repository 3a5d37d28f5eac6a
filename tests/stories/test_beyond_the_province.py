"""What an agency cannot decide: UBND tỉnh directs, a central vertical agency is asked, a ministry is petitioned."""

from datetime import date

CONSTRUCTION = {"field": "construction"}
PAPER = {
    "letter_number": "1234/UBND-KT",
    "dated": "2026-10-12",
    "signer": "Phó Chủ tịch",
    "text": "Giao giải quyết.",
}


def a_matter_in_work(province, officer, **more):
    receipt = province.file("Cấp giấy phép xây dựng chậm", "Công ty chờ đã lâu.", **(CONSTRUCTION | more))
    officer.does(receipt.number, "nhan")
    return receipt


def test_escalation_to_ubnd_tinh_and_back_with_a_directive(province):
    officer, office = province.person("officer", "so-xd"), province.person("provincial_office", "vp-ubnd")
    receipt = a_matter_in_work(province, officer)
    due = province.ticket(receipt).due_on
    assert "15/10/2026" in officer.sees(f"/can-bo/phieu/{receipt.number}/bao-cao-tinh")
    officer.does(receipt.number, "bao-cao-tinh", text="Phải điều chỉnh quy hoạch.")

    ticket = province.ticket(receipt)
    assert (ticket.status, province.held_by(receipt)) == ("at_province", "vp-ubnd")
    assert ticket.due_on == due, "the enterprise's clock runs on"
    leg = next(leg for leg in ticket.assignments if leg.part == "province")
    assert leg.due_on == date(2026, 10, 12), "five working days to direct"
    assert receipt.number in office.sees("/can-bo/")
    told = province.follow(receipt).get(f"/theo-doi/{receipt.number}").text
    assert "Đã báo cáo UBND tỉnh" in told
    assert "Phải điều chỉnh quy hoạch." not in told, "what agencies write to UBND tỉnh is theirs"

    province.now("2026-10-12")
    wanted = PAPER | {"kind": "directive", "owner": "so-xd", "owner_due_on": "2026-10-20"}
    assert officer.does(receipt.number, "chi-dao", **wanted).status_code == 403
    assert office.does(receipt.number, "chi-dao", **(wanted | {"dated": "2026-10-13"})).status_code == 200
    office.does(receipt.number, "chi-dao", **wanted)

    ticket = province.ticket(receipt)
    assert (ticket.status, province.held_by(receipt), ticket.handler_id) == ("in_work", "so-xd", officer.id)
    assert ticket.assignments[-1].due_on == date(2026, 10, 20), "the owner has a day of its own"
    page = officer.sees(f"/can-bo/phieu/{receipt.number}")
    assert "1234/UBND-KT" in page
    told = province.follow(receipt).get(f"/theo-doi/{receipt.number}").text
    assert "1234/UBND-KT" in told
    assert officer.does(receipt.number, "tra-lai", reason="Không nhận.").status_code == 409, "it was directed"


def test_a_conclusion_gives_the_matter_to_another_agency(province):
    officer, office = province.person("officer", "so-xd"), province.person("provincial_office", "vp-ubnd")
    other = province.person("officer", "so-nnmt")
    receipt = a_matter_in_work(province, officer)
    officer.does(receipt.number, "bao-cao-tinh", text="Thuộc nhiều ngành.")
    province.now("2026-10-12")
    office.does(receipt.number, "chi-dao", **PAPER, kind="conclusion", owner="so-nnmt")
    assert (province.ticket(receipt).status, province.held_by(receipt)) == ("assigned", "so-nnmt")
    assert "Thông báo kết luận" in province.follow(receipt).get(f"/theo-doi/{receipt.number}").text
    assert other.does(receipt.number, "tra-lai", reason="Không nhận.").status_code == 409
    assert other.does(receipt.number, "nhan").status_code == 302


def test_a_report_after_its_last_day_says_that_it_came_late(province):
    officer = province.person("officer", "so-xd")
    receipt = a_matter_in_work(province, officer)
    province.now("2026-10-16")
    officer.does(receipt.number, "bao-cao-tinh", text="Vượt thẩm quyền.")
    entry = next(e for e in province.ticket(receipt).entries if e.kind == "reported_up")
    assert entry.data["late"] is True


def test_a_matter_of_the_tax_office_may_only_be_asked(province):
    officer, office = province.person("officer", "so-xd"), province.person("provincial_office", "vp-ubnd")
    tax = province.person("officer", "thue")
    receipt = a_matter_in_work(province, officer)
    officer.does(receipt.number, "bao-cao-tinh", text="Cần ngành thuế.")
    province.now("2026-10-12")
    directed = office.does(receipt.number, "chi-dao", **PAPER, kind="directive", owner="thue")
    assert directed.status_code == 200
    assert "được đề nghị, không bị chỉ đạo" in directed.text
    assert province.ticket(receipt).status == "at_province", "nothing changed"
    wrong = office.does(receipt.number, "chi-dao", **PAPER, kind="request", owner="so-xd")
    assert "dành cho ngành dọc trung ương" in wrong.text

    office.does(receipt.number, "chi-dao", **PAPER, kind="request", owner="thue")
    assert province.held_by(receipt) == "thue"
    told = province.follow(receipt).get(f"/theo-doi/{receipt.number}").text
    assert "văn bản đề nghị cơ quan ngành dọc trung ương" in told
    assert "Công văn chỉ đạo" not in told
    assert tax.does(receipt.number, "tra-lai", reason="Không thuộc ngành thuế.").status_code == 302


def test_the_tax_office_has_its_own_way_up_and_the_province_s_agencies_have_theirs(province):
    tax, builder = province.person("officer", "thue"), province.person("officer", "so-xd")
    receipt = province.file("Hoàn thuế chậm", "Đã lâu chưa có kết quả.", field="tax")
    tax.does(receipt.number, "nhan")
    page = tax.sees(f"/can-bo/phieu/{receipt.number}")
    assert "kien-nghi-bo" in page
    assert "bao-cao-tinh" not in page
    up = tax.does(receipt.number, "bao-cao-tinh", text="Vượt thẩm quyền.")
    assert up.status_code in {403, 409}

    petition = {
        "addressee": "Cục Thuế",
        "letter_number": "55/CV",
        "dated": "2026-10-05",
        "text": "Xin hướng dẫn.",
    }
    tax.does(receipt.number, "kien-nghi-bo", **petition)
    assert province.ticket(receipt).status == "at_ministry"
    assert province.held_by(receipt) == "thue"

    other = a_matter_in_work(province, builder)
    assert "kien-nghi-bo" not in builder.sees(f"/can-bo/phieu/{other.number}")
    assert builder.does(other.number, "kien-nghi-bo", **petition).status_code == 403


def test_escalation_to_a_ministry_stops_the_clock_and_its_reply_lets_it_run_on(province):
    officer, office = province.person("officer", "so-xd"), province.person("provincial_office", "vp-ubnd")
    receipt = a_matter_in_work(province, officer)
    province.now("2026-10-06")
    officer.does(receipt.number, "bao-cao-tinh", text="Nghị định chưa rõ.")
    province.now("2026-10-07")
    office.does(
        receipt.number,
        "kien-nghi-bo",
        addressee="Bộ Xây dựng",
        letter_number="99/UBND",
        dated="2026-10-07",
        text="Kiến nghị hướng dẫn áp dụng.",
    )
    ticket = province.ticket(receipt)
    assert (ticket.status, ticket.clock) == ("at_ministry", "paused")
    assert all(r.answered_at for r in ticket.referrals if r.level == "province")
    told = province.follow(receipt).get(f"/theo-doi/{receipt.number}").text
    assert "Bộ Xây dựng" in told
    assert "Đang tạm dừng vì vượt thẩm quyền của tỉnh" in told

    province.now("2026-11-09")
    office.does(receipt.number, "theo-doi-bo", text="Bộ đang lấy ý kiến các vụ.")
    assert "Bộ đang lấy ý kiến các vụ." in province.follow(receipt).get(f"/theo-doi/{receipt.number}").text

    province.now("2026-11-23")
    reply = {
        "letter_number": "777/BXD",
        "dated": "2026-11-20",
        "signer": "Thứ trưởng",
        "text": "Áp dụng khoản 2.",
    }
    assert officer.does(receipt.number, "bo-tra-loi", **reply).status_code == 403
    office.does(receipt.number, "bo-tra-loi", **reply)
    ticket = province.ticket(receipt)
    assert (ticket.status, province.held_by(receipt), ticket.handler_id) == ("in_work", "so-xd", officer.id)
    assert ticket.due_on == date(2026, 12, 1), "two days were used; 24/11 is a day off"
    assert "777/BXD" in province.follow(receipt).get(f"/theo-doi/{receipt.number}").text
    assert officer.does(receipt.number, "tra-loi", text="Áp dụng khoản 2.").status_code == 302


def test_an_enterprise_may_take_back_what_is_at_a_ministry(province):
    tax = province.person("officer", "thue")
    receipt = province.file("Hoàn thuế chậm", "Đã lâu chưa có kết quả.", field="tax")
    tax.does(receipt.number, "nhan")
    paper = {
        "addressee": "Cục Thuế",
        "letter_number": "55/CV",
        "dated": "2026-10-05",
        "text": "Xin hướng dẫn.",
    }
    tax.does(receipt.number, "kien-nghi-bo", **paper)
    province.owner(receipt, "rut")
    assert province.ticket(receipt).status == "withdrawn"
    assert tax.does(receipt.number, "theo-doi-bo", text="Vẫn chờ.").status_code == 409
