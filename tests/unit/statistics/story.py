"""Stories of tickets: what happened, made up at random, and what it adds up to, counted in plain Python.

The second half shares no code with what it is compared with: it looks at the story, not at events.
"""

from collections import Counter
from datetime import date, timedelta

from hypothesis import strategies as st

from feedback_app.catalogue import packs
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.deadlines.events import ClockEvent, EventKind
from feedback_app.deadlines.standing import Assignment as Held
from feedback_app.statistics.facts import AnswerRow, History, RatingRow, TicketRow, facts_of
from feedback_app.statistics.legs import legs_of

CALENDAR = work_calendar(packs.shipped())
OFF = {day for day, _why in CALENDAR.days_off(2026)}
WORKED = {day for day, _why in CALENDAR.working_weekend_days(2026)}
FIRST, LAST, TODAY = date(2026, 8, 1), date(2026, 8, 31), date(2026, 9, 10)
AGENCIES, FIELDS = ("so-xd", "thue", "thanh-tra"), ("construction", "tax")

gap = st.integers(0, 12)
a_round = st.fixed_dictionaries(
    {
        "pause": st.none() | st.tuples(gap, st.none() | gap),
        "answer": st.none() | gap,
        "rating": st.none() | st.tuples(gap, st.booleans(), st.sampled_from(["yes", "partly", "no"])),
        "due": st.integers(1, 14),
        "agency": st.sampled_from(AGENCIES),
        "outcome": st.sampled_from(["answered", "answered", "rejected", "redirected", "policy_backlog"]),
        "first": st.none() | st.tuples(st.sampled_from(AGENCIES), gap),  # who had it before, and for how long
    }
)
a_ticket = st.fixed_dictionaries(
    {
        "filed": st.integers(0, 60),
        "kind": st.sampled_from(["obstacle", "informal_cost", "overlapping_inspection"]),
        "field": st.sampled_from(FIELDS),
        "rounds": st.lists(a_round, min_size=1, max_size=3),
        "dispute_gap": st.integers(0, 40),
        "withdrawn": st.booleans(),
        "joined": st.none() | st.integers(0, 50),  # a project dossier, so many days after filing
    }
)


def lived(ticket):
    """Return the rounds of a ticket with dates in order, as far as it got."""
    start, rounds = date(2026, 7, 1) + timedelta(ticket["filed"]), []
    for number, plan in enumerate(ticket["rounds"], 1):
        told = {"number": number, "start": start, "pause": None, "answer": None, "rating": None, "end": None}
        told |= {"due": start + timedelta(plan["due"]), "agency": plan["agency"], "outcome": plan["outcome"]}
        day = start
        if plan["pause"]:
            begun = day + timedelta(plan["pause"][0])
            ended = None if plan["pause"][1] is None else begun + timedelta(plan["pause"][1])
            told["pause"] = (begun, ended)
            day = ended
        if day is not None and plan["answer"] is not None:
            told["answer"] = told["end"] = day = day + timedelta(plan["answer"])
            if plan["rating"]:
                told["rating"] = (day + timedelta(plan["rating"][0]), *plan["rating"][1:])
        told["first"] = plan["first"] and (plan["first"][0], start + timedelta(plan["first"][1]))
        rounds.append(told)
        if told["answer"] is None:
            break
        start = told["answer"] + timedelta(ticket["dispute_gap"])
    if ticket["withdrawn"] and rounds[-1]["answer"] is None and day is not None:
        rounds[-1]["end"] = day
    for told in rounds:
        if told["first"] and told["end"] and told["first"][1] > told["end"]:
            told["first"] = None
    return rounds


def joined(ticket):
    return (
        None if ticket["joined"] is None else date(2026, 7, 1) + timedelta(ticket["filed"] + ticket["joined"])
    )


def held(told):
    """Yield the legs of a round as they were."""
    since = told["start"]
    if told["first"]:
        agency, since = told["first"]
        yield Held(agency, "assignment", told["start"], since)
    yield Held(told["agency"], "answer", since)


