"""A register of finished procedures, and a quarter's sample drawn from it."""

import secrets
from datetime import date, datetime, timedelta

from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.core.inserting import insert_rows
from feedback_app.pulses.models import PulseBatch, PulseCompletion, PulseRound
from feedback_app.pulses.services import drawing
from feedback_app.surveys.tokens import pulse_token

FIELDS = ("construction", "tax", "land")
SIZES = ("micro", "small", "")


def a_register(number: int, by_id: int, *, on: date, **overrides: str) -> None:
    """Write so many enterprises into the register, each with a procedure that it finished before ``on``."""
    with unit_of_work() as session:
        batch = PulseBatch(
            sha256=secrets.token_hex(32),
            name="danh-sach.xlsx",
            rows=[],
            by_id=by_id,
            at=clock.now(),
            done_at=clock.now(),
        )
        session.add(batch)
        session.flush()
        rows = [_completion(i, batch.id, on) | overrides for i in range(number)]
        insert_rows(session, PulseCompletion, rows)


def a_round(at: datetime) -> PulseRound:
    """Draw the sample of the quarter in which ``at`` lies."""
    with unit_of_work() as session:
        return drawing.draw(session, store.current(session), at=at)


def tokens_of(messages) -> list[str]:
    """Return the tokens that stand in the messages of a round, as the enterprises get them."""
    return [pulse_token(message.data["seed"]) for message in messages]


def _completion(i: int, batch_id: int, on: date) -> dict[str, object]:
    return {
        "batch_id": batch_id,
        "tax_code": f"42{i:08}",
        "enterprise": f"Công ty {i}",
        "procedure": "Cấp phép",
        "field": FIELDS[i % len(FIELDS)],
        "finished_on": on - timedelta(days=1 + i % 90),
        "email": f"ketoan{i}@example.vn",
        "phone": "",
        "size": SIZES[i // len(FIELDS) % len(SIZES)],
        "locale": "vi" if i % 4 else "en",
    }
