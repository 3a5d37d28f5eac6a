"""The list of an agency's templates, and the form of one."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, Forbidden, Invalid
from feedback_app.tickets.placeholders import PLACEHOLDERS
from feedback_app.tickets.services import templates
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.presenting import agency_name, field_name, local
from feedback_app.web.wordings import blueprint
from feedback_app.web.wordings.forms import TemplateForm

Page = str | Response


@blueprint.before_request
def keepers_only() -> None:
    """Raise Forbidden for everybody who keeps no agency's templates."""
    if not templates.agencies_of(actor()):
        raise Forbidden


@blueprint.get("/")
def index() -> str:
    rows = templates.kept_by(db.session(), actor())
    return render_template("wordings/index.html", rows=rows, **_words())


@blueprint.route("/moi", methods=["GET", "POST"])
def new() -> Page:
    form = _form()

    def store(session: Any) -> None:
        agency_id = loaded().agency_ids[form.agency.data]
        wording = form.wording(may_share=templates.may_share(actor(), agency_id))
        templates.add(session, agency_id, wording, by=actor(), loaded=loaded(), at=clock.now())

    return _stored(form, store) or _page(form, None)


@blueprint.route("/<int:template_id>", methods=["GET", "POST"])
def edit(template_id: int) -> Page:
    template = templates.one_kept_by(db.session(), actor(), template_id)
    form = _form(template)
    del form.agency

    def store(session: Any) -> None:
        row = templates.one_kept_by(session, actor(), template_id)
        wording = form.wording(may_share=templates.may_share(actor(), row.agency_id))
        seen, at = form.seen.data, clock.now()
        templates.change(session, row, wording, by=actor(), loaded=loaded(), at=at, seen_version=seen)

    return _stored(form, store) or _page(form, template)


@blueprint.post("/<int:template_id>/bo")
def retire(template_id: int) -> Response:
    with unit_of_work() as session:
        row = templates.one_kept_by(session, actor(), template_id)
        templates.retire(session, row, by=actor(), at=clock.now())
    flash(_("Đã bỏ mẫu “%(name)s”. Câu trả lời viết từ mẫu giữ nguyên.", name=row.name), "success")
    return redirect(url_for("wordings.index"))


def _form(template: Any = None) -> TemplateForm:
    form = TemplateForm(obj=template)
    agencies = sorted(templates.agencies_of(actor()))
    form.agency.choices = [(loaded().agency_codes[a], agency_name(loaded(), a)) for a in agencies]
    form.fields.choices = [(f.code, local(f.name)) for f in loaded().catalogue.fields.fields]
    if template is not None and form.seen.data is None:
        form.seen.data = template.version
    return form


def _stored(form: TemplateForm, store: Any) -> Response | None:
    """Return the way back to the list once the template is stored; ``None``: the form is to be shown (again)."""
    if not form.validate_on_submit():
        return None
    try:
        with unit_of_work() as session:
            store(session)
    except Invalid as error:
        form[error.field].errors = [error.message]
        return None
    except Conflict:
        form.form_errors.append(
            _("Người khác vừa sửa mẫu này. Hãy chép lại nội dung của Ông/Bà rồi mở lại mẫu.")
        )
        return None
    flash(_("Đã lưu mẫu."), "success")
    return redirect(url_for("wordings.index"))


def _page(form: TemplateForm, template: Any) -> str:
    ids = templates.agencies_of(actor()) if template is None else {template.agency_id}
    shares = any(templates.may_share(actor(), agency_id) for agency_id in ids)
    return render_template(
        "wordings/form.html",
        form=form,
        template=template,
        shares=shares,
        meanings=meanings(),
        **_words(),
    )


def meanings() -> dict[str, str]:
    """Return what each placeholder becomes, in the order of the list."""
    said = {
        "so_phieu": _("số phiếu"),
        "tieu_de": _("vụ việc, như doanh nghiệp đặt tên"),
        "ngay_gui": _("ngày tiếp nhận"),
        "ten_doanh_nghiep": _("tên bên gửi; bên gửi ẩn danh thì là “Quý doanh nghiệp”"),
        "linh_vuc": _("lĩnh vực"),
        "thu_tuc": _("thủ tục, nếu có"),
        "ma_ho_so": _("mã hồ sơ, nếu có"),
        "co_quan": _("cơ quan trả lời"),
        "can_bo": _("người soạn"),
        "ngay": _("ngày soạn"),
        "han_tra_loi": _("ngày đến hạn"),
    }
    return {name: said[name] for name in PLACEHOLDERS}


def _words() -> dict[str, Any]:
    return {
        "agency_name": lambda agency_id: agency_name(loaded(), agency_id),
        "field_name": lambda code: field_name(loaded(), code),
    }
