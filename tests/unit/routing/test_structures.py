"""The same matter before and after the structure changed: whoever answers on that day, under the name of that day."""

from datetime import date

import pytest

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs import AgencyEnded, Directory
from feedback_app.catalogue.packs.reorganisation import read_reorganisation
from feedback_app.catalogue.packs.restructuring import restructured
from feedback_app.routing.decide import explain, route
from feedback_app.routing.matter import Matter

THEN, NOW = date(2024, 8, 1), date(2026, 11, 23)
CATALOGUE = packs.shipped()
LEADS = [
    ("agriculture", "so-nnptnt", "so-nnmt"),
    ("banking_credit", "nhnn", "nhnn"),
    ("bidding", "so-khdt", "so-tc"),
    ("business_registration", "so-khdt", "so-tc"),
    ("construction", "so-xd", "so-xd"),
    ("culture_media", "so-vhtt", "so-vhttdl"),
    ("customs", "hai-quan", "hai-quan"),
    ("digital", "so-tttt", "so-khcn"),
    ("education_training", "so-gddt", "so-gddt"),
    ("enterprise_support", "so-khdt", "so-tc"),
    ("environment", "so-tnmt", "so-nnmt"),
    ("fire_safety", "cong-an", "cong-an"),
    ("health_food_safety", "so-yt", "so-yt"),
    ("industry_trade", "so-ct", "so-ct"),
    ("inspection", "thanh-tra", "thanh-tra"),
    ("investment", "so-khdt", "so-tc"),
    ("labour", "so-ldtbxh", "so-nv"),
    ("land", "so-tnmt", "so-nnmt"),
    ("legal_enforcement", "so-tp", "so-tp"),
    ("market_management", "qltt", "qltt"),
    ("other", "so-khdt", "so-tc"),
    ("science_technology", "so-khcn", "so-khcn"),
    ("security_order", "cong-an", "cong-an"),
    ("social_insurance", "bhxh", "bhxh"),
    ("tax", "thue", "thue"),
    ("tourism", "so-dl", "so-vhttdl"),
    ("transport", "so-gtvt", "so-xd"),
    ("utilities", "dien-luc", "dien-luc"),
]
# docs/sources/domain.md section 3: (agency, field, day, who answers, name, whether that is confirmed)
MERGER = [
    ("so-khdt", None, date(2025, 2, 28), "so-khdt", "Sở Kế hoạch và Đầu tư", True),
    ("so-khdt", None, date(2025, 3, 1), "so-tc", "Sở Tài chính", False),
    ("so-gtvt", None, date(2025, 3, 1), "so-xd", "Sở Xây dựng", False),
    ("so-tnmt", None, date(2025, 3, 1), "so-nnmt", "Sở Nông nghiệp và Môi trường", False),
    ("so-nnptnt", None, date(2025, 3, 1), "so-nnmt", "Sở Nông nghiệp và Môi trường", False),
    ("so-ldtbxh", "labour", date(2025, 3, 1), "so-nv", "Sở Nội vụ", False),
    ("so-ldtbxh", "education_training", date(2025, 3, 1), "so-gddt", "Sở Giáo dục và Đào tạo", False),
    ("so-ldtbxh", "health_food_safety", date(2025, 3, 1), "so-yt", "Sở Y tế", False),
    ("so-tttt", "digital", date(2025, 3, 1), "so-khcn", "Sở Khoa học và Công nghệ", False),
    ("so-tttt", "culture_media", date(2025, 3, 1), "so-vhttdl", "Sở Văn hóa, Thể thao và Du lịch", False),
    ("thue", None, date(2025, 2, 28), "thue", "Cục Thuế tỉnh Khánh Hòa", True),
    ("thue", None, date(2025, 3, 1), "thue", "Chi cục Thuế khu vực XIII", True),
    ("thue", None, date(2025, 7, 1), "thue", "Thuế tỉnh Khánh Hòa", False),
    ("thanh-tra", None, NOW, "thanh-tra", "Thanh tra tỉnh", True),
]


@pytest.mark.parametrize("field, then, now", LEADS)
def test_each_field_has_its_lead_of_2024_and_of_today(field, then, now):
    matter = Matter(kind="obstacle", field=field)
    assert [route(matter, CATALOGUE, day).lead.code for day in (THEN, NOW)] == [then, now]


def test_the_table_names_every_field():
    assert [field for field, _, _ in LEADS] == sorted(f.code for f in CATALOGUE.fields.fields)


def test_the_explanation_uses_the_names_of_its_day_alone():
    for day, name in ((THEN, "Cục Thuế tỉnh Khánh Hòa"), (NOW, "Thuế tỉnh Khánh Hòa")):
        told = explain(Matter(kind="obstacle", field="tax"), CATALOGUE, day)
        assert told["lead"]["name"] == name
        directory = Directory(CATALOGUE.agencies)
        codes = [a["code"] for a in (*told["candidates"], *told["coordinating"])]
        assert {directory.resolve(code, day).code for code in codes} == set(codes)


@pytest.mark.parametrize("code, field, day, heir, name, confirmed", MERGER)
def test_the_merger_of_2025_stands_in_the_directory_as_far_as_it_is_known(
    code, field, day, heir, name, confirmed
):
    found = Directory(CATALOGUE.agencies).resolve(code, day, field)
    assert (found.code, found.name.vi, found.confirmed) == (heir, name, confirmed)


def test_the_district_level_ended_on_the_eve_of_the_merger_and_no_commune_is_invented():
    directory = Directory(CATALOGUE.agencies)
    districts = [a.code for a in CATALOGUE.agencies.agencies if a.type == "district"]
    assert len(districts) == 9
    for code in districts:
        assert directory.resolve(code, date(2025, 6, 30)).code == code
        with pytest.raises(AgencyEnded):
            directory.resolve(code, date(2025, 7, 1))
    assert not [a for a in CATALOGUE.agencies.agencies if a.type == "commune"]


SPLIT = """code: chia-mau
title: Chia mẫu (dữ liệu thử)
on: 2026-12-01
confirmed: true
source: Nghị quyết mẫu (dữ liệu thử)
successions:
  - {from: so-ct, to: so-tc}
  - {from: so-ct, to: so-khcn, fields: [industry_trade]}
  - {from: so-ct, to: bql-van-phong, areas: [kkt-van-phong]}
"""


@pytest.mark.parametrize(
    "area, day, lead",
    [
        (None, date(2026, 11, 30), "so-ct"),
        (None, date(2026, 12, 1), "so-khcn"),
        ("kkt-van-phong", date(2026, 12, 1), "bql-van-phong"),
    ],
)
def test_a_split_by_field_and_area_is_followed_by_routing(area, day, lead):
    catalogue = restructured(CATALOGUE, read_reorganisation(SPLIT, "mau.yaml"))
    decision = route(Matter(kind="obstacle", field="industry_trade", area=area), catalogue, day)
    assert decision.lead.code == lead
    assert len({c.agency.code for c in decision.candidates}) == len(decision.candidates)
