"""Counts of many periods, the cases behind each count, what a reader learns: on both databases."""

from datetime import date, datetime, time

import pytest

from feedback_app.accounts.actor import Function
from feedback_app.closing.freezing import freeze
from feedback_app.core.clock import LOCAL
from feedback_app.core.db import unit_of_work
from feedback_app.indicators import ledger
from feedback_app.indicators import queries as indicators
from feedback_app.indicators.contributions import counts_by_agency
from feedback_app.indicators.definitions import evaluate
from feedback_app.indicators.queries import counts_over, edition_for, unsettled
from feedback_app.statistics import queries, refreshing
from feedback_app.statistics.figures import Group, total_counts
from feedback_app.statistics.ledger import cases_behind
from feedback_app.statistics.periods import Period, containing
from tests.factories import a_person, actor_of
from tests.slices.statistics.conftest import Life

SEPTEMBER, OCTOBER = containing(date(2026, 9, 15)), containing(date(2026, 10, 15))
QUARTER = containing(date(2026, 9, 15), months=3)
TODAY = date(2026, 11, 5)
AT = datetime.combine(TODAY, time(12), LOCAL)


@pytest.fixture
def lived(life):
    """Tickets of two agencies: solved, not solved, late, come back, open, withdrawn; and a sensitive report."""
    for solved in ("yes", "no", "partly"):
        code = life.filed(date(2026, 10, 1))
        life.answered(code, date(2026, 10, 6))
        life.rated(code, date(2026, 10, 8), solved)
    back = life.filed(date(2026, 10, 2), to="thue")
    life.answered(back, date(2026, 10, 5))
    life.disputed(back, date(2026, 10, 20))
    late = life.filed(date(2026, 9, 1), to="thue")
    life.answered(late, date(2026, 10, 30))
    life.filed(date(2026, 10, 12), to="thue")
    life.withdrawn(life.filed(date(2026, 9, 3)), date(2026, 9, 4))
    life.filed(date(2026, 9, 7), to="thanh-tra", kind="informal_cost", concerned=frozenset({"so-xd"}))
    refreshing.refresh(AT)
    return life


def components(session, period=OCTOBER):
    edition = edition_for(session, period)
    return [part for one in edition.indicators for part in one.components if ledger.has_cases(part)]


def keys(facts):
    return [(fact.ticket_id, fact.round) for fact in facts]


def test_many_periods_at_once_are_the_figures_of_each(lived, session):
    periods = [SEPTEMBER, OCTOBER, QUARTER, containing(date(2026, 11, 1)), containing(date(2027, 1, 1))]
    found = counts_over(session, periods)
    assert list(found) == periods[:4]
    for period, counts in found.items():
        assert counts == total_counts(queries.figures(session, period).by_group)
    assert found[OCTOBER]["rated"] == 4


def test_a_frozen_period_keeps_its_counts_and_its_definitions(lived, session, loaded):
    with unit_of_work() as writing:
        freeze(writing, OCTOBER, by_id=None, at=AT, early=True)
    before = counts_over(session, [OCTOBER])
    later = Life(session, loaded)
    later.answered(later.filed(date(2026, 10, 1)), date(2026, 10, 6))
    refreshing.refresh(AT)
    assert counts_over(session, [OCTOBER, SEPTEMBER])[OCTOBER] == before[OCTOBER]
    assert edition_for(session, OCTOBER) == edition_for(session, SEPTEMBER)


def test_the_cases_of_a_component_are_those_its_figures_count(lived, session):
    figures = queries.figures(session, OCTOBER).by_group
    agencies = {None, *counts_by_agency(figures)}
    for part in components(session):
        for agency in agencies:
            group = Group(agency=agency or "", sensitive=part.denominator in ledger.SENSITIVE)
            if group.sensitive and not agency:
                continue  # the whole province has no figure of sensitive reports
            behind = list(cases_behind(session, OCTOBER, group, part.denominator, today=TODAY))
            inside = keys(cases_behind(session, OCTOBER, group, part.numerator, today=TODAY))
            asked = [ledger.Asked(part, which, agency) for which in ledger.Which]
            everything, numerator, others = (
                keys(ledger.cases(session, one, OCTOBER, TODAY)) for one in asked
            )
            assert everything == keys(behind)
            assert numerator == inside
            assert others == [key for key in everything if key not in inside]


def test_pages_follow_one_another_and_miss_nothing(lived, session, monkeypatch):
    monkeypatch.setattr(ledger, "BATCH", 2)
    (rated,) = [part for part in components(session) if part.id == "solved"]
    reader = actor_of(session, a_person(session, Function.FOCAL_POINT, "so-tc"))
    mark, codes = ledger.START, []
    while mark is not None:
        found = ledger.page(session, ledger.Asked(rated), reader, OCTOBER, TODAY, mark, 1)
        codes += [row.code for row in found.rows]
        mark = found.following
    assert len(codes) == len(set(codes)) == 4
    field = ledger.Asked(rated, field="no-such-field")
    assert ledger.page(session, field, reader, OCTOBER, TODAY, ledger.START, 5).rows == []


def test_a_sensitive_report_is_not_named_to_leaders(lived, session):
    (part,) = [part for part in components(session) if part.id == "informal_cost_settled"]
    leader = actor_of(session, a_person(session, Function.LEADERSHIP, "vp-ubnd"))
    period = Period(date(2026, 9, 1), date(2026, 10, 31))
    found = ledger.page(session, ledger.Asked(part), leader, period, TODAY, ledger.START, 5)
    assert (found.rows, found.kept_back) == ([], True)


def test_what_is_not_settled_is_rated_so_or_waits_in_a_running_period(lived, session):
    assert [fact.rated_solved for fact in unsettled(session, OCTOBER, TODAY).facts] == ["no", "no", "partly"]
    running = unsettled(session, containing(TODAY), TODAY).facts
    assert {fact.ended_on for fact in running} == {None}
    assert not any(fact.sensitive for fact in running)


def test_all_withdrawn_is_an_empty_month_without_scores(life, session):
    life.withdrawn(life.filed(date(2026, 10, 1)), date(2026, 10, 2))
    refreshing.refresh(AT)
    counts = counts_over(session, [OCTOBER])[OCTOBER]
    assert counts == {}
    assert [r.score for r in evaluate(edition_for(session, OCTOBER), counts)] == [None, None]


def test_a_list_of_candidates_that_was_cut_says_so(lived, session, monkeypatch):
    assert not unsettled(session, OCTOBER, TODAY).is_capped
    monkeypatch.setattr(indicators, "MOST", 2)
    cut = unsettled(session, OCTOBER, TODAY)
    assert (len(cut.facts), cut.is_capped) == (2, True)
