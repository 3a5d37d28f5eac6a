"""After the night the order of the rows tells nothing; everything still opens."""

import io
from datetime import datetime

from feedback_app.confidential import store, uploads
from feedback_app.confidential.context import vault as here
from feedback_app.confidential.models import InLetterbox, OnShelf
from feedback_app.confidential.services import conversing, opening, shelving
from feedback_app.core import clock
from tests.confidential.acting import TODAY


def put_away():
    with store.unit_of_work() as session:
        return shelving.put_away(session)


def test_the_letterbox_is_empty_in_the_morning_and_receipts_still_open(session, body, filed):
    codes = [filed(story=f"số {n}").code for n in range(12)]
    order = [row.lookup for row in session.query(InLetterbox)]
    assert put_away() == 12
    shelving.compact()
    assert session.query(InLetterbox).count() == 0
    assert [row.lookup for row in session.query(OnShelf)] != order
    assert [conversing.look(session, code, on=TODAY).story for code in codes] == [
        f"số {n}" for n in range(12)
    ]
    assert len(opening.queue(session, body.unlock("chi"), on=TODAY)) == 12


def test_a_resend_after_the_night_is_still_the_same_report(session, body, filed):
    token = bytes(range(32))
    first = filed(token=token)
    put_away()
    assert filed(token=token).code == first.code
    assert put_away() == 1


def test_the_second_night_draws_another_order(session, body, filed):
    for _ in range(12):
        filed()
    put_away()
    before = [row.id for row in session.query(OnShelf)]
    put_away()
    session.expire_all()
    assert [row.id for row in session.query(OnShelf)] != before


def test_files_are_dated_monday_and_orphans_go(session, body, filed, monkeypatch):
    done = filed(files=(uploads.take(io.BytesIO("chứng từ".encode()), "a.txt"),))
    folder = here().settings.data_dir / "files"
    (kept,) = folder.iterdir()
    at = datetime.fromtimestamp(kept.stat().st_mtime, clock.LOCAL)
    assert (at.weekday(), at.hour, at.minute, at.second) == (0, 0, 0, 0)
    stray = folder / ("f" * 32)
    stray.write_bytes(b"x")
    monkeypatch.setattr("feedback_app.confidential.blobs.LEFT_OVER", -10)
    assert shelving.tidy_files(session, TODAY) >= 1
    assert not stray.exists()
    assert kept.exists()
    assert b"".join(conversing.file_content(session, done.code, 0)) == "chứng từ".encode()
