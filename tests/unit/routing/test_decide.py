"""Who answers what, on which day, and who must never receive it."""

from datetime import date

import pytest

from feedback_app.catalogue.packs import Directory, shipped
from feedback_app.routing.decide import explain, route
from feedback_app.routing.matter import Decision, Matter

IN_2024, IN_2026 = date(2024, 8, 15), date(2026, 11, 24)


def decided(text: str = "", on: date = IN_2026, **given: object) -> Decision:
    return route(Matter(text=text, **given), shipped(), on)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text, then, now",
    [
        ("Đề nghị hoàn thuế GTGT cho công ty", "thue", "thue"),
        ("xin cap GPXD nha xuong", "so-xd", "so-xd"),
        ("Thay đổi người đại diện theo pháp luật", "so-khdt", "so-tc"),
        ("Gia hạn thuê đất làm nhà máy", "so-tnmt", "so-nnmt"),
        ("Xin phù hiệu xe hợp đồng", "so-gtvt", "so-xd"),
        ("Giấy phép lao động cho chuyên gia nước ngoài", "so-ldtbxh", "so-nv"),
        ("Hỗ trợ đào tạo nghề cho công nhân", "so-ldtbxh", "so-gddt"),
        ("Công nhận hạng khách sạn 4 sao", "so-dl", "so-vhttdl"),
    ],
)
def test_the_agency_is_the_one_that_answers_on_that_day(text: str, then: str, now: str) -> None:
    assert decided(text, IN_2024).lead.code == then
    assert decided(text, IN_2026).lead.code == now


def test_the_tax_office_bears_the_name_of_the_day() -> None:
    matter = Matter(text="hoàn thuế GTGT")
    assert route(matter, shipped(), IN_2024).lead.name.vi == "Cục Thuế tỉnh Khánh Hòa"
    assert route(matter, shipped(), IN_2026).lead.name.vi == "Thuế tỉnh Khánh Hòa"


def test_a_household_business_goes_to_its_district_while_there_is_one() -> None:
    text = "Tôi muốn đăng ký hộ kinh doanh"
    assert decided(text, IN_2024, area="dien-khanh").lead.code == "dien-khanh"
    assert decided("đăng ký hộ kinh doanh ở Cam Ranh", IN_2024).lead.code == "cam-ranh"


def test_without_districts_the_department_stands_in_with_less_confidence() -> None:
    text = "Tôi muốn đăng ký hộ kinh doanh"
    before = decided(text, date(2025, 6, 30), area="dien-khanh")
    after = decided(text, date(2025, 7, 1), area="dien-khanh")
    assert (before.lead.code, after.lead.code) == ("dien-khanh", "so-tc")
    assert after.confidence < before.confidence


def test_an_industrial_park_has_its_own_board() -> None:
    assert decided("Xin GPXD nhà kho trong KCN Suối Dầu").lead.code == "bql-van-phong"
    assert decided("Xin GPXD nhà kho trong cụm công nghiệp Diên Phú").lead.code == "so-xd"


@pytest.mark.parametrize("kind", ["informal_cost", "overlapping_inspection"])
def test_sensitive_reports_go_to_the_inspectorate_alone(kind: str) -> None:
    d = decided("Phòng cháy chữa cháy", kind=kind, field="fire_safety")
    assert (d.lead.code, d.coordinating, d.sensitive) == ("thanh-tra", (), True)


def test_when_the_inspectorate_is_concerned_the_provincial_office_receives() -> None:
    d = decided(kind="informal_cost", concerned=frozenset({"thanh-tra"}))
    assert d.lead.code == "vp-ubnd"
    assert "thanh-tra" not in {c.agency.code for c in d.candidates}


def test_a_focal_point_that_is_concerned_does_not_triage() -> None:
    assert decided(concerned=frozenset({"so-khdt"})).triage_by == "vp-ubnd"
    assert decided().triage_by == "so-tc"


@pytest.mark.parametrize("concerned", ["so-tnmt", "so-nnmt", "thue", "so-tc", "vp-ubnd", "dien-khanh"])
def test_the_family_of_a_concerned_agency_appears_nowhere(concerned: str) -> None:
    family = Directory(shipped().agencies).family(concerned)
    for kind in ("informal_cost", "obstacle"):
        d = decided("Gia hạn thuê đất, tiền thuê đất, hoàn thuế", kind=kind, concerned=frozenset({concerned}))
        named = {
            d.lead.code,
            d.triage_by,
            *(a.code for a in d.coordinating),
            *(c.agency.code for c in d.candidates),
        }
        assert not named & family


