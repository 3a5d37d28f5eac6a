"""Facts follow the tickets, however they were taken."""

from datetime import date

from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.statistics import queries, refreshing
from feedback_app.statistics.figures import Figure, Group, total_counts
from feedback_app.statistics.models import LegFactRow
from feedback_app.statistics.periods import Period
from tests.slices.statistics.conftest import noon

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
NOW = noon(date(2026, 11, 24))


def figures(session, period=OCTOBER):
    session.rollback()
    refreshing.refresh(NOW)
    return queries.figures(session, period)


def test_days_waiting_for_the_enterprise_are_not_the_agency_s(session, life):
    code = life.filed(date(2026, 10, 1))
    life.asked(code, date(2026, 10, 5))  # two days used
    life.replied(code, date(2026, 10, 8))
    life.answered(code, date(2026, 10, 13))  # 9, 12, 13
    refreshing.refresh_facts()

    (fact,) = queries.all_facts(session)
    assert fact.working_days == 5
    assert fact.in_time


def test_a_confirmed_solution_counts_and_a_disputed_one_does_not(session, life):
    kept, back = life.filed(date(2026, 10, 1)), life.filed(date(2026, 10, 1))
    for code in (kept, back):
        life.answered(code, date(2026, 10, 6))
    before = total_counts(figures(session).by_group)
    life.rated(kept, date(2026, 10, 7))
    life.disputed(back, date(2026, 10, 7), solved="yes")
    counts = total_counts(figures(session).by_group)

    assert Measure.SOLVED_SAYS_ENTERPRISE not in before
    assert counts[Measure.SOLVED_SAYS_ENTERPRISE] == 1
    assert counts[Measure.RATED] == 2
    assert counts[Measure.REOPENED_WITHIN_30_DAYS] == 1
    assert counts[Measure.ANSWERED_IN_TIME] == 1  # the disputed answer was hurried, and gains nothing


def test_a_report_that_is_only_filed_moves_no_indicator(session, life):
    life.answered(life.filed(date(2026, 10, 1)), date(2026, 10, 6))
    before = total_counts(figures(session).by_group)
    for _ in range(3):
        life.filed(date(2026, 10, 30))  # due in November
        life.filed(date(2026, 10, 30), to="thanh-tra", kind="informal_cost", concerned=frozenset({"so-xd"}))
    found = figures(session)

    assert total_counts(found.by_group) == before
    assert found.count(Group(), Figure.RECEIVED) == 4


def test_a_report_on_an_agency_counts_for_the_inspectorate_alone(session, life):
    code = life.filed(
        date(2026, 10, 1),
        to="thanh-tra",
        kind="informal_cost",
        concerned=frozenset({"so-xd"}),
        field="construction",
    )
    life.answered(code, date(2026, 10, 6))
    found = figures(session)

    assert set(found.by_group) == {Group(agency="thanh-tra", sensitive=True)}


def test_an_empty_month_after_the_first_ticket_has_figures_too(session, life):
    life.withdrawn(life.filed(date(2026, 9, 1)), date(2026, 9, 2))
    found = figures(session)
    assert found.by_group == {}
    assert found.count(Group(), Figure.RECEIVED) == 0


def test_all_withdrawn_leaves_nothing_open_and_nothing_due(session, life):
    for _ in range(3):
        life.withdrawn(life.filed(date(2026, 10, 1)), date(2026, 10, 5))
    found = figures(session)
    assert found.count(Group(), Figure.WITHDRAWN) == 3
    assert found.count(Group(), Figure.OPEN) == 0
    assert total_counts(found.by_group) == {}


def test_the_nightly_job_computes_every_month_since_the_first_ticket(session, life):
    life.filed(date(2026, 7, 20))
    refreshing.refresh(NOW)
    refreshing.refresh(NOW)
    months = [p.code for p in queries.computed(session) if (p.months, p.first.day) == (1, 1)]
    assert months == ["2026-11", "2026-10", "2026-09", "2026-08", "2026-07"]


def test_a_ticket_that_comes_back_was_not_accepted_the_first_time(session, life):
    code = life.filed(date(2026, 10, 1))
    for day in (5, 8):
        life.moved(code, date(2026, 10, day))
    life.answered(code, date(2026, 10, 12))
    refreshing.refresh(NOW)
    legs = session.execute(LegFactRow.__table__.select().order_by(LegFactRow.number)).all()
    assert [(leg.agency, leg.role, leg.since.day, leg.until.day) for leg in legs] == [
        ("so-xd", "assignment", 1, 5),
        ("thue", "assignment", 5, 8),
        ("so-xd", "assignment", 8, 12),
        ("so-xd", "answer", 12, 12),
    ]
    assert sum(leg.working_days for leg in legs) == 7
