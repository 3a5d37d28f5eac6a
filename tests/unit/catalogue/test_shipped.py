"""What the shipped packs hold, against the sources they name."""

import json
import re
from datetime import date
from pathlib import Path

import holidays
import pytest

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs import Kind, PackError
from feedback_app.catalogue.packs.regulation import Step, Unit

DECISION = Path(__file__).parents[3] / "docs/sources/decision-1814-qd-ubnd-2024.txt"
NAMED = {  # as the appendix writes them, with and without "Sở"
    "Kế hoạch và Đầu tư": "so-khdt",
    "KH&ĐT": "so-khdt",
    "Bảo hiểm Xã hội": "bhxh",
    "BHXH": "bhxh",
    "Công an tỉnh": "cong-an",
    "Tài nguyên và Môi": "so-tnmt",
    "Sở Xây dựng": "so-xd",
    "Cổng Thông tin điện tử tỉnh": "cong-ttdt",
    "Tư pháp": "so-tp",
    "Tài chính": "so-tc",
    "Cục Thuế": "thue",
    "cơ quan thuế": "thue",
    "Hải quan": "hai-quan",
    "Thông tin và Truyền thông": "so-tttt",
    "TTTT": "so-tttt",
    "Thanh tra tỉnh": "thanh-tra",
    "Nội vụ": "so-nv",
    "Văn phòng UBND tỉnh": "vp-ubnd",
    "Ngân hàng Nhà nước": "nhnn",
    "Sở Lao động": "so-ldtbxh",
    "Công thương": "so-ct",
    "Khoa học và Công nghệ": "so-khcn",
    "UBND các huyện": "nha-trang",
    "UBND cấp huyện": "nha-trang",
    "VCCI": "vcci",
    "Ban Quản lý KKT": "bql-van-phong",
}
EVERYONE = re.compile(r"^(Các|Tất cả)", re.IGNORECASE)


def _named(said: str) -> set[str]:
    return {code for words, code in NAMED.items() if words in said}


@pytest.fixture(scope="module")
def catalogue():
    return packs.shipped()


@pytest.fixture(scope="module")
def decision():
    return [line.strip() for line in DECISION.read_text("utf-8").splitlines()]


def test_every_task_of_the_appendix_is_there_once_and_in_order(catalogue):
    assert [task.number for task in catalogue.fields.tasks] == list(range(1, 71))
    lines = [task.line for task in catalogue.fields.tasks]
    assert lines == sorted(lines)


def test_the_numbers_the_copy_kept_agree_with_those_recovered_by_order(catalogue, decision):
    lines = {task.number: task.line for task in catalogue.fields.tasks}
    kept = {int(line): at for at, line in enumerate(decision, start=1) if re.fullmatch(r"\d{1,2}", line)}
    assert len(kept) > 30
    for number, at in kept.items():
        assert lines.get(number - 1, 0) < at < lines[number]


def test_each_task_is_led_by_whom_the_decision_names_on_that_line(catalogue, decision):
    for task in catalogue.fields.tasks:
        said = decision[task.line - 1]
        named = _named(said)
        assert task.everyone_leads or named, f"task {task.number}: nobody named in {said!r}"
        leads = set(task.lead) | ({"nha-trang"} & named if task.everyone_leads else set())
        assert named == leads & set(NAMED.values()), f"task {task.number}: {said!r}"
        assert task.everyone_leads == bool(EVERYONE.match(said) or "các sở ban" in said), (
            f"task {task.number}"
        )


def test_no_agency_a_task_names_as_coordinating_is_missing(catalogue, decision):
    for task in catalogue.fields.tasks:
        said = decision[task.line]
        named = _named(said)
        assert named == set(task.coordinating), f"task {task.number}: {said!r}"


def test_a_field_tied_to_a_task_is_led_by_an_agency_and_the_rest_say_they_are_assumed(catalogue):
    tasks = {task.number: task for task in catalogue.fields.tasks}
    for field in catalogue.fields.fields:
        assert field.confirmed == (field.task is not None)
        assert ("Giả định" in field.source) == (field.task is None)
        assert field.task is None or (tasks[field.task].lead and f"nhiệm vụ {field.task}" in field.source)


