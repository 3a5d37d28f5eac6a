"""A quarter closes: its answers become a table, the indicators read it, an auditor recounts them from the package."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from random import Random

import pytest
import time_machine
from sqlalchemy import func, select

from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.closing import freezing, releases, verifying
from feedback_app.core.db import unit_of_work
from feedback_app.core.errors import Conflict
from feedback_app.indicators import queries as indicators
from feedback_app.indicators.definitions import evaluate
from feedback_app.pulses.jobs import tend
from feedback_app.pulses.models import PulseCell, PulseRound, PulseToken
from feedback_app.pulses.services import answering, closing
from feedback_app.statistics import queries, refreshing
from feedback_app.statistics.figures import Group
from feedback_app.statistics.periods import Period
from feedback_app.surveys import outside
from tests.factories import a_ticket
from tests.slices.pulses.conftest import DAY, NEXT_YEAR

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")
QUARTER = Period(date(2026, 10, 1), date(2026, 12, 31))
DECEMBER = Period(date(2026, 12, 1), date(2026, 12, 31))
FROZEN_AT = datetime(2027, 1, 20, 2, tzinfo=UTC)
AMOUNTS = {"none": 12, "under_5m": 18, "5m_50m": 9, "50m_500m": 6, "over_500m": 5}


@pytest.fixture
def closed(session, invited, loaded):
    """Return the content of the quarter's table after sixty answers of ninety."""
    a_ticket(session, loaded, at=datetime(2026, 11, 2, 3, tzinfo=UTC))
    chance = Random(7)
    questions = loaded.catalogue.pulses.questions
    for token in invited[:60]:
        given = {q.code: chance.choice([o.code for o in q.options]) for q in questions}
        with unit_of_work() as writing:
            answering.answer(writing, token, given | {"extra_payment": "none"}, on=DAY)
    with time_machine.travel(NEXT_YEAR):
        tend()
    session.rollback()
    (table,) = outside.tables(session, "2026-Q4", "pulse")
    return table.content


def test_the_table_says_how_many_were_asked_how_many_answered_and_what(session, closed):
    assert (closed["register"], closed["invited"], closed["answered"]) == (90, 90, 60)
    first = closed["shares"][0]
    assert (first["code"], first["n"], first["share"]) == ("no_extra_payment", 60, 1.0)
    assert 20 <= first["effective"] <= 60


def test_what_is_finer_than_the_table_is_deleted_with_the_tokens(session, closed):
    for model in (PulseCell, PulseToken):
        assert session.scalar(select(func.count()).select_from(model)) == 0
    assert session.get_one(PulseRound, "2026-Q4").closed_on == NEXT_YEAR.date()


def test_a_quarter_closes_once_and_not_before_it_is_over(session, invited):
    for at in (datetime(2026, 12, 31, 10, tzinfo=UTC), NEXT_YEAR):
        with time_machine.travel(at), unit_of_work() as writing:
            row = writing.get_one(PulseRound, "2026-Q4")
            if at is NEXT_YEAR:
                closing.close(writing, row, at=at)
            with pytest.raises(Conflict):
                closing.close(writing, row, at=at)


def test_before_the_quarter_closes_nothing_is_told(session, invited):
    with unit_of_work() as writing:
        answering.answer(writing, invited[0], {"extra_payment": "none"}, on=DAY)
    assert outside.tables(session) == []
    assert queries.from_outside(session, QUARTER) == {}


def test_a_month_reads_no_pulse_and_a_quarter_and_a_year_do(session, closed):
    year = Period(date(2026, 1, 1), date(2026, 12, 31))
    found = queries.from_outside(session, QUARTER)
    assert found["pulse_no_extra_payment"].n == found["pulse_no_extra_payment_answers"].n >= 20
    assert queries.from_outside(session, year) == found
    assert queries.from_outside(session, DECEMBER) == {}


def sealed_release(session):
    cells = [[["", code], n] for code, n in AMOUNTS.items()] + [[["", ""], sum(AMOUNTS.values())]]
    table = {
        "dimensions": [["step", ["filing"]], ["amount", [*AMOUNTS]]],
        "cells": cells,
        "zeros_hidden": True,
    }
    with unit_of_work() as writing:
        content = {"body": "thanh-tra-tinh", "counted_on": "2027-01-04", "tables": [table]}
        given = {"source": releases.SOURCE, "name": "thanh-tra-tinh", "content": content, "at": NEXT_YEAR}
        outside.put(writing, period="2026-Q4", **given)


def results(session, period):
    counts = indicators.counts_over(session, [period])[period]
    found = {}
    for result in evaluate(indicators.edition_for(session, period), counts):
        found |= {part.component.id: part for part in result.components}
    return found


def test_both_indicators_read_the_quarter_and_say_insufficient_where_there_is_nothing(session, closed):
    with time_machine.travel(FROZEN_AT):
        refreshing.refresh(FROZEN_AT)
        found = results(session, QUARTER)
        assert found["pulse_no_extra_payment"].value == 100
        assert found["pulse_leaders_act"].denominator >= 20
        assert found["sealed_no_large_sum"].value is None
        sealed_release(session)
        told = results(session, QUARTER)["sealed_no_large_sum"]
        assert (told.numerator, told.denominator) == (30, 50)
        assert results(session, DECEMBER)["pulse_no_extra_payment"].value is None


def test_an_auditor_recounts_pulse_and_sealed_reports_from_the_package_and_a_forged_one_is_noticed(
    session, closed, tmp_path
):
    sealed_release(session)
    with time_machine.travel(FROZEN_AT):
        refreshing.refresh(FROZEN_AT)
        with unit_of_work() as writing:
            freezing.freeze(writing, DECEMBER, by_id=None, at=FROZEN_AT)  # takes the tables along first
        with unit_of_work() as writing:
            freezing.freeze(writing, QUARTER, by_id=None, at=FROZEN_AT)
    assert verifying.verify(session, QUARTER).problems == ()
    zipfile.ZipFile(io.BytesIO(freezing.package(session, QUARTER))).extractall(tmp_path)
    folder = tmp_path / "thong-ke-2026-Q4"
    names = {path.name for path in (folder / "outside").iterdir()}
    assert names == {"pulse-2026-Q4-pulse.json", "sealed-2026-Q4-thanh-tra-tinh.json"}
    published = {row.split(",")[1] for row in (folder / "indicators.csv").read_text().splitlines()}
    assert {"pulse_no_extra_payment", "sealed_no_large_sum"} <= published
    path = folder / "outside" / "pulse-2026-Q4-pulse.json"
    forged = json.loads(path.read_text())
    forged["shares"][0]["share"] = 0.5
    path.write_text(json.dumps(forged))
    done = subprocess.run(
        [sys.executable, "-B", folder / "recompute.py"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "pulse_no_extra_payment: counts.csv has" in done.stdout


def test_a_frozen_quarter_keeps_what_it_was_made_of(session, closed):
    with time_machine.travel(FROZEN_AT):
        refreshing.refresh(FROZEN_AT)
        with unit_of_work() as writing:
            freezing.freeze(writing, QUARTER, by_id=None, at=FROZEN_AT)
        sealed_release(session)
    figures = queries.figures(session, QUARTER)
    assert figures.count(Group(), Measure.PULSE_NO_EXTRA_PAYMENT) >= 20
    assert figures.count(Group(), Measure.SEALED_AMOUNT_TOLD) == 0, "it came too late"
