"""Ninety invitations and sixty answers: whoever has the tables cannot tell who answered, nor what."""

import hashlib

import pytest
from sqlalchemy import text

from feedback_app.core.db import unit_of_work
from feedback_app.notifications import jobs
from feedback_app.pulses.services import answering
from feedback_app.surveys.tokens import stored
from tests.slices.pulses.conftest import DAY, messages
from tests.slices.surveys.joining import dump, order_agreement, shared_values

ANSWERS = ("pulse_cell", "pulse_token")
KNOWN = frozenset({"quarter", "size", "question", "option", "n"})  # what an answer is counted under
OPTIONS = ("none", "once", "several")


@pytest.fixture
def answered(session, invited):
    """Return the tokens, sixty of them used, in the order in which the messages were written."""
    for i, token in enumerate(invited[:60]):
        with unit_of_work() as writing:
            answering.answer(writing, token, {"extra_payment": OPTIONS[i % 3]}, on=DAY)
    return invited


def test_no_value_of_the_answers_stands_in_any_other_table(session, answered):
    whole = dump(session)
    assert sum(row["n"] for row in whole["pulse_cell"]) == 60 * 7
    assert len(whole["pulse_token"]) == 30
    assert len(whole["pulse_unit"]) == len(whole["dispatch"]) == 90
    assert shared_values(whole, ANSWERS, KNOWN) == set()


def test_the_tables_of_answers_know_no_time_no_enterprise_and_no_number_of_a_row(session, answered):
    whole = dump(session)
    assert {column for name in ANSWERS for row in whole[name] for column in row} == {
        "token_hash", "quarter", "field", "size", "question", "option", "n",
    }  # fmt: skip


def test_what_stands_in_a_message_leads_to_no_token_without_the_key(session, answered):
    """A message under way holds a seed; of every hash that can be made of it without the key, none is known."""
    hashes = {row["token_hash"] for row in dump(session)["pulse_token"]}
    for message in messages():
        seed = message.data["seed"]
        for guess in (seed, bytes.fromhex(seed).hex(), f"pulse seed{seed}", f"pulse token{seed}"):
            assert hashlib.sha256(guess.encode()).hexdigest() not in hashes
        assert seed not in hashes


def test_once_it_is_sent_a_message_tells_nothing_at_all(session, answered):
    assert jobs.send_mails() == 90
    assert {(message.recipient, str(message.data)) for message in messages()} == {("", "{}")}


def test_the_order_of_the_tokens_says_nothing_of_the_order_of_messages_or_of_the_list(session, invited):
    whole = dump(session)
    on_disk = [row["token_hash"] for row in whole["pulse_token"]]
    in_messages = [stored(token) for token in invited]
    assert (
        abs(order_agreement(in_messages, on_disk)) < 0.3
    )  # by chance above it less than once in 20,000 runs
    recipients = [message.recipient for message in messages()]
    listed = [f"ketoan{int(row['tax_code'][2:])}@example.vn" for row in whole["pulse_unit"]]
    assert abs(order_agreement(recipients, listed)) < 0.3


def test_used_tokens_are_gone(session, answered):
    left = {row["token_hash"] for row in dump(session)["pulse_token"]}
    assert left == {stored(token) for token in answered[60:]}


def test_an_answer_moves_all_counters_of_its_cell_at_once(session, invited):
    """On PostgreSQL the transaction of the last change can be read off a row: it is the same for all options."""
    if session.get_bind().dialect.name != "postgresql":
        pytest.skip("SQLite keeps no trace of transactions in its rows")
    with unit_of_work() as writing:
        answering.answer(writing, invited[0], {"extra_payment": "none"}, on=DAY)
    session.rollback()
    grown = text(
        "SELECT DISTINCT xmin FROM pulse_cell AS c WHERE EXISTS (SELECT 1 FROM pulse_cell AS d"
        " WHERE d.field = c.field AND d.size = c.size AND d.n > 0)"
    )
    assert len(session.execute(grown).all()) == 1


def test_the_same_checks_find_a_naive_design(session, answered):
    """The list of who was invited with the hash of the token beside it, as one would make it without thinking."""
    with unit_of_work() as writing:
        writing.execute(text("CREATE TABLE naive_token (tax_code TEXT, token_hash TEXT)"))
        units = writing.execute(text("SELECT tax_code FROM pulse_unit ORDER BY tax_code")).all()
        for (tax_code,), token in zip(units, answered, strict=True):
            row = {"tax": tax_code, "hash": stored(token)}
            writing.execute(text("INSERT INTO naive_token VALUES (:tax, :hash)"), row)
    try:
        found = shared_values(dump(session, ["naive_token"]), [*ANSWERS, "naive_token"], KNOWN)
        assert ("naive_token", "tax_code") in found
    finally:
        session.rollback()
        with unit_of_work() as writing:
            writing.execute(text("DROP TABLE naive_token"))
