"""What a wrong file of pulses is told, and what the shipped one promises."""

import pytest
import yaml
from pydantic import ValidationError

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs.indicators import FROM_OUTSIDE, Measure
from feedback_app.catalogue.packs.pulses import PulsesPack, ShareCode
from feedback_app.catalogue.packs.reader import SHIPPED

TEXT = (SHIPPED / "pulses.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    "old,new,told",
    [
        ("last: 2026-08-31", "last: 2026-06-30", "last không trước first"),
        ("last: 2027-08-31", "last: 2028-01-02", "cùng năm với first"),
        ("code: several, ", "code: once, ", "mỗi lựa chọn một mã riêng"),
        ("{code: several, name", "{code: unsaid, name", "không dùng mã 'unsaid'"),
        ("numerator: [as_told]", "numerator: [as_hoped]", "numerator là một phần của denominator"),
        ("numerator: [mostly]", "numerator: [mostly, some, none]", "numerator là một phần của denominator"),
        ("code: leaders_act,", "code: satisfied,", "đúng một lần"),
        ("code: leaders_act,", "code: leaders_rest,", "leaders_act"),
        ("  - code: step\n", "  - code: amount\n", "mỗi câu hỏi một mã riêng"),
        ("code: micro", "code: small", "mỗi quy mô một mã riêng"),
        ("least_in_cell: 10", "least_in_cell: 1", "greater than or equal to 5"),
        ("sample: 400", "sample: many", "valid integer"),
    ],
)
def test_a_wrong_file_is_refused(old, new, told):
    assert old in TEXT
    with pytest.raises(ValidationError, match=told):
        PulsesPack.model_validate(yaml.safe_load(TEXT.replace(old, new, 1)))


def test_seven_questions_in_two_languages_and_nothing_of_them_is_approved_yet():
    pack = packs.shipped().pulses
    assert len(pack.questions) == 7
    assert not pack.confirmed
    assert not any(span.confirmed for span in pack.fieldwork)


def test_every_share_has_its_two_measures_and_both_editions_read_them():
    wanted = {f"pulse_{code}{part}" for code in ShareCode for part in ("", "_answers")}
    assert {str(measure) for measure in FROM_OUTSIDE} == wanted | {
        "sealed_amount_told",
        "sealed_no_large_sum",
    }
    for edition in packs.shipped().indicators:
        used = {m for one in edition.indicators for c in one.components for m in (c.numerator, c.denominator)}
        assert used >= FROM_OUTSIDE
        assert used <= set(Measure)
