"""Facts, sums and snapshots taken day by day are those built at once, and those counted from the cases."""

from contextlib import suppress
from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import FeedbackError
from feedback_app.schema import METADATA
from feedback_app.statistics import queries, rebuilding, refreshing
from feedback_app.statistics.backlog import waiting_now
from feedback_app.statistics.models import CaseFactRow, ChangedTicket, DeedDay, DeedMonth, LegFactRow, OpenDay
from feedback_app.statistics.periods import Period
from feedback_app.statistics.rollup import figures_of
from tests.conftest import KEPT
from tests.slices.statistics.conftest import noon

TABLES = (CaseFactRow, LegFactRow, DeedDay, DeedMonth, OpenDay)
START = date(2026, 9, 24)
TURNS = ("asked", "replied", "answered", "rated", "disputed", "withdrawn", "moved", "rejected")
a_day = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(TURNS)), max_size=3)
a_life = st.lists(st.tuples(st.integers(1, 9), a_day), min_size=3, max_size=10)
kinds = st.lists(st.sampled_from(["obstacle", "obstacle", "informal_cost"]), min_size=4, max_size=4)


def everything(session):
    """Return all rows of all derived tables, in the order of their keys."""
    session.rollback()
    session.expire_all()
    return {
        model.__tablename__: [
            dict(row)
            for row in session.execute(
                model.__table__.select().order_by(*model.__table__.primary_key.columns)
            ).mappings()
        ]
        for model in TABLES
    }


def wiped():
    db.session.rollback()
    with unit_of_work() as session:
        for table in reversed(METADATA.sorted_tables):
            if table.name not in KEPT | {"user", "function_held"}:
                session.execute(table.delete())
    db.session.expunge_all()


def lived(life, days, kind_of):
    """Do what the plan says as far as it may be done, and refresh at the end of each day."""
    on, codes = START, []
    for gap, deeds in days:
        on += timedelta(days=gap)
        for number, deed in deeds:
            if number >= len(codes):
                codes.append(filed(life, on, kind_of[len(codes)]))
            else:
                done(life, codes[number], deed, on)
        life.session.rollback()
        refreshing.refresh(noon(on))
    return on


def filed(life, on, kind):
    if kind == "obstacle":
        return life.filed(on)
    return life.filed(on, to="thanh-tra", kind=kind, concerned=frozenset({"so-xd"}), field="construction")


def done(life, code, deed, on):
    """Do it, unless whoever does it is refused."""
    with suppress(FeedbackError):
        getattr(life, deed)(code, on)


@settings(
    max_examples=12,
    phases=(Phase.explicit, Phase.generate),  # each life costs a second: they are short, not shrunk
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(a_life, kinds)
def test_what_was_taken_day_by_day_is_what_is_built_at_once(session, life, days, kind_of):
    wiped()
    last = lived(life, days, kind_of)
    little_by_little = everything(session)

    rebuilding.rebuild(noon(last))
    assert everything(session) == little_by_little

    period = Period(date(2026, 9, 1), last)
    cases = list(queries.cases_with_legs(session))
    assert queries.live_figures(session, period, last, last) == figures_of(cases, period, last)
    open_now = {code: w for code, w in waiting_now(session, life.loaded, last).items() if code}
    found = queries.open_at(session, [last])[last]
    agencies = {g.agency: w for g, w in found.items() if g.agency and not g.sensitive}
    assert {code: (w["open"], w["overdue"], w["paused"]) for code, w in agencies.items()} == {
        code: (w.open, w.overdue, w.paused) for code, w in open_now.items()
    }


def test_whoever_writes_to_a_ticket_puts_it_on_the_list(session, life):
    code = life.filed(START)
    refreshing.refresh(noon(START))
    assert session.scalars(ChangedTicket.__table__.select()).all() == []
    with unit_of_work() as writing:
        writing.execute(db.text("UPDATE ticket SET field = 'land'"))
    assert session.scalar(db.select(ChangedTicket.ticket_id)) == life.read(code).id
    refreshing.refresh(noon(START))
    assert [fact.field for fact in queries.all_facts(session)] == ["land"]


def test_what_is_rolled_back_is_not_on_the_list(session, life):
    life.filed(START)
    refreshing.refresh(noon(START))
    session.rollback()
    session.execute(db.text("UPDATE ticket SET field = 'land'"))
    session.rollback()
    assert session.scalar(db.select(db.func.count(ChangedTicket.id))) == 0


def test_while_all_is_built_anew_nobody_else_changes_the_facts(session, life):
    life.filed(START)
    refreshing.refresh(noon(START))
    with unit_of_work() as writing:
        queries.mark(writing).building_since = noon(START)
    life.filed(START)
    refreshing.refresh(noon(START))
    assert len(queries.all_facts(session)) == 1

    refreshing.refresh(noon(START + timedelta(days=1)))  # whoever was building is gone: all is built
    assert len(queries.all_facts(session)) == 2
    assert not queries.is_building(session)
