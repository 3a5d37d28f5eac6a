"""Lists of communes and of old places, imported; the names are made up."""

import pytest

from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.reorganisation.commands import commands
from tests.factories.tickets import a_ticket

LIST = "code,name,old_district,old_names\nphuong-mau,Phường Mẫu,nha-trang,Phường Mẫu Một\nxa-mau,Xã Mẫu,,\n"


@pytest.fixture
def typed(app, tmp_path):
    def run(command, content, *options):
        file = tmp_path / "mau.csv"
        file.write_text(content, "utf-8")
        db.session.close()
        return app.test_cli_runner().invoke(commands, [command, str(file), *options])

    return run


def known_as(session, name):
    session.rollback()
    areas = store.current(session).catalogue.areas
    return [area.code for area in areas.known_as(name, clock.today())]


def test_an_imported_list_is_in_force_and_imported_again_changes_nothing(session, typed):
    assert typed("communes", LIST, "--source", "Nghị quyết mẫu").exit_code == 0
    assert known_as(session, "Mẫu Một") == ["phuong-mau"]
    version = store.current(session).version_ids["areas"]
    typed("communes", LIST, "--source", "Nghị quyết mẫu")
    session.rollback()
    assert store.current(session).version_ids["areas"] == version


def test_old_names_are_added_by_a_table_of_their_own(session, typed):
    typed("communes", LIST, "--source", "Nghị quyết mẫu")
    assert typed("old-areas", "old_name,old_district,code\nXã Xưa,,xa-mau\n").exit_code == 0
    assert known_as(session, "xa xua") == ["xa-mau"]


def test_one_bad_row_and_nothing_is_taken(session, typed):
    refused = typed("communes", LIST + "Xấu,Xã Xấu,\n", "--source", "Nghị quyết mẫu")
    assert refused.exit_code == 2
    assert "dòng 4" in refused.output
    unknown = typed("old-areas", "old_name,old_district,code\nXã Xưa,,khong-co\n")
    assert "không có địa bàn 'khong-co'" in unknown.output
    assert known_as(session, "Phường Mẫu") == []


def test_a_ticket_of_old_ninh_thuan_is_promised_without_being_confirmed(session, typed):
    typed("communes", LIST, "--source", "Nghị quyết mẫu")
    session.rollback()
    ticket = a_ticket(session, store.current(session), area="xa-mau")
    assert ticket.due_on is not None
    assert not ticket.due_confirmed
