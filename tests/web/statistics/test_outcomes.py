"""A refusal, a way elsewhere and a wait for another rule are answers, but are nowhere shown as solved."""

import csv
import io
import json
from datetime import datetime, timedelta

import pytest

from feedback_app.core.clock import LOCAL
from feedback_app.core.db import unit_of_work
from feedback_app.indicators.commands import commands
from feedback_app.opendata.jobs import publish_due
from feedback_app.statistics import refreshing
from feedback_app.tickets.services.answering import Decision, decide
from feedback_app.tickets.services.handling import accept
from tests.factories import a_person, a_ticket, actor_of, reread, sign_in

NOON = datetime(2026, 10, 5, 12, tzinfo=LOCAL)
NOW = datetime(2026, 11, 24, 12, tzinfo=LOCAL)
REASONS = {"rejected": "settled", "redirected": "pakn", "answered": ""}
MONTH = "?ky=2026-10"


@pytest.fixture
def decided(session, loaded):
    officer = actor_of(session, a_person(session, "officer", "so-xd"))

    def run(**numbers):
        for outcome, number in numbers.items():
            for _ in range(number):
                code, at = a_ticket(session, loaded, to="so-xd", at=NOON).code, NOON + timedelta(days=1)
                with unit_of_work() as writing:
                    ticket = reread(writing, code)
                    accept(writing, ticket, by=officer, at=NOON)
                    decision = Decision(text="Trả lời.", outcome=outcome, reason_code=REASONS[outcome])
                    decide(writing, ticket, decision, by=officer, at=at)
        refreshing.refresh(NOW)
        publish_due()

    return run


def outcomes(client):
    text = client.get("/du-lieu-mo/2026-10.csv").get_data().decode("utf-8-sig")
    names = ("answered_to_the_point", "rejected", "redirected", "policy_backlog")
    return {r["measure"]: r["value"] for r in csv.DictReader(io.StringIO(text)) if r["measure"] in names}


def test_everybody_reads_how_the_answers_ended(client, decided):
    decided(answered=7, rejected=6, redirected=5)
    assert outcomes(client) == {
        "answered_to_the_point": "7", "rejected": "6", "redirected": "5", "policy_backlog": "0"
    }  # fmt: skip
    page = client.get(f"/so-lieu/{MONTH}").text
    assert "Không giải quyết, có lý do <strong>6</strong>" in page
    assert "Hướng dẫn sang kênh khác <strong>5</strong>" in page


def test_a_single_refusal_follows_from_nothing(client, decided):
    decided(answered=9, rejected=1, redirected=8)
    told = outcomes(client)
    assert told["rejected"] == "an"
    assert list(told.values()).count("an") >= 2


def test_leaders_do_not_take_a_refusal_for_something_solved(client, session, decided):
    decided(answered=2, rejected=1, redirected=1)
    leader = sign_in(client, a_person(session, "leadership", "vp-ubnd"))
    page = leader.get(f"/lanh-dao/{MONTH}").text
    assert "1 phiếu không giải quyết, có lý do; 1 phiếu hướng dẫn sang kênh khác; 0 phiếu chờ" in page
    claimed = page.split('id="da-giai-quyet"')[1]
    assert ">2<" in claimed.split("</section>")[0]
    assert ">4<" not in claimed.split("</section>")[0]


def test_the_command_says_it_too(app, decided):
    decided(answered=2, rejected=1)
    run = app.test_cli_runner().invoke
    told = json.loads(run(commands, ["compute", "--period", "2026-10", "--json"]).output)["totals"]
    assert (told["answered"], told["rejected"], told["redirected"], told["policy_backlog"]) == (3, 1, 0, 0)
    assert (
        "không giải quyết 1, hướng dẫn kênh khác 0"
        in run(commands, ["compute", "--period", "2026-10"]).output
    )
