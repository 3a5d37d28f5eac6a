"""Figures by the structure of the period and by that of today, before and after a reorganisation."""

import json
from datetime import timedelta

import pytest

from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.indicators.commands import commands
from feedback_app.statistics import refreshing
from feedback_app.statistics.periods import containing
from feedback_app.statistics.queries import all_facts
from tests.factories.tickets import a_ticket
from tests.slices.reorganisation.conftest import SPLIT, a_plan, applied


@pytest.fixture
def told(app):
    def run(structure):
        db.session.close()
        period = containing(clock.today()).code
        options = ["compute", "--period", period, "--by", "agency", "--structure", structure, "--json"]
        rows = json.loads(app.test_cli_runner().invoke(commands, options).output)["statistics"]
        return {row["code"]: row["received"] for row in rows}

    return run


def test_by_the_structure_of_today_each_field_counts_for_its_heir(session, loaded, told):
    for field in ("utilities", "utilities", "industry_trade"):
        a_ticket(session, loaded, to="so-ct", field=field)
    assert told("then") == told("present") == {"so-ct": 3}

    applied(a_plan(SPLIT))
    assert told("present") == {"so-xd": 2, "so-tc": 1}


def test_a_round_was_the_old_agency_s_until_the_day_of_the_heir(session, loaded):
    a_ticket(session, loaded, to="so-ct", field="industry_trade")
    applied(a_plan(SPLIT))
    refreshing.refresh_facts()
    session.rollback()
    (fact,) = all_facts(session)
    today = clock.today()
    assert fact.agency_on(today - timedelta(days=1)) == "so-ct"
    assert fact.agency_on(today) == fact.agency == "so-tc"


def test_the_directory_of_the_day_is_used(session, loaded):
    applied(a_plan(SPLIT))
    assert store.current(session).directory.resolve("so-ct", clock.today(), "utilities").code == "so-xd"