def test_there_are_fields_and_procedures_enough_for_what_enterprises_meet(catalogue):
    fields, procedures = catalogue.fields.fields, catalogue.fields.procedures
    assert len(fields) == 28
    assert len(procedures) >= 60
    assert {procedure.field for procedure in procedures} == {field.code for field in fields} - {"other"}


def test_the_nine_districts_of_2024_end_with_the_district_level(catalogue):
    districts = [agency for agency in catalogue.agencies.agencies if agency.type == "district"]
    assert len(districts) == 9
    assert {agency.valid_to for agency in districts} == {date(2025, 6, 30)}
    assert {area.agency for area in catalogue.areas.areas} >= {agency.code for agency in districts}
    left = [area.code for area in catalogue.areas.existing(date(2025, 7, 1))]
    assert left == ["kkt-van-phong"]


@pytest.mark.parametrize(
    "kind, due_step, value, unit",
    [
        (Kind.OBSTACLE, Step.ANSWER, 7, Unit.WORKING_DAYS),
        (Kind.OVERDUE_DOSSIER, Step.ANSWER, 3, Unit.WORKING_DAYS),
        (Kind.INFORMATION_REQUEST, Step.ANSWER, 3, Unit.WORKING_DAYS),
        (Kind.RULE_PROPOSAL, Step.ANSWER, 7, Unit.WORKING_DAYS),
        (Kind.OVERLAPPING_INSPECTION, Step.ANSWER, 3, Unit.WORKING_DAYS),
        (Kind.INFORMAL_COST, Step.SETTLE, 30, Unit.CALENDAR_DAYS),
    ],
)
def test_a_ticket_is_due_by_the_default_limit_of_its_kind(catalogue, kind, due_step, value, unit):
    (profile,) = catalogue.regulations
    assert profile.due_step(kind) == due_step
    (limit,) = [row for row in profile.limits_on(kind, date(2026, 11, 24)) if row.step == due_step]
    assert (limit.value, limit.unit) == (value, unit)


def test_a_limit_does_not_hold_before_its_first_day(catalogue):
    assert catalogue.regulations[0].limits_on(Kind.OBSTACLE, date(2023, 10, 23)) == ()


def test_a_regulation_that_ends_with_all_its_limits_is_accepted(catalogue):
    (profile,) = catalogue.regulations
    content = packs.dump(profile) | {"valid_to": "2026-12-31"}
    content["limits"] = [limit | {"valid_to": "2026-12-31"} for limit in content["limits"]]
    assert packs.parse("regulations/khanh-hoa-2023", content).valid_to == date(2026, 12, 31)


def test_a_changed_limit_holds_from_its_day_and_the_old_one_until_the_day_before(catalogue):
    content = packs.dump(catalogue.regulations[0])
    answer = next(n for n, limit in enumerate(content["limits"]) if limit["kinds"] == ["obstacle"])
    old = content["limits"][answer]
    content["limits"][answer] = old | {"valid_to": "2026-12-31"}
    content["limits"].append(old | {"valid_from": "2027-01-01", "value": 5})
    changed = packs.parse("regulations/khanh-hoa-2023", content)
    days = [date(2026, 12, 31), date(2027, 1, 1)]
    found = [
        row.value for on in days for row in changed.limits_on(Kind.OBSTACLE, on) if row.step == Step.ANSWER
    ]
    assert found == [7, 5]


def test_no_limit_is_shown_as_law_while_the_text_of_the_regulation_is_unknown(catalogue):
    for profile in catalogue.regulations:
        assert not profile.confirmed
        for limit in profile.limits:
            assert not limit.confirmed
            assert "chưa đối chiếu văn bản" in limit.source


def test_the_published_days_off_are_those_of_the_holiday_package_and_what_it_misses(catalogue):
    (calendar,) = catalogue.calendars
    culture_day = date(2026, 11, 24)  # a switch of its own
    for year in calendar.years:
        base = holidays.country_holidays("VN", years=year.year)
        off = {day for day in base if day.weekday() < 5} - {culture_day}
        worked = {day for day in base.weekend_workdays if day.year == year.year}
        missed = {date(2026, 1, 2)} if year.year == 2026 else set()
        assert {entry.date for entry in year.days_off} == off | missed
        extra = {date(2026, 1, 10)} if year.year == 2026 else set()
        assert {entry.date for entry in year.worked_weekends} == worked | extra


