"""Several agencies on one matter: pauses, returns, opinions, extensions, people who leave."""

from datetime import date

from feedback_app.tickets.jobs import end_waiting

LATE_OPINION = "trả lời chậm"


def tax_matter(province, **more):
    return province.file("Hoàn thuế chậm", "Hồ sơ hoàn thuế nộp đã lâu chưa có kết quả.", field="tax", **more)


def asks(officer, receipt, text="Xin bổ sung tờ khai."):
    return officer.does(receipt.number, "bo-sung", text=text)


def test_a_pause_over_tet_costs_the_agency_nothing(province):
    province.now("2026-02-12")
    officer = province.person("officer", "thue")
    receipt = tax_matter(province)
    province.now("2026-02-13")
    officer.does(receipt.number, "nhan")
    asks(officer, receipt, "Tờ khai quý IV, bản sao hợp đồng.")
    assert province.ticket(receipt).status == "need_info"

    province.now("2026-02-24")
    province.owner(receipt, "bo-sung", text="Gửi kèm đủ hai giấy tờ.")

    assert province.ticket(receipt).due_on == date(2026, 3, 4), "13/02 counts, then 25/02 to 04/03"
    page = officer.sees(f"/can-bo/phieu/{receipt.number}")
    assert "Tờ khai quý IV" in page
    assert "Tết" in page


def test_a_second_pause_and_a_late_one_need_the_head(province):
    officer, head = province.person("officer", "thue"), province.person("agency_head", "thue")
    receipt = tax_matter(province)
    officer.does(receipt.number, "nhan")
    asks(officer, receipt)
    province.owner(receipt, "bo-sung", text="Đã gửi.")

    asks(officer, receipt, "Còn thiếu phụ lục.")
    assert province.ticket(receipt).status == "in_work", "the second question waits for the head"
    assert officer.does(receipt.number, "thu-truong", verdict="yes").status_code == 403

    assert head.does(receipt.number, "thu-truong", verdict="no").status_code == 200, "no reason, no refusal"
    head.does(receipt.number, "thu-truong", verdict="yes")
    assert province.ticket(receipt).status == "need_info"
    assert "Còn thiếu phụ lục." in province.follow(receipt).get(f"/theo-doi/{receipt.number}").text


def test_after_the_first_third_of_the_clock_the_head_is_asked_and_may_refuse(province):
    officer, head = province.person("officer", "thue"), province.person("agency_head", "thue")
    receipt = tax_matter(province)
    officer.does(receipt.number, "nhan")
    province.now("2026-10-08")
    asks(officer, receipt)
    assert province.ticket(receipt).status == "in_work"
    head.does(receipt.number, "thu-truong", verdict="no", remarks="Hồ sơ đã đủ.")
    assert province.ticket(receipt).status == "in_work"
    assert "Hồ sơ đã đủ." in officer.sees(f"/can-bo/phieu/{receipt.number}")


def test_waiting_for_an_enterprise_that_sends_nothing_ends_after_the_profile_s_limit(province):
    officer = province.person("officer", "thue")
    receipt = tax_matter(province)
    officer.does(receipt.number, "nhan")
    asks(officer, receipt)
    province.now("2026-10-19")
    assert end_waiting() == 0, "ten working days are not over"
    province.now("2026-10-20")
    assert end_waiting() == 1
    assert end_waiting() == 0
    province.work()
    assert province.ticket(receipt).status == "in_work"
    told = province.follow(receipt).get(f"/theo-doi/{receipt.number}").text
    assert "Hết thời gian chờ bổ sung" in told


def test_two_returns_a_provisional_assignment_and_an_objection(province):
    tax, police = province.person("officer", "thue"), province.person("officer", "cong-an")
    focal_point = province.person("focal_point", "so-tc")
    office = province.person("provincial_office", "vp-ubnd")
    receipt = tax_matter(province)
    due = province.ticket(receipt).due_on

    tax.does(receipt.number, "tra-lai", reason="Không thuộc cơ quan thuế.", proposed="cong-an")
    focal_point.does(receipt.number, "giao", agency="other", other="cong-an", reason="Theo đề nghị.")
    police.does(receipt.number, "tra-lai", reason="Không thuộc công an.")
    focal_point.does(receipt.number, "giao", agency="other", other="thue", reason="Tạm giao.")

    assert "Đang tạm giao" in tax.sees(f"/can-bo/phieu/{receipt.number}")
    assert tax.does(receipt.number, "tra-lai", reason="Lần nữa.").status_code == 409
    tax.does(receipt.number, "khong-dong-y", text="Vẫn không thuộc thẩm quyền.")
    assert focal_point.does(receipt.number, "quyet-dinh", verdict="dismissed", remarks="x").status_code == 403

    office.does(receipt.number, "quyet-dinh", verdict="upheld", remarks="Giao công an.", agency="cong-an")
    assert province.held_by(receipt) == "cong-an"
    assert police.does(receipt.number, "tra-lai", reason="Không nhận.").status_code == 409, "that ended it"
    assert police.does(receipt.number, "nhan").status_code == 302
    assert province.ticket(receipt).due_on == due, "the enterprise's clock ran on"


