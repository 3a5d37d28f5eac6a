"""Templates of answers: whose they are, who is offered them, what they become for a ticket."""

from datetime import date

import pytest

from feedback_app.accounts.actor import Function
from feedback_app.core import audit, clock
from feedback_app.core.db import unit_of_work
from feedback_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from feedback_app.tickets.services import templates
from feedback_app.tickets.services.templates import Wording
from tests.factories import a_person, a_ticket, actor_of

TEXT = "Kính gửi {{ten_doanh_nghiep}}, về phiếu {{so_phieu}} ngày {{ngay_gui}}: {{co_quan}} trả lời ngày {{ngay}}."


@pytest.fixture
def head(session):
    return actor_of(session, a_person(session, Function.AGENCY_HEAD, "so-xd"))


@pytest.fixture
def focal(session):
    return actor_of(session, a_person(session, Function.FOCAL_POINT, "so-tc"))


@pytest.fixture
def keep(loaded):
    def keep(by, agency="so-xd", **other):
        wording = Wording(**({"name": "Mẫu", "text": TEXT} | other))
        agency_id = loaded.agency_ids[agency]
        with unit_of_work() as writing:
            return templates.add(writing, agency_id, wording, by=by, loaded=loaded, at=clock.now())

    return keep


def rendered(session, template, ticket, reader, loaded):
    return templates.render(session, template, ticket, reader, loaded, date(2026, 11, 24)).text


def test_the_wording_becomes_an_answer_about_this_ticket(session, loaded, head, keep):
    template = keep(head, legal_refs="Theo phiếu {{so_phieu}}")
    ticket = a_ticket(session, loaded)
    received = ticket.received_on.strftime("%d/%m/%Y")
    assert rendered(session, template, ticket, head, loaded) == (
        f"Kính gửi Công ty TNHH Mẫu A, về phiếu {ticket.code} ngày {received}: "
        "Sở Xây dựng trả lời ngày 24/11/2026."
    )


@pytest.mark.parametrize("kind, hidden", [("obstacle", True), ("informal_cost", True)])
def test_who_hides_the_name_is_addressed_without_it_whoever_writes(
    session, loaded, head, focal, keep, kind, hidden
):
    template = keep(head)
    ticket = a_ticket(session, loaded, kind=kind, hide_identity=hidden)
    for reader in (head, focal):
        assert "Kính gửi Quý doanh nghiệp," in rendered(session, template, ticket, reader, loaded)


@pytest.mark.parametrize("part", ["text", "legal_refs"])
def test_an_unknown_placeholder_is_refused_where_it_stands(session, head, keep, part):
    with pytest.raises(Invalid, match="ten_giam_doc") as refusal:
        keep(head, **{part: "Gửi {{ten_giam_doc}}"})
    assert refusal.value.field == part
    assert templates.kept_by(session, head) == []


def test_an_unknown_field_is_refused(head, keep):
    with pytest.raises(Invalid):
        keep(head, fields=("khong-co",))


def test_officers_are_offered_their_agencys_and_the_shared_ones_for_the_field_first(
    session, loaded, head, focal, keep
):
    keep(head, name="Mọi việc")
    keep(head, name="Xây dựng", fields=("construction",))
    keep(head, name="Đất", fields=("land",))
    keep(focal, "so-tc", name="Chung", shared=True)
    keep(focal, "so-tc", name="Riêng của đầu mối")
    officer = actor_of(session, a_person(session, "officer", "so-xd"))
    ticket = a_ticket(session, loaded)
    assert [t.name for t in templates.offered(session, officer, ticket)] == ["Xây dựng", "Mọi việc", "Chung"]


def test_only_the_focal_point_shares_and_nobody_keeps_anothers(session, head, focal, keep):
    with pytest.raises(Forbidden):
        keep(head, shared=True)
    with pytest.raises(Forbidden):
        keep(head, "so-ct")
    with pytest.raises(Forbidden):
        keep(actor_of(session, a_person(session, "officer", "so-xd")))
    template = keep(head)
    with pytest.raises(NotFound):
        templates.one_kept_by(session, focal, template.id)


def test_a_change_over_an_old_page_is_refused_and_a_good_one_is_on_record(session, loaded, head, keep):
    template = keep(head)
    new = Wording(name="Mới", text="Đã giải quyết phiếu {{so_phieu}}.")

    def change(seen):
        with unit_of_work() as writing:
            row = templates.one_kept_by(writing, head, template.id)
            templates.change(writing, row, new, by=head, loaded=loaded, at=clock.now(), seen_version=seen)

    change(1)
    with pytest.raises(Conflict):
        change(1)
    assert [t.name for t in templates.kept_by(session, head)] == ["Mới"]
    events = [e.event for e in audit.newest(session, subject=f"template/{template.id}")]
    assert events == ["template.changed", "template.added"]


def test_a_retired_template_is_offered_no_more(session, loaded, head, keep):
    template = keep(head)
    with unit_of_work() as writing:
        row = templates.one_kept_by(writing, head, template.id)
        templates.retire(writing, row, by=head, at=clock.now())
    assert templates.offered(session, head, a_ticket(session, loaded)) == []
