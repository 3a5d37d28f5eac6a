"""A new password in a form, typed twice: a page that nobody can reset for people must not lock them out."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import EqualTo, Length

from feedback_app.accounts.sign_in import SHORTEST

LONGEST = 200


class NewPasswordForm(FlaskForm):
    """Base of the forms that set a password."""

    password = PasswordField(
        _l("Mật khẩu"),
        description=_l("Ít nhất %(shortest)s ký tự; một câu ngắn dễ nhớ là tốt nhất", shortest=SHORTEST),
        validators=[
            Length(
                SHORTEST, LONGEST, message=_l("Mật khẩu cần ít nhất %(shortest)s ký tự.", shortest=SHORTEST)
            )
        ],
    )
    again = PasswordField(
        _l("Nhập lại mật khẩu"),
        validators=[EqualTo("password", message=_l("Hai lần nhập mật khẩu chưa giống nhau."))],
    )