def test_an_ordinary_matter_whose_owner_is_concerned_is_triaged() -> None:
    d = decided("Hoàn thuế GTGT", concerned=frozenset({"thue"}))
    assert d.needs_triage
    assert d.lead.code == "thanh-tra"


def test_nothing_said_needs_triage_by_the_focal_point() -> None:
    d = decided("")
    assert (d.kind, d.field, d.needs_triage) == ("obstacle", "other", True)


def test_a_chosen_field_is_followed_but_a_clear_contradiction_is_triaged() -> None:
    text = "Chậm hoàn thuế GTGT, cơ quan thuế yêu cầu giải trình hóa đơn điện tử"
    assert not decided(text, field="tax").needs_triage
    contradicted = decided(text, field="tourism")
    assert contradicted.field == "tourism"
    assert contradicted.needs_triage
    assert "thue" in {c.agency.code for c in contradicted.candidates}


def test_a_company_name_does_not_decide() -> None:
    text = "Công ty TNHH Xây dựng Du lịch Biển Xanh nợ bảo hiểm xã hội, xin chốt sổ cho nhân viên"
    assert decided(text).lead.code == "bhxh"


def test_the_reason_quotes_the_author_and_names_the_task() -> None:
    reason = decided("Chậm hoàn thuế GTGT").reason
    assert "“hoàn thuế GTGT”" in reason.vi
    assert "nhiệm vụ 25" in reason.vi
    assert "task 25" in reason.en


def test_an_accusation_makes_an_informal_cost_report_unless_the_filer_chose() -> None:
    text = "Cán bộ thuế đòi tiền bồi dưỡng khi hoàn thuế"
    assert (decided(text).kind, decided(text).lead.code) == ("informal_cost", "thanh-tra")
    chosen = decided(text, kind="obstacle")
    assert (chosen.kind, chosen.lead.code, chosen.sensitive) == ("obstacle", "thue", True)


@pytest.mark.parametrize(
    "kind, text",
    [
        ("overdue_dossier", "Hồ sơ nộp từ tháng 3, quá hẹn 20 ngày vẫn chưa có kết quả"),
        ("information_request", "Cho hỏi thủ tục mở chi nhánh cần giấy tờ gì?"),
        ("rule_proposal", "Kiến nghị bãi bỏ quy định ký quỹ"),
        ("overlapping_inspection", "Một năm có 4 đoàn kiểm tra cùng nội dung"),
        ("obstacle", "Công ty không vay được vốn ngân hàng"),
    ],
)
def test_the_kind_is_read_from_the_words(kind: str, text: str) -> None:
    assert decided(text).kind == kind


def test_the_explanation_has_the_agreed_shape() -> None:
    answer = explain(Matter(text="hoàn thuế GTGT"), shipped(), IN_2026)
    assert list(answer) == [
        "kind", "field", "lead", "coordinating", "candidates", "rule",
        "confidence", "needs_triage", "sensitive", "reason",
    ]  # fmt: skip
    assert set(answer["candidates"][0]) == {"code", "name", "score"}


def test_each_candidate_says_in_both_languages_what_spoke_for_it() -> None:
    decision = decided("Xin cấp giấy phép xây dựng nhà xưởng; Sở Y tế nói chưa rõ", field="construction")
    said = {c.agency.code: c.why for c in decision.candidates}
    assert said[decision.lead.code] == decision.reason
    assert all(why.vi and why.en and why.vi != why.en for why in said.values())


def test_an_agency_that_only_helps_is_not_said_to_lead() -> None:
    decision = decided("Xin GPXD nhà kho trong KCN Suối Dầu", field="construction")
    helper = next(c for c in decision.candidates if c.agency.code == decision.coordinating[0].code)
    assert helper.why.vi.startswith("vì là cơ quan phối hợp trong lĩnh vực")


def test_who_only_stands_in_is_said_to_be_there_for_reference() -> None:
    decision = decided("abc")
    assert "chỉ để tham khảo" in decision.candidates[-1].why.vi
