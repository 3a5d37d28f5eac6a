"""Who answers on which day."""

from datetime import date

import pytest

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs import AgencyEnded, Directory
from feedback_app.catalogue.packs.agencies import AgenciesPack, AgencyType

BEFORE, AFTER, TODAY = date(2024, 8, 1), date(2025, 8, 1), date(2026, 11, 23)


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory(packs.shipped().agencies)


@pytest.mark.parametrize(
    "on, name",
    [
        (BEFORE, "Cục Thuế tỉnh Khánh Hòa"),
        (date(2025, 2, 28), "Cục Thuế tỉnh Khánh Hòa"),
        (date(2025, 3, 1), "Chi cục Thuế khu vực XIII"),
        (date(2025, 6, 30), "Chi cục Thuế khu vực XIII"),
        (date(2025, 7, 1), "Thuế tỉnh Khánh Hòa"),
    ],
)
def test_the_tax_office_bears_the_name_of_the_day(directory, on, name):
    office = directory.resolve("thue", on)
    assert (office.code, office.name.vi) == ("thue", name)


def test_a_name_from_the_press_is_not_confirmed(directory):
    assert directory.resolve("thue", date(2025, 4, 1)).confirmed
    assert not directory.resolve("thue", TODAY).confirmed


@pytest.mark.parametrize(
    "code, on, field, answers",
    [
        ("so-khdt", BEFORE, None, "so-khdt"),
        ("so-khdt", date(2025, 2, 28), None, "so-khdt"),
        ("so-khdt", date(2025, 3, 1), None, "so-tc"),
        ("so-khdt", TODAY, None, "so-tc"),
        ("so-gtvt", TODAY, "transport", "so-xd"),
        ("so-tnmt", TODAY, "land", "so-nnmt"),
        ("so-nnptnt", TODAY, "agriculture", "so-nnmt"),
        ("so-tttt", TODAY, "digital", "so-khcn"),
        ("so-tttt", TODAY, "culture_media", "so-vhttdl"),
        ("so-ldtbxh", BEFORE, "education_training", "so-ldtbxh"),
        ("so-ldtbxh", TODAY, "labour", "so-nv"),
        ("so-ldtbxh", TODAY, "education_training", "so-gddt"),
        ("so-ldtbxh", TODAY, "health_food_safety", "so-yt"),
        ("so-ldtbxh", TODAY, None, "so-nv"),
    ],
)
def test_a_matter_goes_to_who_took_it_over(directory, code, on, field, answers):
    assert directory.resolve(code, on, field=field).code == answers


def test_an_assumed_succession_is_not_confirmed(directory):
    assert directory.resolve("so-tc", TODAY).confirmed
    assert not directory.resolve("so-khdt", TODAY).confirmed


def test_market_management_belongs_to_the_province_after_it_left_the_ministry(directory):
    assert directory.resolve("qltt", BEFORE).type is AgencyType.CENTRAL_VERTICAL
    assert directory.resolve("qltt", TODAY).type is AgencyType.PROVINCIAL


def test_a_district_answers_to_its_last_day_and_nobody_is_invented_after(directory):
    assert directory.resolve("nha-trang", date(2025, 6, 30)).type is AgencyType.DISTRICT
    with pytest.raises(AgencyEnded, match="chưa có cơ quan kế thừa"):
        directory.resolve("nha-trang", date(2025, 7, 1), field="construction", area="nha-trang")


def test_an_unknown_code_is_named_in_the_refusal(directory):
    with pytest.raises(LookupError, match="Không có cơ quan nào mang mã 'so-bi-mat'"):
        directory.resolve("so-bi-mat", TODAY)
    with pytest.raises(LookupError, match="so-bi-mat"):
        directory.family("so-bi-mat")


def test_nobody_answers_before_the_agency_began(directory):
    with pytest.raises(LookupError, match="chưa có trong danh bạ vào ngày 28/02/2025"):
        directory.resolve("so-nnmt", date(2025, 2, 28))


