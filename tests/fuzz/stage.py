"""What must be there before a form can be reached: a cluster with drafts, a project, a table that waits."""

import re
from datetime import date, timedelta

from sqlalchemy import select

from feedback_app.accounts import absences, links
from feedback_app.accounts.links import Purpose
from feedback_app.catalogue.editing import ROUTING
from feedback_app.catalogue.load import newest_of
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.intake.services import importing
from feedback_app.intake.sheets import Row
from feedback_app.notifications import unsubscribing
from feedback_app.sorting import handlers as sorting
from feedback_app.sorting.queries import Likeness
from feedback_app.sorting.rules import Condition
from feedback_app.sorting.services import switch_on
from feedback_app.tickets.beyond import PolicyProposal
from feedback_app.tickets.services import (
    assigning,
    backlog,
    clustering,
    common_answer,
    projects,
    promising,
    saving,
    templates,
)
from feedback_app.tickets.services.answering import Decision
from feedback_app.tickets.services.backlog import Proposed
from feedback_app.tickets.services.templates import Wording
from feedback_app.web.admin.unconfirmed import doubtful_parts
from tests.factories import a_ticket, reread
from tests.fuzz.acting import OFFICE, Stage, Staged, actor, ids, numbers
from tests.fuzz.library import LIBRARY
from tests.fuzz.meetings import MEETINGS
from tests.fuzz.papers import layout_sent, report_failed
from tests.fuzz.pulses import PULSES
from tests.fuzz.registers import (
    brief_line,
    calendar_batch,
    figures_to_check,
    report_owed,
    task_with_obstacle,
    visit,
)
from tests.web.access_scene import Scene

NEXT_YEAR = date(2099, 1, 5)


def proposal(scene: Scene) -> Staged:
    by, ticket = actor(scene, "officer"), scene.ticket("officer", "own", "in_work")
    proposed = Proposed(title="Sửa khoản 2", rule="Khoản 2 Điều 9", owner_id=ids(scene)["so-xd"])
    with unit_of_work() as writing:
        ticket = reread(writing, ticket.code)
        given = {"by": by, "at": clock.now()}
        backlog.propose(
            writing, ticket, scene.loaded, Decision(text="Chờ.", outcome="policy_backlog"), proposed, **given
        )
    return OFFICE, {
        "code": scene.session.scalar(select(PolicyProposal.code).order_by(PolicyProposal.id.desc()))
    }


def project(scene: Scene) -> Staged:
    by, owner = actor(scene, OFFICE), ids(scene)["so-xd"]
    with unit_of_work() as writing:
        row = projects.create(writing, title="Dự án", summary="", owner_id=owner, by=by, at=clock.now())
        step = projects.add_milestone(
            writing, row, title="Bước 1", agency_id=owner, due_on=NEXT_YEAR, by=by, at=clock.now()
        )
        return OFFICE, {"code": row.code, "milestone_id": step.id}


def cluster(scene: Scene, status: str = "in_work") -> Staged:
    by, ticket = actor(scene, OFFICE), scene.ticket("officer", "own", status)
    with unit_of_work() as writing:
        row = clustering.create(writing, reread(writing, ticket.code), title="Cùng", by=by, at=clock.now())
        return OFFICE, {"code": row.code, "number": ticket.code}


def cluster_to_answer(scene: Scene) -> Staged:
    return "officer", cluster(scene)[1]


def cluster_to_approve(scene: Scene) -> Staged:
    scene.three_steps()
    args, by = cluster(scene)[1], actor(scene, "officer")
    with unit_of_work() as writing:
        group, at = clustering.one(writing, args["code"]), clock.now()
        common_answer.answer(
            writing, group, args["number"], Decision(text="Đã xong."), scene.loaded, by=by, at=at
        )
    return "agency_head", args


def cluster_to_issue(scene: Scene) -> Staged:
    args, by = cluster_to_approve(scene)[1], actor(scene, "agency_head")
    with unit_of_work() as writing:
        group, draft = clustering.one(writing, args["code"]), reread(writing, args["number"]).drafts[-1]
        given = {"verdict": True, "remarks": "", "by": by, "at": clock.now()}
        common_answer.approve(writing, group, args["number"], draft.version, **given)
    return "clerk", args


def commitment(scene: Scene) -> Staged:
    by, ticket = actor(scene, "officer"), scene.ticket("officer", "own", "in_work")
    with unit_of_work() as writing:
        ticket = reread(writing, ticket.code)
        row = promising.promise(writing, ticket, by=by, text="Trả.", due_on=NEXT_YEAR, at=clock.now())
        writing.flush()
        return "officer", {"code": ticket.code, "commitment_id": row.id}


def saved_view(scene: Scene) -> Staged:
    by = actor(scene, "officer")
    with unit_of_work() as writing:
        given = {"name": "Đất", "query": "view=agency", "shared": False, "opens": False, "at": clock.now()}
        row = saving.save(writing, by=by, **given)
        writing.flush()
        return "officer", {"view_id": row.id}


def absence(scene: Scene) -> Staged:
    by, colleague = actor(scene, "officer"), scene.colleague("so-xd").user_id
    days = {"first": clock.today(), "last": clock.today() + timedelta(days=3)}
    with unit_of_work() as writing:
        who = {"user_id": by.user_id, "substitute_id": colleague, "reason": "Nghỉ phép."}
        row = absences.record(writing, **who, **days, by=by, at=clock.now())
        writing.flush()
        return "officer", {"absence_id": row.id}


def template(scene: Scene) -> Staged:
    by, wording = actor(scene, "agency_head"), Wording(name="Mẫu", text="Kính gửi.")
    given = {"by": by, "loaded": scene.loaded, "at": clock.now()}
    with unit_of_work() as writing:
        row = templates.add(writing, ids(scene)["so-xd"], wording, **given)
        writing.flush()
        return "agency_head", {"template_id": row.id}


