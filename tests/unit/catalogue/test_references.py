"""A code that one pack uses and no other declares stops with its file, its line and what is expected."""

import pytest

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs.references import findings
from tests.unit.catalogue.wrong_edits import (
    AGENCIES,
    AREAS,
    CALENDAR,
    FIELDS,
    INDICATORS,
    REGULATION,
    ROUTING,
    Case,
)

REFERENCES = {
    "a role nobody bears": Case(
        AGENCIES,
        "inspectorate: thanh-tra",
        "inspectorate: thanh-tra-so",
        "không có cơ quan 'thanh-tra-so'",
        "roles",
    ),
    "a parent that does not exist": Case(
        AGENCIES, "parent: vp-ubnd", "parent: vp", "không có cơ quan 'vp'", "parent: vp"
    ),
    "a parent in time that does not exist": Case(
        AGENCIES, "parent: so-ct", "parent: so-cong", "không có cơ quan 'so-cong'", "so-cong"
    ),
    "a successor that does not exist": Case(
        AGENCIES, "to: so-tc", "to: so-tai-chinh", "không có cơ quan 'so-tai-chinh'", "so-tai-chinh"
    ),
    "a successor not yet there": Case(
        AGENCIES,
        "to: so-nnmt, starts: 2025-03-01",
        "to: so-nnmt, starts: 2025-02-01",
        "'so-nnmt' chưa có vào ngày 01/02/2025",
        "so-nnmt",
    ),
    "succession by an unknown field": Case(
        AGENCIES, "fields: [culture_media]", "fields: [press]", "không có lĩnh vực 'press'", "press"
    ),
    "succession by an unknown area": Case(
        AGENCIES, "fields: [culture_media]", "areas: [da-lat]", "không có địa bàn 'da-lat'", "da-lat"
    ),
    "succession in a circle": Case(
        AGENCIES,
        '    confirmed: true\n    source: "QĐ 1814/QĐ-UBND (09/7/2024), nhiệm vụ 24, 37"',
        "    successors: [{to: so-khdt, starts: 2026-01-01, confirmed: false, source: x}]\n"
        "    confirmed: true\n    source: x",
        "kế thừa vòng tròn",
        "to: so-",
    ),
    "an agency twice": Case(
        AGENCIES, "code: so-tc", "code: so-xd", "'so-xd' được khai báo hai lần", "code: so-xd"
    ),
    "a territory twice": Case(
        AREAS, "code: ninh-thuan", "code: khanh-hoa", "'khanh-hoa' được khai báo hai lần", "code: khanh-hoa"
    ),
    "an area twice": Case(
        AREAS,
        "code: cam-lam\n    type",
        "code: cam-ranh\n    type",
        "'cam-ranh' được khai báo hai lần",
        "code: cam-ranh",
    ),
    "a field twice": Case(
        FIELDS, "code: tourism", "code: transport", "'transport' được khai báo hai lần", "code: transport"
    ),
    "a procedure twice": Case(
        FIELDS,
        "code: land-lease",
        "code: land-price",
        "'land-price' được khai báo hai lần",
        "code: land-price",
    ),
    "a task twice": Case(FIELDS, "number: 2,", "number: 1,", "'1' được khai báo hai lần", "number: 1,"),
    "a kind twice": Case(
        FIELDS,
        "code: overdue_dossier",
        "code: obstacle",
        "'obstacle' được khai báo hai lần",
        "code: obstacle",
    ),
    "an area run by nobody": Case(
        AREAS, "agency: nha-trang", "agency: nha", "không có cơ quan 'nha'", "agency: nha"
    ),
    "an area in no territory": Case(
        AREAS,
        "    territory: khanh-hoa",
        "    territory: lam-dong",
        "không có địa giới 'lam-dong'",
        "lam-dong",
    ),
    "an area within an unknown one": Case(
        AREAS,
        "    agency: bql-van-phong",
        "    agency: bql-van-phong\n    parent: mars",
        "không có địa bàn 'mars'",
        "mars",
    ),
    "an area that ends before it began": Case(
        AREAS, "valid_to: 2025-06-30", "valid_to: 2020-06-30", "valid_to trước valid_from", "2020-06-30"
    ),
    "a task led by nobody known": Case(
        FIELDS,
        "line: 113, lead: [so-khdt]",
        "line: 113, lead: [so-dau-tu]",
        "không có cơ quan 'so-dau-tu'",
        "number: 1,",
    ),
    "a field with an unknown task": Case(
        FIELDS, "task: 33", "task: 71", "không có nhiệm vụ '71'", "task: 71"
    ),
    "a procedure of an unknown field": Case(
        FIELDS,
        "code: land-lease, field: land",
        "code: land-lease, field: sea",
        "không có lĩnh vực 'sea'",
        "land-lease",
    ),
    "a regulation for nowhere": Case(
        REGULATION, "territory: khanh-hoa", "territory: lam-dong", "không có địa giới 'lam-dong'", "lam-dong"
    ),
    "an indicator of no sub-index": Case(
        INDICATORS, "sub_index: 7", "sub_index: 17", "không có chỉ số thành phần '17'", "17"
    ),
    "an indicator of an edition that is not loaded": Case(
        INDICATORS,
        "edition: pci-2023\n    sub_index: 7",
        "edition: pci-2031\n    sub_index: 7",
        "không có ấn bản 'pci-2031'; cần một mã ấn bản đã khai báo",
        "edition: pci-2031",
    ),
    "an indicator in the file of another edition": Case(
        INDICATORS,
        "edition: pci-2023\n    sub_index: 7",
        "edition: pci-2025\n    sub_index: 7",
        "đặt trong tệp của 'pci-2023'; cần edition: pci-2023",
        "edition: pci-2025",
    ),
    "an indicator that names no edition": Case(
        INDICATORS,
        "    edition: pci-2023\n    sub_index: 7",
        "    sub_index: 7",
        "thiếu 'edition'",
        "dynamism",
    ),
    "a component that mirrors nothing said": Case(
        INDICATORS,
        '        mirrors: {vi: "Doanh nghiệp hài lòng với phản hồi nhận được", '
        'en: "Enterprises are satisfied with the response they get"}\n',
        "",
        "thành phần 'satisfied' thiếu 'mirrors'",
        "id: satisfied",
    ),
    "a sub-index twice": Case(
        INDICATORS, "number: 2\n", "number: 1\n", "'1' được khai báo hai lần", "number: 1"
    ),
    "a component twice": Case(
        INDICATORS,
        "id: solved",
        "id: answered_in_time",
        "'answered_in_time' được khai báo hai lần",
        "answered_in_time",
    ),
    "an indicator twice": Case(
        INDICATORS,
        "  - code: dynamism\n    edition",
        "  - code: informal_costs\n    edition",
        "'informal_costs' được khai báo hai lần",
        "informal_costs",
    ),
    "a reporting period twice": Case(
        INDICATORS, "code: mid_month", "code: month", "'month' được khai báo hai lần", "month"
    ),
    "a pack named otherwise than its file": Case(
        CALENDAR, "code: vietnam", "code: lao", "code khác tên tệp", "lao"
    ),
    "a rule led by nobody known": Case(
        ROUTING, "lead: thanh-tra", "lead: thanh-tra-so", "không có cơ quan 'thanh-tra-so'", "thanh-tra-so"
    ),
    "a rule of an unknown kind": Case(
        ROUTING,
        "kinds: [informal_cost]",
        "kinds: [bribe]",
        "không hợp lệ (bribe); cần một trong: obstacle",
        "bribe",
    ),
    "a rule for an unknown field": Case(
        ROUTING, "fields: [investment,", "fields: [fortune,", "không có lĩnh vực 'fortune'", "fortune"
    ),
    "a rule that asks a stranger's opinion": Case(
        ROUTING, "coordinating: [so-tnmt]", "coordinating: [so-la]", "không có cơ quan 'so-la'", "so-la"
    ),
    "a rule with a fallback nobody knows": Case(
        ROUTING, "otherwise: so-khdt", "otherwise: so-la", "không có cơ quan 'so-la'", "so-la"
    ),
    "a fallback nobody knows": Case(
        ROUTING, "\nfallbacks: [so-khdt", "\nfallbacks: [so-la", "không có cơ quan 'so-la'", "so-la"
    ),
    "a sensitive fallback nobody knows": Case(
        ROUTING,
        "sensitive_fallbacks: [thanh-tra",
        "sensitive_fallbacks: [so-la",
        "không có cơ quan 'so-la'",
        "so-la",
    ),
    "a sensitive kind nobody knows": Case(
        ROUTING,
        "sensitive_kinds: [informal_cost",
        "sensitive_kinds: [bribe",
        "không hợp lệ (bribe); cần một trong: obstacle",
        "bribe",
    ),
    "a rule of an unknown area": Case(
        ROUTING,
        "kinds: [informal_cost]\n",
        "kinds: [informal_cost]\n    areas: [mars]\n",
        "không có địa bàn 'mars'",
        "mars",
    ),
    "a rule of an unknown procedure": Case(
        ROUTING,
        "kinds: [informal_cost]\n",
        "kinds: [informal_cost]\n    procedures: [magic]\n",
        "không có thủ tục 'magic'",
        "magic",
    ),
    "words for an unknown area": Case(
        "vocabulary.yaml",
        "\n  nha-trang: [",
        "\n  nha-trang-cu: [",
        "không có địa bàn 'nha-trang-cu'",
        "nha-trang-cu",
    ),
}