def test_an_objection_that_is_dismissed_leaves_the_ticket_where_it_is_for_good(province):
    tax, office = province.person("officer", "thue"), province.person("provincial_office", "vp-ubnd")
    focal_point = province.person("focal_point", "so-tc")
    receipt = tax_matter(province)
    for _ in range(2):
        tax.does(receipt.number, "tra-lai", reason="Không thuộc cơ quan thuế.")
        focal_point.does(receipt.number, "giao", agency="other", other="thue", reason="Đúng thẩm quyền.")
    tax.does(receipt.number, "khong-dong-y", text="Không thuộc thẩm quyền.")
    office.does(receipt.number, "quyet-dinh", verdict="dismissed", remarks="Giữ nguyên.")
    assert province.held_by(receipt) == "thue"
    assert tax.does(receipt.number, "khong-dong-y", text="Lần nữa.").status_code == 409
    assert tax.does(receipt.number, "nhan").status_code == 302


def test_three_agencies_and_one_late_opinion_whose_days_are_its_own(province):
    tax, social = province.person("officer", "thue"), province.person("officer", "bhxh")
    police = province.person("officer", "cong-an")
    receipt = tax_matter(province)
    tax.does(receipt.number, "nhan")
    assert social.status(f"/can-bo/phieu/{receipt.number}") == 404
    tax.does(receipt.number, "lay-y-kien", agencies=["bhxh", "cong-an"], text="Doanh nghiệp còn nợ không?")
    assert "Doanh nghiệp còn nợ không?" in social.sees(f"/can-bo/phieu/{receipt.number}")

    province.now("2026-10-07")
    social.does(receipt.number, "y-kien", text="Không còn nợ.")
    province.now("2026-10-12")
    police.does(receipt.number, "y-kien", text="Không có vướng mắc.")

    page = tax.sees(f"/can-bo/phieu/{receipt.number}")
    assert page.count(LATE_OPINION) == 1
    legs = {leg.agency_id: leg for leg in province.ticket(receipt).assignments if leg.part == "opinion"}
    assert sorted((leg.ended_on > leg.due_on) for leg in legs.values()) == [False, True]
    assert province.ticket(receipt).due_on == date(2026, 10, 14), "the case clock did not notice"
    follow = province.follow(receipt).get(f"/theo-doi/{receipt.number}").text
    assert "Không còn nợ." not in follow, "what agencies tell one another is theirs"
    assert social.does(receipt.number, "y-kien", text="Lần nữa.").status_code == 403


def test_an_extension_to_which_the_enterprise_objects_with_success(province):
    tax, head = province.person("officer", "thue"), province.person("agency_head", "thue")
    office = province.person("provincial_office", "vp-ubnd")
    receipt = tax_matter(province)
    tax.does(receipt.number, "nhan")
    wanted = {"reason_code": "complex", "text": "Phải đối chiếu nhiều kỳ.", "days": 13}
    assert tax.does(receipt.number, "gia-han", **(wanted | {"days": 14})).status_code == 200, "too many days"
    tax.does(receipt.number, "gia-han", **wanted)
    assert province.ticket(receipt).due_on == date(2026, 10, 14)
    head.does(receipt.number, "thu-truong", verdict="yes")
    assert province.ticket(receipt).due_on == date(2026, 11, 2)

    owner = province.follow(receipt)
    notice = owner.get(f"/theo-doi/{receipt.number}/thong-bao-gia-han").text
    assert "Phải đối chiếu nhiều kỳ." in notice
    assert "02/11/2026" in notice
    assert tax.does(receipt.number, "gia-han", **wanted).status_code == 409, "once a round"

    province.owner(receipt, "khong-dong-y-gia-han", text="Đã chờ quá lâu.")
    province.now("2026-10-16")
    office.does(receipt.number, "quyet-dinh", verdict="upheld", remarks="Việc không phức tạp.")
    assert province.ticket(receipt).due_on == date(2026, 10, 16), "from today, and no passed day became late"


