"""What must be there before a form of the library can be reached: an answered ticket, a proposal, a public answer."""

from datetime import timedelta

from sqlalchemy import select

from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.library.models import CitedDocument, LibraryAnswer
from feedback_app.library.services import deciding, proposing
from tests.factories import reread
from tests.fuzz.acting import OFFICE, Stage, Staged, actor, numbers
from tests.web.access_scene import Scene


def answered(scene: Scene) -> Staged:
    return "officer", {"code": scene.ticket("officer", "own", "answered").code}


def _proposed(scene: Scene, code: str) -> LibraryAnswer:
    by = actor(scene, "officer")
    with unit_of_work() as writing:
        ticket = reread(writing, code)
        terms = proposing.terms_of(writing, ticket, scene.loaded)
        texts = proposing.proposed(ticket, ticket.answers[-1], terms)
        documents = [f"{next(numbers)}/2026/NĐ-CP"]
        return proposing.propose(
            writing, ticket, texts, documents, scene.loaded, by=by, at=clock.now(), let_stand=True
        )


def proposed(scene: Scene) -> Staged:
    return "agency_head", {"code": _proposed(scene, answered(scene)[1]["code"]).code}


def published(scene: Scene) -> Staged:
    code = proposed(scene)[1]["code"]
    by = actor(scene, "agency_head")
    with unit_of_work() as writing:
        row = writing.scalars(select(LibraryAnswer).where(LibraryAnswer.code == code)).one()
        row.agreed = True
        writing.flush()
        deciding.approve(writing, row, row.version, by=by, at=clock.now() + timedelta(minutes=1))
    return "agency_head", {"code": code}


def document(scene: Scene) -> Staged:
    proposed(scene)
    id_ = scene.session.scalar(select(CitedDocument.id).order_by(CitedDocument.id.desc()))
    return OFFICE, {"document_id": id_}


LIBRARY: dict[str, Stage] = {
    "publishing.approve": proposed,
    "publishing.document": document,
    "publishing.propose": answered,
    "publishing.refuse": proposed,
    "publishing.withdraw": published,
}
