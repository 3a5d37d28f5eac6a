"""The list of communes an administrator imports."""

from datetime import date

import pytest

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs import AgencyEnded, Directory, PackError
from feedback_app.catalogue.packs.areas import Commune, OldPlace, RowError, parse_communes, parse_old_places
from feedback_app.catalogue.packs.communes import with_communes, with_old_places

HEADER = "code,name,old_district\n"
AFTER = date(2025, 8, 1)
# made-up places: the real list is not in the project and must come from the province
EXAMPLES = (Commune("phuong-mau", "Phường Mẫu", "nha-trang"), Commune("xa-mau", "Xã Mẫu", ""))


def test_a_list_is_read_with_its_byte_order_mark_and_blank_lines():
    communes, errors = parse_communes(
        "\ufeff" + HEADER + "phuong-mau, Phường Mẫu ,nha-trang\n\nxa-mau,Xã Mẫu,\n"
    )
    assert communes == EXAMPLES
    assert errors == ()


def test_a_wrong_heading_is_refused_at_once():
    assert parse_communes("ma,ten\nphuong-mau,Phường Mẫu\n") == (
        (),
        (RowError(1, "dòng tiêu đề phải là: code,name,old_district"),),
    )
    assert parse_communes("")[1][0].line == 1


@pytest.mark.parametrize(
    "row, says",
    [
        ("Phường Mẫu,Phường Mẫu,nha-trang", "mã 'Phường Mẫu' chỉ được gồm"),
        ("phuong-a,Phường A,nha-trang", "mã 'phuong-a' đã có ở dòng trên"),
        ("phuong-mau,,nha-trang", "thiếu tên"),
        ("phuong-mau,Phường Mẫu,Nha Trang", "mã huyện cũ 'Nha Trang' không hợp lệ"),
        ("phuong-mau,Phường Mẫu", "cần đúng 3 cột"),
        ("phuong-mau,Phường Mẫu,nha-trang,thừa", "cần đúng 3 cột"),
    ],
)
def test_a_bad_row_is_named_by_its_line_and_the_good_ones_stay(row, says):
    communes, (error,) = parse_communes(f"{HEADER}phuong-a,Phường A,nha-trang\n{row}\nxa-b,Xã B,\n")
    assert [commune.code for commune in communes] == ["phuong-a", "xa-b"]
    assert error.line == 3
    assert says in error.message


def test_after_the_import_a_commune_answers_for_its_part_of_the_old_district():
    catalogue = packs.assemble(with_communes(packs.shipped(), EXAMPLES, "danh sách thử").packs())
    directory = Directory(catalogue.agencies)
    heir = directory.resolve("nha-trang", AFTER, area="phuong-mau")
    assert (heir.code, heir.type, heir.name.vi) == ("phuong-mau", "commune", "UBND phường Mẫu")
    assert directory.resolve("nha-trang", date(2025, 6, 30), area="phuong-mau").code == "nha-trang"
    with pytest.raises(AgencyEnded):
        directory.resolve("nha-trang", AFTER)


def test_a_commune_lies_in_the_territory_of_its_old_district():
    catalogue = with_communes(packs.shipped(), EXAMPLES, "danh sách thử")
    territories = {area.code: area.territory for area in catalogue.areas.areas}
    assert (territories["phuong-mau"], territories["xa-mau"]) == ("khanh-hoa", "ninh-thuan")


def test_importing_the_list_again_replaces_and_does_not_double():
    once = with_communes(packs.shipped(), EXAMPLES, "danh sách thử")
    assert with_communes(once, EXAMPLES, "danh sách thử") == once


@pytest.mark.parametrize(
    "commune, says",
    [
        (Commune("thue", "Xã Thuế", ""), "mã 'thue' đã dùng"),
        (Commune("nha-trang", "Phường Nha Trang", ""), "mã 'nha-trang' đã dùng"),
        (Commune("xa-mau", "Xã Mẫu", "da-lat"), "không có huyện cũ 'da-lat'"),
        (Commune("xa-mau", "Xã Mẫu", "thue"), "không có huyện cũ 'thue'"),
    ],
)
def test_a_commune_may_not_take_another_s_place(commune, says):
    with pytest.raises(PackError, match=says):
        with_communes(packs.shipped(), [commune], "danh sách thử")


WITH_OLD = f"""{HEADER.strip()},old_names
phuong-mau,Phường Mẫu,nha-trang,Phường Mẫu Một; Phường Mẫu Hai
phuong-thu,Phường Thử,nha-trang,Phường Mẫu Hai
xa-mau,Xã Mẫu,,
"""


def called(typed, *more):
    communes, errors = parse_communes(WITH_OLD)
    assert errors == ()
    catalogue = with_old_places(with_communes(packs.shipped(), communes, "danh sách thử"), more)
    areas = packs.assemble(catalogue.packs()).areas
    return [area.code for area in areas.known_as(typed, AFTER)]


@pytest.mark.parametrize(
    "typed, codes",
    [
        ("Phường Mẫu Một", ["phuong-mau"]),
        ("mau mot", ["phuong-mau"]),
        ("Phường Mẫu Hai", ["phuong-mau", "phuong-thu"]),  # it was split
        ("mẫu một, Nha Trang", ["phuong-mau"]),
        ("mẫu một, Cam Lâm", []),
        ("PHƯỜNG THỬ", ["phuong-thu"]),
        ("Nha Trang", []),  # the district is no more
        ("", []),
    ],
)
def test_a_place_is_found_by_its_old_name_as_people_type_it(typed, codes):
    assert called(typed) == codes


def test_the_old_to_new_table_is_read_and_added_to_the_communes():
    places, errors = parse_old_places(
        "old_name,old_district,code\nXã Xưa,cam-lam,xa-mau\nXã Xưa,cam-lam,xa-mau\n,cam-lam,xa-mau\nXã B,cam-lam\n"
    )
    assert places == (OldPlace("Xã Xưa", "cam-lam", "xa-mau"),)
    assert [error.line for error in errors] == [4, 5]
    assert called("xua, cam lam", *places) == ["xa-mau"]
    with pytest.raises(PackError, match="không có địa bàn 'xa-la'"):
        called("xua", OldPlace("Xã Xưa", "", "xa-la"))
