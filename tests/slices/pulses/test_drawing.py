"""A quarter's sample: who can be drawn, who is left out, how it is drawn again."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from feedback_app.catalogue import store
from feedback_app.core.audit import AuditEntry
from feedback_app.core.db import unit_of_work
from feedback_app.core.errors import Conflict
from feedback_app.notifications import jobs, reaching, services
from feedback_app.notifications.letters import compose, short_text
from feedback_app.notifications.rules import Channel
from feedback_app.pulses.jobs import tend
from feedback_app.pulses.models import PulseCell, PulseCompletion, PulseRound, PulseToken, PulseUnit
from feedback_app.pulses.rules import NotNow
from feedback_app.pulses.services import drawing, housekeeping
from tests.factories.pulses import a_register, a_round
from tests.slices.pulses.conftest import DAY, MOMENT, NUMBER, messages

sqlite_only = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")


def pack(session):
    return store.current(session).catalogue.pulses


def test_everybody_reachable_is_invited_once_in_their_language(session, register):
    row = a_round(MOMENT)
    assert (row.quarter, row.registered, row.invited) == ("2026-Q4", NUMBER, NUMBER)
    told = messages()
    assert len({message.recipient for message in told}) == NUMBER
    english = next(message for message in told if message.locale == "en")
    assert "?ngon_ngu=en" in compose(english).get_content()
    mail = compose(next(message for message in told if message.locale == "vi"))
    assert "/khao-sat/tra-loi/" in mail.get_content()
    assert mail["List-Unsubscribe"]
    assert "Cấp phép" not in mail.get_content()
    assert "Công ty" not in mail.get_content()


def test_list_and_seed_give_the_sample_again_and_another_sample_is_noticed(session, register):
    row = a_round(MOMENT)
    assert drawing.is_as_drawn(session, row, pack(session))
    small = pack(session).model_copy(
        update={"sampling": pack(session).sampling.model_copy(update={"sample": 40})}
    )
    assert not drawing.is_as_drawn(session, row, small)


@sqlite_only
def test_a_larger_register_is_sampled_by_field_and_size(session, register, monkeypatch):
    sampling = pack(session).sampling.model_copy(update={"sample": 50})
    smaller = pack(session).model_copy(update={"sampling": sampling})
    loaded = store.current(session)
    with unit_of_work() as writing:
        fake = store.Loaded(
            loaded.catalogue.model_copy(update={"pulses": smaller}), loaded.version_ids, loaded.agency_ids
        )
        row = drawing.draw(writing, fake, at=MOMENT)
    assert row.invited == 50
    units = session.scalars(select(PulseUnit)).all()
    assert len(units) == NUMBER
    by_stratum = Counter((unit.field, unit.size) for unit in units if unit.invited)
    assert all(5 <= n <= 6 for n in by_stratum.values()), "nine strata of ten each"
    cells = Counter((unit.cell_field, unit.cell_size) for unit in units if unit.invited)
    assert min(cells.values()) >= 10
    counters = set(session.execute(select(PulseCell.field, PulseCell.size).distinct()).all())
    assert counters == set(cells)


def test_a_quarter_is_drawn_once(session, register):
    a_round(MOMENT)
    with pytest.raises(Conflict):
        a_round(MOMENT + timedelta(days=1))


def test_who_wants_no_messages_or_cannot_be_reached_is_left_out_and_counted(session, register):
    with unit_of_work() as writing:
        services.refuse(
            writing, reaching.contact_hash(Channel.MAIL, "KETOAN3@example.vn"), Channel.MAIL, MOMENT
        )
        writing.get_one(PulseCompletion, writing.scalar(_of("4200000007"))).email = ""
    row = a_round(MOMENT)
    assert (row.refused, row.unreachable, row.invited) == (1, 1, NUMBER - 2)
    assert "ketoan3@example.vn" not in {message.recipient for message in messages()}


def _of(tax_code):
    return select(PulseCompletion.id).where(PulseCompletion.tax_code == tax_code)


@sqlite_only
def test_two_enterprises_of_one_mailbox_are_one_respondent(session, register):
    with unit_of_work() as writing:
        for i in (1, 2, 3):
            writing.get_one(PulseCompletion, writing.scalar(_of(f"420000000{i}"))).email = "Dich.vu@ketoan.vn"
    row = a_round(MOMENT)
    assert (row.invited, row.rested) == (NUMBER - 2, 2)


@sqlite_only
def test_nobody_is_asked_twice_within_the_rest_though_a_quarter_has_begun(session, register):
    with time_machine.travel(MOMENT.replace(month=12, day=9)):
        a_round(MOMENT.replace(month=12, day=9))
    a_register_again = MOMENT.replace(year=2027, month=2, day=10)
    with time_machine.travel(a_register_again), pytest.raises(drawing.NotDrawn) as wrong:
        a_round(a_register_again)
    assert wrong.value.reason is NotNow.TOO_FEW
    later = MOMENT.replace(year=2027, month=3, day=9)
    with time_machine.travel(later):
        with unit_of_work() as writing:
            for row in writing.scalars(select(PulseCompletion)):
                row.finished_on = later.date()
        assert a_round(later).invited == NUMBER


@sqlite_only
def test_the_job_draws_when_it_is_time_and_only_once(session, register):
    with time_machine.travel(MOMENT.replace(day=2)):
        tend()
    assert session.get(PulseRound, "2026-Q4") is None
    tend()
    tend()
    session.rollback()
    assert session.get_one(PulseRound, "2026-Q4").invited == NUMBER
    assert len(messages()) == NUMBER
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "pulse.drawn")).one()
    assert entry.actor_id is None, "nobody drew: the system did"


@sqlite_only
def test_too_short_a_register_invites_nobody(session, register):
    with unit_of_work() as writing:
        for row in writing.scalars(select(PulseCompletion).limit(50)):
            writing.delete(row)
    with pytest.raises(drawing.NotDrawn) as wrong:
        a_round(MOMENT)
    assert wrong.value.reason is NotNow.TOO_FEW
    assert messages() == []


@sqlite_only
def test_while_vcci_is_in_the_field_not_even_a_message_under_way_goes_out(session, register, monkeypatch):
    a_round(MOMENT)
    monkeypatch.setattr(jobs, "_in_fieldwork", lambda: True)
    with time_machine.travel(MOMENT + timedelta(days=1)):
        assert jobs.send_mails() == 0
        monkeypatch.undo()
        assert jobs.send_mails(most=3) == 3
    sent = [message for message in messages() if message.sent_at]
    assert [(message.recipient, message.data) for message in sent] == [("", {})] * 3


@sqlite_only
def test_days_of_field_work_come_from_the_pack(session, loaded):
    for month, held in ((8, True), (11, False)):
        with time_machine.travel(MOMENT.replace(month=month)):
            assert jobs._in_fieldwork() is held


@sqlite_only
def test_a_telephone_gets_the_address_and_nothing_about_the_enterprise(session, register, app, monkeypatch):
    settings = app.extensions["settings"].model_copy(update={"sms_url": "http://127.0.0.1:1"})
    monkeypatch.setitem(app.extensions, "settings", settings)
    with unit_of_work() as writing:
        row = writing.get_one(PulseCompletion, writing.scalar(_of("4200000005")))
        row.email, row.phone = "", "0905 123 456"
    a_round(MOMENT)
    (message,) = [one for one in messages() if one.channel == Channel.SMS]
    assert "/khao-sat/tra-loi/" in short_text(message)
    assert "4200000005" not in short_text(message)


@sqlite_only
def test_addresses_and_lists_go_after_their_time(session, register):
    a_round(MOMENT)
    with unit_of_work() as writing:
        housekeeping.purge(writing, MOMENT + timedelta(days=300))
        assert writing.scalars(select(PulseCompletion)).first() is not None
        assert writing.scalars(select(PulseToken)).first() is None, "the quarter is over"
        housekeeping.purge(writing, MOMENT + timedelta(days=800))
        assert writing.scalars(select(PulseCompletion)).first() is None
        assert writing.scalars(select(PulseUnit)).first() is None


@sqlite_only
def test_only_the_latest_procedure_of_an_enterprise_counts(session, register):
    a_register(3, register, on=DAY - timedelta(days=2), procedure="Khác", field="labour", finished_on=DAY)
    a_round(MOMENT)
    again = session.scalars(select(PulseUnit).where(PulseUnit.tax_code == "4200000001")).one()
    assert again.field == "labour"
