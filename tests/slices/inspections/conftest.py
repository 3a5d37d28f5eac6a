"""Who keeps the calendar and who reads it, and tables as agencies send them."""

import pytest

from feedback_app.accounts.actor import Function
from feedback_app.inspections.importing.columns import COLUMNS
from feedback_app.intake.sheets import Row
from tests.factories import a_person, actor_of

GOOD = {
    "code": "KH-01",
    "tax_code": "4200000001",
    "enterprise": "Công ty TNHH Mẫu A",
    "year": "2026",
    "form": "kiểm tra",
    "agency": "Sở Xây dựng",
    "contents": "Xây dựng, quy hoạch",
    "planned": "theo kế hoạch",
}


@pytest.fixture
def inspector(session):
    return actor_of(session, a_person(session, Function.INSPECTOR, "thanh-tra"))


@pytest.fixture
def office(session):
    return actor_of(session, a_person(session, Function.PROVINCIAL_OFFICE, "vp-ubnd"))


@pytest.fixture
def officer(session):
    return actor_of(session, a_person(session, Function.OFFICER, "so-xd"))


def table(*rows, names=None):
    """Return a table of these rows, each GOOD but for what it says."""
    names = names or [column.name for column in COLUMNS]
    headings = {column.name: column.heading for column in COLUMNS}
    cells = [tuple(headings[name] for name in names)]
    cells += [tuple(str((GOOD | row).get(name, "")) for name in names) for row in rows]
    return [Row(number, line) for number, line in enumerate(cells, start=1)]
