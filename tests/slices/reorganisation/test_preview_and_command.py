"""Before anything changes the administrator sees what would move; the command says the same."""

import json
from datetime import date, timedelta

import pytest

from feedback_app.catalogue import store
from feedback_app.catalogue.editing import agencies_version
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict
from feedback_app.reorganisation.commands import commands
from feedback_app.reorganisation.preview import preview
from feedback_app.reorganisation.services.applying import Refused, apply
from tests.factories.people import a_person
from tests.factories.tickets import a_ticket
from tests.slices.reorganisation.conftest import INTO_NEW, SAMPLE, SPLIT, a_plan, applied


def previewed(session, plan):
    session.expire_all()
    return preview(session, store.current(session), plan, clock.today())


def test_it_counts_open_tickets_by_heir_field_and_area(session, loaded):
    for field, area in (
        ("utilities", None),
        ("utilities", None),
        ("industry_trade", None),
        ("labour", "kkt-van-phong"),
    ):
        a_ticket(session, loaded, to="so-ct", field=field, area=area)
    a_ticket(session, loaded, to="so-xd")

    found = previewed(session, a_plan(SPLIT))
    rows = {row.heir: (row.open, [(p.field, p.area, p.number) for p in row.parts]) for row in found.tickets}
    assert rows == {
        "so-xd": (2, [("utilities", None, 2)]),
        "so-tc": (1, [("industry_trade", None, 1)]),
        "so-nnmt": (1, [("labour", "kkt-van-phong", 1)]),
    }


def test_it_names_the_people_the_rules_and_the_regulations(session):
    officer = a_person(session, "officer", "so-ct")
    found = previewed(session, a_plan())
    assert [(p.user_id, p.agency, p.heir) for p in found.people] == [(officer.id, "so-ct", "so-mau")]
    assert found.rules
    assert all(heir == "so-mau" for rule in found.rules for _, heir in rule.becomes)
    assert [(p.territory, p.profile) for p in found.profiles] == [
        ("khanh-hoa", "khanh-hoa-2023"),
        ("ninh-thuan", None),
    ]


def test_a_preview_changes_nothing(session, loaded):
    a_ticket(session, loaded, to="so-ct")
    before = agencies_version(session)
    previewed(session, a_plan())
    assert agencies_version(session) == before


def test_after_it_was_applied_nothing_is_left_to_move(session, loaded):
    a_person(session, "officer", "so-ct")
    a_ticket(session, loaded, to="so-ct")
    applied(a_plan())
    found = previewed(session, a_plan())
    assert found.applied
    assert (found.tickets, found.people) == ((), ())


def test_a_directory_changed_meanwhile_is_not_overwritten(session):
    with pytest.raises(Conflict), unit_of_work() as writing:
        apply(writing, a_plan(), seen_version=0, by_id=None, at=clock.now())


def test_another_plan_of_the_same_code_is_refused(session):
    applied(a_plan())
    other = a_plan("renames: [{agency: so-tp, vi: Sở Tư pháp mẫu, en: Sample}]\n")
    with pytest.raises(Refused, match="đã dùng cho một lần sắp xếp khác"), unit_of_work() as writing:
        apply(writing, other, seen_version=agencies_version(writing), by_id=None, at=clock.now())


def test_an_earlier_day_than_one_applied_is_refused(session):
    applied(a_plan())
    earlier = a_plan("successions: [{from: so-ct, to: so-tc}]\n", clock.today() - timedelta(days=40))
    found = previewed(session, earlier.model_copy(update={"code": "som-hon"}))
    assert "sớm hơn nên không nhận" in found.refused[0]


@pytest.fixture
def feedback(app, tmp_path):
    def run(body, *options):
        file = tmp_path / "mau.yaml"
        file.write_text(SAMPLE.format(day=clock.today()) + body, "utf-8")
        db.session.close()
        return app.test_cli_runner().invoke(commands, ["reorganise", str(file), *options])

    return run


def test_the_command_previews_then_applies(session, loaded, feedback):
    a_ticket(session, loaded, to="so-ct")
    shown = feedback(INTO_NEW)
    assert shown.exit_code == 0
    assert "Phiếu đang mở chuyển sang cơ quan kế thừa: 1" in shown.output
    assert "Chưa thay đổi gì" in shown.output

    done = json.loads(feedback(INTO_NEW, "--apply", "--json").output)
    assert done["applied"] == {"moved": 1, "finished": True}
    assert done["tickets"][0]["open"] == 1
    assert json.loads(feedback(INTO_NEW, "--json").output)["tickets"] == []


def test_the_command_refuses_with_reasons(feedback):
    refused = feedback("successions: [{from: so-ct, to: so-khong-co}]\n", "--apply")
    assert refused.exit_code == 2
    assert "Không có cơ quan nào mang mã 'so-khong-co'." in refused.output
    broken = feedback("successions: [{from: so-ct}]\n")
    assert broken.exit_code == 2
    assert "dòng 7" in broken.output


def test_the_day_of_the_command_stands_in_for_that_of_the_file(feedback):
    found = json.loads(feedback(INTO_NEW, "--on", "2031-02-03", "--json").output)
    assert found["first_day"] == date(2031, 2, 3).isoformat()
