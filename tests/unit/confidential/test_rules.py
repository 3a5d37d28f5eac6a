"""Weeks, score, blacking out, gates, sessions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.confidential import redaction, triage, weeks
from feedback_app.confidential.documents import Answers
from feedback_app.confidential.errors import Wait
from feedback_app.confidential.gates import DOORS, PAUSE, Gates
from feedback_app.confidential.roster import Role, Roster, Seat
from feedback_app.confidential.sealing.slots import new_pair
from feedback_app.confidential.sessions import Sessions, Unlocked
from feedback_app.confidential.weeks import Step

MONDAY = date(2026, 11, 23)


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_a_report_knows_its_monday_only(on):
    assert weeks.week_of(on).weekday() == 0
    assert 0 <= (on - weeks.week_of(on)).days <= 6


def test_deadlines_are_weeks_and_late_only_when_the_week_is_over():
    assert weeks.due(MONDAY, Step.RECEIVED) == date(2026, 11, 30)
    assert weeks.due(MONDAY, Step.SETTLED, (2, 3)) == date(2027, 2, 1)
    assert weeks.due(MONDAY, Step.TRIAGED, (2, 3)) == date(2026, 12, 7)
    assert not weeks.is_late(date(2026, 11, 30), date(2026, 12, 6))
    assert weeks.is_late(date(2026, 11, 30), date(2026, 12, 7))


@pytest.mark.parametrize(
    "on,answered,due",
    [
        (date(2026, 12, 28), (), ()),
        (date(2026, 12, 29), (), (30,)),
        (date(2027, 1, 28), (30,), (60,)),
        (date(2027, 6, 1), (30,), (60, 180)),
    ],
)
def test_check_ins_never_come_early(on, answered, due):
    assert weeks.check_ins_due(MONDAY, on, answered) == due


@pytest.mark.parametrize("quarter", ["2026-Q0", "2026-Q5", "2026", "Q1-2026", ""])
def test_a_quarter_that_is_none(quarter):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        weeks.quarter_span(quarter)


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_each_day_lies_in_its_quarter(on):
    first, after = weeks.quarter_span(weeks.quarter_of(on))
    assert first <= on < after


def test_the_score_grows_with_what_is_graver_and_says_why():
    light = triage.score(Answers(unit="so-nganh", asked=("delay",), amount="under_5m"))
    grave = triage.score(
        Answers(
            unit="so-nganh",
            asked=("delay", "money"),
            amount="over_500m",
            paid="asked_again",
            retaliation=True,
        )
    )
    assert light.points < grave.points <= 100
    assert grave.reasons == ("asked.money", "amount.over_500m", "paid.asked_again", "retaliation")
    assert triage.score(Answers(unit="so-nganh")).points == 0


@pytest.mark.parametrize(
    "text",
    [
        "gọi 0905 123 456 nhé",
        "viết a.b@c.vn",
        "mã số thuế 4200123456-001",
        "CCCD 056123456789",
        "xe 79A-123.45",
        "anh Nguyễn Văn Tuấn",
        "mã 7K2M-9QXA-3F5T-ZZ01-8HJC-4VWP",
    ],
)
def test_what_identifies_is_blacked_out(text):
    assert redaction.BLOCK in redaction.blacked_out(text)
    assert not any(
        word in redaction.blacked_out(text) for word in text.split()[1:] if any(map(str.isdigit, word))
    )


def test_added_words_are_blacked_out_and_all_blocks_are_of_one_length():
    done = redaction.blacked_out("Hồ sơ ở Vĩnh Nguyên, vĩnh nguyên", ["Vĩnh Nguyên"])
    assert done == f"Hồ sơ ở {redaction.BLOCK}, {redaction.BLOCK}"


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def many(gates, door, times=200, **facts):
    """Ask so often; return how many got through before one had to wait, and its ticket."""
    for passed in range(times):
        try:
            gates.admit(door, **facts)
        except Wait as wait:
            return passed, wait.ticket
    return times, ""


def test_a_flood_waits_and_whoever_waited_goes_first():
    clock = Clock()
    gates = Gates(clock)
    passed, ticket = many(gates, "file")
    assert 0 < passed < DOORS["file"][0]
    assert many(gates, "file", ticket=ticket)[0] == 0, "too early"
    clock.now += PAUSE + 1
    many(gates, "file")
    assert many(gates, "file", ticket=ticket)[0] == 1, "works once"


def test_one_receipt_cannot_be_tried_without_end_and_others_are_not_held_up():
    clock = Clock()
    gates = Gates(clock)
    assert many(gates, "receipt", lookup=b"one")[0] == 6
    assert many(gates, "receipt", 1, lookup=b"another")[0] == 1
    clock.now += 30
    assert many(gates, "receipt", lookup=b"one")[0] == 3


@pytest.mark.parametrize("ticket", ["", "x", "file.1.2.3", "ü.1.a.b", None])
def test_a_made_up_ticket_opens_nothing(ticket):
    gates = Gates(Clock())
    many(gates, "file")
    assert many(gates, "file", ticket=ticket)[0] == 0


def unlocked(name="an"):
    pair = new_pair()
    seat = Seat(
        id=name, name=name, post="", roles=frozenset({Role.HEAD}), public=pair.public.hex(), verify=""
    )
    return Unlocked(seat, Roster(body="b", version=1, seats=(seat,), recovery="", audit=""), pair, b"")


def test_an_idle_inspector_is_locked_out_and_a_second_sign_in_ends_the_first():
    clock = Clock()
    sessions = Sessions(900, clock)
    first = sessions.start(unlocked())
    clock.now += 899
    assert sessions.of(first) is not None
    clock.now += 899
    assert sessions.of(first) is not None
    second = sessions.start(unlocked())
    assert sessions.of(first) is None
    other = sessions.start(unlocked("binh"))
    clock.now += 901
    assert (sessions.of(second), sessions.of(other)) == (None, None)


def test_leaving_ends_the_session():
    sessions = Sessions(900, Clock())
    cookie = sessions.start(unlocked())
    sessions.end(cookie)
    assert sessions.of(cookie) is None
    cookie = sessions.start(unlocked())
    sessions.end_all("b")
    assert sessions.of(cookie) is None
