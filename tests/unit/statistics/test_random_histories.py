"""Figures against a recomputation in plain Python that shares no code with them, on random histories."""

from collections import Counter
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_app.statistics.figures import Group, values_of
from feedback_app.statistics.periods import Period
from feedback_app.statistics.rollup import Sums, behind, figures_of
from feedback_app.statistics.snapshot import counted, spans_of, waiting_on
from tests.unit.statistics.story import FIRST, LAST, TODAY, a_ticket, cases, expected

tickets_ = st.lists(a_ticket, max_size=8)


def plain(found):
    """Return the counts alone, with groups as tuples."""
    return {
        (g.agency, g.field, g.sensitive): counts
        for g, values in found.items()
        if (counts := {name: v.n for name, v in values.items() if not name.startswith("days_")})
    }


@settings(max_examples=500)
@given(st.lists(a_ticket, max_size=12))
def test_every_figure_equals_a_recount_from_the_story(tickets):
    found = figures_of(cases(tickets), Period(FIRST, LAST), TODAY)
    counts, days = expected(tickets)
    assert plain(found) == counts
    for (agency, field, sensitive), used in days.items():
        values = found[Group(agency, field, sensitive)]
        middle = (used[(len(used) - 1) // 2] + used[len(used) // 2]) / 2
        assert values["days_median"].value == middle
        at_least = min(d for d in used if 10 * sum(u <= d for u in used) >= 9 * len(used))
        assert values["days_p90"].value == at_least


@settings(max_examples=100)
@given(tickets_, st.integers(-20, 40))
def test_the_backlog_of_any_day_is_the_one_of_that_day(tickets, later):
    day = LAST + timedelta(later)
    kept = cases(tickets)
    waiting = {
        (g.agency, g.field, g.sensitive): {n: c for n, c in counts.items() if c}
        for g, counts in waiting_on(kept, day).items()
    }
    names = ("open", "overdue", "paused")
    counts, _days = expected(tickets, day)
    told = {group: {n: c for n, c in own.items() if n in names} for group, own in counts.items()}
    assert waiting == {group: own for group, own in told.items() if own}

    spans = Counter()
    for fact, legs in kept:
        for span in spans_of(fact, legs):
            if span.first <= day and (span.until is None or day < span.until):
                spans.update(counted(fact, span.agency, span.state))
    assert spans == Counter({(g, n): c for g, own in waiting_on(kept, day).items() for n, c in own.items()})


@settings(max_examples=50)
@given(tickets_, tickets_)
def test_what_is_added_and_taken_away_leaves_what_is_there(before, after):
    sums, fresh = Sums(), Sums()
    for fact, _legs in cases(before):
        sums.add(fact)
    for fact, _legs in cases(before):
        sums.add(fact, -1)
    for fact, _legs in cases(after):
        sums.add(fact)
        fresh.add(fact)
    for part, own in ((sums.by_day, fresh.by_day), (sums.by_month, fresh.by_month)):
        assert {k: values_of(s.counts, s.days) for k, s in part.items() if not s.is_empty()} == {
            k: values_of(s.counts, s.days) for k, s in own.items() if not s.is_empty()
        }


@settings(max_examples=100)
@given(tickets_)
def test_behind_every_figure_stand_the_cases_it_counts(tickets):
    kept, period = cases(tickets), Period(FIRST, LAST)
    listed = Counter(place for fact, legs in kept for place in behind(fact, legs, period, TODAY))
    found = figures_of(kept, period, TODAY)
    assert listed == Counter(
        {(g, n): v.n for g, values in found.items() for n, v in values.items() if not n.startswith("days_")}
    )
