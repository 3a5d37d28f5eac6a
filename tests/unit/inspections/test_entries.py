"""What does not fit together in one line of the calendar, and how tax codes are told."""

from datetime import date

import pytest

from feedback_app.inspections.entries import Entry, Problem, decision_key, normal_tax_code, written_tax_codes
from feedback_app.inspections.labels import FORMS, PROBLEMS, REASONS, STATES
from feedback_app.inspections.rules import Reason, State

TODAY = date(2026, 11, 24)
GOOD = {
    "code": "1",
    "tax_code": "4200000001",
    "enterprise": "Công ty A",
    "year": 2026,
    "form": "check",
    "agency": "so-xd",
    "contents": ("construction",),
}


@pytest.mark.parametrize(
    "given,problems",
    [
        ({}, []),
        ({"tax_code": "42000"}, [Problem.TAX_CODE]),
        ({"contents": ("other",)}, [Problem.CONTENT_IN_WORDS]),
        ({"contents": ("other",), "words": "biên chế"}, []),
        ({"decision_number": "12/QĐ"}, [Problem.DECISION_DATE]),
        ({"decided_on": TODAY}, [Problem.DECISION_NUMBER]),
        ({"state": "done"}, [Problem.STARTS_WHEN_DONE]),
        ({"state": "done", "starts_on": date(2026, 11, 25)}, [Problem.STARTS_LATER]),
        ({"state": "done", "starts_on": TODAY}, []),
        ({"starts_on": date(2025, 12, 31)}, [Problem.STARTS_IN_YEAR]),
        ({"starts_on": date(2026, 12, 1)}, []),
        ({"starts_on": TODAY, "ends_on": date(2026, 11, 23)}, [Problem.ENDS_BEFORE_IT_STARTS]),
        ({"starts_on": date(2026, 12, 30), "ends_on": date(2027, 1, 5)}, []),
        ({"ends_on": TODAY}, [Problem.ENDS_WITHOUT_START]),
        ({"exception": "clear_signs"}, [Problem.GROUNDS]),
        ({"grounds": "Đơn tố giác"}, [Problem.GROUNDS_WITHOUT_EXCEPTION]),
        ({"joined": ("so-xd", "thue")}, [Problem.JOINED_LEAD]),
    ],
)
def test_what_is_wrong_with_an_entry(given, problems):
    assert list(Entry(**(GOOD | given)).problems(TODAY)) == problems


def test_an_entry_that_waited_as_json_is_the_same():
    entry = Entry(**GOOD, starts_on=TODAY, joined=("thue",), decided_on=TODAY, decision_number="1")
    assert Entry.model_validate(entry.model_dump(mode="json")) == entry


@pytest.mark.parametrize(
    "typed,digits",
    [
        ("4200000001", "4200000001"),
        (" 4200 000 001 ", "4200000001"),
        ("4200000001-002", "4200000001002"),
        ("0123456789012", "0123456789012"),
        ("012345678901", "012345678901"),
        ("420000000", None),
        ("42000000０1", None),
        ("MST4200000001", None),
        ("", None),
    ],
)
def test_a_tax_code_is_known_however_it_is_grouped(typed, digits):
    assert normal_tax_code(typed) == digits


@pytest.mark.parametrize(
    "digits,written",
    [
        ("4200000001", ("4200000001",)),
        ("4200000001002", ("4200000001002", "4200000001-002")),
        ("012345678901", ("012345678901",)),
    ],
)
def test_how_people_write_a_tax_code(digits, written):
    assert written_tax_codes(digits) == written


def test_a_decision_is_known_again_by_number_and_date_not_by_blanks_or_capitals():
    assert decision_key("12 /QĐ-TTr", TODAY) == decision_key("12/qđ-ttr", TODAY) != ""
    assert decision_key("12/QĐ-TTr", date(2026, 1, 5)) != decision_key("12/QĐ-TTr", TODAY)
    assert decision_key("", TODAY) == decision_key("12", None) == ""


def test_everything_has_its_words():
    assert set(PROBLEMS) == set(Problem)
    assert set(REASONS) == set(Reason)
    assert set(STATES) == set(State)
    assert len(FORMS) == 2