def test_the_culture_day_can_be_switched_and_is_on_from_2026(catalogue):
    (switch,) = catalogue.calendars[0].switches
    assert (switch.month, switch.day, switch.from_year, switch.enabled) == (11, 24, 2026, True)


def test_weights_and_targets_are_those_the_decision_prints(catalogue, decision):
    edition = next(edition for edition in catalogue.indicators if edition.code == "pci-2023")
    headings = dict.fromkeys(
        line for line in decision if "TRỌNG SỐ" in line
    )  # each is printed six times over
    weights = [float(re.findall(r"TRỌNG SỐ (\d+)%", heading)[0]) for heading in headings]
    targets = [
        m.replace(",", ".") for line in decision for m in re.findall(r"^Năm 2024[;:] đạt trên ([\d,]+)", line)
    ]
    assert [sub.weight for sub in edition.sub_indices if sub.weight is not None] == weights
    assert [sub.target for sub in edition.sub_indices if sub.target is not None] == [
        float(t) for t in targets
    ]


def test_the_two_indicators_belong_to_the_sub_indices_of_their_name(catalogue):
    edition = next(edition for edition in catalogue.indicators if edition.code == "pci-2023")
    codes = {sub.number: sub.code for sub in edition.sub_indices}
    assert {codes[indicator.sub_index]: indicator.code for indicator in edition.indicators} == {
        "informal_costs": "informal_costs",
        "dynamism": "dynamism",
    }


def test_the_edition_of_2025_says_no_more_than_its_source(catalogue):
    edition = next(edition for edition in catalogue.indicators if edition.code == "pci-2025")
    assert edition.number_of_sub_indices == 9
    assert [(sub.number, sub.name.vi) for sub in edition.sub_indices] == [
        (5, "Chi phí không chính thức"),
        (9, "Chính quyền kiến tạo"),
    ]
    silent = [(sub.weight, sub.target, sub.score, sub.change) for sub in edition.sub_indices]
    assert silent == [(None, None, None, None)] * 2
    assert edition.results == ()
    assert {sub.confidence for sub in edition.sub_indices} == {"L"}
    assert {part.confidence for own in edition.indicators for part in own.components} == {"L"}
    assert [own.sub_index for own in edition.indicators] == [5, 9]


def test_a_stored_pack_comes_back_as_it_was(catalogue):
    for name, pack in catalogue.packs().items():
        stored = json.loads(json.dumps(packs.dump(pack)))
        assert packs.parse(name, stored) == pack
        assert packs.dump(packs.parse(name, stored)) == stored
    assert packs.assemble(catalogue.packs()) == catalogue


def test_a_stored_pack_that_does_not_fit_is_refused_by_name_without_a_line(catalogue):
    stored = packs.dump(catalogue.agencies) | {"tye": 1}
    with pytest.raises(PackError) as refused:
        packs.parse("agencies", stored)
    assert (refused.value.path, refused.value.line) == ("agencies", None)
    assert str(refused.value).startswith("agencies: 'tye' không phải là thuộc tính được phép")


@pytest.mark.parametrize("name", ["letters", "laws/khanh-hoa"])
def test_a_pack_of_no_known_name_is_refused(name):
    with pytest.raises(PackError, match="không có gói dữ liệu nào mang tên này"):
        packs.parse(name, {})


def test_a_catalogue_without_its_agencies_is_refused(catalogue):
    rest = {name: pack for name, pack in catalogue.packs().items() if name != "agencies"}
    with pytest.raises(PackError, match="agencies: thiếu gói dữ liệu này"):
        packs.assemble(rest)


def test_labels_are_given_in_the_reader_s_language(catalogue):
    name = catalogue.fields.fields[2].name
    assert (name.in_language("vi"), name.in_language("en"), name.in_language("en_GB")) == (
        "Đất đai",
        "Land",
        "Land",
    )


def test_labels_are_found_by_code(catalogue):
    fields = catalogue.fields
    assert fields.field("land").name.vi == "Đất đai"
    assert fields.kind("overdue_dossier").name.vi == "Hồ sơ trễ hẹn"
    assert fields.procedure("land-lease").field == "land"
    assert "land-lease" in [procedure.code for procedure in fields.procedures_of("land")]
    assert catalogue.areas.area("cam-ranh").name.vi == "Thành phố Cam Ranh"
    with pytest.raises(LookupError, match="Không có thủ tục nào mang mã 'magic'"):
        fields.procedure("magic")
