"""The pack of inspections: what the sources bear, and what a wrong edit is told."""

import pytest

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs import PackError
from feedback_app.catalogue.packs.inspections import Form
from tests.unit.catalogue.conftest import edited  # noqa: F401 - a fixture

PACK = packs.shipped().inspections


def test_2024_counts_both_forms_together_by_a_text_that_was_read():
    rule = PACK.rule_of(2024)
    assert rule.confirmed
    assert [(limit.forms, limit.most) for limit in rule.limits] == [((Form.INSPECTION, Form.CHECK), 1)]
    assert rule.exceptions == ()


@pytest.mark.parametrize("year", [2025, 2026, 2030])
def test_since_2025_each_form_is_counted_by_itself_and_the_text_was_not_read(year):
    rule = PACK.rule_of(year)
    assert not rule.confirmed
    assert "chưa đối chiếu" in rule.source
    assert [(limit.forms, limit.most) for limit in rule.limits] == [
        ((Form.INSPECTION,), 1),
        ((Form.CHECK,), 1),
    ]
    assert rule.same_content_once
    assert rule.exceptions == ("clear_signs",)


def test_of_earlier_years_no_rule_is_claimed():
    assert PACK.rule_of(2023) is None


@pytest.mark.parametrize(
    "old,new,says",
    [
        ("    to_year: 2024\n", "    to_year: 2025\n", "trùng năm"),
        ("    to_year: 2024\n", "    to_year: 2023\n", "to_year phải không trước from_year"),
        ("exceptions: [clear_signs]", "exceptions: [vague_signs]", "không có ngoại lệ 'vague_signs'"),
        ("forms: [inspection, check]", "forms: [inspection, inspection]", "chỉ được đếm trong một dòng"),
        ("{code: other,", "{code: tax,", "chỉ được khai báo một lần"),
        ("{code: other,", "{code: others,", "contents phải có 'other'"),
        ("forms: [inspection, check]", "forms: [audit]", "không hợp lệ"),
    ],
)
def test_a_wrong_edit_is_refused_with_its_reason(edited, old, new, says):  # noqa: F811 - the fixture
    folder = edited("inspections.yaml", old, new)
    with pytest.raises(PackError) as refused:
        packs.read(folder)
    assert refused.value.path == "inspections.yaml"
    assert says in str(refused.value)