def cases(tickets):
    """Return what the code under test makes of the events: facts with their legs."""
    found = []
    for number, ticket in enumerate(tickets, 1):
        rounds = lived(ticket)
        last = rounds[-1]
        row = TicketRow(
            id=number, version=1, kind=ticket["kind"], field=ticket["field"], sensitive=ticket["kind"] != "obstacle",
            round=len(rounds), received_on=rounds[0]["start"], due_on=last["due"], closed_on=last["end"],
            withdrawn=last["answer"] is None and last["end"] is not None, agency=last["agency"],
            joined_on=joined(ticket),
        )  # fmt: skip
        history = History(
            events={r["number"]: list(events(r)) for r in rounds},
            answers={
                r["number"]: AnswerRow(r["agency"], r["answer"], r["outcome"]) for r in rounds if r["answer"]
            },
            ratings={
                r["number"]: RatingRow(r["rating"][1], r["rating"][2], r["rating"][0])
                for r in rounds
                if r["rating"]
            },
        )
        dues = iter([r["due"] for r in rounds])
        facts = facts_of(row, history, CALENDAR, lambda _events, dues=dues: next(dues), "thanh-tra")

        def counted_for(agency, row=row):
            return None if row.sensitive and agency != "thanh-tra" else agency

        found += [
            (fact, legs_of(fact, held(told), CALENDAR, counted_for))
            for fact, told in zip(facts, rounds, strict=True)
        ]
    return found


def events(told):
    yield ClockEvent(EventKind.START, told["start"])
    if told["pause"]:
        yield ClockEvent(EventKind.PAUSE, told["pause"][0])
        if told["pause"][1]:
            yield ClockEvent(EventKind.RESUME, told["pause"][1])


def days_used(told):
    number, day = 0, told["start"]
    while day < told["answer"]:
        day += timedelta(1)
        paused = told["pause"] and told["pause"][0] < day <= told["pause"][1]
        works = day in WORKED or (day.weekday() < 5 and day not in OFF)
        number += works and not paused
    return number


def paused_at(told, day):
    begun, ended = told["pause"] or (date.max, None)
    return begun <= day and (ended is None or ended > day)


def expected(tickets, last=LAST):
    """Count everything once more, ticket by ticket, from the story itself."""
    counts, days = {}, {}
    for ticket in tickets:
        rounds = lived(ticket)
        for told, later in zip(rounds, [*rounds[1:], None], strict=True):
            names = list(names_of(ticket, told, later))
            for group in places(ticket, told["agency"]):
                counts.setdefault(group, Counter()).update(names)
                if "answered" in names:
                    days.setdefault(group, []).append(days_used(told))
            for group in places(ticket, holder(told, last)):
                counts.setdefault(group, Counter()).update(left(ticket, told, last))
    return {group: dict(c) for group, c in counts.items() if c}, {g: sorted(d) for g, d in days.items()}


def holder(told, day):
    return told["first"][0] if told["first"] and day < told["first"][1] else told["agency"]


def places(ticket, agency):
    if ticket["kind"] != "obstacle":
        return [("thanh-tra", "", True)] if agency == "thanh-tra" else []
    return [("", "", False), ("", ticket["field"], False), (agency, "", False)]


def within(day):
    return day is not None and FIRST <= day <= LAST


def names_of(ticket, told, later):
    answer = told["answer"]
    came_back = later is not None and (later["start"] - answer).days <= 30
    if told["number"] == 1 and within(told["start"]):
        yield "received"
    if within(answer):
        yield "answered"
        yield from ["in_time" if answer <= told["due"] else "late"] * (ticket["joined"] is None)
        yield from [told["outcome"]] * (told["outcome"] != "answered")
        yield from ["reopened_within_30_days"] * came_back
    yield from said(told["rating"], came_back)
    if later and within(later["start"]):
        yield "disputed"
    if answer is None and within(told["end"]):
        yield "withdrawn"
    if ticket["joined"] is None:
        yield from due(ticket, told, came_back)


def said(rating, came_back):
    if rating and within(rating[0]):
        yield "rated"
        yield from ["satisfied_answered"] * (rating[1] and not came_back)
        yield from ["solved_says_enterprise"] * (rating[2] == "yes" and not came_back)


DUE_NAMES = {
    "obstacle": ("due_in_period", "answered_in_time"),
    "informal_cost": ("informal_cost_due", "informal_cost_settled_in_time"),
    "overlapping_inspection": ("inspection_reports_due", "inspection_reports_settled"),
}


def due(ticket, told, came_back):
    day, answer, end = told["due"], told["answer"], told["end"]
    withdrawn_before = answer is None and end is not None and end <= day
    suspended = paused_at(told, day) and (end is None or end > day)
    if within(day) and not withdrawn_before and not suspended:
        total, good = DUE_NAMES[ticket["kind"]]
        yield total
        if answer and answer <= day and not came_back:
            yield good


def left(ticket, told, last):
    if told["start"] > last or (told["end"] is not None and told["end"] <= last):
        return
    yield "open"
    if paused_at(told, last):
        yield "paused"
    elif told["due"] < last and (joined(ticket) is None or joined(ticket) > last):
        yield "overdue"
