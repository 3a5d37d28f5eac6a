"""Files of reorganisations: what is refused, and what becomes of the directory."""

from datetime import date

import pytest

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs import Directory, PackError
from feedback_app.catalogue.packs.reorganisation import read_reorganisation, stored
from feedback_app.catalogue.packs.restructuring import refusals, restructured

HEAD = """code: sap-xep-mau
title: Sắp xếp mẫu (dữ liệu thử)
confirmed: false
source: Nghị quyết mẫu (dữ liệu thử)
"""
DAY = date(2027, 1, 1)
EVE = date(2026, 12, 31)


def read(body, on=DAY):
    return read_reorganisation(HEAD + body, "mau.yaml", on)


def after(body):
    plan, catalogue = read(body), packs.shipped()
    assert refusals(catalogue, plan) == ()
    return packs.assemble(restructured(catalogue, plan).packs())


def test_the_heir_answers_from_the_day_on_and_not_before():
    directory = Directory(after("successions: [{from: so-ct, to: so-tc}]").agencies)
    assert [directory.resolve("so-ct", day).code for day in (EVE, DAY)] == ["so-ct", "so-tc"]


def test_what_is_not_confirmed_stays_so_in_the_directory():
    directory = Directory(after("successions: [{from: so-ct, to: so-tc}]").agencies)
    assert not directory.resolve("so-ct", DAY).confirmed


def test_an_agency_that_gives_away_a_part_goes_on():
    directory = Directory(
        after("continues: [so-ct]\nsuccessions: [{from: so-ct, to: so-xd, fields: [utilities]}]").agencies
    )
    heirs = [directory.resolve("so-ct", DAY, field).code for field in ("utilities", "industry_trade")]
    assert heirs == ["so-xd", "so-ct"]


def test_of_a_split_the_area_is_more_exact_than_the_field():
    body = """successions:
  - {from: so-ct, to: so-tc}
  - {from: so-ct, to: so-xd, fields: [utilities]}
  - {from: so-ct, to: so-nnmt, areas: [kkt-van-phong]}
"""
    directory = Directory(after(body).agencies)
    matters = (("utilities", None), ("utilities", "kkt-van-phong"), ("labour", None))
    assert [directory.resolve("so-ct", DAY, *matter).code for matter in matters] == [
        "so-xd",
        "so-nnmt",
        "so-tc",
    ]


def test_a_new_name_holds_from_its_day():
    catalogue = after("renames: [{agency: so-tp, vi: Sở Tư pháp mẫu, en: Sample Justice}]")
    agency = next(a for a in catalogue.agencies.agencies if a.code == "so-tp")
    assert [agency.named(day).vi for day in (EVE, DAY)] == ["Sở Tư pháp", "Sở Tư pháp mẫu"]


def test_put_in_twice_it_is_the_same():
    plan = read("""new_agencies: [{code: so-mau, type: provincial, vi: Sở Mẫu, en: Sample}]
renames: [{agency: so-tp, vi: Sở Tư pháp mẫu, en: Sample Justice}]
successions: [{from: so-ct, to: so-mau}]
""")
    once = restructured(packs.shipped(), plan)
    assert refusals(once, plan) == ()
    assert restructured(once, plan) == once


def test_a_recorded_plan_reads_as_it_was():
    plan = read("successions: [{from: so-ct, to: so-tc, fields: [labour]}, {from: so-ct, to: so-xd}]")
    assert stored(plan.model_dump(mode="json")) == plan


@pytest.mark.parametrize(
    "body, says",
    [
        ("successions: [{from: so-a, to: so-tc}]", "Không có cơ quan nào mang mã 'so-a'"),
        ("successions: [{from: so-ct, to: so-tc, fields: [xx]}]", "Không có lĩnh vực nào mang mã 'xx'"),
        ("successions: [{from: so-ct, to: so-tc, areas: [xx]}]", "Không có địa bàn nào mang mã 'xx'"),
        ("successions: [{from: so-ct, to: so-ct}]", "Kế thừa vòng tròn: 'so-ct'"),
        (
            "successions: [{from: so-ct, to: so-tc}, {from: so-tc, to: so-ct}]",
            "Kế thừa vòng tròn: 'so-ct'",
        ),
        ("successions: [{from: so-ct, to: so-khdt}]", "'so-khdt' không hoạt động vào ngày 01/01/2027"),
        ("successions: [{from: so-ct, to: so-tc, fields: [labour]}]", "chia còn hở: lĩnh vực"),
        ("successions: [{from: so-ct, to: so-tc, areas: [kkt-van-phong]}]", "chia còn hở: phần việc"),
        (
            "successions: [{from: so-ct, to: so-tc}, {from: so-ct, to: so-xd}]",
            "chia chồng: mọi phần việc còn lại",
        ),
        (
            """successions:
  - {from: so-ct, to: so-tc}
  - {from: so-ct, to: so-xd, fields: [labour, land]}
  - {from: so-ct, to: so-nv, fields: [labour]}
""",
            "chia chồng: 'labour'",
        ),
        ("successions: [{from: so-khdt, to: so-xd, on: 2025-01-01}]", "đã có sắp xếp áp dụng từ 01/03/2025"),
        ("successions: [{from: so-khdt, to: so-xd}]", "'so-khdt' đã kết thúc hoạt động ngày 28/02/2025"),
        ("successions: [{from: so-ct, to: so-tc, on: 2022-01-01}]", "'so-ct' chưa có trước ngày 01/01/2022"),
        ("renames: [{agency: thue, vi: A, en: B, on: 2025-01-01}]", "không sau tên gọi đã ghi từ 01/07/2025"),
        ("renames: [{agency: so-khdt, vi: A, en: B}]", "không thể đổi tên từ 01/01/2027"),
        ("new_agencies: [{code: so-ct, type: provincial, vi: A, en: B}]", "Mã 'so-ct' đã dùng"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(body, says):
    reasons = refusals(packs.shipped(), read(body))
    assert any(says in reason for reason in reasons), reasons


@pytest.mark.parametrize(
    "text, says",
    [
        (HEAD, "không có thay đổi nào"),
        (HEAD + "successions: [{from: so-ct, to: so-tc}]", "thiếu ngày áp dụng"),
        (HEAD + "successions:\n  - {from: so-ct}\n", "dòng 6: thiếu 'to'"),
        (HEAD + "ngay: 2027-01-01\n", "dòng 5: 'ngay' không phải là thuộc tính"),
        ("", "tệp trống"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_its_line(text, says):
    with pytest.raises(PackError, match=says):
        read_reorganisation(text, "mau.yaml")
