"""Fifty rated tickets and fifty answers: nothing in the database ties one to the other."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Function
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.core.security import keyed_hash
from feedback_app.surveys import services
from feedback_app.tickets import queries
from feedback_app.tickets.policy import Owner
from feedback_app.tickets.services import answering, handling, owning
from feedback_app.tickets.services.answering import Letter
from feedback_app.tickets.services.owning import Verdict
from tests.factories import a_person, a_ticket, actor_of
from tests.slices.surveys.joining import dump, order_agreement, shared_values

SURVEY = ("survey_cell", "survey_seed", "survey_token")
COUNTERS = frozenset({"n", "question", "option"})
MANY = 50


@pytest.fixture
def handed_out(session: Session, loaded: Loaded) -> list[str]:
    """Return the tokens of fifty ratings, in the order in which they were handed out."""
    actor = actor_of(session, a_person(session, Function.OFFICER))
    codes = [a_ticket(session, loaded).code for _ in range(MANY)]
    return [_rated(session, code, actor) for code in codes]


def _rated(session: Session, code: str, actor) -> str:
    ticket_id = _id(session, code)
    at = clock.now()
    with unit_of_work() as writing:
        ticket = queries.by_id(writing, ticket_id)
        handling.accept(writing, ticket, by=actor, at=at)
        answering.answer(writing, ticket, by=actor, text="Đã cấp.", legal_refs="", letter=Letter(), at=at)
        owning.rate(writing, ticket, by=Owner(), verdict=Verdict(answered=True, solved="yes"), at=at)
        return services.offer(writing, agency="so-xd", field="construction", on=clock.today())


def _id(session: Session, code: str) -> int:
    session.rollback()
    return session.scalar(text("SELECT id FROM ticket WHERE code = :code"), {"code": code})


def answer_all(tokens: list[str]) -> None:
    for i, token in enumerate(tokens):
        with unit_of_work() as session:
            given = {"treated_properly": "yes" if i % 3 else "no", "extra_payment": "no"}
            services.answer(session, token, given, on=clock.today())


def test_no_value_of_the_survey_stands_anywhere_else(session: Session, handed_out: list[str]) -> None:
    answer_all(handed_out)
    whole = dump(session)
    assert len(whole["rating"]) == MANY
    assert sum(row["n"] for row in whole["survey_cell"]) == 2 * MANY
    assert shared_values(whole, SURVEY, COUNTERS) == set()


def test_no_table_of_the_survey_points_anywhere_or_tells_a_time(
    session: Session, handed_out: list[str]
) -> None:
    for row in (row for name in SURVEY for row in dump(session)[name]):
        assert set(row) <= {"period", "agency", "field", "seed", "token_hash", *COUNTERS}


def test_used_tokens_are_gone(session: Session, handed_out: list[str]) -> None:
    answer_all(handed_out)
    left = {row["token_hash"] for row in dump(session)["survey_token"]}
    assert not left & {keyed_hash(token, "survey token") for token in handed_out}


def test_the_order_of_the_rows_says_nothing_of_the_order_of_the_ratings(
    session: Session, handed_out: list[str]
) -> None:
    on_disk = [row["token_hash"] for row in dump(session)["survey_token"]]
    in_time = [keyed_hash(token, "survey token") for token in handed_out]
    assert abs(order_agreement(in_time, on_disk)) < 0.4  # by chance above it less than once in 20,000 runs


def test_an_answer_moves_all_counters_of_its_cell_at_once(session: Session, handed_out: list[str]) -> None:
    """On PostgreSQL the transaction of the last change can be read off a row: it is the same for all options."""
    answer_all(handed_out[:3])
    if session.get_bind().dialect.name != "postgresql":
        pytest.skip("SQLite keeps no trace of transactions in its rows")
    assert len(session.execute(text("SELECT DISTINCT xmin FROM survey_cell")).all()) == 1


@pytest.fixture
def naive(session: Session, handed_out: list[str]) -> Iterator[str]:
    """Return a table of tokens as one would make it without thinking: with the ticket, in order."""
    hashes = [keyed_hash(token, "survey token") for token in handed_out]
    with unit_of_work() as writing:
        writing.execute(
            text("CREATE TABLE naive_token (id INTEGER PRIMARY KEY, ticket_id INTEGER, token_hash TEXT)")
        )
        ids = writing.scalars(text("SELECT id FROM ticket ORDER BY id")).all()
        for i, (ticket_id, token_hash) in enumerate(zip(ids, hashes, strict=True)):
            row = {"id": 1_000_000 + i, "ticket": ticket_id, "hash": token_hash}
            writing.execute(text("INSERT INTO naive_token VALUES (:id, :ticket, :hash)"), row)
    yield "naive_token"
    session.rollback()
    with unit_of_work() as writing:
        writing.execute(text("DROP TABLE naive_token"))


def test_the_same_checks_find_a_naive_design(session: Session, naive: str, handed_out: list[str]) -> None:
    whole = dump(session, [naive])
    assert (naive, "ticket_id") in shared_values(whole, [*SURVEY, naive], COUNTERS)
    in_time = [keyed_hash(token, "survey token") for token in handed_out]
    assert order_agreement(in_time, [row["token_hash"] for row in whole[naive]]) == 1
