"""The filings of a period are read once, in portions, and counted under two profiles."""

import json
from datetime import date, datetime, timedelta

import pytest
import time_machine
import yaml

from feedback_app.catalogue import packs
from feedback_app.core.clock import LOCAL
from feedback_app.core.db import unit_of_work
from feedback_app.tickets import replaying
from feedback_app.tickets.commands import replay_command
from feedback_app.tickets.services.answering import Letter, answer
from feedback_app.tickets.services.handling import accept
from tests.factories import a_person, a_ticket, actor_of, reread

MONDAY = datetime(2026, 3, 2, 9, tzinfo=LOCAL)
PERIOD = (date(2026, 1, 1), date(2026, 5, 31))


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime(2026, 6, 1, 9, tzinfo=LOCAL), tick=False):
        yield


def answered(session, loaded, days):
    code = a_ticket(session, loaded, at=MONDAY).code
    officer = actor_of(session, a_person(session))
    with unit_of_work() as writing:
        ticket, at = reread(writing, code), MONDAY + timedelta(days=days)
        accept(writing, ticket, by=officer, at=MONDAY)
        sent = {
            "text": "Đã cấp phép.",
            "legal_refs": "",
            "letter": Letter(),
            "apology": "Sở xin lỗi vì chậm.",
        }
        answer(writing, ticket, by=officer, at=at, **sent)


def three_days():
    content = packs.dump(packs.shipped().regulations[0])
    for row in content["limits"]:
        if row["step"] == "answer":
            row["value"] = 3
    return content


def test_portions_do_not_change_the_figures(session, loaded, monkeypatch):
    for days in (2, 3, 7, 14):
        answered(session, loaded, days)
    a_ticket(session, loaded, at=datetime(2026, 5, 29, 9, tzinfo=LOCAL))
    a_ticket(session, loaded, at=datetime(2025, 5, 29, 9, tzinfo=LOCAL))
    tried = packs.parse("regulations/khanh-hoa-2023", three_days())
    today = date(2026, 6, 1)
    told = [
        replaying.replay(session, loaded, *PERIOD, profile=tried, calendar=None, today=today)
        for size in (2000, 2)
        if monkeypatch.setattr(replaying, "PORTION", size) is None
    ]
    for now, then in told:
        assert (now.whole.tickets, now.whole.answered, now.whole.late) == (5, 4, 1)
        assert (then.whole.late, then.whole.median_days, then.by_agency["so-xd"].tickets) == (2, 4, 5)


def test_the_command_prints_both_in_json_and_as_a_table(app, session, loaded, tmp_path):
    answered(session, loaded, 7)
    file = tmp_path / "thu.yaml"
    file.write_text(yaml.safe_dump(three_days(), allow_unicode=True), "utf-8")
    arguments = ["--profile", str(file), "--from", "2026-01-01", "--to", "2026-05-31"]
    runner = app.test_cli_runner()
    told = json.loads(runner.invoke(replay_command, [*arguments, "--json"]).output)
    assert (told["in_force"]["share_late"], told["tried"]["share_late"]) == (0, 1)
    assert told["tried"]["agencies"][0]["agency"] == "so-xd"
    assert "Giả định" in told["assumption"]
    assert "100,0 %" in runner.invoke(replay_command, arguments).output


def test_what_cannot_be_tried_is_refused_with_the_reason(app, tmp_path):
    file = tmp_path / "thu.yaml"
    content = three_days() | {"limits": [r for r in three_days()["limits"] if r["step"] != "settle"]}
    file.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    runner = app.test_cli_runner()
    period = ["--from", "2026-01-01", "--to", "2026-05-31"]
    assert "thiếu thời hạn" in runner.invoke(replay_command, ["--profile", str(file), *period]).output
    assert "chưa có gì để thử" in runner.invoke(replay_command, period).output
    backwards = ["--profile", str(file), "--from", "2026-05-31", "--to", "2026-01-01"]
    assert "sau ngày cuối" in runner.invoke(replay_command, backwards).output