@pytest.mark.parametrize("case", REFERENCES.values(), ids=REFERENCES)
def test_whoever_uses_an_unknown_code_is_told_where_and_what(case, edited):
    case.check(edited)


def test_a_kind_nobody_explains_is_missed():
    shipped = packs.shipped()
    fields = shipped.fields.model_copy(update={"kinds": shipped.fields.kinds[:-1]})
    (finding,) = findings(shipped.model_copy(update={"fields": fields}))
    assert finding.problem == "thiếu loại phản ánh: overlapping_inspection"


def test_a_rule_whose_task_is_gone_is_found():
    shipped = packs.shipped()
    (rule, *_) = (rule for rule in shipped.routing.rules if rule.source.task is not None)
    tasks = tuple(task for task in shipped.fields.tasks if task.number != rule.source.task)
    fields = shipped.fields.model_copy(update={"tasks": tasks})
    wrong = [f for f in findings(shipped.model_copy(update={"fields": fields})) if f.pack == "routing"]
    assert ("rules", shipped.routing.rules.index(rule), "source", "task") in [
        finding.loc for finding in wrong
    ]


def test_words_for_what_is_gone_are_found():
    shipped = packs.shipped()
    fields = shipped.fields.model_copy(update={"fields": shipped.fields.fields[1:]})
    gone = shipped.fields.fields[0].code
    wrong = list(findings(shipped.model_copy(update={"fields": fields})))
    assert ("vocabulary", ("fields", gone)) in [(finding.pack, finding.loc) for finding in wrong]