def test_an_extension_comes_before_lateness_or_not_at_all(province):
    head = province.person("agency_head", "thue")
    receipt = tax_matter(province)
    head.does(receipt.number, "nhan")
    province.now("2026-10-15")
    late = head.does(receipt.number, "gia-han", reason_code="complex", text="Chậm.", days=5)
    assert late.status_code == 200
    assert "đã quá hạn" in late.text
    assert province.ticket(receipt).due_on == date(2026, 10, 14)


def test_an_officer_who_leaves_hands_over_and_whoever_stood_aside_gets_nothing(province):
    leaving, head = province.person("officer", "thue"), province.person("agency_head", "thue")
    heir = province.person("officer", "thue")
    receipts = [tax_matter(province) for _ in range(3)]
    for receipt in receipts:
        leaving.does(receipt.number, "nhan")
    heir.does(receipts[0].number, "khong-tham-gia", reason="Người nhà làm ở công ty này.")

    assert leaving.status("/can-bo/ban-giao") == 403
    assert "3 phiếu" in head.sees(f"/can-bo/ban-giao?person={leaving.id}")
    head.browser().post("/can-bo/ban-giao", data={"person": leaving.id, "to": heir.id})
    province.work()

    assert [province.ticket(r).handler_id for r in receipts] == [leaving.id, heir.id, heir.id]
    assert heir.does(receipts[0].number, "tra-loi", text="Trả lời.").status_code == 403
    administrator = province.person("administrator", None)
    administrator.browser().post(f"/quan-tri/nguoi-dung/{leaving.id}/khoa")
    province.work()
    assert province.ticket(receipts[0]).handler_id is None


def test_a_substitute_acts_for_the_absent_head_and_no_longer(province):
    officer, head = province.person("officer", "thue"), province.person("agency_head", "thue")
    receipt = tax_matter(province)
    officer.does(receipt.number, "nhan")
    assert officer.status("/can-bo/ban-giao") == 403
    away = {"person": head.id, "substitute": officer.id, "first": "2026-10-06", "last": "2026-10-07"}
    head.browser().post("/can-bo/vang-mat", data=away)
    assert officer.status("/can-bo/ban-giao") == 403, "not yet"
    province.now("2026-10-06")
    assert officer.status("/can-bo/ban-giao") == 200
    province.now("2026-10-08")
    assert officer.status("/can-bo/ban-giao") == 403, "no longer"


def test_substitutes_that_lead_back_are_refused(province):
    one, other = province.person("officer", "thue"), province.person("officer", "thue")
    days = {"first": "2026-10-06", "last": "2026-10-09"}
    one.browser().post("/can-bo/vang-mat", data={"person": one.id, "substitute": other.id, **days})
    answer = other.browser().post("/can-bo/vang-mat", data={"person": other.id, "substitute": one.id, **days})
    assert answer.status_code == 200
    assert "không còn ai xử lý" in answer.text


def test_a_hidden_name_is_shown_when_the_filer_says_so_and_not_before(province):
    officer = province.person("officer", "thue")
    receipt = tax_matter(province, hide_identity="y")
    officer.does(receipt.number, "nhan")
    assert "Công ty TNHH Ví Dụ" not in officer.sees(f"/can-bo/phieu/{receipt.number}")
    officer.does(receipt.number, "xin-biet-ten", text="Để đối chiếu sổ thuế.")
    assert "Công ty TNHH Ví Dụ" not in officer.sees(f"/can-bo/phieu/{receipt.number}")
    province.owner(receipt, "cho-biet-ten", granted="no")
    assert "Công ty TNHH Ví Dụ" not in officer.sees(f"/can-bo/phieu/{receipt.number}")
    officer.does(receipt.number, "xin-biet-ten", text="Không có tên thì không tra được.")
    province.owner(receipt, "cho-biet-ten", granted="yes")
    assert "Công ty TNHH Ví Dụ" in officer.sees(f"/can-bo/phieu/{receipt.number}")


def test_where_all_stand_aside_the_province_s_office_goes_on(province):
    only, office = province.person("officer", "thue"), province.person("provincial_office", "vp-ubnd")
    receipt = tax_matter(province)
    only.does(receipt.number, "nhan")
    only.does(receipt.number, "khong-tham-gia", reason="Có lợi ích liên quan.")
    assert province.held_by(receipt) == "vp-ubnd"
    assert receipt.number in office.sees("/can-bo/")
