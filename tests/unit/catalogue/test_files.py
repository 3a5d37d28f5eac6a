"""Folders and files of packs that are not as they should be."""

from datetime import date

import pytest

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs import PackError, located
from feedback_app.catalogue.packs.shape import covers


def test_a_folder_without_its_agencies_names_the_missing_file(edited):
    folder = edited("agencies.yaml", "version", "version")
    (folder / "agencies.yaml").unlink()
    with pytest.raises(PackError, match=r"agencies.yaml: không tìm thấy tệp") as refused:
        packs.read(folder)
    assert refused.value.line is None


def test_an_empty_file_is_refused_at_its_first_line(edited):
    folder = edited("areas.yaml", "version", "version")
    (folder / "areas.yaml").write_text("# nothing yet\n", "utf-8")
    with pytest.raises(PackError, match=r"areas.yaml, dòng 1: tệp trống"):
        packs.read(folder)


def test_a_file_that_is_only_a_word_is_refused(edited):
    folder = edited("areas.yaml", "version", "version")
    (folder / "areas.yaml").write_text("hello\n", "utf-8")
    with pytest.raises(PackError, match=r"areas.yaml, dòng 1: .*một nhóm thuộc tính"):
        packs.read(folder)


def test_two_documents_in_one_file_are_refused():
    with pytest.raises(PackError, match="không đọc được YAML"):
        located.load("a: 1\n---\nb: 2\n", "areas.yaml")


def test_a_second_regulation_for_the_same_time_and_place_is_refused(edited):
    folder = edited("areas.yaml", "version", "version") / "regulations"
    text = (folder / "khanh-hoa-2023.yaml").read_text("utf-8")
    (folder / "khanh-hoa-2026.yaml").write_text(
        text.replace("code: khanh-hoa-2023", "code: khanh-hoa-2026"), "utf-8"
    )
    with pytest.raises(
        PackError, match=r"khanh-hoa-2026.yaml, dòng \d+: trùng thời gian hiệu lực với 'khanh-hoa-2023'"
    ):
        packs.read(folder.parent)


def test_a_second_regulation_for_another_territory_is_welcome(edited):
    folder = edited("areas.yaml", "version", "version") / "regulations"
    text = (folder / "khanh-hoa-2023.yaml").read_text("utf-8")
    other = text.replace("code: khanh-hoa-2023", "code: ninh-thuan-2025").replace(
        "territory: khanh-hoa", "territory: ninh-thuan"
    )
    (folder / "ninh-thuan-2025.yaml").write_text(other, "utf-8")
    assert [profile.code for profile in packs.read(folder.parent).regulations] == [
        "khanh-hoa-2023",
        "ninh-thuan-2025",
    ]


def test_lines_are_found_through_names_that_stand_nowhere_in_the_file():
    text = located.load("a:\n  - b: 1\n    c: 2\n", "x.yaml")
    assert text.content == {"a": [{"b": 1, "c": 2}]}
    assert text.line(("a", 0, "Union[int]", "c")) == 3
    assert text.line(("a", 0, "missing")) == 2


@pytest.mark.parametrize(
    "day, last, inside",
    [
        ("2024-01-01", "2024-12-31", True),
        ("2024-12-31", "2024-12-31", True),
        ("2025-01-01", "2024-12-31", False),
        ("2023-12-31", None, False),
        ("2999-01-01", None, True),
    ],
)
def test_a_span_holds_on_its_first_and_last_day(day, last, inside):
    until = date.fromisoformat(last) if last else None
    assert covers(date.fromisoformat(day), date(2024, 1, 1), until) is inside
