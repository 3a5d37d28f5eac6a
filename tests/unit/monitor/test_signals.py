"""What looks groomed and what does not: one row a case, honest neighbours beside each."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.catalogue import packs
from feedback_app.core.clock import LOCAL
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.deadlines.events import Pause
from feedback_app.monitor.rules import Given, Looking, Seen, Signal, Tally, compare, copies_of, plain, tally
from feedback_app.statistics.facts import CaseFact

CATALOGUE = packs.shipped()
LOOKING = Looking(
    date(2026, 8, 24), date(2026, 11, 20), CATALOGUE.monitor, work_calendar(CATALOGUE)
)  # ends on a Friday
NOON, LATE = 12, 16


def a_fact(**given):
    values = {
        "ticket_id": 1, "round": 1, "ticket_version": 1, "kind": "obstacle", "field": "land", "agency": "so-xd",
        "sensitive": False, "started_on": date(2026, 10, 5), "due_on": date(2026, 10, 14),
        "answered_on": date(2026, 10, 9), "ended_on": None, "working_days": 4, "pauses": (), "rated_on": None,
        "rated_answered": None, "rated_solved": None, "disputed_on": None,
    } | given  # fmt: skip
    values["ended_on"] = values["ended_on"] or values["answered_on"]
    return CaseFact(**values)


def an_answer(day=date(2026, 10, 9), hour=NOON, **given):
    values = {"length": 400, "copies": 1, "has_reference": True} | given
    return Given(datetime(day.year, day.month, day.day, hour, 30, tzinfo=LOCAL), **values)


def shows(signal, seen):
    """Return whether the round shows the signal, None if it is none to which the signal can apply."""
    found = tally([seen], LOOKING)[signal]
    return bool(next(iter(found.values())).cases) if found else None


DUE = date(2026, 10, 14)


@pytest.mark.parametrize(
    "fact, answer, expected",
    [
        (a_fact(answered_on=DUE), an_answer(DUE, LATE), True),
        (a_fact(answered_on=DUE), an_answer(DUE, 23), True),
        (a_fact(answered_on=DUE), an_answer(DUE, 15), False),
        (a_fact(), an_answer(hour=LATE), False),  # at four, but days before
        (a_fact(answered_on=date(2026, 10, 15)), an_answer(date(2026, 10, 15), LATE), None),  # late is late
        (a_fact(answered_on=date(2026, 8, 21)), an_answer(date(2026, 8, 21)), None),  # before the window
        (a_fact(agency=None), an_answer(), None),
        (a_fact(answered_on=None), None, None),
    ],
)
def test_answers_in_the_last_hour_of_the_last_day(fact, answer, expected):
    assert shows(Signal.LAST_HOUR, Seen(fact, answer)) is expected


@pytest.mark.parametrize(
    "answer, disputed_on, expected",
    [
        (an_answer(), None, False),
        (an_answer(length=40), None, False),  # one mark alone is none: a short answer may be the right one
        (an_answer(length=40, has_reference=False), None, True),
        (an_answer(length=119, copies=4), None, True),
        (an_answer(length=120, copies=3), None, False),
        (an_answer(has_reference=False), date(2026, 10, 20), True),
        (an_answer(has_reference=False), date(2026, 11, 20), False),  # reopened too late to be of that answer
    ],
)
def test_answers_without_substance(answer, disputed_on, expected):
    assert shows(Signal.THIN_ANSWER, Seen(a_fact(disputed_on=disputed_on), answer)) is expected


@pytest.mark.parametrize(
    "day, expected",
    [
        (date(2026, 10, 13), True),  # N−1
        (DUE, True),
        (date(2026, 10, 15), True),  # late already
        (date(2026, 10, 12), False),
        (date(2026, 10, 6), False),  # a wrong address found at once
        (date(2026, 8, 20), None),
    ],
)
def test_what_is_given_back_with_a_day_to_go(day, expected):
    seen = Seen(a_fact(agency=None, answered_on=None), returned=(("so-xd", day),))
    assert shows(Signal.PASSED_ON, seen) is expected


def paused(*days):
    return tuple(Pause(date(2026, 10, first), date(2026, 10, last)) for first, last in days)


@pytest.mark.parametrize(
    "pauses, due_on, expected",
    [
        ((), date(2026, 10, 14), False),
        (paused((14, 16)), date(2026, 10, 16), True),  # on the seventh of seven working days
        (paused((13, 15)), date(2026, 10, 16), False),  # on the sixth: 0.86 of them
        (paused((6, 8)), date(2026, 10, 16), False),
        (
            paused((6, 8), (16, 20)),
            date(2026, 10, 20),
            True,
        ),  # the days of the first pause are none of the clock's
        ((Pause(date(2026, 10, 14), None),), None, None),  # while it stands nobody knows the end
    ],
)
def test_pauses_in_the_last_tenth_of_the_clock(pauses, due_on, expected):
    fact = a_fact(answered_on=None, pauses=pauses, due_on=due_on)
    answered = a_fact(pauses=pauses, due_on=due_on)
    assert shows(Signal.LATE_PAUSE, Seen(fact if pauses else answered)) is expected


@pytest.mark.parametrize(
    "given, expected",
    [
        ({}, True),
        ({"rated_on": date(2026, 10, 12)}, False),
        ({"disputed_on": date(2026, 10, 12)}, False),
        ({"answered_on": date(2026, 11, 10)}, None),  # its time is not over
    ],
)
def test_surveys_that_nobody_answered(given, expected):
    assert shows(Signal.NOT_RATED, Seen(a_fact(**given), an_answer())) is expected


def test_a_kind_changed_to_a_longer_limit_is_counted_once_for_who_led_it():
    seen = Seen(a_fact(), an_answer(), moved=(("so-xd", date(2026, 10, 7)),))
    assert shows(Signal.LONGER_KIND, seen) is True
    assert tally([seen], LOOKING)[Signal.LONGER_KIND]["so-xd"].pair == (1, 1)
    assert shows(Signal.LONGER_KIND, Seen(a_fact(), an_answer())) is False


def test_case_and_spaces_make_no_other_answer():
    texts = [("so-xd", hash(plain(text))) for text in ("Đã  xử lý.", "đã xử lý.\n", "Đã chuyển.")]
    assert sorted(copies_of(texts).values()) == [1, 2]


def rounds(agency, number, random, *, share):
    """Return answers of which about that share came in the last hour of the last day."""
    for n in range(number):
        fact = a_fact(ticket_id=n, agency=agency, answered_on=DUE)
        yield Seen(fact, an_answer(DUE, LATE if random.random() < share else NOON))


def rates(*agencies):
    random = Random(1814)
    seen = [one for code, number, share in agencies for one in rounds(code, number, random, share=share)]
    counts = {code: told.pair for code, told in tally(seen, LOOKING)[Signal.LAST_HOUR].items()}
    return {rate.agency: rate for rate in compare(counts, LOOKING.limits)}


HONEST = [(f"so-{n}", 200, 0.1) for n in range(8)]


def test_an_agency_that_games_is_found_and_an_honest_one_of_the_same_size_is_not():
    found = rates(*HONEST, ("so-xd", 200, 0.4))
    assert [code for code, rate in found.items() if rate.striking] == ["so-xd"]
    assert found["so-xd"].interval[0] > found["so-xd"].others_interval[1]


def test_a_few_cases_accuse_nobody():
    found = rates(*HONEST, ("so-xd", 8, 1.0), ("so-ct", 29, 0.9))
    assert not any(rate.striking for rate in found.values())
    assert found["so-xd"].hits == 8


def test_where_all_do_the_same_nobody_stands_out():
    assert not any(rate.striking for rate in rates(*[(f"so-{n}", 300, 0.5) for n in range(10)]).values())


def test_one_agency_alone_has_nobody_to_stand_out_from():
    (rate,) = rates(("so-xd", 300, 0.9)).values()
    assert (rate.striking, rate.others_share, rate.others_interval) == (False, None, None)


@given(st.integers(0, 2**32), st.floats(0.02, 0.6))
def test_honest_agencies_are_hardly_ever_named(seed, share):
    """At this confidence one in some thousand comparisons; two of twelve at once is a fault of the rule."""
    random = Random(seed)
    counts = {f"so-{n}": (sum(random.random() < share for _ in range(120)), 120) for n in range(12)}
    assert sum(rate.striking for rate in compare(counts, LOOKING.limits)) <= 1


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.integers(0, 50), st.integers(0, 400)), min_size=1)
)
def test_a_rate_lies_within_its_interval(counts):
    pairs = {agency: (min(hits, n), n) for agency, (hits, n) in counts.items()}
    for rate in compare(pairs, LOOKING.limits):
        assert rate.interval[0] <= rate.share <= rate.interval[1]
        assert rate.others[1] == sum(n for agency, (_hits, n) in pairs.items() if agency != rate.agency)


def test_a_tally_keeps_the_cases_that_show():
    told = Tally()
    told.add(a_fact(ticket_id=7), shows=True)
    told.add(a_fact(ticket_id=8), shows=False)
    assert (told.pair, told.cases) == ((1, 2), [(7, 1)])
    assert timedelta(days=LOOKING.limits.window_days) > LOOKING.last - LOOKING.first
