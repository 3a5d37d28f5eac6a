"""A pack that does not keep its shape or its own rules stops with its file, its line and what is expected."""

import pytest

from tests.unit.catalogue.wrong_edits import AGENCIES, AREAS, CALENDAR, FIELDS, INDICATORS, REGULATION, Case

SHAPES = {
    "a misspelt key": Case(
        AGENCIES,
        "    type: provincial\n",
        "    tye: provincial\n",
        "'tye' không phải là thuộc tính được phép; cần một trong: code, type",
        "tye",
    ),
    "a missing key": Case(
        AREAS,
        "    agency: nha-trang\n    valid_from: 2023-01-01\n",
        "",
        "thiếu 'valid_from'",
        "code: nha-trang",
    ),
    "a key twice": Case(
        FIELDS, "tasks:\n", "version: again\ntasks:\n", "'version' được khai báo hai lần", "version: again"
    ),
    "a type nobody knows": Case(
        AGENCIES, "type: district", "type: huyen", "một trong: provincial, central_vertical", "huyen"
    ),
    "a day that does not exist": Case(
        AGENCIES, "valid_to: 2025-06-30", "valid_to: 30/06/2025", "ngày dạng YYYY-MM-DD", "30/06/2025"
    ),
    "a code with capitals": Case(AGENCIES, "code: so-tc", "code: So-TC", "chuỗi theo mẫu", "So-TC"),
    "an empty label": Case(FIELDS, 'vi: "Đất đai"', 'vi: ""', "một chuỗi không rỗng", "Land"),
    "a flag that is no flag": Case(
        REGULATION, "confirmed: false", "confirmed: maybe", "true hoặc false", "maybe"
    ),
    "a number below zero": Case(REGULATION, "value: 0", "value: -1", "số không nhỏ hơn 0", "-1"),
    "a number that is a word": Case(REGULATION, "value: 7", "value: seven", "số nguyên", "seven"),
    "a measure nobody defined": Case(
        INDICATORS, "numerator: answered_in_time", "numerator: guessed", "answered_in_time", "guessed"
    ),
    "a field no definition has": Case(
        INDICATORS,
        "minimum_n: 5\n",
        "minimum: 5\n",
        "'minimum' không phải là thuộc tính được phép",
        "minimum: 5",
    ),
    "an agency without a name": Case(
        AGENCIES,
        """    names:
      - {valid_from: 2023-01-01, vi: "Văn phòng UBND tỉnh", en: "Office of the Provincial People's Committee"}
""",
        "    names: []\n",
        "danh sách không rỗng",
        "names: []",
    ),
    "not YAML": Case(AREAS, "areas:\n", "areas: [\n", "không đọc được YAML", ""),
}
RULES = {
    "names out of order": Case(
        AGENCIES,
        'valid_from: 2025-03-01, vi: "Chi cục Thuế',
        'valid_from: 2022-03-01, vi: "Chi cục Thuế',
        "valid_from tăng dần",
        "code: thue",
    ),
    "an agency that ends before its last name": Case(
        AGENCIES,
        "    valid_to: 2025-02-28\n",
        "    valid_to: 2020-02-28\n",
        "valid_to phải sau valid_from",
        "code: so-khdt",
    ),
    "a succession that starts late": Case(
        AGENCIES,
        "to: so-tc, starts: 2025-03-01",
        "to: so-tc, starts: 2025-04-01",
        "không muộn hơn ngày liền sau valid_to",
        "code: so-khdt",
    ),
    "a split that forgets the rest": Case(
        AGENCIES,
        "to: so-nv, starts: 2025-03-01",
        "to: so-nv, starts: 2025-03-01, fields: [labour]",
        "thêm một dòng successors chung",
        "code: so-ldtbxh",
    ),
    "a task nobody leads": Case(
        FIELDS, "line: 113, lead: [so-khdt]", "line: 113", "nhiệm vụ cần cơ quan chủ trì", "number: 1,"
    ),
    "a kind without its due step": Case(
        REGULATION, "  - {kind: obstacle, step: answer}\n", "", "mỗi loại phản ánh đúng một lần", ""
    ),
    "a due step without a limit": Case(
        REGULATION,
        "kind: informal_cost, step: settle}",
        "kind: informal_cost, step: answer}",
        "thiếu thời hạn: loại 'informal_cost'",
        "",
    ),
    "a gap in the limits": Case(
        REGULATION,
        "    valid_from: 2023-10-24\n",
        "    valid_from: 2024-01-01\n",
        "bước 'acknowledge', loại 'obstacle': không có thời hạn từ 24/10/2023",
        "",
    ),
    "a limit that ends while the profile goes on": Case(
        REGULATION,
        "    valid_from: 2023-10-24\n",
        "    valid_from: 2023-10-24\n    valid_to: 2024-12-31\n",
        "không có thời hạn từ 01/01/2025",
        "",
    ),
    "two limits at once": Case(
        REGULATION,
        "    kinds: [information_request]",
        "    kinds: [information_request, obstacle]",
        "trùng với thời hạn trước",
        "",
    ),
    "a limit that outlives the profile": Case(
        REGULATION,
        "territory: khanh-hoa\n",
        "territory: khanh-hoa\nvalid_to: 2025-06-30\n",
        "vượt quá valid_to 30/06/2025",
        "",
    ),
    "a day off on a Saturday": Case(
        CALENDAR, "date: 2024-02-09", "date: 2024-02-10", "days_off chỉ nêu thứ hai đến thứ sáu", "2024-02-10"
    ),
    "a worked weekend on a Monday": Case(
        CALENDAR, "date: 2024-05-04", "date: 2024-05-06", "không phải thứ bảy hay chủ nhật", "2024-05-06"
    ),
    "a day of another year": Case(
        CALENDAR, "date: 2024-02-09", "date: 2025-02-10", "phải thuộc năm 2024", "year: 2024"
    ),
    "a day off twice": Case(
        CALENDAR, "date: 2024-02-09", "date: 2024-02-08", "chỉ nêu một lần", "year: 2024"
    ),
    "a Saturday worked for nothing": Case(
        CALENDAR,
        "instead_of: 2024-04-29",
        "instead_of: 2024-04-26",
        "instead_of phải là một ngày trong days_off",
        "year: 2024",
    ),
    "a year twice": Case(
        CALENDAR,
        "years:\n",
        "years:\n  - {year: 2025, days_off: []}\n",
        "các năm phải xếp tăng dần, không trùng",
        "code: vietnam",
    ),
    "an estimate before the last published year": Case(
        CALENDAR,
        "estimated_after: 2026",
        "estimated_after: 2025",
        "không nhỏ hơn năm cuối cùng đã công bố",
        "",
    ),
    "bounds the wrong way": Case(
        INDICATORS, "worst: 70", "worst: 99", "ngược với direction=higher_is_better", "no_extra_payment"
    ),
    "bounds the wrong way where less is better": Case(
        INDICATORS, "worst: 20\n", "worst: 1\n", "ngược với direction=lower_is_better", "id: reopened"
    ),
    "a share of something else": Case(
        INDICATORS,
        "denominator: answered\n",
        "denominator: rated\n",
        "reopened_within_30_days không phải là một phần của rated; cần denominator",
        "id: reopened",
    ),
    "weights that do not sum to one": Case(
        INDICATORS, "weight: 0.35\n", "weight: 0.45\n", "phải bằng 1, hiện là 1.1", "informal_costs"
    ),
}


@pytest.mark.parametrize("case", [*SHAPES.values(), *RULES.values()], ids=[*SHAPES, *RULES])
def test_whoever_edits_a_pack_wrongly_is_told_where_and_what(case, edited):
    case.check(edited)