def import_batch(scene: Scene) -> Staged:
    by, code = actor(scene, OFFICE), f"DN-{next(numbers)}"
    headings = ("Mã nguồn", "Ngày tiếp nhận", "Vụ việc", "Nội dung", "Bên gửi")
    line = (code, clock.today().strftime("%d/%m/%Y"), "Giấy phép chậm", "Chưa có kết quả.", "Công ty")
    items, _faults = importing.look(
        [Row(1, headings), Row(2, line)], scene.loaded, channel="hotline", today=clock.today()
    )
    with unit_of_work() as writing:
        facts = {"sha256": code, "name": "a.csv", "channel": "hotline", "by": by, "at": clock.now()}
        return OFFICE, {"batch_id": importing.keep(writing, items, **facts).id}


def opinion_asked(scene: Scene) -> Staged:
    return "officer", {"code": scene.ticket("officer", "coordinating", "opinion asked").code}


def in_triage(scene: Scene) -> Staged:
    return OFFICE, {"code": scene.ticket("officer", "own", "triage").code}


def correction(scene: Scene) -> Staged:
    """Let a ticket that routing gave to one agency be given to another: that is kept as a proposed rule."""
    by, lead = actor(scene, OFFICE), ids(scene)["bql-van-phong"]
    ticket = a_ticket(scene.session, scene.loaded, to=None)
    with unit_of_work() as writing:
        assigning.assign(
            writing, reread(writing, ticket.code), lead, by=by, reason="Khu kinh tế.", at=clock.now()
        )
        sorting.assigned(writing, {"ticket_id": ticket.id, "agency_id": lead, "triage": False})
    return OFFICE, {"field": "construction", "was": "so-xd", "lead": "bql-van-phong"}


def rule(scene: Scene) -> Staged:
    """Let a proposed rule be switched on."""
    correction(scene)
    by, known = actor(scene, OFFICE), ids(scene)
    key = Likeness("construction", known["so-xd"], known["bql-van-phong"])
    condition = Condition(kinds=("obstacle",), field="construction", any=("bến du thuyền",))
    seen = newest_of(scene.session, ROUTING).version
    given = {"reason": "Khu kinh tế.", "seen_version": seen, "by": by, "at": clock.now()}
    with unit_of_work() as writing:
        code = switch_on(writing, scene.loaded, key, condition, **given)
    return OFFICE, {"code": code, "seen": newest_of(scene.session, ROUTING).version}


def invitation(scene: Scene) -> Staged:
    form = {
        "email": f"moi-{next(numbers)}@example.vn",
        "name": "Người mới",
        "function": "officer",
        "agency": "so-xd",
    }
    page = scene.browser("administrator").post("/quan-tri/nguoi-dung/moi", data=form).text
    return "anonymous", {"code": re.search(r"/loi-moi/([\w-]+)", page)[1]}


def doubted(scene: Scene) -> Staged:
    """Return an agency of which something is not confirmed yet."""
    agencies = scene.loaded.catalogue.agencies.agencies
    return "administrator", {"name": next(agency.code for agency in agencies if doubtful_parts(agency))}


def link(purpose: Purpose) -> Stage:
    def staged(scene: Scene) -> Staged:
        with unit_of_work() as writing:
            seed = links.draw(writing, scene.person("enterprise").id, purpose, at=clock.now())
        return "anonymous", {"token": links.token_of(seed or "", purpose)}

    return staged


def unsubscribing_link(scene: Scene) -> Staged:
    who = unsubscribing.account(scene.person("officer").id)
    return "anonymous", {"token": unsubscribing.token(unsubscribing.Scope.MAIL, who)}


STAGES: dict[str, Stage] = {
    **LIBRARY,
    **MEETINGS,
    **PULSES,
    "admin.use_layout": layout_sent(in_force=False),
    "admin.use_shipped_layout": layout_sent(in_force=True),
    "admin.agency": doubted,
    "beyond.add_conclusion": project,
    "beyond.add_milestone": project,
    "beyond.answer_cluster": cluster_to_answer,
    "beyond.approve_cluster": cluster_to_approve,
    "beyond.cluster": cluster,
    "beyond.finish_milestone": project,
    "beyond.issue_cluster": cluster_to_issue,
    "beyond.leave_cluster": cluster,
    "beyond.project": project,
    "beyond.project_agencies": project,
    "beyond.proposal": proposal,
    "coordinating.dismiss": correction,
    "coordinating.give": in_triage,
    "coordinating.rule": correction,
    "coordinating.switch_off": rule,
    "coordinating.take_over": import_batch,
    "inspections.change": visit,
    "leadership.say": brief_line,
    "inspections.take_over": calendar_batch,
    "officer.end_absence": absence,
    "officer.give_opinion": opinion_asked,
    "officer.open_view_first": saved_view,
    "officer.remove_view": saved_view,
    "officer.settle_promise": commitment,
    "portal.invitation": invitation,
    "portal.confirm": link(Purpose.CONFIRM),
    "portal.sign_out_everywhere": lambda _scene: ("officer", {}),
    "portal.reset": link(Purpose.RESET),
    "portal.unsubscribe": unsubscribing_link,
    "programme.link": task_with_obstacle,
    "programme.report": report_owed,
    "programme.unlink": task_with_obstacle,
    "reconciliation.confirm": figures_to_check("agency_head"),
    "reconciliation.freeze": figures_to_check(OFFICE),
    "reconciliation.say": figures_to_check("agency_head"),
    "reconciliation.settle": figures_to_check(OFFICE),
    "reports.again": report_failed,
    "wordings.edit": template,
    "wordings.retire": template,
}
