"""A new password in a form, typed twice: nobody can look it up for people who mistyped it."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField
from wtforms.validators import EqualTo, Length

from feedback_app.accounts.sign_in import SHORTEST
from feedback_app.web.forms import FlaskForm

LONGEST = 200


def new_password() -> PasswordField:
    """Return the field ``password``; fields of a form stand in the order in which they are made."""
    short = _l("Mật khẩu cần ít nhất %(shortest)s ký tự.", shortest=SHORTEST)
    return PasswordField(
        _l("Mật khẩu"),
        description=_l("Ít nhất %(shortest)s ký tự; một câu ngắn dễ nhớ là tốt nhất", shortest=SHORTEST),
        validators=[Length(SHORTEST, LONGEST, message=short)],
    )


def once_more() -> PasswordField:
    """Return the field that repeats ``password``."""
    differ = _l("Hai lần nhập mật khẩu chưa giống nhau.")
    return PasswordField(_l("Nhập lại mật khẩu"), validators=[EqualTo("password", message=differ)])


class NewPasswordForm(FlaskForm):
    """A new password and nothing else."""

    password = new_password()
    again = once_more()