def test_all_that_is_wrong_is_found_not_only_the_first():
    shipped = packs.shipped()
    rest = tuple(agency for agency in shipped.agencies.agencies if agency.code not in {"so-tc", "thanh-tra"})
    agencies = shipped.agencies.model_copy(update={"agencies": rest})
    problems = [finding.problem for finding in findings(shipped.model_copy(update={"agencies": agencies}))]
    assert {"không có cơ quan 'so-tc'", "không có cơ quan 'thanh-tra'"} == set(problems)
    assert len(problems) > 5
    assert any(
        finding.loc == ("agencies", "thanh-tra")
        for finding in findings(shipped.model_copy(update={"agencies": agencies}))
    )


def test_two_ways_to_the_same_successor_are_no_circle():
    shipped = packs.shipped()
    example = next(agency.successors[0] for agency in shipped.agencies.agencies if agency.code == "so-khdt")
    ways = {"cap-nuoc": "so-tttt", "so-vhttdl": "so-khcn"}  # so-tttt leads to so-vhttdl and to so-khcn
    agencies = tuple(
        agency.model_copy(update={"successors": (example.model_copy(update={"to": ways[agency.code]}),)})
        if agency.code in ways
        else agency
        for agency in shipped.agencies.agencies
    )
    pack = shipped.agencies.model_copy(update={"agencies": agencies})
    assert list(findings(shipped.model_copy(update={"agencies": pack}))) == []
