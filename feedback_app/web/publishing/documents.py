"""Documents that answers rest on: marking one replaced takes its answers out, and says whom to ask for new ones."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.library import policy, queries
from feedback_app.library.services import deciding
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.intake.fields import Day, Line
from feedback_app.web.presenting.library import answer_views
from feedback_app.web.publishing import blueprint

SIZE = 50


class ReplaceForm(FlaskForm):
    replaced_by = Line(_l("Văn bản thay thế (số, ký hiệu)"), longest=100)
    on = Day(_l("Hết hiệu lực từ ngày"))


@blueprint.get("/van-ban")
def documents() -> str:
    rows = queries.documents(db.session(), after=request.args.get("sau", "")[:100], size=SIZE + 1)
    return render_template(
        "publishing/documents.html",
        rows=rows[:SIZE],
        following=rows[SIZE - 1][0].number if len(rows) > SIZE else None,
        marks=policy.may_mark_documents(actor()),
    )


@blueprint.route("/van-ban/<int:document_id>", methods=["GET", "POST"])
def document(document_id: int) -> str | Response:
    """Show a document with the answers it took out; mark it replaced."""
    found = queries.document(db.session(), document_id)
    form = ReplaceForm()
    if form.validate_on_submit():
        with unit_of_work() as session:
            rows = deciding.replace_document(
                session,
                queries.document(session, document_id),
                form.replaced_by.data or "",
                form.on.data or clock.today(),
                by=actor(),
                at=clock.now(),
            )
            out = len(rows)
        said = ngettext(
            "Đã đánh dấu; %(num)s câu trả lời hết công bố.",
            "Đã đánh dấu; %(num)s câu trả lời hết công bố.",
            out,
        )
        flash(said, "success")
        return redirect(url_for("publishing.document", document_id=document_id))
    return render_template(
        "publishing/document.html",
        form=form,
        document=found,
        answers=answer_views(queries.citing(db.session(), document_id), loaded()),
        marks=policy.may_mark_documents(actor()) and found.replaced_on is None,
    )
