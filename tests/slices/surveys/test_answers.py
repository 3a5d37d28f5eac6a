"""One-time tokens, counters, and what may be read of them."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_app.core.db import unit_of_work
from feedback_app.disclosure import TOTAL
from feedback_app.surveys import queries, services
from feedback_app.surveys.models import SurveyCell, SurveySeed, SurveyToken
from feedback_app.surveys.queries import Count

DAY, LATER = date(2026, 11, 20), date(2026, 12, 20)
GIVEN = {"treated_properly": "yes", "extra_payment": "no"}


def offer(agency: str = "so-xd", field: str = "construction", on: date = DAY) -> str:
    with unit_of_work() as session:
        return services.offer(session, agency=agency, field=field, on=on)


def answer(token: str, given: dict[str, str] = GIVEN, on: date = DAY) -> None:
    with unit_of_work() as session:
        services.answer(session, token, given, on=on)


def answer_times(times: int, agency: str = "so-xd", field: str = "construction", **given: str) -> None:
    for _ in range(times):
        answer(offer(agency, field), given or GIVEN)


def counts(session: Session) -> dict[tuple[str, str], int]:
    session.rollback()
    session.expire_all()
    return {(row.question, row.option): row.n for row in session.scalars(select(SurveyCell))}


def rows(session: Session, model: type) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_an_answer_is_counted_once(session: Session) -> None:
    token = offer()
    answer(token)
    with pytest.raises(services.TokenSpent):
        answer(token)
    assert counts(session) == {
        ("treated_properly", "yes"): 1,
        ("treated_properly", "no"): 0,
        ("extra_payment", "yes"): 0,
        ("extra_payment", "no"): 1,
    }


def test_an_altered_token_counts_nothing(session: Session) -> None:
    token = offer()
    with pytest.raises(services.TokenSpent):
        answer(token[:-1] + ("0" if token[-1] != "0" else "1"))
    assert set(counts(session).values()) == {0}


def test_a_token_that_was_not_handed_out_cannot_be_made_from_the_table(session: Session) -> None:
    offer()
    seed = session.scalars(select(SurveySeed.seed)).first()
    with pytest.raises(services.TokenSpent):
        answer(seed)


def test_an_answer_after_the_month_was_closed_is_not_counted(session: Session) -> None:
    token = offer()
    with pytest.raises(services.TokenSpent):
        answer(token, on=LATER)
    assert set(counts(session).values()) == {0}


def test_each_rating_gets_a_token_of_its_own(session: Session) -> None:
    tokens = {offer() for _ in range(services.BATCH + 3)}
    assert len(tokens) == services.BATCH + 3
    assert rows(session, SurveySeed) == services.BATCH - 3
    assert rows(session, SurveyToken) == 2 * services.BATCH


def test_a_single_question_may_be_answered(session: Session) -> None:
    answer(offer(), {"extra_payment": "yes"})
    assert counts(session)["extra_payment", "yes"] == 1
    assert counts(session)["treated_properly", "yes"] == 0


def test_nothing_is_read_of_a_month_that_is_open(session: Session) -> None:
    answer_times(6)
    assert queries.closed_cells(session, "2026-11", today=DAY) == {}
    assert queries.totals(session, ["2026-11"], today=DAY).extra_payment == Count()


def test_small_counts_are_hidden_and_what_gives_them_away(session: Session) -> None:
    answer_times(6)
    answer_times(7, field="land", treated_properly="no")
    answer_times(5, agency="thue", field="tax", treated_properly="yes")
    answer_times(2, agency="thue", field="land", treated_properly="no")
    session.rollback()
    shown = queries.closed_cells(session, "2026-11", today=LATER)["treated_properly"]
    assert shown["thue", "land"] is None
    assert shown["thue", "tax"] is None
    assert shown[TOTAL, TOTAL] == Count(yes=11, no=9)


def test_months_with_few_answers_are_not_in_the_totals(session: Session) -> None:
    answer_times(5)
    for _ in range(4):
        answer(offer(on=date(2026, 10, 5)), on=date(2026, 10, 5))
    session.rollback()
    found = queries.totals(session, ["2026-10", "2026-11"], today=LATER)
    assert found.treated_properly == Count(yes=5, no=0)
    assert found.extra_payment == Count(yes=0, no=5)


def test_the_tokens_of_a_closed_month_are_deleted_and_its_counts_stay(session: Session) -> None:
    answer_times(5)
    with unit_of_work() as writing:
        services.purge(writing, datetime(2026, 12, 20, tzinfo=UTC))
    assert (rows(session, SurveySeed), rows(session, SurveyToken)) == (0, 0)
    assert counts(session)["extra_payment", "no"] == 5