def test_the_roles_follow_the_reorganisation(directory):
    assert [directory.focal_point(on).code for on in (BEFORE, TODAY)] == ["so-khdt", "so-tc"]
    assert directory.provincial_office(TODAY).code == "vp-ubnd"
    assert directory.inspectorate(TODAY).code == "thanh-tra"


def test_the_directory_of_a_day_has_no_agency_that_ended_or_is_yet_to_come(directory):
    before, after = ({agency.code for agency in directory.active(on)} for on in (BEFORE, AFTER))
    assert before - after == {
        "so-khdt", "so-gtvt", "so-tnmt", "so-nnptnt", "so-tttt", "so-ldtbxh", "so-vhtt", "so-dl",
        "nha-trang", "cam-ranh", "ninh-hoa", "van-ninh", "dien-khanh", "khanh-vinh", "khanh-son",
        "cam-lam", "truong-sa",
    }  # fmt: skip
    assert after - before == {"so-nnmt", "so-vhttdl"}


@pytest.mark.parametrize(
    "code, family",
    [
        ("so-khdt", {"so-khdt", "so-tc"}),
        ("so-tc", {"so-khdt", "so-tc"}),
        ("so-ldtbxh", {"so-ldtbxh", "so-nv", "so-gddt", "so-yt"}),
        ("qltt", {"qltt", "so-ct"}),
        ("tt-hcc", {"tt-hcc", "vp-ubnd"}),
        ("thanh-tra", {"thanh-tra"}),
        ("so-gddt", {"so-gddt", "so-ldtbxh"}),
    ],
)
def test_the_family_of_a_concerned_agency_is_kept_out_with_it(directory, code, family):
    assert directory.family(code) == family


def _agency(code, successors=(), valid_to=None):
    return {
        "code": code, "type": "provincial", "confirmed": True, "source": "example", "valid_to": valid_to,
        "names": [{"valid_from": "2020-01-01", "vi": code.upper(), "en": code}], "successors": successors,
    }  # fmt: skip


def _took_over(to, starts, **of):
    return {"to": to, "starts": starts, "confirmed": True, "source": "example", **of}


@pytest.fixture
def small() -> Directory:
    """Three reorganisations in a row, one of them by field and one by area."""
    a = _agency(
        "a", [_took_over("b", "2021-01-01"), _took_over("c", "2021-01-01", fields=["land"])], "2020-12-31"
    )
    b = _agency(
        "b", [_took_over("d", "2022-01-01"), _took_over("e", "2022-01-01", areas=["east"])], "2021-12-31"
    )
    d = _agency("d", [_took_over("c", "2023-01-01", fields=["tax"])])
    roles = {"focal_point": "a", "provincial_office": "b", "inspectorate": "c"}
    pack = {"version": "1", "roles": roles, "agencies": [a, b, d, _agency("c"), _agency("e")]}
    return Directory(AgenciesPack.model_validate(pack))


@pytest.mark.parametrize(
    "on, field, area, answers",
    [
        ("2020-06-01", "tax", None, "a"),
        ("2021-06-01", "tax", None, "b"),
        ("2021-06-01", "land", None, "c"),
        ("2022-06-01", "tax", None, "d"),
        ("2022-06-01", "tax", "east", "e"),
        ("2023-06-01", "tax", None, "c"),
        ("2023-06-01", "labour", None, "d"),
        ("2023-06-01", "land", "east", "c"),
    ],
)
def test_successions_are_followed_one_after_another_by_field_and_area(small, on, field, area, answers):
    assert small.resolve("a", date.fromisoformat(on), field=field, area=area).code == answers


def test_family_reaches_over_several_reorganisations(small):
    assert small.family("a") == {"a", "b", "c", "d", "e"}
    assert small.family("d") == {"a", "b", "c", "d"}
