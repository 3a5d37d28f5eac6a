"""An enterprise opens an account; the page says the same whether or not the address has one."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import EmailField, RadioField, StringField, TelField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp, StopValidation

from feedback_app.accounts import services
from feedback_app.core import clock, i18n
from feedback_app.core.db import unit_of_work
from feedback_app.core.limits import limiter
from feedback_app.intake.rules import Fault, FilerType, Hint, identifier_hint
from feedback_app.web.forms import FlaskForm
from feedback_app.web.passwords import new_password, once_more
from feedback_app.web.portal import blueprint

TYPES: dict[FilerType, Any] = {
    FilerType.ENTERPRISE: _l("Doanh nghiệp"),
    FilerType.BRANCH: _l("Chi nhánh, văn phòng đại diện"),
    FilerType.HOUSEHOLD: _l("Hộ kinh doanh"),
    FilerType.COOPERATIVE: _l("Hợp tác xã"),
    FilerType.INVESTOR: _l("Nhà đầu tư chưa thành lập doanh nghiệp"),
    FilerType.ASSOCIATION: _l("Hiệp hội, gửi thay hội viên"),
}
ADDRESS = r"[^@\s]+@[^@\s]+\.[^@\s.]+$"


def stripped(text: str | None) -> str:
    return (text or "").strip()


def said(message: Any) -> Any:
    """Return a validator of a text that must say something."""

    def check(_form: Any, field: Any) -> None:
        if not field.data:
            raise StopValidation(message)

    return check


class SignUpForm(FlaskForm):
    filer_type = RadioField(
        _l("Quý vị là"),
        choices=[SelectChoice(code.value, label) for code, label in TYPES.items()],
        default=FilerType.ENTERPRISE.value,
        validators=[InputRequired(_l("Vui lòng chọn loại hình."))],
    )
    enterprise_name = StringField(
        _l("Tên doanh nghiệp, cơ sở kinh doanh"),
        filters=[stripped],
        validators=[said(_l("Vui lòng nhập tên doanh nghiệp.")), Length(max=300)],
    )
    identifier = StringField(
        _l("Mã số thuế"),
        description=_l(
            "Doanh nghiệp 10 chữ số, chi nhánh 10-3, hộ kinh doanh 12 chữ số; chưa có thì bỏ trống"
        ),
        filters=[stripped],
        validators=[Length(max=30)],
    )
    person = StringField(
        _l("Họ và tên người đăng ký"),
        filters=[stripped],
        validators=[said(_l("Vui lòng nhập họ và tên.")), Length(max=200)],
    )
    phone = TelField(_l("Điện thoại"), filters=[stripped], validators=[Length(max=30)])
    email = EmailField(
        _l("Thư điện tử"),
        description=_l("Dùng để đăng nhập và nhận tin về phiếu"),
        filters=[stripped],
        validators=[
            said(_l("Vui lòng nhập thư điện tử.")),
            Regexp(ADDRESS, message=_l("Thư điện tử chưa đúng, ví dụ đúng: ten@congty.vn")),
            Length(max=200),
        ],
    )

    password = new_password()
    again = once_more()

    def hint(self) -> Hint | None:
        return identifier_hint(FilerType(self.filer_type.data), self.identifier.data)

    def given(self) -> services.SignUp:
        return services.SignUp(
            email=self.email.data,
            person=self.person.data,
            password=self.password.data,
            filer_type=self.filer_type.data,
            enterprise_name=self.enterprise_name.data,
            identifier=self.identifier.data,
            phone=self.phone.data,
            locale=i18n.language(),
        )


@blueprint.route("/dang-ky", methods=["GET", "POST"])
@limiter.limit("5 per minute; 20 per hour", methods=["POST"])
def sign_up() -> str | Response:
    form = SignUpForm()
    if not form.validate_on_submit():
        return render_template("portal/sign_up.html", form=form)
    with unit_of_work() as writing:
        services.sign_up(writing, form.given(), at=clock.now())
    hint = form.hint()
    if hint is not None:
        flash(hint_text(hint) + " " + _("Sau khi đăng nhập, Quý vị sửa được tại mục Tài khoản."), "warning")
    return redirect(url_for("portal.signed_up"))


@blueprint.get("/dang-ky/xong")
def signed_up() -> str:
    return render_template("portal/signed_up.html")


def hint_text(hint: Hint) -> str:
    """Return the hint in the reader's language."""
    match hint.fault:
        case Fault.NOT_DIGITS:
            return _("Mã số thuế chỉ gồm chữ số; mục này còn ký tự khác.")
        case Fault.LENGTH:
            return _(
                "Mã số thuế của loại này có %(expected)s chữ số; Quý vị đã nhập %(found)s.",
                expected=hint.expected,
                found=hint.found,
            )
        case _:
            return _("Mã số thuế có thể bị gõ nhầm một chữ số, vui lòng so lại.")
