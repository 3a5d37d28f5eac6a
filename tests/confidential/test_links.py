"""Links to reports that a reader must not know of are left out of what he takes away."""

import io
import json
import zipfile

import pyrage

from feedback_app.confidential.services import exporting, opening, working
from tests.confidential.acting import TODAY, assigned, case, do, opened_by
from tests.confidential.world import answers


def bundle_of(handler, approver, report) -> str:
    """Return report.json of the whole bundle that the handler takes out."""
    key = pyrage.x25519.Identity.generate()
    do(exporting.ask_export, handler, report, str(key.to_public()), redacted=False)
    do(exporting.approve_export, approver, report)
    bundle = pyrage.decrypt(do(exporting.export, handler, report), [key])
    return zipfile.ZipFile(io.BytesIO(bundle)).read("report.json").decode()


def linked(session, body, filed, **changes):
    """Return (An, Bình, report, other): An, who reads both, has linked the report that Bình handles to the other."""
    filed(answers=answers(agency="so-ct"))
    report = opening.queue(session, body.unlock("an"), on=TODAY)[0].id
    filed(**changes)
    an, binh = assigned(body, report)
    other = next(row.id for row in opening.queue(session, an, on=TODAY) if row.id != report)
    do(working.link, opened_by(body, "an", report), report, other)
    return opened_by(body, "an", report), binh, report, other


def test_a_bundle_does_not_name_a_linked_report_that_its_handler_does_not_read(session, body, filed):
    an, binh, report, other = linked(session, body, filed, excluded=(body.seat("binh"),))
    assert other in case(session, an, report).working.links
    told = bundle_of(binh, an, report)
    assert other not in told
    assert "link" not in {note["kind"] for note in json.loads(told)["notes"]}


def test_a_bundle_names_a_linked_report_that_its_handler_reads_too(session, body, filed):
    an, binh, report, other = linked(session, body, filed)
    told = json.loads(bundle_of(binh, an, report))
    assert [note["facts"]["other"] for note in told["notes"] if note["kind"] == "link"] == [other]
