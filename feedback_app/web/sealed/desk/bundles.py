"""A case leaves as an encrypted bundle, asked for by one and approved by another."""

from werkzeug.wrappers import Response

from feedback_app.confidential import store
from feedback_app.confidential.errors import NotFound
from feedback_app.confidential.services import exporting
from feedback_app.web.sealed.desk import labels
from feedback_app.web.sealed.desk.report import download
from feedback_app.web.sealed.desk.room import desk, here, today
from feedback_app.web.sealed.desk.standing import standing


@desk.post("/bao-cao/<report_id>/xuat")
def export(report_id: str) -> Response:
    """Give out the bundle: an act, so that the log says so."""
    if not standing(here(), report_id).may_export:
        raise NotFound
    with store.unit_of_work() as session:
        bundle = exporting.export(session, here(), report_id, on=today())
    return download(bundle, f"{labels.short(report_id)}.age")
