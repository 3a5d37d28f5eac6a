"""Identifiers: what earns a hint, type by type."""

import pytest

from feedback_app.intake.rules import Fault, FilerType, has_check_digit, identifier_hint

T = FilerType


@pytest.mark.parametrize(
    "filer_type,typed",
    [
        (T.ENTERPRISE, "0100109106"),
        (T.ENTERPRISE, " 0100 109 106 "),
        (T.ENTERPRISE, ""),
        (T.BRANCH, "0100109106-001"),
        (T.BRANCH, "0100109106001"),
        (T.HOUSEHOLD, "056090001234"),
        (T.HOUSEHOLD, "0100109106"),
        (T.COOPERATIVE, "0100109106"),
        (T.ASSOCIATION, "0100109106"),
        (T.REPRESENTATIVE, "056090001234"),
        (T.INVESTOR, "hộ chiếu C1234567"),
        (T.CALLER, "không nhớ"),
    ],
)
def test_nothing_looks_wrong(filer_type, typed):
    assert identifier_hint(filer_type, typed) is None


@pytest.mark.parametrize(
    "filer_type,typed,fault,expected,found",
    [
        (T.ENTERPRISE, "420012345", Fault.LENGTH, 10, 9),
        (T.ENTERPRISE, "0100109106-001", Fault.LENGTH, 10, 13),
        (T.ENTERPRISE, "0100109107", Fault.CHECK_DIGIT, 10, 10),
        (T.ENTERPRISE, "MST 01001", Fault.NOT_DIGITS, 10, 5),
        (T.ENTERPRISE, "٠١٠٠١٠٩١٠٦", Fault.NOT_DIGITS, 10, 10),
        (T.BRANCH, "0100109106", Fault.LENGTH, 13, 10),
        (T.BRANCH, "0100109107-001", Fault.CHECK_DIGIT, 13, 13),
        (T.HOUSEHOLD, "05609000123", Fault.LENGTH, 12, 11),
    ],
)
def test_what_looks_wrong_is_told(filer_type, typed, fault, expected, found):
    hint = identifier_hint(filer_type, typed)
    assert hint is not None
    assert (hint.fault, hint.expected, hint.found) == (fault, expected, found)


def test_one_last_digit_at_most_fits_the_nine_before_it():
    for first in ("010010910", "420023456", "030058810", "999999999"):
        assert sum(has_check_digit(f"{first}{last}") for last in range(10)) <= 1


def test_a_number_whose_check_digit_would_be_ten_is_never_issued():
    assert not any(has_check_digit(f"000000000{last}") for last in range(10))
